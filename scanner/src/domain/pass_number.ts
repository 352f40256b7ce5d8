// How is a border pass numbered, and is a number typed right?
//
// `OOOO-YY-NNNNNN-C`: office code, year, number in that office and year, and the check character of
// ISO/IEC 7064 MOD 37,36 over the twelve digits.

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const NUMBER = /^[0-9]{4}-[0-9]{2}-[0-9]{6}-[0-9A-Z]$/;

/** Gives the ISO/IEC 7064 MOD 37,36 check character of a text over 0-9A-Z. */
export function checkCharacter(body: string): string {
  let remainder = 36;
  for (const character of body) {
    remainder = (((remainder + ALPHABET.indexOf(character)) % 36 || 36) * 2) % 37;
  }
  return ALPHABET.charAt((37 - remainder) % 36);
}

/** Tells whether a text has the form of a pass number and the right check character. */
export function isPassNumber(text: string): boolean {
  const digits = text.slice(0, 4) + text.slice(5, 7) + text.slice(8, 14);
  return NUMBER.test(text) && checkCharacter(digits) === text.charAt(15);
}

/** Gives what a person typed (spaces, small letters, missing hyphens) in the form that is printed. */
export function normalisePassNumber(typed: string): string {
  const body = typed.replace(/[\s-]+/g, "").toUpperCase();
  if (body.length !== 13) return typed.trim().toUpperCase();
  return `${body.slice(0, 4)}-${body.slice(4, 6)}-${body.slice(6, 12)}-${body.slice(12)}`;
}
