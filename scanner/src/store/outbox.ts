// How is a record written so that it can neither be lost nor leave a gap? One append-only chain for each device.
//
// 1. The record is made for the place after the chain's head, and its digest is made: WebCrypto inside a transaction
//    would end it.
// 2. One transaction, durable when it settles, compares the head and writes the record (or several), the new head and
//    what is still unsettled. Where another tab was faster, the record is made anew.
// 3. Only an acknowledgement deletes, and only what it names.

import type { Instant } from "../domain/local_time.ts";
import { type DeviceRecord, firstPrevious, type Link, type ScanRecord } from "../domain/records.ts";
import { sameOctets } from "../wire/cbor.ts";
import { digestOfRecord, readRecord, writeRecord } from "../wire/records.ts";
import { StorageFailed, type Store } from "./database.ts";
import { Listeners } from "./listeners.ts";
import { RecordIds } from "./record_ids.ts";
import type { Chain, StoredRecord } from "./schema.ts";

export { StorageFailed, StorageFull } from "./database.ts";

/** How many records are read at once while a batch is put together. */
const READ_AT_ONCE = 100;

/** Records by where they are: on the phone, on their way (on the phone still), and acknowledged since the beginning. */
export interface Counts {
  readonly waiting: number;
  readonly sent: number;
  readonly acknowledged: number;
}

/** A chain before its first record. */
function emptyChain(deviceId: string): Chain {
  return {
    deviceId,
    deviceSeq: 0,
    digest: firstPrevious(),
    acknowledged: 0,
    latestScanAt: null,
    unsettled: null,
  };
}

