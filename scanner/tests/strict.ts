// How is a JSON file read so that nothing in it is passed over in silence? Every field is named, and of one form.

import { type Day, fromClock, type Instant, readDay } from "../src/domain/local_time.ts";

export type Fields = Record<string, unknown>;

/** Gives an object that has exactly some fields. */
export function exactly(value: unknown, fields: readonly string[], where: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error(`${where}: no object`);
  const there = Object.keys(value).sort().join();
  if (there !== [...fields].sort().join()) throw new Error(`${where}: fields ${there}`);
  return value as Fields;
}

export function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error("no list");
  return value;
}

export function text(value: unknown): string {
  if (typeof value !== "string") throw new Error(`no text: ${String(value)}`);
  return value;
}

export function whole(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new Error(`no whole number: ${String(value)}`);
  return value as number;
}

export function truth(value: unknown): boolean {
  if (typeof value !== "boolean") throw new Error(`neither true nor false: ${String(value)}`);
  return value;
}

export function oneOf<T extends string | number>(value: unknown, members: readonly T[]): T {
  const found = members.find((member) => member === value);
  if (found === undefined) throw new Error(`not known: ${String(value)}`);
  return found;
}

export function orNull<T>(value: unknown, one: (value: unknown) => T): T | null {
  return value === null ? null : one(value);
}

export function instant(value: unknown): Instant {
  const written = text(value);
  const milliseconds = Date.parse(written);
  const again = Number.isNaN(milliseconds) ? "" : new Date(milliseconds).toISOString().replace(".000Z", "Z");
  if (again !== written) throw new Error(`no instant: ${written}`);
  return fromClock(milliseconds);
}

export function day(value: unknown): Day {
  const found = readDay(text(value));
  if (found === null) throw new Error(`no day: ${text(value)}`);
  return found;
}
