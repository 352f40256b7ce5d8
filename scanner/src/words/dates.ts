// How is a day, an age or a length of time said in each language?
//
// Thai years are of the Buddhist Era (543 more than ours); digits are Latin in all three languages.

import { type Day, type Instant, localDay, localMinute } from "../domain/local_time.ts";
import type { Language } from "../domain/verdicts.ts";

const BUDDHIST_ERA = 543;
const DAY_MS = 86_400_000;

const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    ...["January", "February", "March", "April", "May", "June"],
    ...["July", "August", "September", "October", "November", "December"],
  ],
  km: [...["មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា"], ...["កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ"]],
  th: [
    ...["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"],
    ...["กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"],
  ],
};

const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  km: ["ថ្ងៃអាទិត្យ", "ថ្ងៃចន្ទ", "ថ្ងៃអង្គារ", "ថ្ងៃពុធ", "ថ្ងៃព្រហស្បតិ៍", "ថ្ងៃសុក្រ", "ថ្ងៃសៅរ៍"],
  th: ["วันอาทิตย์", "วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัสบดี", "วันศุกร์", "วันเสาร์"],
};

type Unit = "second" | "minute" | "hour" | "day";
const UNITS: Readonly<Record<Language, Readonly<Record<Unit, string>>>> = {
  en: { second: "s", minute: "min", hour: "h", day: "days" },
  km: { second: "វិនាទី", minute: "នាទី", hour: "ម៉ោង", day: "ថ្ងៃ" },
  th: { second: "วินาที", minute: "นาที", hour: "ชั่วโมง", day: "วัน" },
};

/** Says a day: "22 November 2026", "22 វិច្ឆិកា 2026", "22 พฤศจิกายน 2569". */
export function sayDay(day: Day, language: Language): string {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const name = MONTHS[language][month - 1] ?? "";
  return `${date} ${name} ${language === "th" ? year + BUDDHIST_ERA : year}`;
}

/** Says a day with its weekday: what a traveller is told to come back by. */
export function sayWeekday(day: Day, language: Language): string {
  const weekday = WEEKDAYS[language][new Date(`${day}T00:00:00Z`).getUTCDay()] ?? "";
  const link = { en: " ", km: " ទី ", th: "ที่ " }[language];
  return `${weekday}${link}${sayDay(day, language)}`;
}

/** Counts the days from one day to another; negative where the other is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** Says a count of days: "7 days", "7 ថ្ងៃ", "7 วัน"; none is today. */
export function sayDays(count: number, language: Language): string {
  if (count === 0) return { en: "today", km: "ថ្ងៃនេះ", th: "วันนี้" }[language];
  return sayUnits(count, "day", language);
}

/** Says an age in completed years; a child in its first year is said to be under one. */
export function sayAge(years: number, language: Language): string {
  if (years < 1) return { en: "under 1 year", km: "ក្រោម 1 ឆ្នាំ", th: "ไม่ถึง 1 ปี" }[language];
  if (language === "en") return years === 1 ? "1 year" : `${years} years`;
  return `${years} ${language === "km" ? "ឆ្នាំ" : "ปี"}`;
}

/** Says a length of time in its largest whole unit, never less than a second: "40 s", "5 min", "3 h", "2 days". */
export function sayLength(seconds: number, language: Language): string {
  const whole = Math.max(1, Math.floor(seconds));
  if (whole < 60) return sayUnits(whole, "second", language);
  if (whole < 3600) return sayUnits(Math.floor(whole / 60), "minute", language);
  if (whole < 172_800) return sayUnits(Math.floor(whole / 3600), "hour", language);
  return sayUnits(Math.floor(whole / 86_400), "day", language);
}

/** Says how long ago something was; a time to come, as after a clock was set back, is said to be now. */
export function sayAgo(at: Instant, nowMs: number, language: Language): string {
  const seconds = Math.floor(nowMs / 1000) - at;
  if (seconds < 5) return { en: "now", km: "ឥឡូវនេះ", th: "เมื่อสักครู่" }[language];
  const length = sayLength(seconds, language);
  return { en: `${length} ago`, km: `${length}មុន`, th: `${length}ที่แล้ว` }[language];
}

/** Says the hour and minute in Phnom Penh: "08:05". */
export function sayTime(at: Instant): string {
  const minute = localMinute(at);
  return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
}

/** Says a moment by its day and its hour. */
export function sayMoment(at: Instant, language: Language): string {
  return `${sayDay(localDay(at), language)} ${sayTime(at)}`;
}

function sayUnits(count: number, unit: Unit, language: Language): string {
  if (language === "en" && unit === "day" && count === 1) return "1 day";
  return `${count} ${UNITS[language][unit]}`;
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}
