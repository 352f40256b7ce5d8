// What does a phone at a gate have in these tests? A database of its own, devices with keys, and travellers to look at.

import "fake-indexeddb/auto";

import { fromClock, type Instant } from "../src/domain/local_time.ts";
import type { Octets } from "../src/domain/passes.ts";
import {
  ActedBy,
  Action,
  type ActionRecord,
  type DeviceRecord,
  firstPrevious,
  type Link,
  type ScanRecord,
} from "../src/domain/records.ts";
import { openStore, type Store } from "../src/store/database.ts";
import type { EnrolledDevice } from "../src/store/devices.ts";
import { RecordIds } from "../src/store/record_ids.ts";
import type { StoredRecord } from "../src/store/schema.ts";
import { kidOf, toHex } from "../src/wire/keys.ts";
import { digestOfRecord, readRecord, writeRecord } from "../src/wire/records.ts";
import { rootPoint } from "./vectors.ts";

export const START_MS = Date.UTC(2026, 10, 23, 2, 0, 0);
export const NOW = fromClock(START_MS);
export const DEVICE_ID = "019ab000-0000-7000-8000-000000000001";
export const EARLIER_ID = "019ab000-0000-7000-8000-000000000002";
export const clock = (): number => START_MS;

let databases = 0;

/** Gives the name of a database that no other test has. */
export function newName(): string {
  databases += 1;
  return `phone-${databases}`;
}

export function newStore(): Promise<Store> {
  return openStore(newName());
}

/** Gives a device whose key cannot be taken out, as enrolment makes it. */
export async function newDevice(deviceId = DEVICE_ID): Promise<EnrolledDevice> {
  const key = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, [
    "sign",
    "verify",
  ]);
  return {
    deviceId,
    kid: toHex(await kidOf(await pointOf(key))),
    checkpoint: { id: "poipet", names: { en: "Poipet", km: "ប៉ោយប៉ែត", th: "ปอยเปต" } },
    lane: "3",
    direction: "exit",
    rootPoint: rootPoint("root"),
    key,
    enrolledAt: NOW,
    revokedAt: null,
    admitNeedsTap: false,
  };
}

export async function pointOf(key: CryptoKeyPair): Promise<Octets> {
  return new Uint8Array(await crypto.subtle.exportKey("raw", key.publicKey)).slice(1);
}

/** Gives what makes a scan of a text. */
export function scanOf(qrText = "6BF", scannedAt: Instant = NOW): (link: Link) => ScanRecord {
  return (link) => ({
    type: "scan",
    link,
    scan: {
      checkpoint: "poipet",
      direction: "exit",
      category: "ordinary",
      clockFloorAt: NOW,
      lastCrossing: null,
      quotaUsed: new Map(),
    },
    scannedAt,
    bundleSerial: 7,
    appVersion: "1.0.0",
    qrText,
    decision: { verdict: "ADMIT", reasons: [], backBy: null },
  });
}

/** Gives what makes an action on a scan. */
export function actionOn(scanId: string, action: Action = Action.ADMIT): (link: Link) => ActionRecord {
  return (link) => ({
    type: "action",
    link,
    scanId,
    action,
    actedAt: NOW,
    actedBy: ActedBy.OFFICER,
    ground: "",
  });
}

/** Writes so many scans into an empty store at once, as if they had been appended one by one. */
export async function seed(store: Store, scans: number): Promise<void> {
  const ids = new RecordIds(clock);
  const records: StoredRecord[] = [];
  let previous = firstPrevious();
  for (let deviceSeq = 1; deviceSeq <= scans; deviceSeq++) {
    const link: Link = { recordId: ids.next(), deviceId: DEVICE_ID, deviceSeq, previous };
    const octets = writeRecord(scanOf(`NR ${deviceSeq}`)(link)).slice();
    previous = await digestOfRecord(octets);
    records.push({ deviceId: DEVICE_ID, deviceSeq, octets });
  }
  const chain = { deviceId: DEVICE_ID, deviceSeq: scans, digest: previous, acknowledged: 0 };
  await store.write(["records", "chains"], async (transaction) => {
    await Promise.all(records.map((record) => transaction.objectStore("records").add(record)));
    await transaction.objectStore("chains").put({ ...chain, latestScanAt: NOW, unsettled: null });
  });
}

/** Gives the records in some bytes. Throws unless they are one chain from number 1, each naming the one before. */
export async function chainOf(all: readonly Octets[]): Promise<DeviceRecord[]> {
  const records: DeviceRecord[] = [];
  let previous = toHex(firstPrevious());
  for (const octets of all) {
    const record = readRecord(octets);
    if (!record.ok) throw new Error(record.detail);
    const { link } = record.value;
    if (link.deviceSeq !== records.length + 1 || toHex(link.previous) !== previous) {
      throw new Error(`number ${link.deviceSeq} does not follow number ${records.length}`);
    }
    previous = toHex(await digestOfRecord(octets));
    records.push(record.value);
  }
  return records;
}
