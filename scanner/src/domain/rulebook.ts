// Which provisions are in force, and which are already decided for later?

import type { Instant } from "./local_time.ts";
import {
  type Acceptance,
  type BulkExtension,
  type Category,
  type Closure,
  covers,
  holdsAt,
  type Opening,
  type Provision,
  type Quota,
  type Stay,
} from "./provisions.ts";
import type { Direction } from "./verdicts.ts";

export type GateProvision = Acceptance | Opening | Closure | Quota;

/** The compiled provisions of all orders, as signed by the national authority. Their order matters. */
export interface Rulebook {
  readonly serial: number;
  readonly issuedAt: Instant;
  readonly provisions: readonly Provision[];
}

/** What holds for one case (gate, direction, category) at one instant, each in the order of the rulebook. */
export interface RulesInForce {
  readonly closures: readonly Closure[];
  readonly openings: readonly Opening[];
  readonly acceptances: readonly Acceptance[];
  readonly quotas: readonly Quota[];
  readonly stays: readonly Stay[];
  readonly bulkExtensions: readonly BulkExtension[];
}

/** Gives the provisions of one kind that hold at an instant. */
export function inForce<K extends Provision["kind"]>(
  rulebook: Rulebook,
  kind: K,
  at: Instant,
): Extract<Provision, { kind: K }>[] {
  return rulebook.provisions.filter(
    (one): one is Extract<Provision, { kind: K }> => one.kind === kind && holdsAt(one.term, at),
  );
}

/** Gives all that holds for a case at an instant. A rulebook is short: nothing is kept between two travellers. */
export function rulesFor(
  rulebook: Rulebook,
  checkpoint: string,
  direction: Direction,
  category: Category,
  at: Instant,
): RulesInForce {
  const here = (one: GateProvision) => covers(one.case, checkpoint, direction, category);
  return {
    closures: inForce(rulebook, "closure", at).filter(here),
    openings: inForce(rulebook, "opening", at).filter(here),
    acceptances: inForce(rulebook, "acceptance", at).filter(here),
    quotas: inForce(rulebook, "quota", at).filter(here),
    stays: inForce(rulebook, "stay", at),
    bulkExtensions: inForce(rulebook, "bulk_extension", at),
  };
}
