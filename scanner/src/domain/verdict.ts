// What does the officer see? Findings become one verdict; nothing here can fail.

import type { Day } from "./local_time.ts";
import { type Reason, REASONS } from "./reasons.ts";
import { type Direction, strictest, type Verdict } from "./verdicts.ts";

/**
 * One rule's result. A finding without a reason permits, and names the order that does.
 *
 * `backBy` is the last day of the stay that an exit now would begin.
 */
export interface Finding {
  readonly reason: Reason | null;
  readonly verdict: Verdict;
  readonly orderIds: readonly string[];
  readonly backBy: Day | null;
}

/** The verdict, why, until when the holder has to be back, and on which orders all this rests. */
export interface Decision {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  readonly backBy: Day | null;
  readonly orderIds: readonly string[];
}

/** Gives the finding that a reason stands against a crossing in a direction. */
export function against(reason: Reason, direction: Direction, orderIds: readonly string[] = []): Finding {
  return { reason, verdict: REASONS[reason].verdicts[direction], orderIds, backBy: null };
}

/** Gives the finding that an order permits. */
export function permits(orderIds: readonly string[] = [], backBy: Day | null = null): Finding {
  return { reason: null, verdict: "ADMIT", orderIds, backBy };
}

/**
 * Gives the strictest of all findings, its reasons first things first.
 *
 * Total: no findings at all means that nothing was examined, which is REFER. The orders named are those of the findings
 * that carry the verdict, so a refusal cites what refuses and an admission what admits.
 */
export function decide(findings: readonly Finding[]): Decision {
  if (findings.length === 0) return { verdict: "REFER", reasons: [], backBy: null, orderIds: [] };
  const verdict = strictest(findings.map((finding) => finding.verdict));
  const reasons = new Set(findings.flatMap((finding) => (finding.reason === null ? [] : [finding.reason])));
  const days = findings.flatMap((finding) => (finding.backBy === null ? [] : [finding.backBy])).sort();
  const carrying = findings.filter((finding) => finding.verdict === verdict);
  return {
    verdict,
    reasons: [...reasons].sort((one, other) => REASONS[one].priority - REASONS[other].priority),
    backBy: verdict === "REFUSE" ? null : (days[0] ?? null),
    orderIds: [...new Set(carrying.flatMap((finding) => finding.orderIds))],
  };
}
