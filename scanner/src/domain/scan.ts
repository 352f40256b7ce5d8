// Where, which way and with what memory is a pass looked at?

import type { Day, Instant } from "./local_time.ts";
import type { Pass } from "./passes.ts";
import type { Category } from "./provisions.ts";
import type { Status } from "./status.ts";
import type { TrustEntry } from "./trust.ts";
import type { Direction } from "./verdicts.ts";

/**
 * A pass whose signature holds: what it says, who signed it, its fingerprint and its status.
 *
 * `fingerprint` is SHA-256 over the COSE payload, in hex. `status` is null where the bundle cannot know it.
 */
export interface Credential {
  readonly pass: Pass;
  readonly signer: TrustEntry;
  readonly fingerprint: string;
  readonly status: Status | null;
}

/**
 * The last crossing known of a pass; `backBy` is the day the holder was told at an exit.
 *
 * What was told then is kept: a later order that shortens the stay does not make an overstayer of who left before.
 */
export interface LastCrossing {
  readonly direction: Direction;
  readonly crossedAt: Instant;
  readonly backBy: Day | null;
}

/**
 * The circumstances of one look at a pass.
 *
 * `checkpoint` is null where no gate is meant: the rules of gates are then left out. `clockFloorAt` is the latest instant
 * the device knows to be past. `lastCrossing` is null where nothing is known, which is not the same as at home.
 * `quotaUsed` counts admissions of the running session by provision id.
 */
export interface Scan {
  readonly checkpoint: string | null;
  readonly direction: Direction;
  readonly category: Category;
  readonly clockFloorAt: Instant | null;
  readonly lastCrossing: LastCrossing | null;
  readonly quotaUsed: ReadonlyMap<string, number>;
}
