// Does every input end in an outcome? Any text, any bytes, any circumstances: a value, never a throw; and no forgery.

import fc from "fast-check";
import { deflate } from "pako";
import { beforeAll, describe, expect, test } from "vitest";

import type { Bundle } from "../src/domain/bundle.ts";
import { fromClock, type Instant, LATEST_TIMESTAMP, localDay } from "../src/domain/local_time.ts";
import type { Octets } from "../src/domain/passes.ts";
import { CATEGORIES } from "../src/domain/provisions.ts";
import { REASONS } from "../src/domain/reasons.ts";
import type { Scan } from "../src/domain/scan.ts";
import { DIRECTIONS, strictest } from "../src/domain/verdicts.ts";
import { type Outcome, verifyPass } from "../src/services/verify_pass.ts";
import { encodeBase45 } from "../src/wire/base45.ts";
import { readBundle } from "../src/wire/bundle.ts";
import { type CborKey, type CborMap, type CborValue, decodeStrict, encode } from "../src/wire/cbor.ts";
import { readClaims, writeClaims } from "../src/wire/claims.ts";
import { decodeSign1 } from "../src/wire/cose.ts";
import { toHex } from "../src/wire/keys.ts";
import { parseQr } from "../src/wire/qr.ts";
import { readBatch, readRecord, writeRecord } from "../src/wire/records.ts";
import { WireError } from "../src/wire/refusal.ts";
import { instant, text } from "./strict.ts";
import { bundleOctets, namedBundle, rootPoint, vectorsOf } from "./vectors.ts";

const NOW = instant("2026-11-23T02:00:00Z");
const DECISION_FIELDS = ["name", "description", "text", "bundle", "scan", "now", "expect"];
const GOOD = vectorsOf("accepted.json", DECISION_FIELDS).filter((vector) => vector["bundle"] === "usual");
const [USUAL] = GOOD.map((vector) => text(vector["text"])) as [string];
const OUT: Scan = {
  checkpoint: "poipet",
  direction: "exit",
  category: "ordinary",
  clockFloorAt: null,
  lastCrossing: null,
  quotaUsed: new Map(),
};

const octets = fc.uint8Array({ maxLength: 400 }).map((array) => new Uint8Array(array));
const seconds = fc.oneof(
  fc.integer({ min: 0, max: LATEST_TIMESTAMP }),
  fc.integer({ min: NOW - 3e7, max: NOW + 9e7 }),
) as fc.Arbitrary<Instant>;
const anyScan: fc.Arbitrary<Scan> = fc.record({
  checkpoint: fc.constantFrom(null, "poipet", "malai", "ban_khao_din", "", "*", "nowhere", "__proto__"),
  direction: fc.constantFrom(...DIRECTIONS),
  category: fc.constantFrom(...CATEGORIES),
  clockFloorAt: fc.option(seconds),
  lastCrossing: fc.option(
    fc.record({
      direction: fc.constantFrom(...DIRECTIONS),
      crossedAt: seconds,
      backBy: fc.option(seconds.map(localDay)),
    }),
  ),
  quotaUsed: fc.constantFrom(new Map(), new Map([["32-26/1", 5000]])),
});

let bundle: Bundle;
let cose: Octets;

beforeAll(async () => {
  bundle = await namedBundle("usual");
  const read = parseQr(USUAL);
  if (!read.ok) throw new Error(read.detail);
  cose = read.value;
});

const wrap = (inner: Uint8Array) => encodeBase45(deflate(inner));
const flip = (whole: Octets, at: number, bit: number) =>
  whole.map((octet, i) => (i === at ? octet ^ (1 << bit) : octet));

function expectWithheld(outcome: Outcome): void {
  expect(outcome.decision).toMatchObject({ verdict: "REFUSE", backBy: null, orderIds: [] });
  expect(outcome.decision.reasons).toHaveLength(1);
  expect(outcome.credential).toBeNull();
}

