// Is a record lost, or is there a gap? Whatever tabs, full disks and dying browsers do.

import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";

import { fromClock } from "../src/domain/local_time.ts";
import { Action, type DeviceRecord } from "../src/domain/records.ts";
import { openStore, type Store } from "../src/store/database.ts";
import { type Counts, Outbox, StorageFailed, StorageFull } from "../src/store/outbox.ts";
import { Outboxes } from "../src/store/outboxes.ts";
import { writeRecord } from "../src/wire/records.ts";
import {
  actionOn,
  chainOf,
  clock,
  DEVICE_ID,
  EARLIER_ID,
  newName,
  newStore,
  NOW,
  scanOf,
  seed,
} from "./gate_phone.ts";

const everything = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] as const;

async function newOutbox(store?: Store): Promise<Outbox> {
  return Outbox.open(store ?? (await newStore()), DEVICE_ID, clock);
}

/** Gives all that waits in an outbox, as a chain that was looked through. */
async function stored(outbox: Outbox): Promise<DeviceRecord[]> {
  return chainOf((await outbox.nextBatch(...everything)).map((record) => record.octets));
}

/** The next request to add a record ends its transaction with this error, as a browser does it. */
function failNextAdd(name: string): void {
  const once = vi.spyOn(IDBObjectStore.prototype, "add");
  once.mockImplementationOnce(() => {
    once.mockRestore();
    throw new DOMException("injected", name);
  });
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a chain", () => {
  test("begins with number 1 and goes on from record to record", async () => {
    const outbox = await newOutbox();
    const scan = await outbox.append(scanOf("A"));
    const action = await outbox.append(actionOn(scan.link.recordId));
    expect(await stored(outbox)).toEqual([scan, action]);
    expect([scan.link.deviceSeq, action.link.deviceSeq]).toEqual([1, 2]);
  });

  test("is kept as the bytes that were first written", async () => {
    const outbox = await newOutbox();
    const scan = await outbox.append(scanOf("A"));
    const [record] = await outbox.nextBatch(...everything);
    expect(record).toEqual({ deviceId: DEVICE_ID, deviceSeq: 1, octets: writeRecord(scan) });
  });

  test("keeps the order in which appending was asked for", async () => {
    const outbox = await newOutbox();
    const texts = Array.from({ length: 20 }, (_, at) => `NR ${at}`);
    const written = await Promise.all(texts.map((text) => outbox.append(scanOf(text))));
    expect(written.map((scan) => scan.qrText)).toEqual(texts);
    expect(await stored(outbox)).toEqual(written);
  });

  test("takes several records at once, all of them or none", async () => {
    const outbox = await newOutbox();
    failNextAdd("QuotaExceededError");
    await expect(outbox.appendAll([scanOf("A"), scanOf("B")])).rejects.toThrow(StorageFull);
    const written = await outbox.appendAll([scanOf("A"), scanOf("B")]);
    expect(written.map((scan) => scan.link.deviceSeq)).toEqual([1, 2]);
    expect(await stored(outbox)).toEqual(written);
  });

  test("goes on where it was after the browser was killed", async () => {
    const name = newName();
    const before = await newOutbox(await openStore(name));
    const first = await before.append(scanOf("A"));
    const after = await newOutbox(await openStore(name));
    const second = await after.append(scanOf("B"));
    expect(await stored(after)).toEqual([first, second]);
  });

  test("is one also where two tabs write at once", async () => {
    const name = newName();
    const tabs = [await newOutbox(await openStore(name)), await newOutbox(await openStore(name))];
    const [one, other] = tabs as [Outbox, Outbox];
    const written = await Promise.all(
      Array.from({ length: 60 }, (_, at) => (at % 2 === 0 ? one : other).append(scanOf(`NR ${at}`))),
    );
    const chain = await stored(one);
    expect(chain).toHaveLength(60);
    expect(new Set(chain.map((record) => record.link.recordId)).size).toBe(60);
    expect(written.map((scan) => scan.link.deviceSeq).sort((a, b) => a - b)).toEqual(
      chain.map((record) => record.link.deviceSeq),
    );
  });

  test("of one device has nothing to do with another's", async () => {
    const outboxes = new Outboxes(await newStore(), clock);
    const [mine, theirs] = [await outboxes.of(DEVICE_ID), await outboxes.of(EARLIER_ID)];
    await Promise.all([mine.append(scanOf("A")), theirs.append(scanOf("B")), theirs.append(scanOf("C"))]);
    expect(await stored(mine)).toHaveLength(1);
    expect(await stored(theirs)).toHaveLength(2);
    expect(outboxes.counts()).toEqual({ waiting: 3, sent: 0, acknowledged: 0 });
    expect(await outboxes.of(DEVICE_ID)).toBe(mine);
  });
});

