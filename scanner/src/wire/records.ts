// How does a device's chain travel? Each record deterministic CBOR, many in a batch signed by the device.
//
// The digest that the next record names is SHA-256 over a record's bytes, so a record is stored and sent as the bytes
// that were first written. A batch is a COSE_Sign1 of an array of byte strings; one that cannot be read does not spoil
// its neighbours.

import { type Day, type Instant, readDay } from "../domain/local_time.ts";
import type { Octets } from "../domain/passes.ts";
import { CATEGORIES } from "../domain/provisions.ts";
import { REASON_CODES } from "../domain/reasons.ts";
import {
  ActedBy,
  Action,
  type ActionRecord,
  type DeviceDecision,
  type DeviceRecord,
  type Link,
  type ScanRecord,
} from "../domain/records.ts";
import type { LastCrossing } from "../domain/scan.ts";
import { type Direction, VERDICTS } from "../domain/verdicts.ts";
import { CHECKPOINT_MAX_CHARACTERS } from "./bundle.ts";
import { BUNDLE_LIMITS, type CborMap, type CborValue, decodeStrict, encode } from "./cbor.ts";
import { verifySign1 } from "./cose.ts";
import { fromHex, loadPoint, sha256, toHex } from "./keys.ts";
import { TEXT_MAX_CHARACTERS } from "./qr.ts";
import { type PieceFault, type Read, reading, readingPiece, type Refusal, WireError } from "./refusal.ts";
import {
  BATCH_TYP,
  expectArray,
  expectKeys,
  expectMap,
  expectOctets,
  expectOneOf,
  expectText,
  expectWhole,
  type Members,
  openSealed,
  readInstant,
  seal,
  type SignBytes,
} from "./signed.ts";

export const BATCH_MAX_RECORDS = 1000;
export const RECORD_MAX_BYTES = 8192;
const SHORT_TEXT = 300;
const [SCAN, ACTION] = [1, 2] as const;
const [DIGEST_BYTES, UUID_BYTES] = [32, 16] as const;
const LINK_KEYS = [1, 2, 3, 4, 5];
const SCAN_KEYS = [...LINK_KEYS, 6, 7, 8, 9, 10, 11, 12, 13];
const ACTION_KEYS = [...LINK_KEYS, 6, 7, 8, 9];
/** The place of a direction, from 1, and of a verdict, from 0, is its number on the wire. */
const DIRECTION_ORDER: readonly Direction[] = ["exit", "entry"];
const [, ...SPECIAL_CATEGORIES] = CATEGORIES;

/** Gives what the next record of the chain names as `previous`. */
export async function digestOfRecord(octets: Octets): Promise<Octets> {
  return sha256(octets);
}

/**
 * Gives a text as a record can hold it, where a code that is no pass says more than that.
 *
 * A symbol of digits alone holds up to 7,089 characters, and a symbol of bytes may hold NUL; both are no Base45 in any
 * case, and the text shows that still.
 */
export function recordableText(qrText: string): string {
  return Array.from(qrText).slice(0, TEXT_MAX_CHARACTERS).join("").replaceAll("\0", "\ufffd");
}

/** Gives a batch of 1 to 1,000 records' bytes, signed by the device. */
export async function writeBatch(records: readonly Octets[], kid: Octets, sign: SignBytes): Promise<Octets> {
  return seal(encode([...records]), BATCH_TYP, kid, sign);
}

/** Gives the bytes of each record of a batch that the device (a point) signed, or why it is none. */
export async function readBatch(
  octets: Octets,
  device: Octets,
): Promise<Read<Octets[]> | Refusal<PieceFault>> {
  return readingPiece("BATCH_UNUSABLE", async () => {
    const sign1 = openSealed(octets, BATCH_TYP);
    if (!(await verifySign1(sign1, await loadPoint(device)))) throw new WireError("not signed by the device");
    const records = expectArray(decodeStrict(sign1.payload, BUNDLE_LIMITS));
    if (records.length < 1 || records.length > BATCH_MAX_RECORDS) {
      throw new WireError(`${records.length} records where 1 to ${BATCH_MAX_RECORDS} belong`);
    }
    return records.map((record) => expectOctets(record));
  });
}

/** Gives the bytes of a record, to be stored and sent as they are. */
export function writeRecord(record: DeviceRecord): Octets {
  const { link } = record;
  const written: CborMap = new Map<number, CborValue>([
    [1, record.type === "scan" ? SCAN : ACTION],
    [2, uuidOctets(link.recordId)],
    [3, uuidOctets(link.deviceId)],
    [4, link.deviceSeq],
    [5, link.previous],
  ]);
  if (record.type === "scan") addScan(written, record);
  else addAction(written, record);
  return encode(written);
}

function addScan(written: CborMap, record: ScanRecord): void {
  const { scan } = record;
  written
    .set(6, scan.checkpoint ?? "")
    .set(7, directionNumber(scan.direction))
    .set(8, record.scannedAt)
    .set(9, scan.clockFloorAt ?? 0)
    .set(10, record.bundleSerial)
    .set(11, record.appVersion)
    .set(12, recordableText(record.qrText))
    .set(13, writeDecision(record.decision));
  if (scan.category !== "ordinary") written.set(14, scan.category);
  if (scan.lastCrossing !== null) written.set(15, writeLastCrossing(scan.lastCrossing));
  if (scan.quotaUsed.size > 0) written.set(16, new Map(scan.quotaUsed));
}

