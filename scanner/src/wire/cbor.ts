// Is this CBOR exactly the bytes that we would have written?
//
// Core deterministic encoding (RFC 8949 section 4.2.1) and nothing but integers, byte strings, text strings, arrays and
// maps: what has one meaning gets one encoding, so that a fingerprint of the bytes is a fingerprint of the meaning.
// cborg reads; what it lets pass is refused where it stands, item by item, before anything is built of it.

import { decode, encode as encodeAny, rfc8949EncodeOptions, type Token, Tokenizer, Type } from "cborg";

import type { Octets } from "../domain/passes.ts";
import { WireError } from "./refusal.ts";

/** An integer beyond 2^53 is a bigint; every smaller one a number. */
export type CborKey = number | bigint | string | Octets;
export type CborValue = CborKey | CborValue[] | CborMap;
export type CborMap = Map<CborKey, CborValue>;

/** How deep containers may nest and how many items (map pairs count one) one may hold. */
export interface Limits {
  readonly depth: number;
  readonly items: number;
}

export const PASS_LIMITS: Limits = { depth: 8, items: 64 };
export const BUNDLE_LIMITS: Limits = { depth: 12, items: 65_536 };

const OPTIONS = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: true,
  useMaps: true,
  rejectDuplicateMapKeys: true,
  retainStringBytes: true,
};
const TERMINAL: ReadonlySet<string> = new Set(["uint", "negint", "bytes", "string"]);

/** Gives the core deterministic encoding of a value. */
export function encode(value: CborValue): Octets {
  return encodeAny(value, rfc8949EncodeOptions);
}

/**
 * Gives the value of exactly one deterministic CBOR item.
 *
 * Throws WireError for anything else: bytes left over, indefinite lengths, lengths or integers not in their shortest form,
 * map keys out of order or twice, tags, floats, simple values, and containers beyond the limits.
 */
export function decodeStrict(data: Octets, limits: Limits = PASS_LIMITS): CborValue {
  let value: CborValue;
  try {
    value = decode(data, { ...OPTIONS, tokenizer: new StrictTokenizer(data, limits) }) as CborValue;
  } catch (error) {
    if (error instanceof WireError) throw error;
    throw new WireError(`not CBOR of our profile: ${error instanceof Error ? error.message : "?"}`);
  }
  if (!sameOctets(encode(value), data)) throw new WireError("not the deterministic encoding of what it says");
  return value;
}

/** Tells whether two byte strings are the same. */
export function sameOctets(one: Uint8Array, other: Uint8Array): boolean {
  return compareOctets(one, other) === 0;
}

/** Compares byte by byte; the shorter of two that begin alike comes first. */
export function compareOctets(one: Uint8Array, other: Uint8Array): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

/** A container that is being read: how many items are still to come, and the key before, where it is a map. */
interface Open {
  readonly isMap: boolean;
  left: number;
  previousKey: Uint8Array;
}

class StrictTokenizer extends Tokenizer {
  readonly #limits: Limits;
  readonly #open: Open[] = [];
  // cborg's own text decoder swallows a byte order mark at the start of a text, and mends what is not UTF-8.
  readonly #texts = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  constructor(data: Uint8Array, limits: Limits) {
    super(data, OPTIONS);
    this.#limits = limits;
  }

  override next(): Token {
    const start = this.pos();
    const token = super.next();
    const isKey = this.#countItem();
    if (Type.equals(token.type, Type.array) || Type.equals(token.type, Type.map)) {
      if (isKey) throw new WireError("a map key is neither integer, bytes nor text");
      this.#enter(Type.equals(token.type, Type.map), token.value as number);
    } else if (!TERMINAL.has(token.type.name)) {
      throw new WireError(`a ${token.type.name} is not in the profile`);
    }
    if (token.byteValue !== undefined) token.value = this.#texts.decode(token.byteValue);
    if (isKey) this.#compareKey(this.data.subarray(start, this.pos()));
    return token;
  }

  /** Counts an item in the container it stands in, and tells whether it is a key. */
  #countItem(): boolean {
    while (this.#open.at(-1)?.left === 0) this.#open.pop();
    const container = this.#open.at(-1);
    if (container === undefined) return false;
    const isKey = container.isMap && container.left % 2 === 0;
    container.left -= 1;
    return isKey;
  }

  #enter(isMap: boolean, items: number): void {
    if (this.#open.length === this.#limits.depth) throw new WireError("nested too deep");
    if (items > this.#limits.items) {
      throw new WireError(`more than ${this.#limits.items} items in one container`);
    }
    this.#open.push({ isMap, left: isMap ? 2 * items : items, previousKey: new Uint8Array() });
  }

  /** Keys ascend by the bytes of their encodings; none is empty, so the first is above the empty string. */
  #compareKey(key: Uint8Array): void {
    const container = this.#open.at(-1);
    if (container === undefined) return;
    if (compareOctets(container.previousKey, key) >= 0)
      throw new WireError("map keys out of order, or twice");
    container.previousKey = key;
  }
}
