// How does a decision look and sound?

import { REASONS } from "../domain/reasons.ts";
import type { Decision } from "../domain/verdict.ts";
import type { Direction } from "../domain/verdicts.ts";
import type { Tone } from "./shown.ts";

/** Gives the tone of a decision: a referral for reasons of the device alone is the device's, not the traveller's. */
export function toneOf(decision: Decision, direction: Direction): Tone {
  if (decision.verdict === "ADMIT") return "admit";
  if (decision.verdict === "REFUSE") return "refuse";
  const against = decision.reasons.filter((reason) => REASONS[reason].verdicts[direction] === "REFER");
  const allOfDevice = against.every((reason) => REASONS[reason].reasonClass === "device");
  return against.length > 0 && allOfDevice ? "device" : "refer";
}
