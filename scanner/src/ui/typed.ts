// What does an officer type, letter by letter? Codes and numbers take their printed form while they are typed.

import { isPassNumber } from "../domain/pass_number.ts";

const CODE_LENGTH = 16;
const NUMBER_PARTS = [4, 2, 6, 1];
const NUMBER_LENGTH = 13;

/**
 * Gives an enrolment code in the form XXXX-XXXX-XXXX-XXXX, as far as it is typed.
 *
 * Crockford's Base32 reads O as 0 and I and L as 1; what is no letter of it is left out, and so is what is too much.
 */
export function formatCode(typed: string): string {
  const letters = typed
    .toUpperCase()
    .replace(/^\s*BP-ENROL:/, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1")
    .replace(/[^0-9A-HJKMNP-TV-Z]/g, "");
  return grouped(letters.slice(0, CODE_LENGTH), [4, 4, 4, 4]);
}

/** Tells whether a code in printed form is complete. */
export function isWholeCode(code: string): boolean {
  return code.length === CODE_LENGTH + 3;
}

/** Gives a pass number in the form OOOO-YY-NNNNNN-C, as far as it is typed: twelve digits, then a digit or letter. */
export function formatNumber(typed: string): string {
  const letters = typed.toUpperCase().replace(/[^0-9A-Z]/g, "");
  const digits = letters.slice(0, NUMBER_LENGTH - 1).replace(/[^0-9]/g, "");
  const check = digits.length === NUMBER_LENGTH - 1 ? letters.charAt(NUMBER_LENGTH - 1) : "";
  return grouped(digits + check, NUMBER_PARTS);
}

/** How a pass number stands while it is typed: how many characters are missing, or whether the whole fits together. */
export type NumberTyped =
  | { readonly kind: "missing"; readonly characters: number }
  | { readonly kind: "wrong" }
  | { readonly kind: "right" };

/** Judges a number in printed form. */
export function judgeNumber(number: string): NumberTyped {
  const characters = NUMBER_LENGTH - number.replaceAll("-", "").length;
  if (characters > 0) return { kind: "missing", characters };
  return { kind: isPassNumber(number) ? "right" : "wrong" };
}

function grouped(text: string, lengths: readonly number[]): string {
  const parts: string[] = [];
  let start = 0;
  for (const length of lengths) {
    if (start < text.length) parts.push(text.slice(start, start + length));
    start += length;
  }
  return parts.join("-");
}
