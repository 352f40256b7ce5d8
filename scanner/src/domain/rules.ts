// Which rules speak for and against a crossing?
//
// Small named rules, each a question about one look at a pass, asked in one order in every language. The rules of
// authenticity come first: when one of them speaks, nothing else is said, for what a forged pass says is worth nothing.

import { type Bundle, freshness, type Freshness } from "./bundle.ts";
import { type Instant, localDay, localMinute, localWeekday, stayDay } from "./local_time.ts";
import { type Pass, PassKind } from "./passes.ts";
import { fallsUnder, includesTime } from "./provisions.ts";
import type { Reason } from "./reasons.ts";
import { type GateProvision, type RulesInForce, rulesFor } from "./rulebook.ts";
import type { Credential, Scan } from "./scan.ts";
import { Status } from "./status.ts";
import { maySignAt, Role } from "./trust.ts";
import { against, type Finding, permits } from "./verdict.ts";

export const CLOCK_SKEW_S = 300;
export const ALLOW_LIST_PREFIX_BYTES = 8;

/** One look at a pass. `at` is `now`, or the clock floor where that is later: time never runs backwards. */
interface Look {
  readonly credential: Credential;
  readonly scan: Scan;
  readonly bundle: Bundle;
  readonly now: Instant;
  readonly at: Instant;
  readonly expiresAt: Instant;
  readonly weekday: number;
  readonly minute: number;
  readonly freshness: Freshness;
  readonly rules: RulesInForce;
}

type Question = readonly [Reason, (look: Look) => boolean];
type Rule = (look: Look) => Finding | null;

/**
 * Gives all findings about a crossing at an instant.
 *
 * Time never runs backwards: the rules use the later of `now` and the device's clock floor, and a clock below the floor
 * is a finding of its own, about the device.
 */
export function evaluate(credential: Credential, scan: Scan, bundle: Bundle, now: Instant): Finding[] {
  const floor = scan.clockFloorAt;
  const at = floor === null || now > floor ? now : floor;
  const rules = rulesFor(bundle.rulebook, scan.checkpoint ?? "", scan.direction, scan.category, at);
  const look: Look = {
    credential,
    scan,
    bundle,
    now,
    at,
    expiresAt: findExpiry(credential.pass, rules),
    weekday: localWeekday(at),
    minute: localMinute(at),
    freshness: freshness(bundle, at, credential.pass.statusUri),
    rules,
  };
  const forged = ask(AUTHENTICITY, look);
  if (forged.length > 0) return forged;
  const findings = ask(STANDING, look);
  if (scan.checkpoint === null) return [...findings, permits()];
  for (const rule of bundle.checkpoints.has(scan.checkpoint) ? GATE : UNKNOWN_GATE) {
    const finding = rule(look);
    if (finding !== null) findings.push(finding);
  }
  return findings;
}

function ask(questions: readonly Question[], look: Look): Finding[] {
  return questions
    .filter(([, speaks]) => speaks(look))
    .map(([reason]) => against(reason, look.scan.direction));
}

/** Gives when the pass expires, as printed or as an order extended it in bulk. */
function findExpiry(pass: Pass, rules: RulesInForce): Instant {
  let expiresAt = pass.expiresAt;
  for (const provision of rules.bulkExtensions) {
    const meant =
      provision.passKinds.includes(pass.kind) &&
      fallsUnder(pass.holder.homeCode, provision.prefixes) &&
      provision.expiresFromAt <= pass.expiresAt &&
      pass.expiresAt < provision.expiresUntilAt;
    if (meant && provision.extendedUntilAt > expiresAt) expiresAt = provision.extendedUntilAt;
  }
  return expiresAt;
}

function signedOutOfTerm({ credential }: Look): boolean {
  return !maySignAt(credential.signer, credential.pass.issuedAt);
}

function issuerIsNotSigner({ credential: { pass, signer } }: Look): boolean {
  return pass.issuer !== signer.issuer || pass.statusUri !== signer.statusUri;
}

function outsideJurisdiction({ credential }: Look): boolean {
  return !fallsUnder(credential.pass.holder.homeCode, credential.signer.prefixes);
}

/**
 * A key that fell signs nothing any more; what it honestly signed is on its allow-list.
 *
 * Dates do not help: whoever holds the key also writes `iat`.
 */
function signerWithdrawn({ credential, bundle }: Look): boolean {
  if (credential.signer.withdrawnAt === null) return false;
  const prefix = credential.fingerprint.slice(0, 2 * ALLOW_LIST_PREFIX_BYTES);
  return bundle.allowLists.get(credential.signer.kid)?.has(prefix) !== true;
}

function neverIssued({ credential }: Look): boolean {
  return credential.status === Status.NEVER_ISSUED;
}

function isSpecimen({ credential }: Look): boolean {
  return credential.pass.kind === PassKind.SPECIMEN || credential.signer.role === Role.SPECIMEN_SIGNER;
}

