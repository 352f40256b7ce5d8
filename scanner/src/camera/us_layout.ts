// Which character is on a key of the US keyboard? Hand scanners press its keys, whatever layout the phone has.

/** A key by its place (`KeyboardEvent.code`): the character alone, and with Shift. */
const KEYS = new Map<string, readonly [string, string]>([
  ["Space", [" ", " "]],
  ["Backquote", ["`", "~"]],
  ["Minus", ["-", "_"]],
  ["Equal", ["=", "+"]],
  ["BracketLeft", ["[", "{"]],
  ["BracketRight", ["]", "}"]],
  ["Backslash", ["\\", "|"]],
  ["Semicolon", [";", ":"]],
  ["Quote", ["'", '"']],
  ["Comma", [",", "<"]],
  ["Period", [".", ">"]],
  ["Slash", ["/", "?"]],
  ["NumpadAdd", ["+", "+"]],
  ["NumpadSubtract", ["-", "-"]],
  ["NumpadMultiply", ["*", "*"]],
  ["NumpadDivide", ["/", "/"]],
  ["NumpadDecimal", [".", "."]],
]);
for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZ") KEYS.set(`Key${letter}`, [letter.toLowerCase(), letter]);
const ABOVE_DIGITS = ")!@#$%^&*(";
for (const digit of "0123456789") {
  KEYS.set(`Digit${digit}`, [digit, ABOVE_DIGITS.charAt(Number(digit))]);
  KEYS.set(`Numpad${digit}`, [digit, digit]);
}

/**
 * Gives the character that this key types on a US keyboard, or null when it types none or is not told.
 *
 * Caps Lock does not count: a scanner presses Shift for a capital and does not know that the phone turns it round.
 */
export function readUsKey(code: string, isShifted: boolean): string | null {
  return KEYS.get(code)?.[isShifted ? 1 : 0] ?? null;
}
