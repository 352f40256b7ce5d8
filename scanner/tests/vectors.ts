// What do the vectors of spec/ say? Files, bundles and roots, as a verifier that has nothing else would read them.

import { readdirSync, readFileSync } from "node:fs";

import type { Bundle } from "../src/domain/bundle.ts";
import type { Octets } from "../src/domain/passes.ts";
import { CATEGORIES } from "../src/domain/provisions.ts";
import type { Credential, LastCrossing, Scan } from "../src/domain/scan.ts";
import { DIRECTIONS } from "../src/domain/verdicts.ts";
import { readBundle } from "../src/wire/bundle.ts";
import { fromHex, joinOctets, sha256, toHex } from "../src/wire/keys.ts";
import { day, exactly, type Fields, instant, list, oneOf, orNull, text, whole } from "./strict.ts";

const FOLDER = new URL("../../spec/vectors/", import.meta.url);

/** The files that are not groups of decisions; every other one must be. */
export const SPECIAL_FILES = ["bundles.json", "parts.json", "records.json", "roots.json"];

export function fileNames(): string[] {
  return readdirSync(FOLDER).sort();
}

export function bundleNames(): string[] {
  return readdirSync(new URL("bundles/", FOLDER)).sort();
}

export function load(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));
}

/** Gives the vectors of a group whose form is `{group, description, vectors}`, each with a name of its own. */
export function vectorsOf(name: string, fields: readonly string[], others: readonly string[] = []): Fields[] {
  const whole = exactly(load(name), ["group", "description", "vectors", ...others], name);
  if (`${text(whole["group"])}.json` !== name) throw new Error(`${name}: another group's name`);
  return list(whole["vectors"]).map((vector) => exactly(vector, fields, name));
}

export function fromBase64(encoded: string): Octets {
  return new Uint8Array(Buffer.from(encoded, "base64"));
}

export function bundleOctets(name: string): Octets {
  return fromBase64(readFileSync(new URL(`bundles/${name}.cbor.b64`, FOLDER), "utf8").trim());
}

export function rootPoint(name: string): Octets {
  const roots = exactly(load("roots.json"), ["root", "other-root"], "roots");
  const root = exactly(roots[name], ["pem", "x", "y", "kid"], name);
  return joinOctets([fromHex(text(root["x"])), fromHex(text(root["y"]))]);
}

const bundles = new Map<string, Promise<Bundle>>();

export function namedBundle(name: string): Promise<Bundle> {
  let bundle = bundles.get(name);
  if (bundle === undefined) {
    bundle = readBundle(bundleOctets(name), rootPoint("root")).then((one) => {
      if (!one.ok) throw new Error(`${name}: ${one.reason} ${one.detail}`);
      return one.value;
    });
    bundles.set(name, bundle);
  }
  return bundle;
}

export function scanOf(value: unknown): Scan {
  const fields = ["checkpoint", "direction", "category", "clock_floor", "last_crossing", "quota_used"];
  const given = exactly(value, fields, "scan");
  return {
    checkpoint: orNull(given["checkpoint"], text),
    direction: oneOf(given["direction"], DIRECTIONS),
    category: oneOf(given["category"], CATEGORIES),
    clockFloorAt: orNull(given["clock_floor"], instant),
    lastCrossing: orNull(given["last_crossing"], lastCrossingOf),
    quotaUsed: new Map(Object.entries(given["quota_used"] as Fields).map(([id, used]) => [id, whole(used)])),
  };
}

export function lastCrossingOf(value: unknown): LastCrossing {
  const given = exactly(value, ["direction", "crossed_at", "back_by"], "last crossing");
  return {
    direction: oneOf(given["direction"], DIRECTIONS),
    crossedAt: instant(given["crossed_at"]),
    backBy: orNull(given["back_by"], day),
  };
}

/** Gives what a vector says of a pass that may be shown. */
export async function shown({ pass, fingerprint }: Credential): Promise<Fields> {
  const { holder } = pass;
  const written = (at: number) => new Date(at * 1000).toISOString().replace(".000Z", "Z");
  return {
    number: pass.number,
    issuer: pass.issuer,
    issuing_country: pass.issuingCountry,
    kind: pass.kind,
    valid_from: written(pass.validFromAt),
    expires: written(pass.expiresAt),
    issued: written(pass.issuedAt),
    status_index: pass.statusIndex,
    status_uri: pass.statusUri,
    fingerprint,
    holder: {
      name_latin: holder.nameLatin,
      name_khmer: holder.nameKhmer,
      born_on: holder.bornOn,
      sex: holder.sex,
      nationality: holder.nationality,
      home_code: holder.homeCode,
      face_sha256: holder.face === null ? null : toHex(await sha256(holder.face)),
    },
    companions: pass.companions.map((one) => ({ name: one.name, born_on: one.bornOn, sex: one.sex })),
  };
}
