// What is kept on the phone, and in which form?
//
// The schema grows by numbered steps, and no step takes a store away: a phone that was off for a year still has its
// unsent records. Values are kept by structured clone, so that a key which cannot be taken out of the phone stays one.

import type { DBSchema, IDBPDatabase, StoreNames } from "idb";

import type { Instant } from "../domain/local_time.ts";
import type { Octets } from "../domain/passes.ts";
import type { Names } from "../domain/trust.ts";
import type { Direction } from "../domain/verdicts.ts";

/** A record's bytes as they were first written; kept until the server names it. */
export interface StoredRecord {
  readonly deviceId: string;
  readonly deviceSeq: number;
  readonly octets: Octets;
}

/**
 * Where a device's chain stands. Its records are those from 1 to `deviceSeq`; `acknowledged` of them are deleted.
 *
 * `digest` is of the last record. `latestScanAt` is the latest time of any scan, null before the first. `unsettled` is
 * the last scan where nothing was done about it yet, as bytes of its own: it outlives its acknowledgement.
 */
export interface Chain {
  readonly deviceId: string;
  readonly deviceSeq: number;
  readonly digest: Octets;
  readonly acknowledged: number;
  readonly latestScanAt: Instant | null;
  readonly unsettled: { readonly scanId: string; readonly octets: Octets } | null;
}

/**
 * What this phone is, or was, at a gate.
 *
 * `kid` is in hex, `rootPoint` the national root's x and y (64 bytes); the private half of `key` cannot be taken out.
 * `admitNeedsTap`: at this gate silence admits nobody.
 */
export interface EnrolledDevice {
  readonly deviceId: string;
  readonly kid: string;
  readonly checkpoint: { readonly id: string; readonly names: Names };
  readonly lane: string;
  readonly direction: Direction;
  readonly rootPoint: Octets;
  readonly key: CryptoKeyPair;
  readonly enrolledAt: Instant;
  readonly revokedAt: Instant | null;
  readonly admitNeedsTap: boolean;
}

/** A code that was tried, with the key made for it: asked again after a lost answer, it must be the same key. */
export interface PendingEnrolment {
  readonly code: string;
  readonly key: CryptoKeyPair;
}

/** The bundle in use, as the bytes that were fetched; `root` is the root's point in hex. Only these are verified. */
export interface KeptBundle {
  readonly root: string;
  readonly octets: Octets;
  readonly etag: string | null;
  readonly serial: number;
  readonly issuedAt: Instant;
  readonly fetchedAt: Instant;
}

/** All that is in the database. `values` has single values by name, each read and checked by who writes it. */
export interface Schema extends DBSchema {
  records: { key: [string, number]; value: StoredRecord };
  chains: { key: string; value: Chain };
  devices: { key: string; value: EnrolledDevice };
  pending: { key: string; value: PendingEnrolment };
  bundles: { key: string; value: KeptBundle };
  values: { key: string; value: unknown };
}

export type StoreName = StoreNames<Schema>;

/** One step of the schema: from the version that is its place in the list to the next one. Steps only ever add. */
export type Step = (database: IDBPDatabase<Schema>) => void;

export const STEPS: readonly Step[] = [
  (database) => {
    database.createObjectStore("records", { keyPath: ["deviceId", "deviceSeq"] });
    database.createObjectStore("chains", { keyPath: "deviceId" });
    database.createObjectStore("devices", { keyPath: "deviceId" });
    database.createObjectStore("pending", { keyPath: "code" });
    database.createObjectStore("bundles", { keyPath: "root" });
    database.createObjectStore("values");
  },
];
