// Are days, ages and lengths of time said as people of each language say them?

import { describe, expect, test } from "vitest";

import type { Day, Instant } from "../src/domain/local_time.ts";
import { LANGUAGES } from "../src/domain/verdicts.ts";
import {
  daysBetween,
  sayAge,
  sayAgo,
  sayDay,
  sayDays,
  sayLength,
  sayMoment,
  sayTime,
  sayWeekday,
} from "../src/words/dates.ts";
import { instant } from "./strict.ts";

const day = (text: string) => text as Day;

describe("a day", () => {
  test("is said in full, its year in Thai in the Buddhist Era", () => {
    expect(sayDay(day("2026-11-22"), "en")).toBe("22 November 2026");
    expect(sayDay(day("2026-11-22"), "km")).toBe("22 វិច្ឆិកា 2026");
    expect(sayDay(day("2026-11-22"), "th")).toBe("22 พฤศจิกายน 2569");
  });

  test("has its weekday where a traveller is told of it", () => {
    expect(sayWeekday(day("2026-11-29"), "en")).toBe("Sunday 29 November 2026");
    expect(sayWeekday(day("2026-11-29"), "km")).toBe("ថ្ងៃអាទិត្យ ទី 29 វិច្ឆិកា 2026");
    expect(sayWeekday(day("2026-11-30"), "th")).toBe("วันจันทร์ที่ 30 พฤศจิกายน 2569");
  });

  test.each(LANGUAGES)("has twelve months and seven weekdays of different names in %s", (language) => {
    const months = Array.from({ length: 12 }, (_, at) => day(`2026-${String(at + 1).padStart(2, "0")}-05`));
    expect(new Set(months.map((one) => sayDay(one, language).split(" ")[1])).size).toBe(12);
    const week = Array.from({ length: 7 }, (_, at) => day(`2026-11-0${at + 1}`));
    expect(new Set(week.map((one) => sayWeekday(one, language).replace(/[0-9].*/, ""))).size).toBe(7);
  });
});

describe("a count of days", () => {
  test("is that of midnights between them, also over the end of a month and a leap day", () => {
    expect(daysBetween(day("2026-11-22"), day("2026-11-29"))).toBe(7);
    expect(daysBetween(day("2028-02-28"), day("2028-03-01"))).toBe(2);
    expect(daysBetween(day("2026-11-22"), day("2026-11-20"))).toBe(-2);
  });

  test("of none is today, of one is no plural", () => {
    expect([0, 1, 7].map((count) => sayDays(count, "en"))).toEqual(["today", "1 day", "7 days"]);
    expect([0, 1, 7].map((count) => sayDays(count, "km"))).toEqual(["ថ្ងៃនេះ", "1 ថ្ងៃ", "7 ថ្ងៃ"]);
    expect([0, 1, 7].map((count) => sayDays(count, "th"))).toEqual(["วันนี้", "1 วัน", "7 วัน"]);
  });
});

test("an age is in completed years, and never nought", () => {
  expect([0, 1, 36].map((years) => sayAge(years, "en"))).toEqual(["under 1 year", "1 year", "36 years"]);
  expect([0, 36].map((years) => sayAge(years, "km"))).toEqual(["ក្រោម 1 ឆ្នាំ", "36 ឆ្នាំ"]);
  expect([0, 36].map((years) => sayAge(years, "th"))).toEqual(["ไม่ถึง 1 ปี", "36 ปี"]);
});

test("a length of time is in its largest whole unit, days only from two on", () => {
  const seconds = [0, 59, 60, 3599, 3600, 172_799, 172_800];
  const said = ["1 s", "59 s", "1 min", "59 min", "1 h", "47 h", "2 days"];
  expect(seconds.map((one) => sayLength(one, "en"))).toEqual(said);
});

describe("what is past", () => {
  const at = instant("2026-11-22T01:00:00Z");
  const after = (seconds: number) => (at + seconds) * 1000;

  test("is so long ago", () => {
    expect(sayAgo(at, after(70), "en")).toBe("1 min ago");
    expect(sayAgo(at, after(70), "km")).toBe("1 នាទីមុន");
    expect(sayAgo(at, after(70), "th")).toBe("1 นาทีที่แล้ว");
  });

  test("is now where it only just was, or where the clock was set back since", () => {
    expect(sayAgo(at, after(4), "en")).toBe("now");
    expect(sayAgo(at, after(-3600), "en")).toBe("now");
  });

  test("was at an hour of Phnom Penh", () => {
    expect(sayTime(at)).toBe("08:00");
    expect(sayTime((at + 65) as Instant)).toBe("08:01");
    expect(sayMoment(instant("2026-11-22T17:30:00Z"), "th")).toBe("23 พฤศจิกายน 2569 00:30");
  });
});
