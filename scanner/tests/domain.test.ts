// Do days, numbers and reasons read as they should? What the vectors do not reach.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { freshness } from "../src/domain/bundle.ts";
import {
  ageOn,
  fromClock,
  lastValidDay,
  LATEST_TIMESTAMP,
  localDay,
  localMinute,
  localWeekday,
  readDay,
  stayDay,
} from "../src/domain/local_time.ts";
import { isPassNumber, normalisePassNumber } from "../src/domain/pass_number.ts";
import { REASONS } from "../src/domain/reasons.ts";
import { decide } from "../src/domain/verdict.ts";
import { day, instant } from "./strict.ts";
import { namedBundle } from "./vectors.ts";

describe("local time", () => {
  test("a day begins at 17:00 UTC", () => {
    expect(localDay(instant("2026-11-22T16:59:59Z"))).toBe("2026-11-22");
    expect(localDay(instant("2026-11-22T17:00:00Z"))).toBe("2026-11-23");
    expect(lastValidDay(instant("2026-11-22T17:00:00Z"))).toBe("2026-11-22");
    expect(localDay(fromClock(0))).toBe("1970-01-01");
    expect(localDay(fromClock(LATEST_TIMESTAMP * 1000))).toBe("9999-01-01");
  });

  test("weekdays count from Monday, minutes from midnight", () => {
    expect(localWeekday(instant("2026-11-22T16:59:59Z"))).toBe(7);
    expect(localWeekday(instant("2026-11-22T17:00:00Z"))).toBe(1);
    expect(localMinute(instant("2026-11-22T16:59:59Z"))).toBe(1439);
    expect(localMinute(instant("2026-11-22T17:00:59Z"))).toBe(0);
  });

  test("a stay ends with the pass, also where the days lead out of the calendar", () => {
    const at = instant("2026-11-23T02:00:00Z");
    expect(stayDay(at, 14, instant("2028-10-31T17:00:00Z"))).toBe("2026-12-07");
    expect(stayDay(at, 14, instant("2026-11-30T17:00:00Z"))).toBe("2026-11-30");
    const latest = fromClock(LATEST_TIMESTAMP * 1000);
    expect(stayDay(latest, 36_525, latest)).toBe("9999-01-01");
  });

  test.each([
    "2023-02-29",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "0000-01-01",
    "2026-1-1",
    "",
    "2026-01-01\n",
  ])("%j is no day", (text) => {
    expect(readDay(text)).toBeNull();
  });

  test("an age grows on the birthday", () => {
    expect(ageOn(day("1990-01-02"), day("2026-01-01"))).toBe(35);
    expect(ageOn(day("1990-01-02"), day("2026-01-02"))).toBe(36);
  });

  test("a clock is brought within the bounds", () => {
    expect([NaN, -1, -Infinity, 1999, Infinity].map(fromClock)).toEqual([0, 0, 0, 1, LATEST_TIMESTAMP]);
  });
});

describe("pass numbers", () => {
  test("a number is brought into the form that is printed", () => {
    expect(normalisePassNumber(" 0110 26 000123 l")).toBe("0110-26-000123-L");
    expect(normalisePassNumber(" abc ")).toBe("ABC");
  });

  test("every single wrong digit is found", () => {
    const number = "0110-26-000123-1";
    for (const at of [0, 1, 2, 3, 5, 6, 8, 9, 10, 11, 12, 13]) {
      for (const digit of "0123456789") {
        const changed = number.slice(0, at) + digit + number.slice(at + 1);
        expect(isPassNumber(changed)).toBe(changed === number);
      }
    }
  });
});

test.each(["reasons", "districts"])("the table of %s is what its source says", (name) => {
  const tool = fileURLToPath(new URL(`../tools/build-${name}.mjs`, import.meta.url));
  expect(() => execFileSync(process.execPath, [tool, "--check"], { stdio: "pipe" })).not.toThrow();
});

describe("reasons", () => {
  test("of rules never refuse who comes home", () => {
    const rules = Object.values(REASONS).filter((one) => one.reasonClass !== "authenticity");
    expect(rules.map((one) => one.verdicts.entry)).not.toContain("REFUSE");
  });
});

test("nothing examined is referred", () => {
  expect(decide([])).toEqual({ verdict: "REFER", reasons: [], backBy: null, orderIds: [] });
});

test("freshness of all lists is that of the oldest", async () => {
  const bundle = await namedBundle("usual");
  expect(freshness(bundle, bundle.issuedAt)).toBe("green");
  expect(freshness(bundle, bundle.issuedAt, "nowhere")).toBe("green");
  expect(freshness(bundle, bundle.trust.expiresAt)).toBe("red");
});
