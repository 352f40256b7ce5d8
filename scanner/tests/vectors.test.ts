// Do the vectors of spec/ hold? Every file is read; what is not of a known form fails the run.

import { describe, expect, test } from "vitest";

import { isPassNumber } from "../src/domain/pass_number.ts";
import { REASON_CODES } from "../src/domain/reasons.ts";
import { canariesSing, lookUp, type StatusList } from "../src/domain/status.ts";
import { VERDICTS } from "../src/domain/verdicts.ts";
import { verifyPass } from "../src/services/verify_pass.ts";
import { decodeBase45, encodeBase45 } from "../src/wire/base45.ts";
import { readBundle } from "../src/wire/bundle.ts";
import { decodeSign1, toBeSigned, verifySign1 } from "../src/wire/cose.ts";
import { fromHex, kidOf, loadPoint, sha256, toHex } from "../src/wire/keys.ts";
import { parseQr } from "../src/wire/qr.ts";
import { day, exactly, type Fields, instant, list, oneOf, orNull, text, truth } from "./strict.ts";
import {
  bundleNames,
  bundleOctets,
  fileNames,
  fromBase64,
  load,
  namedBundle,
  rootPoint,
  scanOf,
  shown,
  SPECIAL_FILES,
  vectorsOf,
} from "./vectors.ts";

const GROUPS = fileNames().filter((name) => name !== "bundles" && !SPECIAL_FILES.includes(name));
const DECISION_FIELDS = ["name", "description", "text", "bundle", "scan", "now", "expect"];
const DECISIONS = GROUPS.flatMap((name) => vectorsOf(name, DECISION_FIELDS));
const BUNDLES = vectorsOf("bundles.json", ["name", "description", "root", "bundle", "octets", "expect"]);
const TAKEN_FIELDS = [
  "taken",
  "serial",
  "issued",
  "trust_serial",
  "trust_expires",
  "kids",
  "status_uris",
  "rulebook_serial",
  "provisions",
  "checkpoints",
  "allow_lists",
];

describe("decisions", () => {
  test.each(DECISIONS.map((vector) => [text(vector["name"]), vector] as const))(
    "%s",
    async (name, vector) => {
      const wanted = exactly(vector["expect"], ["verdict", "reasons", "back_by", "order_ids", "pass"], name);
      const bundle = await namedBundle(text(vector["bundle"]));
      const outcome = await verifyPass(
        text(vector["text"]),
        scanOf(vector["scan"]),
        bundle,
        instant(vector["now"]),
      );
      expect(outcome.decision).toEqual({
        verdict: oneOf(wanted["verdict"], VERDICTS),
        reasons: list(wanted["reasons"]).map((code) => oneOf(code, REASON_CODES)),
        backBy: orNull(wanted["back_by"], day),
        orderIds: list(wanted["order_ids"]).map(text),
      });
      expect(outcome.credential === null ? null : await shown(outcome.credential)).toEqual(wanted["pass"]);
    },
  );
});

describe("bundles", () => {
  test.each(BUNDLES.map((vector) => [text(vector["name"]), vector] as const))("%s", async (name, vector) => {
    const file = orNull(vector["bundle"], text);
    const octets = file === null ? fromBase64(text(vector["octets"])) : bundleOctets(file);
    const one = await readBundle(octets, rootPoint(text(vector["root"])));
    const wanted = vector["expect"] as Fields;
    if (!truth(wanted["taken"])) {
      exactly(wanted, ["taken"], name);
      expect(one).toMatchObject({ ok: false });
      return;
    }
    exactly(wanted, TAKEN_FIELDS, name);
    if (!one.ok) throw new Error(`${one.reason}: ${one.detail}`);
    const { trust, rulebook, ...bundle } = one.value;
    expect({
      taken: true,
      serial: bundle.serial,
      issued: bundle.issuedAt,
      trust_serial: trust.serial,
      trust_expires: trust.expiresAt,
      kids: trust.entries.map((entry) => entry.kid),
      status_uris: [...bundle.statusLists.keys()].sort(),
      rulebook_serial: rulebook.serial,
      provisions: rulebook.provisions.map((provision) => provision.term.provisionId),
      checkpoints: [...bundle.checkpoints.keys()].sort(),
      allow_lists: Object.fromEntries([...bundle.allowLists].map(([kid, prefixes]) => [kid, prefixes.size])),
    }).toEqual({
      ...wanted,
      issued: instant(wanted["issued"]),
      trust_expires: instant(wanted["trust_expires"]),
    });
  });
});

