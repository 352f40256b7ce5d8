// Which day and hour is it where the pass is used?
//
// An instant is a number of whole Unix seconds, as on the wire; a day is the text YYYY-MM-DD, so that days compare as
// texts do. Both are branded: a plain number or text is neither. Cambodia and Thailand both keep UTC+7 all year, so a
// fixed offset is exact and needs no time zone tables on a phone.

declare const instantBrand: unique symbol;
declare const dayBrand: unique symbol;

/** Whole seconds since 1970-01-01T00:00:00Z, 0 to LATEST_TIMESTAMP. */
export type Instant = number & { readonly [instantBrand]: true };
/** A day of the Gregorian calendar, 0001-01-01 to 9999-12-31. */
export type Day = string & { readonly [dayBrand]: true };

/** The last second of the year 9998: every instant up to it has a local day, with room for skew and stays. */
export const LATEST_TIMESTAMP = 253_370_764_799;
const OFFSET_S = 7 * 3600;
const DAY_S = 86_400;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Tells whether a number is an instant: whole seconds within the bounds. */
export function isInstant(seconds: number): seconds is Instant {
  return Number.isSafeInteger(seconds) && seconds >= 0 && seconds <= LATEST_TIMESTAMP;
}

/**
 * Gives the instant that a device's clock shows in milliseconds (`Date.now()`), parts of a second left out.
 *
 * A clock beyond the bounds is brought to the nearest, one that shows nothing to 1970: no pass is valid then.
 */
export function fromClock(milliseconds: number): Instant {
  const seconds = Number.isNaN(milliseconds) ? 0 : Math.floor(milliseconds / 1000);
  return Math.min(Math.max(seconds, 0), LATEST_TIMESTAMP) as Instant;
}

/** Gives the calendar day in Phnom Penh at an instant. */
export function localDay(at: Instant): Day {
  return dayOfNumber(dayNumber(at));
}

/**
 * Gives the day some days after the local day of an instant, but never after the last day before `expiresAt`.
 *
 * One function for both, since the sum alone may lie beyond the calendar.
 */
export function stayDay(at: Instant, days: number, expiresAt: Instant): Day {
  return dayOfNumber(Math.min(dayNumber(at) + days, dayNumber((expiresAt - 1) as Instant)));
}

/** Gives the last day on which something that expires at this instant is still valid. */
export function lastValidDay(expiresAt: Instant): Day {
  return dayOfNumber(dayNumber((expiresAt - 1) as Instant));
}

/** Gives the local weekday, 1 Monday to 7 Sunday. */
export function localWeekday(at: Instant): number {
  // Day 0, 1 January 1970, was a Thursday.
  return ((dayNumber(at) + 3) % 7) + 1;
}

/** Gives the minute of the local day, 0 to 1439, seconds left out. */
export function localMinute(at: Instant): number {
  return Math.floor(((at + OFFSET_S) % DAY_S) / 60);
}

/** Gives the day of a text YYYY-MM-DD, or null where it is none of the calendar. */
export function readDay(text: string): Day | null {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return null;
  const [year, month, day] = text.split("-").map(Number) as [number, number, number];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const length = month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
  return year >= 1 && day >= 1 && day <= length ? (text as Day) : null;
}

/** Gives the age in completed years on a day. */
export function ageOn(bornOn: Day, day: Day): number {
  const years = Number(day.slice(0, 4)) - Number(bornOn.slice(0, 4));
  return day.slice(5) < bornOn.slice(5) ? years - 1 : years;
}

function dayNumber(at: Instant): number {
  return Math.floor((at + OFFSET_S) / DAY_S);
}

/** `toISOString` writes four digits of a year for all that is between 1970 and 9999. */
function dayOfNumber(days: number): Day {
  return new Date(days * DAY_S * 1000).toISOString().slice(0, 10) as Day;
}
