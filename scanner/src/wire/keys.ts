// What is a key on the wire? P-256 points, their COSE_Key and their `kid`.
//
// COSE_Key as in RFC 9053 section 7.1.1: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}. `kid` is the first
// 8 bytes of SHA-256 over the DER SubjectPublicKeyInfo: a hint, never an identity.

import type { Octets } from "../domain/passes.ts";
import type { CborValue } from "./cbor.ts";
import { WireError } from "./refusal.ts";

export const KID_BYTES = 8;
export const POINT_BYTES = 64;
const UNCOMPRESSED = 0x04;
const CURVE = { name: "ECDSA", namedCurve: "P-256" };
export const ES256 = { name: "ECDSA", hash: "SHA-256" };
// The DER of a SubjectPublicKeyInfo of P-256 (RFC 5480 section 2) up to the point.
const SPKI_HEAD = "3059301306072a8648ce3d020106082a8648ce3d030107034200";

const keys = new Map<string, Promise<CryptoKey>>();

/** Gives the key of x and y (32 bytes each), imported once. Rejects with WireError when it is no point of P-256. */
export function loadPoint(point: Octets): Promise<CryptoKey> {
  const name = toHex(point);
  let key = keys.get(name);
  if (key === undefined) {
    key = crypto.subtle
      .importKey("raw", joinOctets([Uint8Array.of(UNCOMPRESSED), point]), CURVE, false, ["verify"])
      .catch(() => {
        keys.delete(name);
        throw new WireError("a public key that is no point of P-256");
      });
    keys.set(name, key);
  }
  return key;
}

/** Gives the first 8 bytes of SHA-256 over a point's SubjectPublicKeyInfo. */
export async function kidOf(point: Octets): Promise<Octets> {
  return (await digestOfKey(point)).slice(0, KID_BYTES);
}

/** Gives SHA-256 over a point's SubjectPublicKeyInfo in hex: what two people compare to know that a key is the same. */
export async function fingerprintOf(point: Octets): Promise<string> {
  return toHex(await digestOfKey(point));
}

function digestOfKey(point: Octets): Promise<Octets> {
  return sha256(joinOctets([fromHex(SPKI_HEAD), Uint8Array.of(UNCOMPRESSED), point]));
}

/** Gives the point of a COSE_Key in exactly our form. Rejects with WireError otherwise. */
export async function readCoseKey(value: CborValue | undefined): Promise<Octets> {
  if (value instanceof Map && value.size === 5) {
    const [x, y] = [value.get(-2), value.get(-3)];
    const isOurs = value.get(1) === 2 && value.get(3) === -7 && value.get(-1) === 1;
    const isHalf = (one: unknown): one is Octets => one instanceof Uint8Array && one.length === 32;
    if (isOurs && isHalf(x) && isHalf(y)) {
      const point = joinOctets([x, y]);
      await loadPoint(point);
      return point;
    }
  }
  throw new WireError("not an ES256 COSE_Key");
}

/** Gives the SHA-256 of some bytes. */
export async function sha256(octets: Octets): Promise<Octets> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", octets));
}

/** Gives some byte strings one after the other. */
export function joinOctets(parts: readonly Uint8Array[]): Octets {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Gives bytes in hex, small letters. */
export function toHex(octets: Uint8Array): string {
  let text = "";
  for (const octet of octets) text += octet.toString(16).padStart(2, "0");
  return text;
}

/** Gives the bytes of a text of hex digits. Throws WireError when it is none. */
export function fromHex(text: string): Octets {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new WireError("not hex digits");
  return Uint8Array.from({ length: text.length / 2 }, (_, at) =>
    parseInt(text.slice(2 * at, 2 * at + 2), 16),
  );
}
