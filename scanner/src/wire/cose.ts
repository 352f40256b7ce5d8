// Is this signed by that key? COSE_Sign1 (RFC 9052 section 4.2) with ES256 (RFC 9053 section 2.1), and only that.
//
// The protected header is exactly `{1: -7, 4: kid}`, with `16: typ` (RFC 9596) added on everything that is not a pass,
// so that no signed piece can be passed off as one of another kind; the unprotected header is empty. Anything else
// (`alg` elsewhere, a label twice, any `crit`, detached payloads) does not have this form and is refused by it.

import type { Octets } from "../domain/passes.ts";
import { type CborMap, encode, sameOctets } from "./cbor.ts";
import { ES256, joinOctets, KID_BYTES } from "./keys.ts";
import { type Read, reading, type Refusal, WireError } from "./refusal.ts";

const ALG_ES256 = -7;
const [ALG, KID, TYP] = [1, 4, 16];
const KID_AT = 5;
const TAG_CWT = Uint8Array.of(0xd8, 0x3d);
const HEAD = Uint8Array.of(0xd2, 0x84);
const EMPTY_MAP = Uint8Array.of(0xa0);
const SIGNATURE_BYTES = 64;
const CONTEXT = joinOctets([Uint8Array.of(0x84, 0x6a), new TextEncoder().encode("Signature1")]);
const NO_EXTERNAL_DATA = Uint8Array.of(0x40);

/** The parts of a COSE_Sign1 in our form. The payload is not believed until `verifySign1` says so. */
export interface Sign1 {
  readonly kid: Octets;
  readonly protected: Octets;
  readonly payload: Octets;
  readonly signature: Octets;
}

/**
 * Gives the parts of one COSE_Sign1 whose protected header has this `typ` (none: a pass), or MALFORMED.
 *
 * A pass may stand in a CWT tag (61), which is dropped; a status list token must not (draft, section 5.2).
 */
export function decodeSign1(octets: Octets, typ?: string): Read<Sign1> | Refusal {
  return reading("MALFORMED", () => {
    const tagged = typ === undefined && sameOctets(octets.subarray(0, TAG_CWT.length), TAG_CWT);
    return takeApart(tagged ? octets.subarray(TAG_CWT.length) : octets, typ);
  });
}

function takeApart(octets: Octets, typ: string | undefined): Sign1 {
  if (!sameOctets(octets.subarray(0, HEAD.length), HEAD)) {
    throw new WireError("not a tagged COSE_Sign1 of four parts");
  }
  const header = takeBytes(octets, HEAD.length);
  if (octets[header.end] !== EMPTY_MAP[0]) throw new WireError("the unprotected header is not an empty map");
  const payload = takeBytes(octets, header.end + 1);
  const signature = takeBytes(octets, payload.end);
  if (signature.end !== octets.length || signature.content.length !== SIGNATURE_BYTES) {
    throw new WireError(`not a signature of ${SIGNATURE_BYTES} bytes, and then the end`);
  }
  return {
    kid: readKid(header.content, typ),
    protected: header.content,
    payload: payload.content,
    signature: signature.content,
  };
}

/**
 * Gives the byte string whose head stands at a place, and the place after it. Throws WireError for any other item.
 *
 * The four parts are taken apart here rather than by the decoder: only their heads are read, and one form of each is
 * allowed (definite, shortest).
 */
function takeBytes(octets: Octets, at: number): { content: Octets; end: number } {
  const first = octets[at] ?? 0;
  const short = first >= 0x40 && first < 0x40 + 24;
  const width = short ? 0 : first === 0x58 ? 1 : first === 0x59 ? 2 : first === 0x5a ? 4 : null;
  if (width === null) throw new WireError("not a byte string of definite length");
  const start = at + 1 + width;
  let size = short ? first & 0x1f : 0;
  for (const octet of octets.subarray(at + 1, start)) size = size * 256 + octet;
  const end = start + size;
  if (end > octets.length || !sameOctets(octets.subarray(at, start), headOf(size))) {
    throw new WireError("a byte string that is cut off, or whose length is not in its shortest form");
  }
  return { content: octets.slice(start, end), end };
}

/** Gives the kid of a protected header that is the profile's, byte for byte. No decoder sees unsigned bytes. */
function readKid(header: Octets, typ: string | undefined): Octets {
  const kid = header.slice(KID_AT, KID_AT + KID_BYTES);
  if (kid.length !== KID_BYTES || !sameOctets(header, writeHeader(kid, typ))) {
    throw new WireError("a protected header that is not the profile's");
  }
  return kid;
}

/** Gives the protected header's bytes. */
export function writeHeader(kid: Octets, typ?: string): Octets {
  const header: CborMap = new Map();
  header.set(ALG, ALG_ES256).set(KID, kid);
  if (typ !== undefined) header.set(TYP, typ);
  return encode(header);
}

/** Gives the Sig_structure (RFC 9052 section 4.4) with no external data. */
export function toBeSigned(header: Octets, payload: Octets): Octets {
  return joinOctets([
    CONTEXT,
    headOf(header.length),
    header,
    NO_EXTERNAL_DATA,
    headOf(payload.length),
    payload,
  ]);
}

/** Gives the shortest CBOR head of a byte string. */
function headOf(size: number): Octets {
  if (size < 24) return Uint8Array.of(0x40 | size);
  if (size < 0x100) return Uint8Array.of(0x58, size);
  if (size < 0x10000) return Uint8Array.of(0x59, size >> 8, size & 0xff);
  return Uint8Array.of(0x5a, size >>> 24, (size >> 16) & 0xff, (size >> 8) & 0xff, size & 0xff);
}

/** Tells whether the key made the signature. The key fixes the algorithm: P-256 means ES256. */
export async function verifySign1(sign1: Sign1, key: CryptoKey): Promise<boolean> {
  try {
    return await crypto.subtle.verify(
      ES256,
      key,
      sign1.signature,
      toBeSigned(sign1.protected, sign1.payload),
    );
  } catch {
    // A platform that would rather complain of r or s than say no.
    return false;
  }
}

/** Gives the tagged COSE_Sign1. */
export function encodeSign1(header: Octets, payload: Octets, signature: Octets): Octets {
  const strings = [header, payload, signature].map((part) => joinOctets([headOf(part.length), part]));
  const [first, ...others] = strings as [Octets, ...Octets[]];
  return joinOctets([HEAD, first, EMPTY_MAP, ...others]);
}