/** One device's records. Everything here rejects with StorageFull or StorageFailed and with nothing else. */
export class Outbox {
  readonly deviceId: string;
  readonly #store: Store;
  readonly #ids: RecordIds;
  readonly #listeners = new Listeners<Counts>();
  readonly #appended = new Listeners<null>();
  #chain: Chain;
  #sending = 0;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(store: Store, chain: Chain, now: () => number) {
    this.deviceId = chain.deviceId;
    this.#store = store;
    this.#ids = new RecordIds(now);
    this.#chain = chain;
  }

  /** Opens a device's outbox; `now` gives milliseconds since 1970, for the records' ids. */
  static async open(store: Store, deviceId: string, now: () => number): Promise<Outbox> {
    const chain = await store.read(["chains"], (transaction) =>
      transaction.objectStore("chains").get(deviceId),
    );
    return new Outbox(store, chain ?? emptyChain(deviceId), now);
  }

  /**
   * Appends the record that `make` makes for a place in the chain, and gives it once it is on the disk.
   *
   * Appending goes one after the other. `make` is called again when the place is taken meanwhile: it must do nothing
   * but make the record. When this rejects, nothing was written, or what was written is a record as any other: the
   * chain goes on either way, without a gap.
   */
  async append<R extends DeviceRecord>(make: (link: Link) => R): Promise<R> {
    const [record] = await this.appendAll([make]);
    return record as R;
  }

  /** Appends several records as one: all of them are on the disk, or none is. Else as `append`. */
  appendAll(makes: readonly ((link: Link) => DeviceRecord)[]): Promise<readonly DeviceRecord[]> {
    const appended = this.#queue.then(() => this.#append(makes));
    this.#queue = appended.catch(() => undefined);
    return appended;
  }

  /** Gives the last scan where nothing was done about it yet, whether the server has it or not. */
  async unsettled(): Promise<ScanRecord | null> {
    const chain = await this.#store.read(["chains"], (transaction) =>
      transaction.objectStore("chains").get(this.deviceId),
    );
    const scan = chain?.unsettled ? readRecord(chain.unsettled.octets) : null;
    return scan?.ok === true && scan.value.type === "scan" ? scan.value : null;
  }

  /** Gives the latest time of any scan: the device's clock was there once. */
  latestScanAt(): Instant | null {
    return this.#chain.latestScanAt;
  }

  /** Counts the records, at once. What another tab did is counted from this one's next transaction on. */
  counts(): Counts {
    const { deviceSeq, acknowledged } = this.#chain;
    // No gaps, and nothing is deleted but what is acknowledged: what is there need not be counted.
    const stored = deviceSeq - acknowledged;
    const sent = Math.min(this.#sending, stored);
    return { waiting: stored - sent, sent, acknowledged };
  }

  /** Calls `listener` with the counts whenever they may have changed; gives how to stop that. */
  subscribe(listener: (counts: Counts) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Calls `listener` after records were appended here; gives how to stop that. */
  onAppended(listener: () => void): () => void {
    return this.#appended.add(listener);
  }

  /**
   * Gives the next records to send, the lowest number first: at most `maxRecords`, and at most `maxBytes` but at
   * least one.
   *
   * Never more than about a batch is in memory, however many wait.
   */
  async nextBatch(maxRecords: number, maxBytes: number): Promise<readonly StoredRecord[]> {
    const batch: StoredRecord[] = [];
    let bytes = 0;
    while (batch.length < maxRecords) {
      const atOnce = Math.min(READ_AT_ONCE, maxRecords - batch.length);
      const some = await this.#readAfter(batch.at(-1)?.deviceSeq ?? 0, atOnce);
      for (const record of some) {
        bytes += record.octets.length;
        if (bytes > maxBytes && batch.length > 0) return batch;
        batch.push(record);
      }
      if (some.length < atOnce) break;
    }
    return batch;
  }

  /** Takes down how many records are on their way now; 0 when none are any more. */
  sending(records: number): void {
    this.#sending = records;
    this.#listeners.tell(this.counts());
  }

  /** Deletes exactly the records of these numbers, and gives how many there were. The only thing that deletes. */
  async acknowledge(seqs: readonly number[]): Promise<number> {
    const runs = runsOf(seqs);
    let deleted = 0;
    // Losing this in a power cut means that the records are sent twice, which does no harm: no need to wait for the
    // disk.
    const chain = await this.#store.write(
      ["records", "chains"],
      async (transaction) => {
        const chains = transaction.objectStore("chains");
        const records = transaction.objectStore("records");
        const before = await chains.get(this.deviceId);
        if (before === undefined) return this.#chain;
        deleted = 0;
        for (const [from, to] of runs) {
          const run = IDBKeyRange.bound([this.deviceId, from], [this.deviceId, to]);
          deleted += await records.count(run);
          await records.delete(run);
        }
        const after = { ...before, acknowledged: before.acknowledged + deleted };
        await chains.put(after);
        return after;
      },
      "relaxed",
    );
    this.#chain = chain;
    this.#sending = 0;
    this.#listeners.tell(this.counts());
    return deleted;
  }

  async #append(makes: readonly ((link: Link) => DeviceRecord)[]): Promise<readonly DeviceRecord[]> {
    for (;;) {
      const before = this.#chain;
      let after = before;
      const records: DeviceRecord[] = [];
      const stored: StoredRecord[] = [];
      for (const make of makes) {
        const { deviceId } = this;
        const deviceSeq = after.deviceSeq + 1;
        const record = make({ recordId: this.#ids.next(), deviceId, deviceSeq, previous: after.digest });
        // A copy of its own: what is stored is the whole buffer a view looks at.
        const octets = writeRecord(record).slice();
        after = await extended(after, record, octets);
        records.push(record);
        stored.push({ deviceId, deviceSeq, octets });
      }
      const written = await this.#commit(before, after, stored);
      if (written) {
        this.#appended.tell(null);
        return records;
      }
    }
  }

  /** Writes records and the chain's new head if the head is still where it was; tells whether they are written. */
  async #commit(before: Chain, after: Chain, stored: readonly StoredRecord[]): Promise<boolean> {
    const chain = await this.#store.write(["records", "chains"], async (transaction) => {
      const chains = transaction.objectStore("chains");
      const there = (await chains.get(this.deviceId)) ?? emptyChain(this.deviceId);
      // Less than is known here: the browser was told to forget, and a chain that began again would be a second one.
      if (there.deviceSeq < before.deviceSeq) throw new StorageFailed();
      if (!sameHead(there, before)) return there;
      const whole = { ...after, acknowledged: there.acknowledged };
      const records = transaction.objectStore("records");
      await Promise.all([...stored.map((record) => records.add(record)), chains.put(whole)]);
      return whole;
    });
    this.#chain = chain;
    this.#listeners.tell(this.counts());
    // The same also where the connection was lost after the commit, and this is the second time.
    return sameHead(chain, after);
  }

  #readAfter(seq: number, count: number): Promise<StoredRecord[]> {
    const range = IDBKeyRange.bound([this.deviceId, seq + 1], [this.deviceId, Number.MAX_SAFE_INTEGER]);
    return this.#store.read(["records"], (transaction) =>
      transaction.objectStore("records").getAll(range, count),
    );
  }
}

/** Gives the chain with one more record. */
async function extended(chain: Chain, record: DeviceRecord, octets: StoredRecord["octets"]): Promise<Chain> {
  const after = { ...chain, deviceSeq: chain.deviceSeq + 1, digest: await digestOfRecord(octets) };
  if (record.type === "action") {
    return record.scanId === chain.unsettled?.scanId ? { ...after, unsettled: null } : after;
  }
  const latestScanAt = Math.max(record.scannedAt, chain.latestScanAt ?? 0) as Instant;
  return { ...after, latestScanAt, unsettled: { scanId: record.link.recordId, octets } };
}

function sameHead(one: Chain, other: Chain): boolean {
  return one.deviceSeq === other.deviceSeq && sameOctets(one.digest, other.digest);
}

/** Gives the unbroken runs in some numbers, each as its first and its last. */
function runsOf(seqs: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const seq of [...new Set(seqs)].sort((one, other) => one - other)) {
    const last = runs.at(-1);
    if (last?.[1] === seq - 1) last[1] = seq;
    else runs.push([seq, seq]);
  }
  return runs;
}
