// Is a pass that was issued still good? The Token Status List values we use (2 bits).

import type { Instant } from "./local_time.ts";
import type { Octets } from "./passes.ts";

/** Values of a 2-bit status list; NEVER_ISSUED marks every index that was not handed out. */
export const Status = { VALID: 0, REVOKED: 1, SUSPENDED: 2, NEVER_ISSUED: 3 } as const;
export type Status = (typeof Status)[keyof typeof Status];

// Two indices of every list that no pass ever has: a list in which they read otherwise is read wrongly.
const CANARY_VALID = 0;
const CANARY_REVOKED = 1;
const FIRST_INDEX = 2;

/** One office's list: index i stands in bits 2(i mod 4) and up of octet i / 4. */
export interface StatusList {
  readonly uri: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  readonly ttlS: number;
  readonly octets: Octets;
}

/** Gives the status of an index; beyond the end nothing was ever issued. */
export function lookUp(list: StatusList, index: number): Status {
  return index < FIRST_INDEX ? Status.NEVER_ISSUED : read(list, index);
}

/** Tells whether the two canary indices read as they must. */
export function canariesSing(list: StatusList): boolean {
  return read(list, CANARY_VALID) === Status.VALID && read(list, CANARY_REVOKED) === Status.REVOKED;
}

function read(list: StatusList, index: number): Status {
  // Not `index >> 2`: an index has 32 bits, and shifts of the language are signed.
  const octet = list.octets[Math.floor(index / 4)];
  if (octet === undefined) return Status.NEVER_ISSUED;
  return ((octet >> (2 * (index % 4))) & 3) as Status;
}
