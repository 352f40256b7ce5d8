// Does the phone say what docs/reference/devices-and-scans.md wants to hear, and does anything that comes back do harm?

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";

import type { EnrolledDevice } from "../src/store/devices.ts";
import { readReceipt } from "../src/sync/answers.ts";
import { readBase64url, writeBase64url } from "../src/sync/base64url.ts";
import { FormError } from "../src/sync/json.ts";
import { KEY_UNUSABLE, Server } from "../src/sync/server.ts";
import { ES256, joinOctets } from "../src/wire/keys.ts";
import {
  acknowledging,
  FakeNetwork,
  FakeTiming,
  type Heard,
  json,
  never,
  noNetwork,
  problem,
} from "./fake_server.ts";
import { DEVICE_ID, newDevice, NOW } from "./gate_phone.ts";

let device: EnrolledDevice;

beforeAll(async () => {
  device = await newDevice();
});

function serverThat(answer: (heard: Heard) => Response | Promise<Response>) {
  const [network, timing] = [new FakeNetwork(answer), new FakeTiming()];
  return { network, timing, server: new Server({ fetch: network.fetch, timing }) };
}

const ME = {
  device_id: DEVICE_ID,
  revoked_at: null,
  admit_needs_tap: true,
  bundle_serial: 12,
  server_time: "2026-11-23T02:00:00Z",
};
describe("a signed request", () => {
  test("names the device, the date and the path as it is sent, and the device's key signs them", async () => {
    const { network, server } = serverThat(() => json({}));
    await server.lookUp(device, "0110 26/1?");
    const [heard] = network.heard;
    if (heard === undefined) throw new Error("nothing was asked");
    const path = "/api/v1/passes/0110%2026%2F1%3F";
    expect([heard.method, heard.path]).toEqual(["GET", path]);
    expect(heard.headers.get("BorderPass-Device")).toBe(DEVICE_ID);
    expect(heard.headers.get("BorderPass-Date")).toBe(String(NOW));
    const lines = ["borderpass-request-v1", "GET", path, DEVICE_ID, String(NOW)].join("\n");
    const signature = readBase64url(heard.headers.get("BorderPass-Signature") ?? "");
    if (signature === null) throw new Error("not base64url");
    const signed = new TextEncoder().encode(lines);
    expect(await crypto.subtle.verify(ES256, device.key.publicKey, signature, signed)).toBe(true);
  });

  test("carries no cookie, comes from no cache and follows no one elsewhere", async () => {
    const { network, server } = serverThat(() => json(ME));
    await server.me(device);
    expect(network.heard[0]?.init).toMatchObject({
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
    });
  });

  test("is not sent where the browser cannot use the key any more", async () => {
    const { network, server } = serverThat(never);
    const dead = { ...device, key: { ...device.key, privateKey: device.key.publicKey } };
    expect(await server.me(dead)).toMatchObject({ kind: "problem", code: KEY_UNUSABLE });
    expect(network.heard).toEqual([]);
  });
});

describe("what is known of a device", () => {
  test("is read, with the server's time", async () => {
    const { server } = serverThat(() => json(ME, { "BorderPass-Date": String(NOW + 7) }));
    expect(await server.me(device)).toEqual({
      kind: "ok",
      body: { revokedAt: null, admitNeedsTap: true, bundleSerial: 12, serverTime: NOW },
      serverDate: NOW + 7,
    });
  });

  test("may come from a server that knows nothing of taps, with parts of seconds", async () => {
    const body = {
      ...ME,
      admit_needs_tap: undefined,
      revoked_at: "2026-11-23T02:00:00.123456Z",
      bundle_serial: null,
    };
    const { server } = serverThat(() => json(body));
    expect(await server.me(device)).toMatchObject({
      body: { revokedAt: NOW, admitNeedsTap: false, bundleSerial: null },
    });
  });

  test.each([
    ["no object", []],
    ["null", null],
    ["a serial of text", { ...ME, bundle_serial: "12" }],
    ["a serial below 0", { ...ME, bundle_serial: -1 }],
    ["a serial with a part", { ...ME, bundle_serial: 1.5 }],
    ["no time", { ...ME, server_time: undefined }],
    ["a time of another form", { ...ME, server_time: "23.11.2026" }],
    ["a time of another zone", { ...ME, server_time: "2026-11-23T02:00:00+07:00" }],
    ["a time that no clock shows", { ...ME, server_time: "2026-11-23T25:00:00Z" }],
    ["a tap that is neither true nor false", { ...ME, admit_needs_tap: 1 }],
  ])("is not taken where it is %s", async (_, body) => {
    const { server } = serverThat(() => json(body));
    expect(await server.me(device)).toMatchObject({ kind: "unreadable", status: 200 });
  });
});

