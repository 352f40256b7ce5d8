// What is on the officer's screen at one moment? Plain values: the lane makes them, the screens draw them.

import type { Freshness } from "../domain/bundle.ts";
import type { Day, Instant } from "../domain/local_time.ts";
import type { Reason } from "../domain/reasons.ts";
import { type ActedBy, Action } from "../domain/records.ts";
import type { Credential } from "../domain/scan.ts";
import type { Direction, Verdict } from "../domain/verdicts.ts";

/** For how long after a scan its action may be corrected, seconds. */
export const CORRECTABLE_S = 120;

/** How a verdict looks and sounds: "device" is where the phone is the trouble, never the traveller. */
export type Tone = "admit" | "refer" | "refuse" | "device";

/**
 * One scan, decided and (at a gate) recorded.
 *
 * `id` is the scan record's id; where nothing is recorded it only tells scans apart. `credential` is null when the
 * pass is not authentic, and then `detail` says why, for the log of a developer. `backBy` is the day told to who leaves.
 * `photo` is the full-size face once the network has brought it. `taken` is what was done and `takenBy` by whom, null
 * until it is known.
 */
export interface ScanShown {
  readonly id: string;
  readonly scannedAt: Instant;
  readonly direction: Direction;
  readonly verdict: Verdict;
  readonly tone: Tone;
  readonly reasons: readonly Reason[];
  readonly credential: Credential | null;
  readonly detail: string;
  readonly backBy: Day | null;
  readonly freshness: Freshness;
  readonly bundleIssuedAt: Instant;
  readonly photo: Blob | null;
  readonly taken: Action | null;
  readonly takenBy: ActedBy | null;
}

/** Why a scan cannot be decided (there are no rules yet) or recorded, so that no verdict is shown: the phone is the trouble. */
export type Trouble = "no_bundle" | "storage_full" | "storage_failed";

/**
 * What fills the screen.
 *
 * - `ready`: the camera, waiting for a code.
 * - `verdict`: one scan. `waitsFor` says what ends it: `clock` (silence admits at `endsAtMs`, milliseconds since 1970),
 *   `tap` (an action of the officer), `next` (only looked at: the next code, or a tap). `nudges` counts codes that came
 *   while a tap was due: the screen says "decide first" anew each time it grows.
 * - `trouble`: there is nothing to decide with, or the scan could not be written down; until it is dismissed.
 */
export type Shown =
  | { readonly kind: "ready" }
  | {
      readonly kind: "verdict";
      readonly scan: ScanShown;
      readonly waitsFor: "clock" | "tap" | "next";
      readonly endsAtMs: number | null;
      readonly nudges: number;
    }
  | { readonly kind: "trouble"; readonly trouble: Trouble };

/**
 * Gives the action that follows a verdict; any other goes against it and takes a ground.
 *
 * Nobody is locked out of their own country: who comes home with what is no pass is not turned back, but referred.
 */
export function agreeingAction({ verdict, direction }: Pick<ScanShown, "verdict" | "direction">): Action {
  if (verdict === "ADMIT") return Action.ADMIT;
  return verdict === "REFUSE" && direction === "exit" ? Action.TURN_BACK : Action.REFER;
}
