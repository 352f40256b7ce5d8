// Is only one encoding of each value read? The table is in hex; RFC 8949 appendix A has many of the items.

import { describe, expect, test } from "vitest";

import { BUNDLE_LIMITS, type CborMap, type CborValue, decodeStrict, encode } from "../src/wire/cbor.ts";
import { fromHex, toHex } from "../src/wire/keys.ts";
import { WireError } from "../src/wire/refusal.ts";

const map = (...pairs: [CborValue & (number | bigint | string), CborValue][]): CborMap => new Map(pairs);

const READ: [string, string, CborValue][] = [
  ["the highest small integer", "17", 23],
  ["one octet", "1818", 24],
  ["the highest integer that a number holds", "1b001fffffffffffff", Number.MAX_SAFE_INTEGER],
  ["the integer above it", "1b0020000000000000", 2n ** 53n],
  ["64 bits", "1bffffffffffffffff", 2n ** 64n - 1n],
  ["64 bits below nought", "3bffffffffffffffff", -(2n ** 64n)],
  ["no octets", "40", new Uint8Array()],
  ["a text that begins with a byte order mark", "64efbbbf41", "\ufeffA"],
  ["a long text that does", `7821efbbbf${"41".repeat(30)}`, `\ufeff${"A".repeat(30)}`],
  ["a text of one NUL", "6100", "\0"],
  ["an empty map", "a0", map()],
  [
    "keys in the order of their encodings",
    "a40a001864002000616100",
    map([10, 0], [100, 0], [-1, 0], ["a", 0]),
  ],
];

const REFUSED: [string, string][] = [
  ["nothing", ""],
  ["a small integer in two octets", "1817"],
  ["a length in two octets", "5801ff"],
  ["an array's length in two octets", "980101"],
  ["a map's length in two octets", "b8010101"],
  ["an octet left over", "0000"],
  ["nought below nought as a float", "f98000"],
  ["one as a float", "f93c00"],
  ["a half", "f93800"],
  ["2 to the 60 as a float", "fb43b0000000000000"],
  ["not a number", "f97e00"],
  ["false", "f4"],
  ["null", "f6"],
  ["undefined", "f7"],
  ["a simple value", "e0"],
  ["a tag", "c11a514b67b0"],
  ["a bignum", "c249010000000000000000"],
  ["an array of indefinite length", "9f01ff"],
  ["octets in pieces", "5f4101ff"],
  ["a break", "ff"],
  ["keys out of order", "a202000100"],
  ["length-first order, which puts a text before a longer integer", "a2616100186400"],
  ["a number twice", "a201000100"],
  ["a text twice", "a2616100616100"],
  ["octets twice", "a2410100410100"],
  ["an array for a key", "a18000"],
  ["a map for a key", "a1a000"],
  ["true for a key", "a1f500"],
  ["a float for a key", "a1f93c0000"],
  ["a text cut short", "6261"],
  ["a text that is not UTF-8", "61ff"],
  ["a surrogate", "63eda080"],
  ["an overlong slash", "62c0af"],
  ["a container that claims more than there is", "9b7fffffffffffffff"],
  ["nine arrays in each other", `${"81".repeat(9)}00`],
  ["an array of 65", `9841${"00".repeat(65)}`],
  [
    "a map of 65 pairs",
    `b841${Array.from({ length: 65 }, (_, n) => (n < 24 ? "" : "18") + n.toString(16).padStart(2, "0") + "00").join("")}`,
  ],
  ["a hundred thousand arrays in each other", "81".repeat(100_000)],
];

describe("what is read", () => {
  test.each(READ)("%s", (_, hex, value) => {
    expect(decodeStrict(fromHex(hex))).toEqual(value);
    expect(toHex(encode(value))).toBe(hex);
  });

  test("eight arrays in each other, 64 items, and more of both in a bundle", () => {
    expect(() => decodeStrict(fromHex(`${"81".repeat(7)}80`))).not.toThrow();
    expect(() => decodeStrict(fromHex(`9840${"00".repeat(64)}`))).not.toThrow();
    expect(() => decodeStrict(fromHex(`${"81".repeat(11)}80`), BUNDLE_LIMITS)).not.toThrow();
    expect(() => decodeStrict(fromHex(`${"81".repeat(12)}80`), BUNDLE_LIMITS)).toThrow(WireError);
    expect(() => decodeStrict(fromHex(`9a00010000${"00".repeat(65_536)}`), BUNDLE_LIMITS)).not.toThrow();
    expect(() => decodeStrict(fromHex(`9a00010001${"00".repeat(65_537)}`), BUNDLE_LIMITS)).toThrow(WireError);
  });
});

describe("what is refused", () => {
  test.each(REFUSED)("%s", (_, hex) => {
    expect(() => decodeStrict(fromHex(hex))).toThrow(WireError);
  });
});
