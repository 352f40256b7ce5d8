// How does what a phone knows become what its screens show?

import type { Versions } from "../app/versions.ts";
import { type Bundle, freshness } from "../domain/bundle.ts";
import { fromClock, type Instant } from "../domain/local_time.ts";
import { CLOCK_SKEW_S } from "../domain/rules.ts";
import type { Counts } from "../store/outbox.ts";
import type { Space } from "../store/space.ts";
import type { EnrolOutcome } from "../sync/enrol.ts";
import type { SendState } from "../sync/keep_sending.ts";
import type { LookUp } from "../sync/look_up.ts";
import type {
  BundleState,
  EnrolFailure,
  LookUpFailure,
  Notice,
  RecentScan,
  SendingState,
  SendingTrouble,
} from "../ui/state.ts";
import { CORRECTABLE_S, type ScanShown } from "./shown.ts";

/** So long records may wait with no contact before the officer is told, seconds. */
export const LONG_UNSENT_S = 30 * 60;

/** Gives the numbers of the outbox and what is wrong with the talk, if it is more than a while without network. */
export function describeSending(
  send: SendState,
  counts: Counts,
  openedAt: Instant,
  nowMs: number,
): SendingState {
  return {
    ...counts,
    busy: send.state === "sending",
    lastContactAt: send.lastContactAt,
    nextTryAtMs: send.nextTryAt === null ? null : send.nextTryAt * 1000,
    trouble: troubleOf(send, counts, openedAt, nowMs),
  };
}

function troubleOf(send: SendState, counts: Counts, openedAt: Instant, nowMs: number): SendingTrouble | null {
  if (send.problem === "clock") return "clock_differs";
  if (send.problem === "refused") return send.code === "UNKNOWN_DEVICE" ? "unknown_device" : "refused";
  const silentS = nowMs / 1000 - (send.lastContactAt ?? openedAt);
  return counts.waiting > 0 && silentS > LONG_UNSENT_S ? "long_unsent" : null;
}

/** Gives what the screens say of a bundle; `rootFingerprint` is SHA-256 of the root's key, in hex. */
export function describeBundle(
  bundle: Bundle | null,
  rootFingerprint: string,
  nowMs: number,
): BundleState | null {
  if (bundle === null) return null;
  const { serial, issuedAt } = bundle;
  return { serial, issuedAt, freshness: freshness(bundle, fromClock(nowMs)), fingerprint: rootFingerprint };
}

/** What the notices depend on. */
export interface Circumstances {
  readonly space: Space;
  readonly versions: Versions;
  readonly hasBundle: boolean;
  readonly clockFloorAt: Instant | null;
  readonly clockOffS: number | null;
  readonly closed: ReadonlySet<Notice>;
}

/** Gives what there is to tell about the phone itself, the weightiest first. */
export function listNotices(known: Circumstances, nowMs: number): Notice[] {
  const behind = known.clockFloorAt !== null && nowMs / 1000 + CLOCK_SKEW_S < known.clockFloorAt;
  const differs = known.clockOffS !== null && Math.abs(known.clockOffS) > CLOCK_SKEW_S;
  const holds: Readonly<Record<Notice, boolean>> = {
    storage_full: known.space.level === "full",
    clock_wrong: behind || differs,
    no_bundle: !known.hasBundle,
    storage_low: known.space.level === "low",
    storage_not_kept: !known.space.persisted,
    update_ready: known.versions.updateReady,
    offline_ready: known.versions.offlineReady,
  };
  return (Object.keys(holds) as Notice[]).filter((notice) => holds[notice] && !known.closed.has(notice));
}

/** Gives the last scans, each with until when it can be corrected. */
export function describeRecents(scans: readonly ScanShown[], nowMs: number): RecentScan[] {
  return scans.map((scan) => {
    const untilMs = (scan.scannedAt + CORRECTABLE_S) * 1000;
    const correctable = scan.taken !== null && nowMs <= untilMs;
    return { scan, actedBy: scan.takenBy, correctableUntilMs: correctable ? untilMs : null };
  });
}

/** Gives why a phone was not enrolled. */
export function describeEnrolFailure(outcome: Exclude<EnrolOutcome, { kind: "enrolled" }>): EnrolFailure {
  const why: Readonly<Record<typeof outcome.kind, EnrolFailure["why"]>> = {
    not_a_code: "not_a_code",
    wrong: "wrong",
    used: "used",
    expired: "expired",
    too_many: "too_many",
    not_ready: "not_set_up",
    refused: "refused",
    unreadable: "failed",
    no_answer: "no_answer",
    storage_full: "not_kept",
    storage_failed: "not_kept",
  };
  // A server that fell over refused nobody.
  if (outcome.kind === "refused" && (outcome.code === null || outcome.code === "INTERNAL")) {
    return { why: "failed", retryAfterS: null };
  }
  return { why: why[outcome.kind], retryAfterS: outcome.kind === "too_many" ? outcome.retryAfterS : null };
}

/** Gives why a number was not found. */
export function describeLookUpFailure(outcome: Exclude<LookUp, { kind: "found" }>): LookUpFailure {
  const why: Readonly<Record<typeof outcome.kind, LookUpFailure>> = {
    mistyped: "not_found",
    unknown_pass: "not_found",
    too_many: "too_many",
    clock_wrong: "clock_differs",
    revoked: "refused",
    no_answer: "no_answer",
    failed: "refused",
  };
  return why[outcome.kind];
}
