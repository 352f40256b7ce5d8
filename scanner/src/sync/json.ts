// Is this JSON of the form that was agreed on? Each value is asked for by its name and its kind; more may be there.

import { type Day, fromClock, type Instant, readDay } from "../domain/local_time.ts";
import type { Octets } from "../domain/passes.ts";
import type { Names } from "../domain/trust.ts";
import { readBase64url } from "./base64url.ts";

const TEXT_MAX_CHARACTERS = 10_000;
const RFC3339 = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?Z$/;

/** JSON of another form. Stays in this folder: `Server` turns it into a value. */
export class FormError extends Error {
  override readonly name = "FormError";
}

/** Gives the value of a JSON text in UTF-8. Throws FormError when it is none. */
export function parseJson(octets: Octets): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets));
  } catch {
    throw new FormError("not JSON in UTF-8");
  }
}

/** An object of JSON. What is asked for and is not there, or of another kind, throws FormError. */
export class Fields {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(value: unknown) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw new FormError("no object");
    this.#fields = value as Readonly<Record<string, unknown>>;
  }

  /** Gives a value as it is; undefined where there is none. */
  value(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
  }

  object(name: string): Fields {
    return new Fields(this.value(name));
  }

  list(name: string): unknown[] {
    const value = this.value(name);
    if (Array.isArray(value)) return value;
    throw new FormError(`${name}: no list`);
  }

  text(name: string): string {
    const value = this.value(name);
    if (typeof value === "string" && value.length <= TEXT_MAX_CHARACTERS) return value;
    throw new FormError(`${name}: no text`);
  }

  /** Gives a text that matches a pattern. */
  matching(name: string, pattern: RegExp): string {
    const text = this.text(name);
    if (pattern.test(text)) return text;
    throw new FormError(`${name}: not of its form`);
  }

  oneOf<T extends string>(name: string, members: readonly T[]): T {
    const value = this.value(name);
    const found = members.find((member) => member === value);
    if (found === undefined) throw new FormError(`${name}: not known here`);
    return found;
  }

  whole(name: string): number {
    const value = this.value(name);
    if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
    throw new FormError(`${name}: no whole number`);
  }

  wholeOrNull(name: string): number | null {
    return this.value(name) === null ? null : this.whole(name);
  }

  /** Gives a truth value; false where an older server does not name it. */
  truth(name: string): boolean {
    const value = this.value(name) ?? false;
    if (typeof value === "boolean") return value;
    throw new FormError(`${name}: neither true nor false`);
  }

  instant(name: string): Instant {
    // The fraction is left out before: not every engine reads more than three digits of it.
    const milliseconds = Date.parse(`${RFC3339.exec(this.text(name))?.[1] ?? ""}Z`);
    if (Number.isNaN(milliseconds)) throw new FormError(`${name}: no instant`);
    return fromClock(milliseconds);
  }

  instantOrNull(name: string): Instant | null {
    return this.value(name) === null ? null : this.instant(name);
  }

  day(name: string): Day {
    const day = readDay(this.text(name));
    if (day === null) throw new FormError(`${name}: no day`);
    return day;
  }

  /** Gives the bytes of a text in base64url, of a length. */
  octets(name: string, length: number): Octets {
    const octets = readBase64url(this.text(name));
    if (octets?.length === length) return octets;
    throw new FormError(`${name}: not ${length} bytes in base64url`);
  }

  names(name: string): Names {
    const names = this.object(name);
    return { en: names.text("en"), km: names.text("km"), th: names.text("th") };
  }
}
