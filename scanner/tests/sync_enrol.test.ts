// Does a phone become a device with one code and one key, even when the answer is lost on the way?

import { describe, expect, test, vi } from "vitest";

import { Devices } from "../src/store/devices.ts";
import { readBase64url, writeBase64url } from "../src/sync/base64url.ts";
import { enrol, type EnrolOutcome } from "../src/sync/enrol.ts";
import { readEnrolmentCode } from "../src/sync/enrolment_code.ts";
import { loadBundle } from "../src/sync/fetch_bundle.ts";
import { Server } from "../src/sync/server.ts";
import { kidOf, toHex } from "../src/wire/keys.ts";
import { FakeNetwork, FakeTiming, type Heard, json, noNetwork, problem } from "./fake_server.ts";
import { DEVICE_ID, newStore, NOW } from "./gate_phone.ts";
import { bundleOctets, rootPoint } from "./vectors.ts";

const CODE = "K7QX-9M2D-4RTA-8WHC";
const ROOT = rootPoint("root");

interface Asked {
  code: string;
  public_key: string;
  app_version: string;
}

function askedIn(heard: Heard | undefined): Asked {
  return JSON.parse(new TextDecoder().decode(heard?.body)) as Asked;
}

/** What the server answers to who enrols, with some of it changed. */
async function enrolled(heard: Heard, changes: object = {}): Promise<Response> {
  const raw = readBase64url(askedIn(heard).public_key) ?? new Uint8Array(65);
  return json({
    device_id: DEVICE_ID,
    kid: toHex(await kidOf(raw.slice(1))),
    checkpoint: { id: "poipet", names: { km: "ប៉ោយប៉ែត", en: "Poipet", th: "ปอยเปต" } },
    lane: "3",
    direction: "exit",
    admit_needs_tap: true,
    root_key: { x: writeBase64url(ROOT.slice(0, 32)), y: writeBase64url(ROOT.slice(32)) },
    root_pem: "-----BEGIN PUBLIC KEY-----",
    bundle_serial: 7,
    server_time: "2026-11-23T02:00:00Z",
    ...changes,
  });
}

async function newPhone(answer: (heard: Heard) => Response | Promise<Response> = enrolled) {
  const [store, timing] = [await newStore(), new FakeTiming()];
  const network = new FakeNetwork((heard) =>
    heard.path === "/api/v1/bundle"
      ? new Response(bundleOctets("usual"), { headers: { ETag: '"7"' } })
      : answer(heard),
  );
  const server = new Server({ fetch: network.fetch, timing });
  const parts = { store, server, now: timing.now, appVersion: "1.0.0" };
  const tryWith = (typed: string): Promise<EnrolOutcome> => enrol(parts, typed);
  return { store, timing, network, tryWith, devices: new Devices(store) };
}

describe("a code", () => {
  test.each([
    [CODE],
    ["BP-ENROL:K7QX-9M2D-4RTA-8WHC"],
    ["bp-enrol:k7qx-9m2d-4rta-8whc"],
    ["  k7qx 9m2d 4rta 8whc\n"],
    ["K7QX9M2D4RTA8WHC"],
    ["K-7-Q-X-9M2D4RTA8WHC"],
  ])("is read from %j", (typed) => {
    expect(readEnrolmentCode(typed)).toBe(CODE);
  });

  test("may be misread where letters look like digits", () => {
    expect(readEnrolmentCode("OoIi-Ll00-1111-0000")).toBe("0011-1100-1111-0000");
  });

  test.each([
    [""],
    ["K7QX-9M2D-4RTA-8WH"],
    ["K7QX-9M2D-4RTA-8WHCC"],
    ["U7QX-9M2D-4RTA-8WHC"],
    ["6BFOXN"],
    ["ក7QX-9M2D-4RTA-8WHC"],
  ])("is not in %j", (typed) => {
    expect(readEnrolmentCode(typed)).toBeNull();
  });
});