describe("parts", () => {
  const parts = exactly(
    load("parts.json"),
    ["description", "pass", "base45", "pass_numbers", "status_list"],
    "parts",
  );

  test("one pass taken apart agrees step by step", async () => {
    const steps = exactly(
      parts["pass"],
      // prettier-ignore
      ["text", "compressed", "cose", "protected", "kid", "key", "payload", "to_be_signed", "signature", "fingerprint"],
      "pass",
    );
    expect(toHex(decodeBase45(text(steps["text"])))).toBe(steps["compressed"]);
    const cose = parseQr(text(steps["text"]));
    if (!cose.ok) throw new Error(cose.detail);
    const sign1 = decodeSign1(cose.value);
    if (!sign1.ok) throw new Error(sign1.detail);
    const key = fromHex(text(steps["key"]));
    expect({
      ...steps,
      cose: toHex(cose.value),
      protected: toHex(sign1.value.protected),
      kid: toHex(sign1.value.kid),
      payload: toHex(sign1.value.payload),
      to_be_signed: toHex(toBeSigned(sign1.value.protected, sign1.value.payload)),
      signature: toHex(sign1.value.signature),
      fingerprint: toHex(await sha256(sign1.value.payload)),
    }).toEqual(steps);
    expect(toHex(await kidOf(key))).toBe(steps["kid"]);
    expect(await verifySign1(sign1.value, await loadPoint(key))).toBe(true);
  });

  test.each(list(parts["base45"]).map((pair) => exactly(pair, ["octets", "text"], "base45")))(
    "Base45 of $octets",
    (pair) => {
      expect(toHex(decodeBase45(text(pair["text"])))).toBe(pair["octets"]);
      expect(encodeBase45(fromHex(text(pair["octets"])))).toBe(pair["text"]);
    },
  );

  test.each(list(parts["pass_numbers"]).map(text))("pass number %s", (number) => {
    expect(isPassNumber(number)).toBe(true);
  });

  test("statuses are packed as they are read", () => {
    const table = exactly(parts["status_list"], ["octets", "statuses"], "status list");
    const at = instant("2026-11-23T00:00:00Z");
    const octets = fromHex(text(table["octets"]));
    const one: StatusList = { uri: "x", issuedAt: at, expiresAt: at, ttlS: 0, octets };
    expect(canariesSing(one)).toBe(true);
    const statuses = table["statuses"] as Fields;
    const found = Object.keys(statuses).map((index) => [index, lookUp(one, Number(index))]);
    expect(Object.fromEntries(found)).toEqual(statuses);
  });
});

describe("the vectors themselves", () => {
  test("every file is of a known kind", () => {
    expect(fileNames().filter((name) => name !== "bundles" && !name.endsWith(".json"))).toEqual([]);
    expect(bundleNames().filter((name) => !name.endsWith(".cbor.b64"))).toEqual([]);
    expect(SPECIAL_FILES.filter((name) => !fileNames().includes(name))).toEqual([]);
  });

  test("every reason is told by some vector", () => {
    const told = new Set(DECISIONS.flatMap((vector) => list((vector["expect"] as Fields)["reasons"])));
    expect([...told].sort()).toEqual([...REASON_CODES].sort());
  });

  test.each(["root", "other-root"])("the kid of %s is that of its key", async (name) => {
    const root = (load("roots.json") as Fields)[name] as Fields;
    expect(toHex(await kidOf(rootPoint(name)))).toBe(root["kid"]);
  });
});
