// A code is damaged: can the officer ask whose pass has the number, and is the answer never taken for a verdict?

import { beforeAll, describe, expect, test } from "vitest";

import type { EnrolledDevice } from "../src/store/devices.ts";
import { fetchPhoto, lookUp } from "../src/sync/look_up.ts";
import { Server } from "../src/sync/server.ts";
import { FakeNetwork, FakeTiming, type Heard, json, noNetwork, problem } from "./fake_server.ts";
import { newDevice, NOW } from "./gate_phone.ts";

const NUMBER = "0110-26-000001-L";
let device: EnrolledDevice;

beforeAll(async () => {
  device = await newDevice();
});

const ENTRY = {
  verified: false,
  number: NUMBER,
  kind: "two_year",
  standing: "valid",
  valid_from: "2026-11-22",
  valid_until: "2028-11-21",
  office: { km: "ក", en: "Office", th: "ก" },
  holder: {
    name_khmer: "សុខ សុខា",
    name_latin: "SOK SOKHA",
    born_on: "1990-01-02",
    age: 36,
    sex: "female",
    home: { code: "011001", km: "ក", latin: "Ka" },
  },
  companions: [{ name: "SOK DARA", born_on: "2018-05-01", sex: "male" }],
};

describe("a number that is looked up", () => {
  const look = (answer: (heard: Heard) => Response, typed = NUMBER) => {
    const [network, timing] = [new FakeNetwork(answer), new FakeTiming()];
    const server = new Server({ fetch: network.fetch, timing });
    return { network, timing, done: lookUp({ server, timing, device }, typed) };
  };

  test("is sent as it is printed, however it was typed", async () => {
    const { network, done } = look(() => json(ENTRY), " 0110 26 000001 l ");
    expect(await done).toMatchObject({
      kind: "found",
      entry: {
        number: NUMBER,
        holder: { nameLatin: "SOK SOKHA", bornOn: "1990-01-02" },
        companions: [{ sex: "male" }],
      },
    });
    expect(network.heard[0]?.path).toBe(`/api/v1/passes/${NUMBER}`);
  });

  test("is not asked about where its check character is wrong", async () => {
    const { network, done } = look(() => json(ENTRY), "0110-26-000001-B");
    expect(await done).toEqual({ kind: "mistyped" });
    expect(network.heard).toEqual([]);
  });

  test("is never answered by another's entry", async () => {
    const { done } = look(() => json({ ...ENTRY, number: "0110-26-000002-J" }));
    expect(await done).toEqual({ kind: "failed", code: null });
  });

  test.each([
    ["unknown_pass", problem(404, "UNKNOWN_PASS"), { kind: "unknown_pass" }],
    ["mistyped", problem(422, "INVALID_REQUEST"), { kind: "mistyped" }],
    ["revoked", problem(403, "DEVICE_REVOKED"), { kind: "revoked" }],
    ["too_many", problem(429, "TOO_MANY_TRIES"), { kind: "too_many", retryAfterS: 600 }],
    [
      "too_many for a while",
      problem(429, "TOO_MANY_TRIES", { "Retry-After": "60" }),
      { kind: "too_many", retryAfterS: 60 },
    ],
    [
      "clock_wrong",
      problem(401, "DATE_WRONG", { "BorderPass-Date": String(NOW - 400) }),
      { kind: "clock_wrong", offS: 400 },
    ],
    ["clock_wrong by an unknown time", problem(401, "DATE_WRONG"), { kind: "clock_wrong", offS: null }],
    ["failed", problem(500, "INTERNAL"), { kind: "failed", code: "INTERNAL" }],
    ["failed in front of the server", new Response("", { status: 502 }), { kind: "failed", code: null }],
    ["unreadable", json({ ...ENTRY, kind: "eternal" }), { kind: "failed", code: null }],
    ["born on no day", json({ ...ENTRY, valid_from: "2026-02-30" }), { kind: "failed", code: null }],
  ])("may be %s", async (_, response, outcome) => {
    expect(await look(() => response).done).toEqual(outcome);
  });

  test("cannot be asked about without a network", async () => {
    expect(await look(noNetwork).done).toEqual({ kind: "no_answer" });
  });
});

describe("the full-size face", () => {
  test("is a JPEG, or there is none", async () => {
    const network = new FakeNetwork(
      () => new Response(Uint8Array.of(0xff, 0xd8), { headers: { "Content-Type": "image/jpeg" } }),
    );
    const server = new Server({ fetch: network.fetch, timing: new FakeTiming() });
    const photo = await fetchPhoto(server, device, NUMBER);
    expect([photo?.type, photo?.size, network.heard[0]?.path]).toEqual([
      "image/jpeg",
      2,
      `/api/v1/passes/${NUMBER}/photo`,
    ]);
    for (const answer of [() => json({}), () => problem(404, "UNKNOWN_PASS"), noNetwork]) {
      network.answer = answer;
      expect(await fetchPhoto(server, device, NUMBER)).toBeNull();
    }
  });
});