describe("what goes wrong", () => {
  test("a full disk is told as such, and the chain goes on without a gap", async () => {
    const outbox = await newOutbox();
    const first = await outbox.append(scanOf("A"));
    failNextAdd("QuotaExceededError");
    await expect(outbox.append(scanOf("B"))).rejects.toBeInstanceOf(StorageFull);
    const third = await outbox.append(scanOf("C"));
    expect(await stored(outbox)).toEqual([first, third]);
    expect(third.link.deviceSeq).toBe(2);
  });

  test("a disk that is found full only at the commit is told as such", async () => {
    const outbox = await newOutbox();
    const put = vi.spyOn(IDBObjectStore.prototype, "put");
    put.mockImplementationOnce(function (this: IDBObjectStore, value: unknown) {
      put.mockRestore();
      const request = this.put(value);
      const { transaction } = this;
      request.addEventListener("success", () => {
        (transaction as unknown as { _abort: (name: string) => void })._abort("QuotaExceededError");
      });
      return request;
    });
    await expect(outbox.append(scanOf("A"))).rejects.toBeInstanceOf(StorageFull);
    const next = await outbox.append(scanOf("B"));
    expect(await stored(outbox)).toEqual([next]);
  });

  test("a storage that fails for good is told as such", async () => {
    const outbox = await newOutbox();
    vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(() => {
      throw new DOMException("injected", "UnknownError");
    });
    await expect(outbox.append(scanOf("A"))).rejects.toBeInstanceOf(StorageFailed);
    vi.restoreAllMocks();
    const next = await outbox.append(scanOf("B"));
    expect(await stored(outbox)).toEqual([next]);
  });

  test("a connection that is lost once is opened anew, unseen", async () => {
    const outbox = await newOutbox();
    failNextAdd("UnknownError");
    const scan = await outbox.append(scanOf("A"));
    expect(await stored(outbox)).toEqual([scan]);
  });

  test("a record that was written when the connection was lost is not written twice", async () => {
    const outbox = await newOutbox();
    await outbox.append(scanOf("A"));
    const listen = Reflect.get(IDBTransaction.prototype, "addEventListener") as (...given: unknown[]) => void;
    vi.spyOn(IDBTransaction.prototype, "addEventListener").mockImplementation(function (
      this: IDBTransaction,
      type: string,
      listener: EventListenerOrEventListenerObject,
    ) {
      // The first transaction of the append is committed, but the page hears that it was ended.
      if (this.mode !== "readwrite" || type === "error") {
        Reflect.apply(listen, this, [type, listener]);
      } else if (type === "abort") {
        vi.restoreAllMocks();
        Reflect.apply(listen, this, ["complete", listener]);
      }
    });
    const scan = await outbox.append(scanOf("B"));
    expect(scan.link.deviceSeq).toBe(2);
    expect(await stored(outbox)).toHaveLength(2);
  });

  test("an error of who makes the record is theirs, and nothing is written", async () => {
    const outbox = await newOutbox();
    const appended = outbox.append(() => {
      throw new TypeError("no such pass");
    });
    await expect(appended).rejects.toBeInstanceOf(TypeError);
    expect(outbox.counts()).toEqual({ waiting: 0, sent: 0, acknowledged: 0 });
    expect((await outbox.append(scanOf("A"))).link.deviceSeq).toBe(1);
  });

  test("a chain that the browser was told to forget does not begin anew under the same device", async () => {
    const name = newName();
    const store = await openStore(name);
    const outbox = await newOutbox(store);
    await outbox.append(scanOf("A"));
    store.close();
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(name).onsuccess = resolve;
    });
    await expect(outbox.append(scanOf("B"))).rejects.toBeInstanceOf(StorageFailed);
    expect(await outbox.acknowledge([1])).toBe(0);
  });

  test("a listener that throws disturbs no one", async () => {
    const thrown: unknown[] = [];
    const keep = (error: unknown): void => void thrown.push(error);
    process.once("uncaughtException", keep);
    const outbox = await newOutbox();
    outbox.subscribe(() => {
      throw new Error("a screen's");
    });
    expect((await outbox.append(scanOf("A"))).link.deviceSeq).toBe(1);
    await new Promise(setImmediate);
    expect(thrown).toHaveLength(1);
  });
});

