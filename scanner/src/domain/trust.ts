// Who may sign what, for which land and when? The trust list of the national root.

import type { Instant } from "./local_time.ts";
import type { Octets } from "./passes.ts";
import type { Language } from "./verdicts.ts";

/** What a key is for; the numbers are those on the wire. */
export const Role = {
  PASS_SIGNER: 1,
  STATUS_SIGNER: 2,
  RULEBOOK_SIGNER: 3,
  PUBLISHER: 4,
  SPECIMEN_SIGNER: 5,
  FOREIGN_ISSUER: 6,
} as const;
export type Role = (typeof Role)[keyof typeof Role];

export const PASS_SIGNING_ROLES: ReadonlySet<Role> = new Set([
  Role.PASS_SIGNER,
  Role.SPECIMEN_SIGNER,
  Role.FOREIGN_ISSUER,
]);

/** A name in the three languages of the border. */
export type Names = Readonly<Record<Language, string>>;

/**
 * One key of the trust list.
 *
 * `kid` is in hex, so that it can be compared and looked up; `point` is the P-256 public key as x and y, 32 bytes each.
 * `prefixes` are the gazetteer codes it may sign for. A signature counts if it was made in [signFromAt, signUntilAt) and
 * is checked before verifyUntilAt.
 */
export interface TrustEntry {
  readonly kid: string;
  readonly point: Octets;
  readonly role: Role;
  readonly office: string;
  readonly names: Names;
  readonly prefixes: readonly string[];
  readonly signFromAt: Instant;
  readonly signUntilAt: Instant;
  readonly verifyUntilAt: Instant;
  readonly issuer: string;
  readonly statusUri: string;
  readonly withdrawnAt: Instant | null;
  readonly allowListDigest: string | null;
}

/** All keys that count in one country, as signed by its root. */
export interface TrustList {
  readonly version: number;
  readonly serial: number;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  readonly country: string;
  readonly entries: readonly TrustEntry[];
}

/** Tells whether an instant lies in the time in which a key may sign. */
export function maySignAt(entry: TrustEntry, at: Instant): boolean {
  return entry.signFromAt <= at && at < entry.signUntilAt;
}
