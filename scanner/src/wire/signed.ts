// How is a signed piece that is not a pass (trust list, status list, rulebook, bundle, batch) written and read?
//
// All have the same shape: deterministic CBOR in a COSE_Sign1 whose protected header names its `typ`.

import { type Instant, isInstant } from "../domain/local_time.ts";
import type { Octets } from "../domain/passes.ts";
import { BUNDLE_LIMITS, type CborMap, type CborValue, decodeStrict } from "./cbor.ts";
import { decodeSign1, encodeSign1, type Sign1, toBeSigned, verifySign1, writeHeader } from "./cose.ts";
import { ES256, loadPoint } from "./keys.ts";
import { WireError } from "./refusal.ts";

/** Takes the bytes to be signed, gives the 64 bytes r and s. */
export type SignBytes = (octets: Octets) => Promise<Octets>;

export const TRUST_TYP = "application/bp-trust+cbor";
export const STATUS_TYP = "application/statuslist+cwt";
export const RULEBOOK_TYP = "application/bp-rulebook+cbor";
export const BUNDLE_TYP = "application/bp-bundle+cbor";
export const BATCH_TYP = "application/bp-scans+cbor";

/** Gives what signs with a private key of WebCrypto, which need not be extractable. */
export function signWith(key: CryptoKey): SignBytes {
  return async (octets) => new Uint8Array(await crypto.subtle.sign(ES256, key, octets));
}

/** Gives the COSE_Sign1 of a payload, signed. */
export async function seal(payload: Octets, typ: string, kid: Octets, sign: SignBytes): Promise<Octets> {
  const header = writeHeader(kid, typ);
  return encodeSign1(header, payload, await sign(toBeSigned(header, payload)));
}

/** Gives the parts of a signed piece, not yet verified. Throws WireError when its form is wrong. */
export function openSealed(octets: Octets, typ: string): Sign1 {
  const sign1 = decodeSign1(octets, typ);
  if (!sign1.ok) throw new WireError(sign1.detail);
  return sign1.value;
}

/** Gives the payload of a signed piece if one of the keys signed it. Rejects with WireError otherwise. */
export async function believe(sign1: Sign1, points: readonly Octets[]): Promise<CborValue> {
  for (const point of points) {
    if (await verifySign1(sign1, await loadPoint(point))) return decodeStrict(sign1.payload, BUNDLE_LIMITS);
  }
  throw new WireError("no trusted key signed it");
}

/** The members of a map whose keys are known to be right: each required one can be taken, each optional one asked for. */
export class Members {
  readonly #map: CborMap;

  constructor(map: CborMap) {
    this.#map = map;
  }

  get(key: number | string): CborValue {
    const value = this.#map.get(key);
    if (value === undefined) throw new WireError(`${key} is missing`);
    return value;
  }

  find(key: number | string): CborValue | undefined {
    return this.#map.get(key);
  }
}

/** Gives a map that has all required keys and none beyond the optional ones. Throws WireError otherwise. */
export function expectKeys(
  value: CborValue,
  required: readonly (number | string)[],
  optional: readonly (number | string)[] = [],
): Members {
  const map = expectMap(value);
  const known: readonly unknown[] = [...required, ...optional];
  const exact = required.every((key) => map.has(key)) && [...map.keys()].every((key) => known.includes(key));
  if (!exact) throw new WireError("not exactly the keys of the format");
  return new Members(map);
}

/** Gives a value that is a map. Throws WireError otherwise. */
export function expectMap(value: CborValue): CborMap {
  if (value instanceof Map) return value;
  throw new WireError("no map where one belongs");
}

/** Gives a value that is an array. Throws WireError otherwise. */
export function expectArray(value: CborValue): CborValue[] {
  if (Array.isArray(value)) return value;
  throw new WireError("no array where one belongs");
}

/** Gives a value that is a text. Throws WireError otherwise. */
export function expectText(value: CborValue): string {
  if (typeof value === "string") return value;
  throw new WireError("no text where one belongs");
}

/** Gives a value that is a byte string, of a length where one is told. Throws WireError otherwise. */
export function expectOctets(value: CborValue, length?: number): Octets {
  if (value instanceof Uint8Array && (length === undefined || value.length === length)) return value;
  throw new WireError(length === undefined ? "no bytes where some belong" : `not ${length} bytes`);
}

/** Gives a whole number between two bounds, both included, that a number holds exactly. Throws WireError otherwise. */
export function expectWhole(value: CborValue, lowest: number, highest = Number.MAX_SAFE_INTEGER): number {
  if (typeof value === "number" && value >= lowest && value <= highest) return value;
  throw new WireError(`no whole number between ${lowest} and ${highest}`);
}

/** Gives a value that is one of some texts or numbers. Throws WireError otherwise. */
export function expectOneOf<T extends number | string>(value: CborValue, members: readonly T[]): T {
  const found = members.find((member) => member === value);
  if (found === undefined) throw new WireError("a value that is not known here");
  return found;
}

/** Gives the instant of whole Unix seconds. Throws WireError otherwise. */
export function readInstant(value: CborValue): Instant {
  if (typeof value === "number" && isInstant(value)) return value;
  throw new WireError("a time that is not whole seconds since 1970");
}

/** Gives a serial number, which counts up from 0 and which a record can hold. Throws WireError otherwise. */
export function readSerial(value: CborValue): number {
  return expectWhole(value, 0);
}