describe("the scan that is not settled", () => {
  test("is the last one, until something is done about it", async () => {
    const outbox = await newOutbox();
    expect(await outbox.unsettled()).toBeNull();
    const first = await outbox.append(scanOf("A"));
    expect(await outbox.unsettled()).toEqual(first);
    const second = await outbox.append(scanOf("B"));
    expect(await outbox.unsettled()).toEqual(second);
    await outbox.append(actionOn(second.link.recordId, Action.REFER));
    expect(await outbox.unsettled()).toBeNull();
  });

  test("stays when something is done about another", async () => {
    const outbox = await newOutbox();
    const first = await outbox.append(scanOf("A"));
    const second = await outbox.append(scanOf("B"));
    await outbox.append(actionOn(first.link.recordId));
    expect(await outbox.unsettled()).toEqual(second);
  });

  test("outlives its acknowledgement, and the page", async () => {
    const name = newName();
    const outbox = await newOutbox(await openStore(name));
    const scan = await outbox.append(scanOf("A"));
    await outbox.acknowledge([1]);
    const later = await newOutbox(await openStore(name));
    expect(later.counts().waiting).toBe(0);
    expect(await later.unsettled()).toEqual(scan);
    await later.append(actionOn(scan.link.recordId));
    expect(await later.unsettled()).toBeNull();
  });
});

describe("the latest scan", () => {
  test("is the latest by the clock, whatever came last", async () => {
    const name = newName();
    const outbox = await newOutbox(await openStore(name));
    expect(outbox.latestScanAt()).toBeNull();
    await outbox.append(scanOf("A", fromClock((NOW + 60) * 1000)));
    await outbox.append(scanOf("B", NOW));
    expect(outbox.latestScanAt()).toBe(NOW + 60);
    expect((await newOutbox(await openStore(name))).latestScanAt()).toBe(NOW + 60);
  });
});

describe("what is sent", () => {
  async function withFive(): Promise<Outbox> {
    const outbox = await newOutbox();
    for (const text of ["A", "B", "C", "D", "E"]) await outbox.append(scanOf(text));
    return outbox;
  }
  const seqsOf = async (outbox: Outbox, most = 1000, bytes = 1e9) =>
    (await outbox.nextBatch(most, bytes)).map((record) => record.deviceSeq);

  test("is taken in the order of the numbers, as many as are wanted", async () => {
    const outbox = await withFive();
    expect(await seqsOf(outbox, 3)).toEqual([1, 2, 3]);
    expect(await seqsOf(outbox)).toEqual([1, 2, 3, 4, 5]);
    expect(await seqsOf(outbox)).toEqual([1, 2, 3, 4, 5]);
  });

  test("is as many bytes as are wanted, but at least one record", async () => {
    const outbox = await withFive();
    const size = (await outbox.nextBatch(1, 1)).reduce((sum, { octets }) => sum + octets.length, 0);
    expect(await seqsOf(outbox, 1000, 2 * size)).toEqual([1, 2]);
    expect(await seqsOf(outbox, 1000, 2 * size - 1)).toEqual([1]);
    expect(await seqsOf(outbox, 1000, 0)).toEqual([1]);
  });

  test("is deleted only where it is named, and counted once", async () => {
    const outbox = await withFive();
    expect(await outbox.acknowledge([4, 2, 2])).toBe(2);
    expect(await seqsOf(outbox)).toEqual([1, 3, 5]);
    expect(await outbox.acknowledge([2, 3, 77])).toBe(1);
    expect(await seqsOf(outbox)).toEqual([1, 5]);
    expect(outbox.counts()).toEqual({ waiting: 2, sent: 0, acknowledged: 3 });
    expect(await outbox.acknowledge([])).toBe(0);
  });

  test("is counted as on its way until it is named or given up", async () => {
    const outbox = await withFive();
    const seen: Counts[] = [];
    const stop = outbox.subscribe((counts) => seen.push(counts));
    outbox.sending(2);
    await outbox.acknowledge([1, 2]);
    outbox.sending(3);
    outbox.sending(0);
    stop();
    outbox.sending(1);
    expect(seen).toEqual([
      { waiting: 3, sent: 2, acknowledged: 0 },
      { waiting: 3, sent: 0, acknowledged: 2 },
      { waiting: 0, sent: 3, acknowledged: 2 },
      { waiting: 3, sent: 0, acknowledged: 2 },
    ]);
  });

  test("is counted over all times, and after the page was loaded anew", async () => {
    const name = newName();
    const outbox = await newOutbox(await openStore(name));
    await outbox.append(scanOf("A"));
    await outbox.append(scanOf("B"));
    await outbox.acknowledge([1]);
    const later = await newOutbox(await openStore(name));
    expect(later.counts()).toEqual({ waiting: 1, sent: 0, acknowledged: 1 });
  });
});

