// How does a verdict feel in the hand? A pattern each, told apart by number and length. (Vibration API)

import type { Tone } from "../gate/shown.ts";

/** Milliseconds of shaking, stillness, shaking and so on. */
export const PATTERNS: Readonly<Record<Tone, readonly number[]>> = {
  admit: [60],
  refer: [180, 120, 180],
  refuse: [500],
  device: [50, 70, 50, 70, 50],
};

/** Shakes the phone; false when it cannot, or when nobody has touched it yet. Never throws. */
export function vibrate(tone: Tone, phone: Partial<Pick<Navigator, "vibrate">> = navigator): boolean {
  try {
    return phone.vibrate?.([...PATTERNS[tone]]) ?? false;
  } catch {
    return false;
  }
}