function clockIsWrong({ scan, now }: Look): boolean {
  return scan.clockFloorAt !== null && now + CLOCK_SKEW_S < scan.clockFloorAt;
}

/** RFC 8392 section 3.1.5, with the skew allowed; a pass signed in the future is not valid yet either. */
function notYetValid({ credential: { pass }, at }: Look): boolean {
  return at + CLOCK_SKEW_S < Math.max(pass.validFromAt, pass.issuedAt);
}

const AUTHENTICITY: readonly Question[] = [
  ["SIGNED_OUT_OF_TERM", signedOutOfTerm],
  ["ISSUER_MISMATCH", issuerIsNotSigner],
  ["OUTSIDE_JURISDICTION", outsideJurisdiction],
  ["ISSUER_WITHDRAWN", signerWithdrawn],
  ["NEVER_ISSUED", neverIssued],
  ["SPECIMEN", isSpecimen],
];
const STANDING: readonly Question[] = [
  ["CLOCK_WRONG", clockIsWrong],
  ["STATUS_UNKNOWN", ({ credential }) => credential.status === null],
  ["BUNDLE_EXPIRED", (look) => look.freshness === "red"],
  ["BUNDLE_STALE", (look) => look.freshness === "amber"],
  ["REVOKED", ({ credential }) => credential.status === Status.REVOKED],
  ["SUSPENDED", ({ credential }) => credential.status === Status.SUSPENDED],
  ["ISSUER_EXPIRED", ({ credential, at }) => at >= credential.signer.verifyUntilAt],
  ["NOT_YET_VALID", notYetValid],
  // RFC 8392 section 3.1.4: not on or after exp. No skew: the last day is over for everybody at once.
  ["EXPIRED", ({ at, expiresAt }) => at >= expiresAt],
];

/** What is unknown is referred, not refused: no order of a gate is applied to a gate that the bundle lacks. */
function gateUnknown({ scan }: Look): Finding {
  return against("CHECKPOINT_UNKNOWN", scan.direction);
}

/** A closure wins over hours; a gate for which no order names hours is not open. */
function gateOpen({ scan, rules, weekday, minute }: Look): Finding {
  if (rules.closures.length > 0) {
    return against("CHECKPOINT_CLOSED", scan.direction, ordersOf(rules.closures));
  }
  const open = rules.openings.find((one) => includesTime(one.hours, weekday, minute));
  if (open !== undefined) return permits([open.term.orderNumber]);
  return against("OUTSIDE_HOURS", scan.direction, ordersOf(rules.openings));
}

function acceptedHere({ credential: { pass }, scan, rules }: Look): Finding {
  const accepted = rules.acceptances.find(
    (one) => one.passKinds.includes(pass.kind) && fallsUnder(pass.holder.homeCode, one.prefixes),
  );
  if (accepted !== undefined) return permits([accepted.term.orderNumber]);
  return against("PASS_NOT_ACCEPTED_HERE", scan.direction, ordersOf(rules.acceptances));
}

function ordersOf(provisions: readonly GateProvision[]): string[] {
  return provisions.map((provision) => provision.term.orderNumber);
}

/** A quota counts where the count is known; nobody is held back for a number that the device has not. */
function withinQuota({ scan, rules, weekday, minute }: Look): Finding | null {
  const reached = rules.quotas.find((one) => {
    const used = scan.quotaUsed.get(one.term.provisionId);
    return used !== undefined && used >= one.limit && includesTime(one.hours, weekday, minute);
  });
  return reached === undefined ? null : against("QUOTA_REACHED", scan.direction, [reached.term.orderNumber]);
}

/** Compares with the last crossing known; where nothing is known, nothing is held against the holder. */
function inSequence({ scan, at }: Look): Finding | null {
  const last = scan.lastCrossing;
  if (last === null) return null;
  if (last.direction === scan.direction) {
    return against(scan.direction === "exit" ? "ALREADY_ACROSS" : "NOT_ACROSS", scan.direction);
  }
  if (last.direction === "exit" && last.backBy !== null && localDay(at) > last.backBy) {
    return against("STAY_EXCEEDED", scan.direction);
  }
  return null;
}

/** Tells who leaves by which day to be back: the order's days, but never after the pass ends. */
function stay({ credential: { pass }, scan, rules, at, expiresAt }: Look): Finding | null {
  if (scan.direction !== "exit") return null;
  const one = rules.stays.find((provision) => provision.passKinds.includes(pass.kind));
  return one === undefined ? null : permits([one.term.orderNumber], stayDay(at, one.days, expiresAt));
}

const GATE: readonly Rule[] = [gateOpen, acceptedHere, withinQuota, inSequence, stay];
const UNKNOWN_GATE: readonly Rule[] = [gateUnknown, inSequence, stay];
