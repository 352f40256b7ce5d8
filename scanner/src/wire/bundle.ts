// What does a scanner run on? The bundle: everything a verdict needs, each part signed by whom it is of.
//
// `{1: version, 2: serial, 3: issued_at, 4: trust list, 5: [status list, ...], 6: rulebook, 7: {id: checkpoint},
// ?8: {kid: allow-list}}`; the signed parts stand in it as the bytes that were signed. Nothing is taken into use unless
// the root signed the trust list and keys of that list signed the rest.

import type { Bundle, BundleCheckpoint } from "../domain/bundle.ts";
import type { Octets } from "../domain/passes.ts";
import { ANY_CHECKPOINT } from "../domain/provisions.ts";
import { ALLOW_LIST_PREFIX_BYTES } from "../domain/rules.ts";
import type { StatusList } from "../domain/status.ts";
import { maySignAt, Role, type TrustList } from "../domain/trust.ts";
import { BUNDLE_LIMITS, type CborValue, decodeStrict } from "./cbor.ts";
import { sha256, toHex } from "./keys.ts";
import { demandPiece, type PieceFault, type Read, readingPiece, type Refusal, WireError } from "./refusal.ts";
import { readRulebook } from "./rulebook.ts";
import {
  believe,
  BUNDLE_TYP,
  expectArray,
  expectKeys,
  expectMap,
  expectOctets,
  expectOneOf,
  expectText,
  type Members,
  openSealed,
  readInstant,
  readSerial,
} from "./signed.ts";
import { readStatusList } from "./status.ts";
import { readNames, readTrustList } from "./trust.ts";

export const CHECKPOINT_MAX_CHARACTERS = 32;
const BUNDLE_VERSION = 1;

/**
 * Gives the bundle if all its signatures hold, or which piece does not; `root` is the national root's point.
 *
 * 1. Take the trust list out of the payload and verify it with the root: only now is there anyone to trust.
 * 2. Verify the bundle itself with a publisher's key of that list.
 * 3. Verify each status list, the rulebook and the allow-lists' digests.
 */
export async function readBundle(octets: Octets, root: Octets): Promise<Read<Bundle> | Refusal<PieceFault>> {
  return readingPiece("BUNDLE_UNUSABLE", () => readAll(octets, root));
}

async function readAll(octets: Octets, root: Octets): Promise<Bundle> {
  const sign1 = openSealed(octets, BUNDLE_TYP);
  const trust = demandPiece(await readTrustList(peekTrustList(sign1.payload), root));
  const kid = toHex(sign1.kid);
  const publishers = trust.entries.filter(
    (entry) => entry.kid === kid && entry.role === Role.PUBLISHER && entry.withdrawnAt === null,
  );
  const points = publishers.map((entry) => entry.point);
  const parts = expectParts(await believe(sign1, points));
  expectOneOf(parts.get(1), [BUNDLE_VERSION]);
  const issuedAt = readInstant(parts.get(3));
  if (!publishers.some((entry) => maySignAt(entry, issuedAt))) {
    throw new WireError("signed outside its publisher's term");
  }
  return {
    serial: readSerial(parts.get(2)),
    issuedAt,
    trust,
    statusLists: await readStatusLists(parts.get(5), trust),
    rulebook: demandPiece(await readRulebook(expectOctets(parts.get(6)), trust)),
    checkpoints: readCheckpoints(parts.get(7)),
    allowLists: await readAllowLists(parts.find(8) ?? new Map(), trust),
  };
}

/**
 * Gives the trust list's bytes: the one thing taken from the payload before a signature holds.
 *
 * It is signed itself, and nothing else is looked at; the whole is decoded again once the publisher is known.
 */
function peekTrustList(payload: Octets): Octets {
  return expectOctets(expectParts(decodeStrict(payload, BUNDLE_LIMITS)).get(4));
}

function expectParts(value: CborValue): Members {
  return expectKeys(value, [1, 2, 3, 4, 5, 6, 7], [8]);
}

async function readStatusLists(value: CborValue, trust: TrustList): Promise<Map<string, StatusList>> {
  const lists = new Map<string, StatusList>();
  for (const token of expectArray(value)) {
    const one = demandPiece(await readStatusList(expectOctets(token), trust));
    if (lists.has(one.uri)) throw new WireError("two status lists with one address");
    lists.set(one.uri, one);
  }
  return lists;
}

function readCheckpoints(value: CborValue): Map<string, BundleCheckpoint> {
  const checkpoints = new Map<string, BundleCheckpoint>();
  for (const [key, written] of expectMap(value)) {
    const id = expectText(key);
    if (id === "" || id === ANY_CHECKPOINT || Array.from(id).length > CHECKPOINT_MAX_CHARACTERS) {
      throw new WireError(`${id} is no id of a checkpoint`);
    }
    const parts = expectKeys(written, [1, 2]);
    checkpoints.set(id, { id, names: readNames(parts.get(1)), district: expectText(parts.get(2)) });
  }
  return checkpoints;
}

/** An allow-list counts only if the withdrawn key's own entry names its digest. */
async function readAllowLists(value: CborValue, trust: TrustList): Promise<Map<string, ReadonlySet<string>>> {
  const lists = new Map<string, ReadonlySet<string>>();
  for (const [key, written] of expectMap(value)) {
    const kid = toHex(expectOctets(key));
    const octets = expectOctets(written);
    const digest = toHex(await sha256(octets));
    if (!trust.entries.some((entry) => entry.kid === kid && entry.allowListDigest === digest)) {
      throw new WireError("an allow-list that no entry of the trust list names");
    }
    lists.set(kid, readPrefixesOf(octets));
  }
  return lists;
}

function readPrefixesOf(octets: Octets): ReadonlySet<string> {
  const prefixes = new Set<string>();
  let previous = "";
  for (let at = 0; at < octets.length; at += ALLOW_LIST_PREFIX_BYTES) {
    const prefix = toHex(octets.subarray(at, at + ALLOW_LIST_PREFIX_BYTES));
    // Hex digits of small letters ascend as the bytes do.
    if (prefix.length !== 2 * ALLOW_LIST_PREFIX_BYTES || prefix <= previous) {
      throw new WireError("an allow-list that is not sorted 8-byte prefixes");
    }
    prefixes.add(prefix);
    previous = prefix;
  }
  return prefixes;
}