describe("an answer", () => {
  test.each([
    ["half of it", '{"revoked_at": null'],
    ["not JSON", "<html>Welcome to our free Wi-Fi</html>"],
    ["nothing", ""],
    ["not UTF-8", Uint8Array.of(0x7b, 0xff, 0x7d)],
    ["a byte order mark before it", `\ufeff${JSON.stringify(ME)}`],
    ["too much", " ".repeat(65_537)],
  ])("of which came %s is not taken", async (_, body) => {
    const { server } = serverThat(() => new Response(body, { status: 200 }));
    expect(await server.me(device)).toMatchObject({ kind: "unreadable" });
  });

  test("that says no is told by its code, with when to come again", async () => {
    const headers = { "Retry-After": "600", "BorderPass-Date": String(NOW) };
    const { server } = serverThat(() => problem(429, "TOO_MANY_TRIES", headers));
    expect(await server.me(device)).toEqual({
      kind: "problem",
      status: 429,
      code: "TOO_MANY_TRIES",
      retryAfterS: 600,
      serverDate: NOW,
    });
  });

  test.each([
    ["a proxy's page", new Response("<h1>502</h1>", { status: 502 })],
    ["a problem under another type", new Response('{"code": "DEVICE_REVOKED"}', { status: 403 })],
    ["a code that is none", problem(403, "revoked, sorry")],
    [
      "half a problem",
      new Response('{"code": "DEV', { status: 403, headers: { "Content-Type": "application/problem+json" } }),
    ],
    ["an answer that was not asked for", new Response(null, { status: 204 })],
    ["nothing new, though nothing was named", new Response(null, { status: 304 })],
  ])("that is %s has no code", async (_, response) => {
    const { server } = serverThat(() => response);
    expect(await server.me(device)).toMatchObject({ kind: "problem", status: response.status, code: null });
  });

  test.each([
    ["dates", { "BorderPass-Date": "yesterday" }],
    ["dates beyond all calendars", { "BorderPass-Date": "999999999999" }],
    ["waits", { "Retry-After": "Mon, 23 Nov 2026 02:00:00 GMT" }],
  ])("with %s that cannot be read is read without", async (_, headers) => {
    const { server } = serverThat(() => problem(500, "INTERNAL", headers));
    expect(await server.me(device)).toMatchObject({ code: "INTERNAL", retryAfterS: null, serverDate: null });
  });

  test("that does not come is none", async () => {
    const { server } = serverThat(noNetwork);
    expect(await server.me(device)).toEqual({ kind: "no_answer", why: "network" });
  });

  test("that does not come in time is none, and is not waited for", async () => {
    const { network, timing, server } = serverThat(never);
    const asked = server.me(device);
    await network.reached(1);
    await timing.advance(15_000);
    expect(await asked).toEqual({ kind: "no_answer", why: "timeout" });
    expect(network.heard[0]?.init.signal?.aborted).toBe(true);
  });

  test("that drips for ever is none", async () => {
    const drip = new ReadableStream<Uint8Array>({
      pull: (to) => {
        to.enqueue(Uint8Array.of(0x20));
        return never().then();
      },
    });
    const { network, timing, server } = serverThat(() => new Response(drip));
    const asked = server.me(device);
    await network.reached(1);
    await timing.advance(15_000);
    expect(await asked).toEqual({ kind: "no_answer", why: "timeout" });
  });

  test("that breaks off is none", async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull: (to) => {
        to.error(new TypeError("network error"));
      },
    });
    const { server } = serverThat(() => new Response(broken));
    expect(await server.me(device)).toEqual({ kind: "no_answer", why: "network" });
  });
});

