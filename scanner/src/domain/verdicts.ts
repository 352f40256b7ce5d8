// Which verdicts are there, which ways lead through a gate, and which kinds of reason?

/** What the gate advises the officer, from the lenient to the strict. */
export const VERDICTS = ["ADMIT", "REFER", "REFUSE"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Which way the traveller goes, seen from Cambodia. */
export const DIRECTIONS = ["exit", "entry"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** What kind of matter a reason is: it limits which verdicts the reason may lead to. */
export const REASON_CLASSES = ["authenticity", "rule", "device", "notice"] as const;
export type ReasonClass = (typeof REASON_CLASSES)[number];

/** The languages in which everything is told. */
export const LANGUAGES = ["en", "km", "th"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Gives the strictest of some verdicts; ADMIT where there are none. */
export function strictest(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes("REFUSE") ? "REFUSE" : verdicts.includes("REFER") ? "REFER" : "ADMIT";
}
