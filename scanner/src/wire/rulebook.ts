// Which provisions does a rulebook carry? The table of their fields.
//
// A provision is `{1: kind, 2: id, 3: order number, 4: from, ?5: until, 6: {field number: value}}`; the fields of each
// kind are numbered from 1. A gate case takes three numbers (checkpoints, directions, categories) and hours take three
// (weekdays, opens, closes).

import { type Octets, PassKind } from "../domain/passes.ts";
import {
  CATEGORIES,
  DAY_COUNTS,
  ENDINGS,
  type GateCase,
  type Hours,
  LEVELS,
  MINUTES_A_DAY,
  type Provision,
  PURPOSES,
  type Term,
} from "../domain/provisions.ts";
import type { Rulebook } from "../domain/rulebook.ts";
import { maySignAt, Role, type TrustList } from "../domain/trust.ts";
import { DIRECTIONS } from "../domain/verdicts.ts";
import type { CborValue } from "./cbor.ts";
import { toHex } from "./keys.ts";
import { type PieceFault, type Read, readingPiece, type Refusal, WireError } from "./refusal.ts";
import {
  believe,
  expectArray,
  expectKeys,
  expectOneOf,
  expectText,
  expectWhole,
  type Members,
  openSealed,
  readInstant,
  readSerial,
  RULEBOOK_TYP,
} from "./signed.ts";
import { readPrefixes } from "./trust.ts";

const RULEBOOK_VERSION = 1;
const KINDS = Object.values(PassKind);

/** Gives the rulebook that a rulebook signer of the trust list signed, or why it is none. */
export async function readRulebook(
  octets: Octets,
  trust: TrustList,
): Promise<Read<Rulebook> | Refusal<PieceFault>> {
  return readingPiece("RULEBOOK_UNUSABLE", async () => {
    const sign1 = openSealed(octets, RULEBOOK_TYP);
    const kid = toHex(sign1.kid);
    const signers = trust.entries.filter(
      (entry) => entry.kid === kid && entry.role === Role.RULEBOOK_SIGNER && entry.withdrawnAt === null,
    );
    const payload = await believe(
      sign1,
      signers.map((entry) => entry.point),
    );
    const parts = expectKeys(payload, [1, 2, 3, 4]);
    expectOneOf(parts.get(1), [RULEBOOK_VERSION]);
    const issuedAt = readInstant(parts.get(3));
    if (!signers.some((entry) => maySignAt(entry, issuedAt))) {
      throw new WireError("signed outside its signer's term");
    }
    const provisions = expectArray(parts.get(4)).map(readProvision);
    return { serial: readSerial(parts.get(2)), issuedAt, provisions };
  });
}

/** Gives the provision of a map. Throws WireError when a kind or field is unknown, missing or of the wrong type. */
export function readProvision(value: CborValue): Provision {
  const whole = expectKeys(value, [1, 2, 3, 4, 6], [5]);
  const until = whole.find(5);
  const term: Term = {
    provisionId: expectText(whole.get(2)),
    orderNumber: expectText(whole.get(3)),
    fromAt: readInstant(whole.get(4)),
    untilAt: until === undefined ? null : readInstant(until),
  };
  const kind = READERS[expectWhole(whole.get(1), 1, READERS.length) - 1];
  if (kind === undefined) throw new WireError("a kind of provision that is not known here");
  const numbers = Array.from({ length: kind.fields }, (_, at) => at + 1);
  return kind.read(term, expectKeys(whole.get(6), numbers));
}

interface Reader {
  readonly fields: number;
  readonly read: (term: Term, fields: Members) => Provision;
}

const amount = (value: CborValue) => expectWhole(value, 0, 1e12);
const days = (value: CborValue) => expectWhole(value, 0, 36_525);
const years = (value: CborValue) => expectWhole(value, 0, 100);
const percent = (value: CborValue) => expectWhole(value, 0, 100);
const minute = (value: CborValue) => expectWhole(value, 0, MINUTES_A_DAY);
const weekday = (value: CborValue) => expectWhole(value, 1, 7);
const passKind = (value: CborValue) => expectOneOf(value, KINDS);
const listOf = <T>(value: CborValue, one: (value: CborValue) => T): T[] =>
  expectArray(value).map((item) => one(item));