describe("what was acknowledged", () => {
  const receipt = (acknowledgements: unknown) => ({
    acknowledgements,
    server_time: "2026-11-23T02:00:00Z",
    bundle_serial: 12,
  });
  const entry = (position: unknown, is: unknown = "recorded") => ({ position, record_id: "x", receipt: is });

  test("counts for each of the three receipts", () => {
    const all = [entry(0), entry(1, "already_recorded"), entry(2, "kept_for_a_case")];
    expect(readReceipt(receipt(all), 3)).toEqual({ positions: [0, 1, 2], serverTime: NOW, bundleSerial: 12 });
  });

  test("counts once, in order, and only within the batch", () => {
    const all = [entry(2), entry(0), entry(2), entry(3), entry(-1), entry(1e9)];
    expect(readReceipt(receipt(all), 3).positions).toEqual([0, 2]);
  });

  test("does not count where the position or the receipt is anything else", () => {
    const odd = [
      entry("0"),
      entry(0.5),
      entry(null),
      entry(0, "lost"),
      entry(0, null),
      entry(1, 1),
      null,
      7,
      "0",
      [],
    ];
    expect(readReceipt(receipt(odd), 3).positions).toEqual([]);
  });

  test.each([[{}], [{ "0": entry(0) }], ["all"], [null], [undefined]])(
    "is nothing where %j is no list",
    (what) => {
      expect(() => readReceipt(receipt(what), 3)).toThrow(FormError);
    },
  );

  test("is never more than was sent, whatever is said", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(5), (said, records) => {
        for (const body of [said, receipt(said), receipt([said, entry(said), entry(0, said)])]) {
          try {
            const { positions } = readReceipt(body, records);
            expect(positions.every((one) => Number.isInteger(one) && one >= 0 && one < records)).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(FormError);
          }
        }
      }),
    );
  });

  test("is asked with the batch as it is, under the device's name", async () => {
    const { network, server } = serverThat(() => acknowledging([0]));
    await server.sendScans(DEVICE_ID, Uint8Array.of(1, 2, 3), 1);
    const [heard] = network.heard;
    expect([heard?.method, heard?.path, heard?.headers.get("Content-Type")]).toEqual([
      "POST",
      "/api/v1/scans",
      "application/cose",
    ]);
    expect(heard?.headers.get("BorderPass-Device")).toBe(DEVICE_ID);
    expect(heard?.body).toEqual(Uint8Array.of(1, 2, 3));
  });
});

describe("the bundle", () => {
  test("comes with its tag, and is not sent again under it", async () => {
    const { network, server } = serverThat(({ headers }) =>
      headers.get("If-None-Match") === '"7"'
        ? new Response(null, { status: 304 })
        : new Response(Uint8Array.of(7), { headers: { ETag: '"7"' } }),
    );
    expect(await server.getBundle(null)).toMatchObject({ body: { octets: Uint8Array.of(7), etag: '"7"' } });
    expect(await server.getBundle('"7"')).toMatchObject({ kind: "ok", body: "same" });
    expect(network.heard.map((heard) => heard.headers.has("BorderPass-Device"))).toEqual([false, false]);
  });

  test("may come without a tag, and a tag of any length is not kept", async () => {
    const { network, server } = serverThat(() => new Response(Uint8Array.of(7)));
    expect(await server.getBundle(null)).toMatchObject({ body: { etag: null } });
    network.answer = () => new Response(Uint8Array.of(7), { headers: { ETag: "x".repeat(201) } });
    expect(await server.getBundle(null)).toMatchObject({ body: { etag: null } });
  });
});

describe("the root's key", () => {
  const half = writeBase64url(new Uint8Array(32).fill(0xfb));

  test("is read as a point", async () => {
    const body = { root_key: { x: half, y: half }, root_pem: "-----BEGIN", fingerprint: "fbfb fbfb" };
    const { network, server } = serverThat(() => json(body));
    const point = joinOctets([new Uint8Array(32).fill(0xfb), new Uint8Array(32).fill(0xfb)]);
    expect(await server.rootKey()).toMatchObject({
      body: { point, pem: "-----BEGIN", fingerprint: "fbfb fbfb" },
    });
    expect(network.heard[0]?.path).toBe("/api/v1/root-key");
  });

  test.each([[half.slice(2)], [`${half}=`], ["=".repeat(43)], [half.replace("-", "+")], [7]])(
    "is not read where a half of it is %j",
    async (x) => {
      const { server } = serverThat(() => json({ root_key: { x, y: half }, root_pem: "", fingerprint: "" }));
      expect(await server.rootKey()).toMatchObject({ kind: "unreadable" });
    },
  );
});

test("base64url is written without padding, and read as it is written", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (octets) => {
      const text = writeBase64url(octets);
      expect(text).toBe(Buffer.from(octets).toString("base64url"));
      expect(readBase64url(text)).toEqual(octets);
    }),
  );
  expect(readBase64url("A")).toBeNull();
});
