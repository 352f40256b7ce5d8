// What can a legal order provide? One shape for each kind of provision.
//
// An order is prose; a provision is the part of it that a machine can apply. Each stands alone: who, where, when, how
// much. There is no expression language: `rules.ts` applies them with ordinary code.

import type { Instant } from "./local_time.ts";
import type { PassKind } from "./passes.ts";
import type { Direction } from "./verdicts.ts";

export const ANY_CHECKPOINT = "*";
export const MINUTES_A_DAY = 24 * 60;

/** Whom a gate's order may treat apart. */
export const CATEGORIES = ["ordinary", "student", "medical"] as const;
export type Category = (typeof CATEGORIES)[number];
/** What a fee is taken for. */
export const PURPOSES = ["new", "extension", "replacement", "one_time", "correction"] as const;
export type Purpose = (typeof PURPOSES)[number];
/** Whose governor signs. */
export const LEVELS = ["district", "province"] as const;
export type Level = (typeof LEVELS)[number];
/** How days are counted. */
export const DAY_COUNTS = ["calendar", "working"] as const;
export type DayCount = (typeof DAY_COUNTS)[number];
/** How an application ends without a pass after its fee was paid. */
export const ENDINGS = ["refused", "withdrawn"] as const;
export type Ending = (typeof ENDINGS)[number];

/** Which order says it, and from when until when it holds: [fromAt, untilAt); null is open-ended. */
export interface Term {
  readonly provisionId: string;
  readonly orderNumber: string;
  readonly fromAt: Instant;
  readonly untilAt: Instant | null;
}

/** Whom at which gate a provision speaks of. Each part lists what it covers; gates may be ANY_CHECKPOINT. */
export interface GateCase {
  readonly checkpoints: readonly string[];
  readonly directions: readonly Direction[];
  readonly categories: readonly Category[];
}

/** Weekdays (1 Monday to 7 Sunday) and minutes of the local day: open from `opensMin` until `closesMin`. */
export interface Hours {
  readonly weekdays: readonly number[];
  readonly opensMin: number;
  readonly closesMin: number;
}

interface Of<K extends string> {
  readonly kind: K;
  readonly term: Term;
}

/** What one application costs, in whole riel. */
export interface Fee extends Of<"fee"> {
  readonly purpose: Purpose;
  readonly amountRiel: number;
}

/** How long a pass of a kind is valid: years, or days where an order counts in days. */
export interface Validity extends Of<"validity"> {
  readonly passKind: PassKind;
  readonly years: number;
  readonly days: number;
}

/** How many days an office has to produce a pass, and how many it takes in practice. */
export interface ProcessingTime extends Of<"processing_time"> {
  readonly lawDays: number;
  readonly practiceDays: number;
  readonly countedIn: DayCount;
}

/** At which level governors may approve and sign, for residents of which land. */
export interface Delegation extends Of<"delegation"> {
  readonly level: Level;
  readonly prefixes: readonly string[];
}

/** Permanent residents of which land may hold a pass. */
export interface Eligibility extends Of<"eligibility"> {
  readonly prefixes: readonly string[];
}

/** Children under which age travel on a parent's pass, and how many at most. */
export interface Companions extends Of<"companions"> {
  readonly underAgeYears: number;
  readonly atMost: number;
}

/** How the fee is shared, in percent; the two sum to 100. */
export interface RevenueSplit extends Of<"revenue_split"> {
  readonly districtPercent: number;
  readonly provincePercent: number;
}

/** Which gate takes which kind of pass of residents of which land. */
export interface Acceptance extends Of<"acceptance"> {
  readonly case: GateCase;
  readonly passKinds: readonly PassKind[];
  readonly prefixes: readonly string[];
}

/** When a gate is open, and for whom. */
export interface Opening extends Of<"opening"> {
  readonly case: GateCase;
  readonly hours: Hours;
}

/** A gate is closed, and for whom. */
export interface Closure extends Of<"closure"> {
  readonly case: GateCase;
}

/** How many may cross at a gate in one session (one local day's stretch of hours). */
export interface Quota extends Of<"quota"> {
  readonly case: GateCase;
  readonly hours: Hours;
  readonly limit: number;
}

/** How many days a holder of a pass may stay after an exit; the day of the exit is day nought. */
export interface Stay extends Of<"stay"> {
  readonly passKinds: readonly PassKind[];
  readonly days: number;
}

/** Where on the other side a pass holder may go: names as the order writes them (shown, not tested). */
export interface Area extends Of<"area"> {
  readonly places: readonly string[];
}

/** Passes that expire within [expiresFromAt, expiresUntilAt) are good until `extendedUntilAt`. */
export interface BulkExtension extends Of<"bulk_extension"> {
  readonly passKinds: readonly PassKind[];
  readonly prefixes: readonly string[];
  readonly expiresFromAt: Instant;
  readonly expiresUntilAt: Instant;
  readonly extendedUntilAt: Instant;
}

/** How much of its fee is given back, in percent, when an application ends before it is approved. */
export interface Refund extends Of<"refund"> {
  readonly ending: Ending;
  readonly percent: number;
}

export type Provision =
  | Fee
  | Validity
  | ProcessingTime
  | Delegation
  | Eligibility
  | Companions
  | RevenueSplit
  | Acceptance
  | Opening
  | Closure
  | Quota
  | Stay
  | Area
  | BulkExtension
  | Refund;

/** Tells whether a provision is in force at an instant. */
export function holdsAt(term: Term, at: Instant): boolean {
  return term.fromAt <= at && (term.untilAt === null || at < term.untilAt);
}

/** Tells whether a traveller at a gate falls under a case. */
export function covers(one: GateCase, checkpoint: string, direction: Direction, category: Category): boolean {
  const named = one.checkpoints.includes(checkpoint) || one.checkpoints.includes(ANY_CHECKPOINT);
  return named && one.directions.includes(direction) && one.categories.includes(category);
}

/** Tells whether a local weekday and minute fall within some hours. */
export function includesTime(hours: Hours, weekday: number, minute: number): boolean {
  return hours.weekdays.includes(weekday) && hours.opensMin <= minute && minute < hours.closesMin;
}

/** Tells whether a gazetteer code lies in the land that any of the prefixes names. */
export function fallsUnder(code: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => code.startsWith(prefix));
}
