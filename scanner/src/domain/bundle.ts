// What does a scanner know? Everything it decides with, in one signed piece.

import type { Instant } from "./local_time.ts";
import type { Rulebook } from "./rulebook.ts";
import type { StatusList } from "./status.ts";
import type { Names, TrustList } from "./trust.ts";

/** How old what a decision rests on is. */
export type Freshness = "green" | "amber" | "red";

/** A gate as the bundle names it; `district` is the gazetteer code on this side, empty where unknown. */
export interface BundleCheckpoint {
  readonly id: string;
  readonly names: Names;
  readonly district: string;
}

/** Trust list, status lists by address, rulebook, gates by id, and allow-lists by the kid that fell (all in hex). */
export interface Bundle {
  readonly serial: number;
  readonly issuedAt: Instant;
  readonly trust: TrustList;
  readonly statusLists: ReadonlyMap<string, StatusList>;
  readonly rulebook: Rulebook;
  readonly checkpoints: ReadonlyMap<string, BundleCheckpoint>;
  readonly allowLists: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Grades the age of what a decision rests on: the trust list and one office's status list (all when none is named).
 *
 * Green within the status list's ttl, amber after it, red from the first expiry on.
 */
export function freshness(bundle: Bundle, at: Instant, statusUri?: string): Freshness {
  const one = statusUri === undefined ? undefined : bundle.statusLists.get(statusUri);
  const lists = statusUri === undefined ? [...bundle.statusLists.values()] : one === undefined ? [] : [one];
  if (at >= bundle.trust.expiresAt || lists.some((list) => at >= list.expiresAt)) return "red";
  return lists.some((list) => at > list.issuedAt + list.ttlS) ? "amber" : "green";
}
