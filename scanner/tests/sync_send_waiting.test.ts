// Does every record reach the server, and is none given up before it did? Whatever the server says.

import fc from "fast-check";
import { beforeAll, describe, expect, test, vi } from "vitest";

import type { Octets } from "../src/domain/passes.ts";
import type { Store } from "../src/store/database.ts";
import type { EnrolledDevice } from "../src/store/devices.ts";
import { Outbox } from "../src/store/outbox.ts";
import { BATCH_MAX_BYTES, type News, Pace, type SendOutcome, sendWaiting } from "../src/sync/send_waiting.ts";
import { KEY_UNUSABLE, Server } from "../src/sync/server.ts";
import { toHex } from "../src/wire/keys.ts";
import { readBatch, writeRecord } from "../src/wire/records.ts";
import { acknowledging, FakeNetwork, FakeTiming, json, never, noNetwork, problem } from "./fake_server.ts";
import { chainOf, clock, DEVICE_ID, newDevice, newStore, NOW, pointOf, scanOf } from "./gate_phone.ts";

let device: EnrolledDevice;
let point: Octets;

beforeAll(async () => {
  device = await newDevice();
  point = await pointOf(device.key);
});

/** Gives the records of a batch as a server reads it: signed by the device, and nobody else. */
async function recordsIn(batch: Octets): Promise<Octets[]> {
  const read = await readBatch(batch, point);
  if (!read.ok) throw new Error(read.detail);
  return read.value;
}

type Answering = (records: readonly Octets[]) => Response | Promise<Response>;
const all = (records: readonly Octets[]): Response => acknowledging(records.map((_, at) => at));

/** A phone with an outbox of so many scans, and a server that answers as it is told. */
async function phoneWith(scans: number, answering: Answering, store?: Store) {
  const outbox = await Outbox.open(store ?? (await newStore()), DEVICE_ID, clock);
  for (let at = 0; at < scans; at++) await outbox.append(scanOf(`NR ${at}`));
  const [timing, pace, news] = [new FakeTiming(), new Pace(), [] as News[]];
  const received: Octets[][] = [];
  const network = new FakeNetwork(async (heard) => {
    const records = await recordsIn(heard.body);
    received.push(records);
    return answering(records);
  });
  const server = new Server({ fetch: network.fetch, timing });
  const send = (): Promise<SendOutcome> =>
    sendWaiting({ server, outbox, device, pace, hear: (one) => news.push(one) });
  return { outbox, timing, pace, news, received, network, send };
}

describe("sending", () => {
  test("brings the whole chain, as it was written, signed by its device", async () => {
    const { outbox, received, network, send } = await phoneWith(5, all);
    const written = (await outbox.nextBatch(10, 1e6)).map((record) => record.octets);
    expect(await send()).toEqual({ kind: "all_sent" });
    expect(received).toEqual([written]);
    expect(await chainOf(written)).toHaveLength(5);
    expect(network.heard[0]?.headers.get("BorderPass-Device")).toBe(DEVICE_ID);
    expect(outbox.counts()).toEqual({ waiting: 0, sent: 0, acknowledged: 5 });
  });

  test("asks nothing where nothing waits", async () => {
    const { network, send } = await phoneWith(0, all);
    expect(await send()).toEqual({ kind: "nothing_waiting" });
    expect(network.heard).toEqual([]);
  });

  test("goes on with what is written meanwhile", async () => {
    const phone = await phoneWith(2, async (records) => {
      if (phone.received.length === 1) await phone.outbox.append(scanOf("LATE"));
      return all(records);
    });
    expect(await phone.send()).toEqual({ kind: "all_sent" });
    expect(phone.received.map((records) => records.length)).toEqual([2, 1]);
  });

  test("takes at most 1,000 records at once", async () => {
    const { received, send } = await phoneWith(1001, all);
    expect(await send()).toEqual({ kind: "all_sent" });
    expect(received.map((records) => records.length)).toEqual([1000, 1]);
    expect(await chainOf(received.flat())).toHaveLength(1001);
  });

  test("takes at most about 4 MiB at once", async () => {
    const { outbox, received, network, send } = await phoneWith(0, all);
    const long = "\u{1f6c2}".repeat(4296);
    for (let at = 0; at < 260; at++) await outbox.append(scanOf(long));
    expect(await send()).toEqual({ kind: "all_sent" });
    expect(received.length).toBe(2);
    expect(network.heard.every(({ body }) => body.length < BATCH_MAX_BYTES + 10_000)).toBe(true);
  });

  test("tells what the server said beside", async () => {
    const { outbox, news, network, send } = await phoneWith(1, all);
    await send();
    await outbox.append(scanOf("NEXT"));
    network.answer = () => problem(500, "INTERNAL", { "BorderPass-Date": String(NOW + 9) });
    await send();
    network.answer = () => new Response("a proxy's", { status: 502 });
    await send();
    expect(news).toEqual([
      { serverTime: NOW, bundleSerial: 12 },
      { serverTime: NOW + 9, bundleSerial: null },
    ]);
  });

  test("counts what is on its way", async () => {
    const { outbox, network, timing, send } = await phoneWith(3, never);
    const sent = send();
    await network.reached(1);
    expect(outbox.counts()).toEqual({ waiting: 0, sent: 3, acknowledged: 0 });
    await timing.advance(60_000);
    await sent;
    expect(outbox.counts()).toEqual({ waiting: 3, sent: 0, acknowledged: 0 });
  });
});