describe("no input breaks the line from text to decision", () => {
  const base45 = fc.string({
    unit: fc.constantFrom(...Array.from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")),
  });
  const anyText = fc.oneof(fc.string({ unit: "binary" }), base45, octets.map(wrap), octets.map(encodeBase45));

  test("any text is refused, and nothing of it shown", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyScan, seconds, async (some, scan, now) => {
        expectWithheld(await verifyPass(some, scan, bundle, now));
      }),
      { numRuns: 500 },
    );
  });

  test("every byte of a signed pass counts: one bit changed, and it is refused", async () => {
    for (let at = 0; at < cose.length; at++) {
      expectWithheld(await verifyPass(wrap(flip(cose, at, at % 8)), OUT, bundle, NOW));
    }
  });

  test("a genuine pass gets a whole decision under any circumstances, and is never refused coming home", async () => {
    const genuine = fc.constantFrom(...GOOD.map((vector) => text(vector["text"])));
    await fc.assert(
      fc.asyncProperty(genuine, anyScan, seconds, async (pass, scan, now) => {
        const { decision, credential } = await verifyPass(pass, scan, bundle, now);
        expect(credential).not.toBeNull();
        expect(decision.verdict).toBe(
          strictest(decision.reasons.map((reason) => REASONS[reason].verdicts[scan.direction])),
        );
        if (scan.direction === "entry") expect(decision.verdict).not.toBe("REFUSE");
        if (decision.verdict === "REFUSE") expect(decision.backBy).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  test("a clock that shows nonsense shows some instant", () => {
    fc.assert(
      fc.property(fc.double(), (shown) => {
        const now = fromClock(shown);
        expect(Number.isSafeInteger(now) && now >= 0 && now <= LATEST_TIMESTAMP).toBe(true);
      }),
    );
  });
});

describe("no bytes break a reader", () => {
  test("any bytes are a COSE_Sign1, claims, a record, a batch or a bundle, or are refused", async () => {
    await fc.assert(
      fc.asyncProperty(octets, async (some) => {
        expect(decodeSign1(some)).toMatchObject({ ok: false, reason: "MALFORMED" });
        expect(readClaims(some)).toMatchObject({ ok: false, reason: "MALFORMED" });
        expect(readRecord(some)).toMatchObject({ ok: false, reason: "RECORD_UNUSABLE" });
        expect(await readBatch(some, rootPoint("root"))).toMatchObject({
          ok: false,
          reason: "BATCH_UNUSABLE",
        });
        expect(await readBundle(some, rootPoint("root"))).toMatchObject({
          ok: false,
          reason: "BUNDLE_UNUSABLE",
        });
      }),
    );
  });

  test("a changed payload is refused, or is what the profile writes of what was read", () => {
    const sign1 = decodeSign1(cose);
    if (!sign1.ok) throw new Error(sign1.detail);
    const { payload } = sign1.value;
    fc.assert(
      fc.property(fc.nat(payload.length - 1), fc.integer({ min: 0, max: 255 }), (at, octet) => {
        const changed = payload.with(at, octet);
        const pass = readClaims(changed);
        if (pass.ok) expect(toHex(writeClaims(pass.value))).toBe(toHex(changed));
        else expect(pass.reason).toBe("MALFORMED");
      }),
      { numRuns: 2000 },
    );
  });

  test("a changed record is refused, or is what is written of what was read", () => {
    const chain = vectorsOf("records.json", ["name", "description", "octets", "expect"], ["device", "batch"]);
    const records = chain.map((one) => new Uint8Array(Buffer.from(text(one["octets"]), "base64")));
    fc.assert(
      fc.property(
        fc.constantFrom(...records.slice(0, 8)),
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        (one, at, octet) => {
          const changed = one.with(at % one.length, octet);
          const record = readRecord(changed);
          if (record.ok) expect(toHex(writeRecord(record.value))).toBe(toHex(changed));
          else expect(record.reason).toBe("RECORD_UNUSABLE");
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("a bundle with a flipped bit anywhere is not taken into use", async () => {
    const whole = bundleOctets("usual");
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), async (at, bit) => {
        expect(await readBundle(flip(whole, at, bit), rootPoint("root"))).toMatchObject({ ok: false });
      }),
      { numRuns: 300 },
    );
  });

  test("what is written deterministically is read back, and nothing else is read", () => {
    const key = fc.oneof(
      fc.maxSafeInteger(),
      fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
      fc.string(),
      octets,
    );
    const { value } = fc.letrec<{ value: CborValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        key as fc.Arbitrary<CborKey>,
        fc.array(tie("value"), { maxLength: 5 }),
        fc
          .uniqueArray(fc.tuple(key as fc.Arbitrary<CborKey>, tie("value")), {
            maxLength: 5,
            selector: ([one]) => toHex(encode(one)),
          })
          .map((pairs): CborMap => new Map(pairs)),
      ),
    }));
    fc.assert(
      fc.property(value, fc.nat(), fc.integer({ min: 0, max: 255 }), (one, at, octet) => {
        const written = encode(one);
        expect(toHex(encode(decodeStrict(written)))).toBe(toHex(written));
        const changed = written.with(at % written.length, octet);
        try {
          expect(toHex(encode(decodeStrict(changed)))).toBe(toHex(changed));
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
