// Whose keys count? The trust list, signed by the national root, and the finding of a signer in it.

import type { Bundle } from "../domain/bundle.ts";
import type { Octets } from "../domain/passes.ts";
import { type Names, PASS_SIGNING_ROLES, Role, type TrustEntry, type TrustList } from "../domain/trust.ts";
import type { CborValue } from "./cbor.ts";
import { KID_BYTES, readCoseKey, toHex } from "./keys.ts";
import { type PieceFault, type Read, readingPiece, type Refusal, WireError } from "./refusal.ts";
import {
  believe,
  expectArray,
  expectKeys,
  expectOctets,
  expectOneOf,
  expectText,
  openSealed,
  readInstant,
  readSerial,
  TRUST_TYP,
} from "./signed.ts";

const TRUST_LIST_VERSION = 1;
const ENTRY_KEYS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const PREFIX = /^(?:[0-9]{2}|[0-9]{4}|[0-9]{6})$/;
const ROLES = Object.values(Role);

/** Gives every entry with this kid (in hex) that may sign passes; the kid is a hint, so there may be several. */
export function findKeys(bundle: Bundle, kid: string): TrustEntry[] {
  return bundle.trust.entries.filter((entry) => entry.kid === kid && PASS_SIGNING_ROLES.has(entry.role));
}

/** Gives the trust list that the root (a point) signed, or why its form or its signature is wrong. */
export async function readTrustList(
  octets: Octets,
  root: Octets,
): Promise<Read<TrustList> | Refusal<PieceFault>> {
  return readingPiece("TRUST_LIST_UNUSABLE", async () => {
    const payload = await believe(openSealed(octets, TRUST_TYP), [root]);
    const parts = expectKeys(payload, [1, 2, 3, 4, 5, 6]);
    return {
      version: expectOneOf(parts.get(1), [TRUST_LIST_VERSION]),
      serial: readSerial(parts.get(2)),
      issuedAt: readInstant(parts.get(3)),
      expiresAt: readInstant(parts.get(4)),
      country: expectText(parts.get(5)),
      entries: await Promise.all(expectArray(parts.get(6)).map(readEntry)),
    };
  });
}

async function readEntry(value: CborValue): Promise<TrustEntry> {
  const entry = expectKeys(value, ENTRY_KEYS, [12, 13]);
  const withdrawnAt = entry.find(12);
  const digest = entry.find(13);
  return {
    kid: toHex(expectOctets(entry.get(1), KID_BYTES)),
    point: await readCoseKey(entry.get(2)),
    role: expectOneOf(entry.get(3), ROLES),
    office: expectText(entry.get(4)),
    names: readNames(entry.get(5)),
    prefixes: readPrefixes(entry.get(6)),
    signFromAt: readInstant(entry.get(7)),
    signUntilAt: readInstant(entry.get(8)),
    verifyUntilAt: readInstant(entry.get(9)),
    issuer: expectText(entry.get(10)),
    statusUri: expectText(entry.get(11)),
    withdrawnAt: withdrawnAt === undefined ? null : readInstant(withdrawnAt),
    allowListDigest: digest === undefined ? null : toHex(expectOctets(digest)),
  };
}

/** Gives a name in km, en and th. Throws WireError when one is missing. */
export function readNames(value: CborValue): Names {
  const names = expectKeys(value, ["en", "km", "th"]);
  return {
    en: expectText(names.get("en")),
    km: expectText(names.get("km")),
    th: expectText(names.get("th")),
  };
}

/** Gives gazetteer prefixes of whole levels (2, 4 or 6 digits). Throws WireError otherwise. */
export function readPrefixes(value: CborValue): string[] {
  const prefixes = expectArray(value).map(expectText);
  if (!prefixes.every((prefix) => PREFIX.test(prefix)))
    throw new WireError("a prefix that is no gazetteer code");
  return prefixes;
}