describe("nothing is deleted", () => {
  const later = (why: string, retryAfterS: number | null = null) => ({ kind: "later", why, retryAfterS });
  const page = (status: number) => () => new Response("<h1>?</h1>", { status });

  test.each<[string, Answering, unknown]>([
    ["no network", noNetwork, later("no_network")],
    ["a fault", () => problem(500, "INTERNAL"), later("server")],
    ["a server that is not set up", () => problem(503, "NOTHING_PUBLISHED"), later("server")],
    [
      "a wish to come again later",
      () => problem(503, "NOTHING_PUBLISHED", { "Retry-After": "60" }),
      later("server", 60),
    ],
    ["a proxy without a server", page(502), later("server")],
    ["a page of somebody else's", page(200), later("server")],
    ["a no of somebody else's", page(403), later("server")],
    ["nothing where something belongs", () => new Response(null, { status: 204 }), later("server")],
    ["nothing at all", () => new Response(""), later("server")],
    ["half an answer", () => new Response('{"acknowledgements": [{"position": 0, '), later("server")],
    ["another answer", () => json({ recorded: 3 }), later("server")],
    ["no one named", () => acknowledging([]), later("server")],
    ["others named", () => acknowledging([3, -1, "0", 0.5, null]), later("server")],
    ["named without a receipt", () => acknowledging([0, 1, 2], "seen"), later("server")],
    ["a batch refused", () => problem(400, "BATCH_REFUSED"), { kind: "refused", code: "BATCH_REFUSED" }],
    ["an unknown device", () => problem(404, "UNKNOWN_DEVICE"), { kind: "refused", code: "UNKNOWN_DEVICE" }],
    [
      "another type wanted",
      () => problem(415, "UNSUPPORTED_MEDIA_TYPE"),
      { kind: "refused", code: "UNSUPPORTED_MEDIA_TYPE" },
    ],
    ["a revocation", () => problem(403, "DEVICE_REVOKED"), { kind: "revoked" }],
    ["an address that is not there", () => problem(404, "NOT_FOUND"), later("server")],
    ["too much, however little", () => problem(413, "TOO_LARGE"), { kind: "refused", code: "TOO_LARGE" }],
  ])("for %s", async (_, answering, outcome) => {
    const { outbox, send } = await phoneWith(3, answering);
    expect(await send()).toEqual(outcome);
    expect(outbox.counts()).toEqual({ waiting: 3, sent: 0, acknowledged: 0 });
    expect((await outbox.nextBatch(10, 1e6)).map((record) => record.deviceSeq)).toEqual([1, 2, 3]);
  });

  test("for a server that drips", async () => {
    const drip = new ReadableStream<Uint8Array>({
      pull: (to) => {
        to.enqueue(Uint8Array.of(0x20));
        return never().then();
      },
    });
    const { outbox, network, timing, send } = await phoneWith(3, () => new Response(drip));
    const sent = send();
    await network.reached(1);
    await timing.advance(60_000);
    expect(await sent).toEqual(later("no_network"));
    expect(outbox.counts().waiting).toBe(3);
  });

  test("for a key that the browser cannot use any more", async () => {
    const { outbox, network, timing } = await phoneWith(3, all);
    const dead = { ...device, key: { ...device.key, privateKey: device.key.publicKey } };
    const server = new Server({ fetch: network.fetch, timing });
    const parts = { server, outbox, device: dead, pace: new Pace(), hear: () => undefined };
    expect(await sendWaiting(parts)).toEqual({ kind: "refused", code: KEY_UNUSABLE });
    expect(outbox.counts().waiting).toBe(3);
  });

  test("for a storage that fails", async () => {
    const { outbox, network, send } = await phoneWith(3, all);
    const getAll = vi.spyOn(IDBObjectStore.prototype, "getAll").mockImplementation(() => {
      throw new DOMException("injected", "UnknownError");
    });
    expect(await send()).toEqual(later("storage"));
    getAll.mockRestore();
    expect([network.heard.length, outbox.counts().waiting]).toEqual([0, 3]);
  });
});