function readCase(fields: Members): GateCase {
  return {
    checkpoints: listOf(fields.get(1), expectText),
    directions: listOf(fields.get(2), (one) => expectOneOf(one, DIRECTIONS)),
    categories: listOf(fields.get(3), (one) => expectOneOf(one, CATEGORIES)),
  };
}

function readHours(fields: Members): Hours {
  return {
    weekdays: listOf(fields.get(4), weekday),
    opensMin: minute(fields.get(5)),
    closesMin: minute(fields.get(6)),
  };
}

/** The kinds in the order of their numbers, from 1. */
const READERS: readonly Reader[] = [
  {
    fields: 2,
    read: (term, of) => ({
      kind: "fee",
      term,
      purpose: expectOneOf(of.get(1), PURPOSES),
      amountRiel: amount(of.get(2)),
    }),
  },
  {
    fields: 3,
    read: (term, of) => ({
      kind: "validity",
      term,
      passKind: passKind(of.get(1)),
      years: years(of.get(2)),
      days: days(of.get(3)),
    }),
  },
  {
    fields: 3,
    read: (term, of) => ({
      kind: "processing_time",
      term,
      lawDays: days(of.get(1)),
      practiceDays: days(of.get(2)),
      countedIn: expectOneOf(of.get(3), DAY_COUNTS),
    }),
  },
  {
    fields: 2,
    read: (term, of) => ({
      kind: "delegation",
      term,
      level: expectOneOf(of.get(1), LEVELS),
      prefixes: readPrefixes(of.get(2)),
    }),
  },
  { fields: 1, read: (term, of) => ({ kind: "eligibility", term, prefixes: readPrefixes(of.get(1)) }) },
  {
    fields: 2,
    read: (term, of) => ({
      kind: "companions",
      term,
      underAgeYears: years(of.get(1)),
      atMost: amount(of.get(2)),
    }),
  },
  {
    fields: 2,
    read: (term, of) => ({
      kind: "revenue_split",
      term,
      districtPercent: percent(of.get(1)),
      provincePercent: percent(of.get(2)),
    }),
  },
  {
    fields: 5,
    read: (term, of) => ({
      kind: "acceptance",
      term,
      case: readCase(of),
      passKinds: listOf(of.get(4), passKind),
      prefixes: readPrefixes(of.get(5)),
    }),
  },
  { fields: 6, read: (term, of) => ({ kind: "opening", term, case: readCase(of), hours: readHours(of) }) },
  { fields: 3, read: (term, of) => ({ kind: "closure", term, case: readCase(of) }) },
  {
    fields: 7,
    read: (term, of) => ({
      kind: "quota",
      term,
      case: readCase(of),
      hours: readHours(of),
      limit: amount(of.get(7)),
    }),
  },
  {
    fields: 2,
    read: (term, of) => ({
      kind: "stay",
      term,
      passKinds: listOf(of.get(1), passKind),
      days: days(of.get(2)),
    }),
  },
  { fields: 1, read: (term, of) => ({ kind: "area", term, places: listOf(of.get(1), expectText) }) },
  {
    fields: 5,
    read: (term, of) => ({
      kind: "bulk_extension",
      term,
      passKinds: listOf(of.get(1), passKind),
      prefixes: readPrefixes(of.get(2)),
      expiresFromAt: readInstant(of.get(3)),
      expiresUntilAt: readInstant(of.get(4)),
      extendedUntilAt: readInstant(of.get(5)),
    }),
  },
  {
    fields: 2,
    read: (term, of) => ({
      kind: "refund",
      term,
      ending: expectOneOf(of.get(1), ENDINGS),
      percent: percent(of.get(2)),
    }),
  },
];
