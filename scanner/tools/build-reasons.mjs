// How do the reason codes of spec/reasons.yaml become TypeScript?
//
//     node tools/build-reasons.mjs            writes src/domain/reasons.ts
//     node tools/build-reasons.mjs --check    exit 1 when that file is not what it would write
//
// The YAML is held to its own rules by tools/build_reasons.py; here only its shape is checked, key for key.

import { readFileSync } from "node:fs";

import { parse } from "yaml";

import { bring } from "./generated.mjs";

const SOURCE = new URL("../../spec/reasons.yaml", import.meta.url);
const VERDICTS = ["ADMIT", "REFER", "REFUSE"];
const CLASSES = ["authenticity", "rule", "device", "notice"];
const LANGUAGES = ["en", "km", "th"];

const HEAD = `// GENERATED from spec/reasons.yaml by \`npm run tables\`. Do not edit: edit the YAML, run that.
// Which reasons can a gate give, what does each lead to, and what does it say to the officer?

import type { Direction, Language, ReasonClass, Verdict } from "./verdicts.ts";

/** One reason; \`priority\` counts from 0, and the lowest is shown first. */
export interface ReasonEntry {
  readonly priority: number;
  readonly reasonClass: ReasonClass;
  readonly verdicts: Readonly<Record<Direction, Verdict>>;
  readonly text: Readonly<Record<Language, string>>;
  readonly nextStep: Readonly<Record<Language, string>>;
}
`;

const entries = Object.entries(parse(readFileSync(SOURCE, "utf8"), { uniqueKeys: true }));
const table = Object.fromEntries(
  entries.map(([code, entry], priority) => [code, readEntry(code, entry, priority)]),
);
const codes = entries.map(([code]) => code);
await bring(
  "reasons",
  `${HEAD}
    /** The stable codes, the weightiest first. */
    export const REASON_CODES = ${JSON.stringify(codes)} as const;
    export type Reason = (typeof REASON_CODES)[number];

    export const REASONS: Readonly<Record<Reason, ReasonEntry>> = ${JSON.stringify(table)};`,
);

function readEntry(code, entry, priority) {
  expectKeys(code, entry, ["class", "exit", "entry", "text", "next"]);
  expectKeys(`${code}.text`, entry.text, LANGUAGES);
  expectKeys(`${code}.next`, entry.next, LANGUAGES);
  const known =
    CLASSES.includes(entry.class) && VERDICTS.includes(entry.exit) && VERDICTS.includes(entry.entry);
  if (!known) throw new Error(`${code}: a class or verdict that is not known here`);
  return {
    priority,
    reasonClass: entry.class,
    verdicts: { exit: entry.exit, entry: entry.entry },
    text: entry.text,
    nextStep: entry.next,
  };
}

function expectKeys(where, value, keys) {
  if (JSON.stringify(Object.keys(value ?? {})) !== JSON.stringify(keys)) {
    throw new Error(`${where}: the keys must be ${keys.join(", ")}, in this order`);
  }
}