describe("a part that was named", () => {
  test("is deleted, and the rest is sent again first", async () => {
    const phone = await phoneWith(4, (records) =>
      phone.received.length === 1 ? acknowledging([3, 1, 1, 99]) : all(records),
    );
    const written = (await phone.outbox.nextBatch(10, 1e6)).map((record) => toHex(record.octets));
    expect(await phone.send()).toEqual({ kind: "all_sent" });
    expect(phone.received[1]?.map(toHex)).toEqual([written[0], written[2]]);
  });
});

describe("the size of a batch", () => {
  test("is halved where it is too large, and stays so", async () => {
    const phone = await phoneWith(9, (records) =>
      records.length > 2 ? new Response("<h1>413</h1>", { status: 413 }) : all(records),
    );
    expect(await phone.send()).toEqual({ kind: "all_sent" });
    expect(phone.received.map((records) => records.length)).toEqual([9, 4, 2, 2, 2, 2, 1]);
  });

  test("is halved each time nothing got through, and doubled when something did", async () => {
    const phone = await phoneWith(40, noNetwork);
    for (let at = 0; at < 3; at++) await phone.send();
    expect(phone.received.map((records) => records.length)).toEqual([40, 20, 10]);
    phone.network.answer = async ({ body }) => {
      const records = await recordsIn(body);
      phone.received.push(records);
      return all(records);
    };
    await phone.send();
    expect(phone.received.slice(3).map((records) => records.length)).toEqual([5, 10, 20, 5]);
  });
});

describe("whatever the server says", () => {
  const positions = fc.array(fc.integer({ min: -2, max: 8 }), { maxLength: 8 });
  const answer = fc.oneof(
    positions.map((some) => () => acknowledging(some)),
    positions.map((some) => () => {
      const whole = JSON.stringify({
        acknowledgements: some.map((position) => ({ position, receipt: "recorded" })),
      });
      return new Response(whole.slice(0, -1));
    }),
    fc.constantFrom(
      () => problem(500, "INTERNAL"),
      () => problem(400, "BATCH_REFUSED"),
      () => problem(403, "DEVICE_REVOKED"),
      () => problem(413, "TOO_LARGE"),
      () => new Response("not yet"),
      noNetwork,
    ),
    fc.constant(null),
  );

  test("each record gets there at least once, in its order, and none goes before it was named", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(answer, { maxLength: 12 }),
        fc.integer({ min: 1, max: 8 }),
        async (answers, scans) => {
          // null: the server takes the batch, but its answer is lost.
          const taken = new Map<string, Octets>();
          const named = new Set<string>();
          let asked = 0;
          const phone = await phoneWith(scans, async (records) => {
            const next = asked < answers.length ? answers[asked++] : (): Response => all(records);
            if (next === null) {
              for (const record of records) taken.set(toHex(record), record);
              return noNetwork();
            }
            const response = next?.() ?? noNetwork();
            const said = response.status === 200 ? await response.clone().text() : "";
            if (said.endsWith("}")) {
              for (const record of records) taken.set(toHex(record), record);
              const { acknowledgements } = JSON.parse(said) as { acknowledgements: { position: number }[] };
              for (const { position } of acknowledgements) {
                const record = records[position];
                if (record !== undefined) named.add(toHex(record));
              }
            }
            return response;
          });
          const written = (await phone.outbox.nextBatch(1000, 1e9)).map((record) => record.octets);
          for (let pass = 0; pass < 40; pass++) {
            const outcome = await phone.send();
            const left = (await phone.outbox.nextBatch(1000, 1e9)).map((record) => toHex(record.octets));
            expect(left).toEqual(written.map(toHex).filter((record) => !named.has(record)));
            if (outcome.kind === "all_sent" || outcome.kind === "nothing_waiting") break;
          }
          expect(phone.outbox.counts()).toEqual({ waiting: 0, sent: 0, acknowledged: scans });
          // A map keeps the order in which each came first.
          const chain = await chainOf([...taken.values()]);
          expect(chain.map(writeRecord)).toEqual(written);
        },
      ),
      { numRuns: 100 },
    );
  });
});
