// How do the districts of gazetteer/ become TypeScript?
//
//     node tools/build-districts.mjs            writes src/domain/districts.ts
//     node tools/build-districts.mjs --check    exit 1 when that file is not what it would write

import { readFileSync } from "node:fs";

import { bring } from "./generated.mjs";

const SOURCE = new URL("../../gazetteer/districts.csv", import.meta.url);

const HEAD = `// GENERATED from gazetteer/districts.csv by \`npm run tables\`. Do not edit: edit the table, run that.
// What is a district called, so that a phone can say where a holder lives without asking anybody?

import type { Language } from "./verdicts.ts";

interface DistrictNames { readonly km: string; readonly latin: string }

/**
 * Gives the name of the district of a gazetteer code (of a district, commune or village), or null where there is none.
 *
 * Thai colleagues read the Latin name: no table gives these places in Thai letters.
 */
export function districtName(code: string, language: Language): string | null {
  const names = DISTRICTS[code.slice(0, 4)];
  if (names === undefined) return null;
  return language === "km" ? names.km : names.latin;
}
`;

const [header, ...lines] = readFileSync(SOURCE, "utf8").trimEnd().split(/\r?\n/u);
if (header !== "code,type,name_km,name_latin,aliases")
  throw new Error(`districts.csv has other columns: ${header}`);
const table = Object.fromEntries(lines.map(readLine));
await bring(
  "districts",
  `${HEAD}
    const DISTRICTS: Readonly<Record<string, DistrictNames>> = ${JSON.stringify(table)};`,
);

function readLine(line) {
  const [code, , km, latin] = line.split(",");
  if (!/^[0-9]{4}$/u.test(code) || !km || !latin || line.includes('"'))
    throw new Error(`cannot read ${line}`);
  return [code, { km, latin }];
}