describe("ten thousand records", () => {
  test("go out in their order, and are never in memory together", async () => {
    const store = await newStore();
    await seed(store, 9_999);
    const outbox = await newOutbox(store);
    await outbox.append(scanOf("LAST"));
    const getAll = vi.spyOn(IDBObjectStore.prototype, "getAll");
    expect(outbox.counts()).toEqual({ waiting: 10_000, sent: 0, acknowledged: 0 });
    const seqs: number[] = [];
    for (;;) {
      const batch = (await outbox.nextBatch(1000, 4e6)).map((record) => record.deviceSeq);
      if (batch.length === 0) break;
      expect(batch.length).toBe(1000);
      seqs.push(...batch);
      await outbox.acknowledge(batch);
    }
    expect(getAll.mock.calls.every(([, count]) => count !== undefined && count <= 100)).toBe(true);
    expect(seqs).toEqual(Array.from({ length: 10_000 }, (_, at) => at + 1));
    expect(outbox.counts()).toEqual({ waiting: 0, sent: 0, acknowledged: 10_000 });
  });
});

describe("whatever happens", () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("append" as const), tab: fc.nat(1), full: fc.boolean() }),
    fc.record({
      kind: fc.constant("acknowledge" as const),
      tab: fc.nat(1),
      seqs: fc.array(fc.integer({ min: 1, max: 12 })),
    }),
    fc.record({ kind: fc.constant("reload" as const), tab: fc.nat(1) }),
  );

  test("nothing is lost that was not named, and the chain has no gap", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const name = newName();
        const open = async () => newOutbox(await openStore(name));
        const tabs = [await open(), await open()];
        const written: DeviceRecord[] = [];
        const named = new Set<number>();
        for (const one of steps) {
          const tab = tabs[one.tab];
          if (tab === undefined) throw new Error("no such tab");
          if (one.kind === "reload") {
            tabs[one.tab] = await open();
          } else if (one.kind === "acknowledge") {
            const there = one.seqs.filter((seq) => seq <= written.length);
            await tab.acknowledge(one.seqs);
            for (const seq of there) named.add(seq);
          } else if (one.full) {
            failNextAdd("QuotaExceededError");
            await expect(tab.append(scanOf())).rejects.toBeInstanceOf(StorageFull);
          } else {
            written.push(await tab.append(scanOf()));
          }
        }
        const last = await open();
        const left = (await last.nextBatch(...everything)).map((record) => record.octets);
        const wanted = written.filter((record) => !named.has(record.link.deviceSeq));
        expect(left).toEqual(wanted.map(writeRecord));
        expect(last.counts()).toEqual({ waiting: wanted.length, sent: 0, acknowledged: named.size });
        await chainOf(written.map(writeRecord));
      }),
      { numRuns: 60 },
    );
  });
});
