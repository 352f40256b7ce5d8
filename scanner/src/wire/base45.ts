// How does a pass become the characters of an alphanumeric QR symbol, and back? RFC 9285.
//
// Three characters hold two bytes, two characters the odd last one.

import type { Octets } from "../domain/passes.ts";
import { WireError } from "./refusal.ts";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const VALUES: ReadonlyMap<string, number> = new Map(Array.from(ALPHABET, (one, value) => [one, value]));

/** Gives the bytes of a Base45 text. Throws WireError when it is not one (RFC 9285 section 6). */
export function decodeBase45(text: string): Octets {
  const rest = text.length % 3;
  if (rest === 1) throw new WireError("a length that no Base45 text has");
  const groups = (text.length - rest) / 3;
  const octets = new Uint8Array(2 * groups + (rest === 2 ? 1 : 0));
  for (let group = 0; group < groups; group++) {
    const at = 3 * group;
    const value = valueAt(text, at) + 45 * valueAt(text, at + 1) + 2025 * valueAt(text, at + 2);
    if (value > 0xffff) throw new WireError("three characters above 65535");
    octets[2 * group] = value >> 8;
    octets[2 * group + 1] = value & 0xff;
  }
  if (rest === 2) {
    const value = valueAt(text, text.length - 2) + 45 * valueAt(text, text.length - 1);
    if (value > 0xff) throw new WireError("two characters above 255");
    octets[2 * groups] = value;
  }
  return octets;
}

function valueAt(text: string, at: number): number {
  const value = VALUES.get(text.charAt(at));
  if (value === undefined) throw new WireError("a character outside Base45");
  return value;
}

/** Gives the Base45 text of some bytes. */
export function encodeBase45(octets: Uint8Array): string {
  let text = "";
  for (let at = 0; at < octets.length; at += 2) {
    const first = octets[at] ?? 0;
    const second = octets[at + 1];
    const value = second === undefined ? first : first * 256 + second;
    text += ALPHABET.charAt(value % 45) + ALPHABET.charAt(Math.floor(value / 45) % 45);
    if (second !== undefined) text += ALPHABET.charAt(Math.floor(value / 2025));
  }
  return text;
}
