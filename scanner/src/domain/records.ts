// What does a device write down? One chain of scans and actions, numbered without gaps.

import type { Day, Instant } from "./local_time.ts";
import type { Octets } from "./passes.ts";
import type { Reason } from "./reasons.ts";
import type { Scan } from "./scan.ts";
import type { Verdict } from "./verdicts.ts";

/** Gives what the first record of a chain names as the digest of the record before. */
export function firstPrevious(): Octets {
  return new Uint8Array(32);
}

/** What was done with a traveller; the numbers are those on the wire. */
export const Action = { ADMIT: 1, REFER: 2, TURN_BACK: 3 } as const;
export type Action = (typeof Action)[keyof typeof Action];

/** Who decided an action: the officer, or the clock (silence after an ADMIT). */
export const ActedBy = { OFFICER: 1, CLOCK: 2 } as const;
export type ActedBy = (typeof ActedBy)[keyof typeof ActedBy];

/** A record's place: its id, its device (UUIDs as texts), its number there, and SHA-256 of the record before. */
export interface Link {
  readonly recordId: string;
  readonly deviceId: string;
  readonly deviceSeq: number;
  readonly previous: Octets;
}

/** What the device's screen said. */
export interface DeviceDecision {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  readonly backBy: Day | null;
}

/**
 * A look at a QR text: with what knowledge, when, and what the device decided.
 *
 * `scan` holds all that the rules took into account, so that the decision can be made again.
 */
export interface ScanRecord {
  readonly type: "scan";
  readonly link: Link;
  readonly scan: Scan;
  readonly scannedAt: Instant;
  readonly bundleSerial: number;
  readonly appVersion: string;
  readonly qrText: string;
  readonly decision: DeviceDecision;
}

/** What was done about a scan. A correction is one more action on the same scan; the last one counts. */
export interface ActionRecord {
  readonly type: "action";
  readonly link: Link;
  readonly scanId: string;
  readonly action: Action;
  readonly actedAt: Instant;
  readonly actedBy: ActedBy;
  readonly ground: string;
}

export type DeviceRecord = ScanRecord | ActionRecord;