describe("enrolling", () => {
  test("makes this phone the device, with a key that cannot be taken out, and brings the first bundle", async () => {
    const { store, network, tryWith, devices } = await newPhone();
    const outcome = await tryWith("bp-enrol:k7qx9m2d4rta8whc");
    expect(outcome).toMatchObject({
      kind: "enrolled",
      clockOffS: 0,
      bundle: { kind: "fetched", isKept: true },
    });
    const asked = askedIn(network.heard[0]);
    expect(asked).toMatchObject({ code: CODE, app_version: "1.0.0" });
    const raw = readBase64url(asked.public_key);
    expect([raw?.length, raw?.[0]]).toEqual([65, 4]);
    const device = await devices.current();
    expect(device).toMatchObject({
      deviceId: DEVICE_ID,
      checkpoint: { id: "poipet", names: { en: "Poipet" } },
      lane: "3",
      direction: "exit",
      rootPoint: ROOT,
      enrolledAt: NOW,
      revokedAt: null,
      admitNeedsTap: true,
    });
    expect(device?.key.privateKey.extractable).toBe(false);
    expect((await loadBundle(store, ROOT))?.serial).toBe(7);
  });

  test("asks again with the same key after a lost answer", async () => {
    const { network, tryWith } = await newPhone(noNetwork);
    expect(await tryWith(CODE)).toEqual({ kind: "no_answer" });
    const before = askedIn(network.heard[0]).public_key;
    const { answer } = network;
    network.answer = (heard) => (heard.path === "/api/v1/bundle" ? noNetwork() : enrolled(heard));
    expect(await tryWith(CODE)).toMatchObject({ kind: "enrolled", bundle: { kind: "no_answer" } });
    expect(askedIn(network.heard[1]).public_key).toBe(before);
    network.answer = answer;
    await tryWith("0000-0000-0000-0000");
    expect(askedIn(network.heard.at(-1)).public_key).not.toBe(before);
  });

  test("makes the key before it asks: a phone that is lost in between has it still", async () => {
    const { network, tryWith, devices } = await newPhone(() => problem(500, "INTERNAL"));
    await tryWith(CODE);
    const pending = await devices.pending(CODE);
    if (pending === null) throw new Error("not kept");
    const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pending.key.publicKey));
    expect(writeBase64url(raw)).toBe(askedIn(network.heard[0]).public_key);
    expect(await devices.current()).toBeNull();
  });

  test("keeps what the phone was before, for what it has not sent", async () => {
    const { tryWith, devices, network } = await newPhone();
    await tryWith(CODE);
    const { answer } = network;
    network.answer = (heard) =>
      heard.path === "/api/v1/bundle"
        ? answer(heard)
        : enrolled(heard, { device_id: "019ab000-0000-7000-8000-000000000009", lane: "4" });
    await tryWith("0000-0000-0000-0000");
    expect(await devices.current()).toMatchObject({ lane: "4" });
    expect(await devices.learn(DEVICE_ID, {})).toMatchObject({ lane: "3" });
  });

  test("tells how far the clock is off", async () => {
    const { tryWith } = await newPhone((heard) => enrolled(heard, { server_time: "2026-11-23T01:50:00Z" }));
    expect(await tryWith(CODE)).toMatchObject({ kind: "enrolled", clockOffS: 600 });
  });

  test.each([
    ["wrong", problem(403, "ENROLMENT_CODE_WRONG"), { kind: "wrong" }],
    ["used", problem(409, "ENROLMENT_CODE_USED"), { kind: "used" }],
    ["expired", problem(410, "ENROLMENT_CODE_EXPIRED"), { kind: "expired" }],
    [
      "too many",
      problem(429, "TOO_MANY_TRIES", { "Retry-After": "60" }),
      { kind: "too_many", retryAfterS: 60 },
    ],
    ["too many, for a while", problem(429, "TOO_MANY_TRIES"), { kind: "too_many", retryAfterS: 600 }],
    ["not set up", problem(503, "NOTHING_PUBLISHED"), { kind: "not_ready" }],
    ["invalid", problem(422, "INVALID_REQUEST"), { kind: "refused", code: "INVALID_REQUEST" }],
    ["a proxy's", new Response("", { status: 502 }), { kind: "unreadable" }],
    ["trouble", problem(500, "INTERNAL"), { kind: "unreadable" }],
    ["a portal's", new Response("<html>"), { kind: "unreadable" }],
  ])("may be answered with %s, and then this phone is nothing", async (_, response, outcome) => {
    const { tryWith, devices } = await newPhone(() => response);
    expect(await tryWith(CODE)).toEqual(outcome);
    expect(await devices.current()).toBeNull();
  });

  test("does not ask about what is no code", async () => {
    const { network, tryWith } = await newPhone();
    expect(await tryWith("6BFOXN...")).toEqual({ kind: "not_a_code" });
    expect(network.heard).toEqual([]);
  });

  test.each([
    ["about another key", { kid: "0011223344556677" }],
    ["with a kid that is none", { kid: "7" }],
    ["with an id that is no UUID", { device_id: "device-1" }],
    ["with a gate without an id", { checkpoint: { id: "", names: { km: "", en: "", th: "" } } }],
    ["with a gate without a Khmer name", { checkpoint: { id: "poipet", names: { en: "", th: "" } } }],
    ["with a direction that is none", { direction: "up" }],
    ["without a lane", { lane: 3 }],
    ["without a root", { root_key: undefined }],
    ["with a root that is no key", { root_key: { x: "A".repeat(43), y: "A".repeat(43) } }],
    ["without a time", { server_time: null }],
  ])("is not believed where the answer is %s", async (_, changes) => {
    const { tryWith, devices } = await newPhone((heard) => enrolled(heard, changes));
    expect(await tryWith(CODE)).toEqual({ kind: "unreadable" });
    expect(await devices.current()).toBeNull();
    expect(await devices.pending(CODE)).not.toBeNull();
  });

  test.each([
    ["QuotaExceededError", "storage_full"],
    ["UnknownError", "storage_failed"],
  ])("asks nothing where the key cannot be kept: %s", async (error, kind) => {
    const { network, tryWith } = await newPhone();
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("injected", error);
    });
    expect(await tryWith(CODE)).toEqual({ kind });
    expect(network.heard).toEqual([]);
    put.mockRestore();
  });
});
