// What does a border pass say?

import type { Day, Instant } from "./local_time.ts";

/** A byte string of its own. */
export type Octets = Uint8Array<ArrayBuffer>;

export const PROFILE_VERSION = 1;
export const FACE_MAX_BYTES = 600;
export const COMPANIONS_MAX = 4;

/** The kinds of pass; the numbers are those on the wire. */
export const PassKind = { TWO_YEAR: 1, EXTENSION: 2, ONE_TIME: 3, SPECIMEN: 9 } as const;
export type PassKind = (typeof PassKind)[keyof typeof PassKind];

/** As in Claim 169, attribute 9. */
export const Sex = { MALE: 1, FEMALE: 2, OTHER: 3 } as const;
export type Sex = (typeof Sex)[keyof typeof Sex];

/** A child who travels on a parent's pass. */
export interface Companion {
  readonly name: string;
  readonly bornOn: Day;
  readonly sex: Sex;
}

/** The person the pass speaks of. `homeCode` is the gazetteer code of the commune, or of the district. */
export interface Holder {
  readonly nameLatin: string;
  readonly nameKhmer: string;
  readonly bornOn: Day;
  readonly sex: Sex;
  readonly nationality: string;
  readonly homeCode: string;
  readonly face: Octets | null;
}

/**
 * A border pass, valid from `validFromAt` up to, and not including, `expiresAt`.
 *
 * `number` names it to people; (`issuer`, `statusIndex`) names it to machines.
 */
export interface Pass {
  readonly number: string;
  readonly issuer: string;
  readonly issuingCountry: string;
  readonly kind: PassKind;
  readonly validFromAt: Instant;
  readonly expiresAt: Instant;
  readonly issuedAt: Instant;
  readonly statusIndex: number;
  readonly statusUri: string;
  readonly holder: Holder;
  readonly companions: readonly Companion[];
}