function addAction(written: CborMap, record: ActionRecord): void {
  written
    .set(6, uuidOctets(record.scanId))
    .set(7, record.action)
    .set(8, record.actedAt)
    .set(9, record.actedBy);
  if (record.ground !== "") written.set(10, record.ground);
}

function writeDecision(decision: DeviceDecision): CborMap {
  const written: CborMap = new Map<number, CborValue>([
    [1, VERDICTS.indexOf(decision.verdict)],
    [2, [...decision.reasons]],
  ]);
  if (decision.backBy !== null) written.set(3, decision.backBy);
  return written;
}

function writeLastCrossing(last: LastCrossing): CborMap {
  const written: CborMap = new Map<number, CborValue>([
    [1, directionNumber(last.direction)],
    [2, last.crossedAt],
  ]);
  if (last.backBy !== null) written.set(3, last.backBy);
  return written;
}

/** Gives the record in some bytes, or what is wrong with them. */
export function readRecord(octets: Octets): Read<DeviceRecord> | Refusal<PieceFault> {
  return reading<DeviceRecord, PieceFault>("RECORD_UNUSABLE", () => {
    if (octets.length > RECORD_MAX_BYTES) throw new WireError(`more than ${RECORD_MAX_BYTES} bytes`);
    const value = expectMap(decodeStrict(octets));
    if (value.get(1) === SCAN) return readScan(expectKeys(value, SCAN_KEYS, [14, 15, 16]));
    if (value.get(1) === ACTION) return readAction(expectKeys(value, ACTION_KEYS, [10]));
    throw new WireError("neither a scan nor an action");
  });
}

function readLink(parts: Members): Link {
  return {
    recordId: uuidText(parts.get(2)),
    deviceId: uuidText(parts.get(3)),
    deviceSeq: expectWhole(parts.get(4), 1),
    previous: expectOctets(parts.get(5), DIGEST_BYTES),
  };
}

function readAction(parts: Members): ActionRecord {
  return {
    type: "action",
    link: readLink(parts),
    scanId: uuidText(parts.get(6)),
    action: expectOneOf(parts.get(7), Object.values(Action)),
    actedAt: readInstant(parts.get(8)),
    actedBy: expectOneOf(parts.get(9), Object.values(ActedBy)),
    ground: readText(parts.find(10) ?? ""),
  };
}

function readScan(parts: Members): ScanRecord {
  const floor: Instant = readInstant(parts.get(9));
  const category = parts.find(14);
  const last = parts.find(15);
  const quota = parts.find(16);
  return {
    type: "scan",
    link: readLink(parts),
    scan: {
      checkpoint: readText(parts.get(6), CHECKPOINT_MAX_CHARACTERS),
      direction: readDirection(parts.get(7)),
      category: category === undefined ? "ordinary" : expectOneOf(category, SPECIAL_CATEGORIES),
      clockFloorAt: floor === 0 ? null : floor,
      lastCrossing: last === undefined ? null : readLastCrossing(last),
      quotaUsed: quota === undefined ? new Map() : readQuota(quota),
    },
    scannedAt: readInstant(parts.get(8)),
    bundleSerial: expectWhole(parts.get(10), 0),
    appVersion: readText(parts.get(11)),
    qrText: readText(parts.get(12), TEXT_MAX_CHARACTERS),
    decision: readDecision(parts.get(13)),
  };
}

function readDecision(value: CborValue): DeviceDecision {
  const parts = expectKeys(value, [1, 2], [3]);
  const verdict = VERDICTS[expectWhole(parts.get(1), 0, VERDICTS.length - 1)];
  if (verdict === undefined) throw new WireError("a verdict that is not known here");
  const reasons = expectArray(parts.get(2)).map((code) => expectOneOf(code, REASON_CODES));
  return { verdict, reasons, backBy: readBackBy(parts.find(3)) };
}

function readLastCrossing(value: CborValue): LastCrossing {
  const parts = expectKeys(value, [1, 2], [3]);
  return {
    direction: readDirection(parts.get(1)),
    crossedAt: readInstant(parts.get(2)),
    backBy: readBackBy(parts.find(3)),
  };
}

function readBackBy(value: CborValue | undefined): Day | null {
  if (value === undefined) return null;
  const day = readDay(expectText(value));
  if (day === null) throw new WireError("a day that is not YYYY-MM-DD, or not in the calendar");
  return day;
}

function readQuota(value: CborValue): Map<string, number> {
  const quota = [...expectMap(value)];
  if (quota.length === 0) throw new WireError("no counts where some belong");
  return new Map(quota.map(([provision, used]) => [readText(provision), expectWhole(used, 0)]));
}

function directionNumber(direction: Direction): number {
  return DIRECTION_ORDER.indexOf(direction) + 1;
}

function readDirection(value: CborValue): Direction {
  const direction = DIRECTION_ORDER[expectWhole(value, 1, DIRECTION_ORDER.length) - 1];
  if (direction === undefined) throw new WireError("a direction that is not known here");
  return direction;
}

function readText(value: CborValue, maxCharacters = SHORT_TEXT): string {
  const text = expectText(value);
  if (Array.from(text).length > maxCharacters || text.includes("\0")) {
    throw new WireError("a text that is too long, or has a NUL");
  }
  return text;
}

function uuidOctets(uuid: string): Octets {
  return fromHex(uuid.toLowerCase().replaceAll("-", ""));
}

function uuidText(value: CborValue): string {
  const hex = toHex(expectOctets(value, UUID_BYTES));
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
