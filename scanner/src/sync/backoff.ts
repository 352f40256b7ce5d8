// How long is it until the next try? Twice as long after each failure, and never the same for two phones.

const FIRST_MS = 1000;

/** The longest wait between two tries, milliseconds. */
export const LONGEST_MS = 300_000;

/**
 * Gives the wait after so many failures in a row (1 and up): half of it is certain, half is chance, `random` in [0,
 * 1).
 */
export function backoffMs(failures: number, random: number): number {
  const whole = Math.min(FIRST_MS * 2 ** Math.min(failures - 1, 30), LONGEST_MS);
  return Math.round(whole / 2 + (whole / 2) * random);
}
