// Was this typed by a scanner, and what did it mean? A run of keys, its speed and its two readings.

import { TEXT_MAX_CHARACTERS } from "../wire/qr.ts";

/** Half of the gaps between a scanner's characters are shorter; nobody types like that. */
export const SCANNER_GAP_MS = 35;
/** Shorter texts are not read: a fast hand rolls over a few keys now and then. */
export const SHORTEST_TEXT = 20;
/** One more than a pass may have, so that a longer text is refused for its length and not cut to a pass. */
export const LONGEST_TEXT = TEXT_MAX_CHARACTERS + 1;

/** What a pass is written in (RFC 9285, section 3). */
export const BASE45 = /^[0-9A-Z $%*+\-./:]*$/;
const ASCII = /^[\x00-\x7f]*$/;
/** What a scanner may put first to say that it read a QR code (ISO/IEC 15424). */
const SYMBOLOGY = /^\]Q[0-9]/;

/** One character key: what the phone's layout made of it, and what a US keyboard has there (null: not told). */
export interface Stroke {
  readonly typed: string;
  readonly us: string | null;
}

/** The character keys that followed each other. Times are milliseconds on one clock. */
export class Burst {
  #typed: string[] = [];
  #us: string[] = [];
  #gaps = 0;
  #shortGaps = 0;
  #lastAtMs = 0;

  get length(): number {
    return this.#typed.length;
  }

  /** So many characters at least, and at a scanner's speed. */
  isFast(characters: number): boolean {
    return this.length >= characters && this.#shortGaps * 2 > this.#gaps;
  }

  /** A text to be read: long enough, and at a scanner's speed. */
  get isScan(): boolean {
    return this.isFast(SHORTEST_TEXT);
  }

  add({ typed, us }: Stroke, atMs: number): void {
    if (this.length > 0) {
      this.#gaps += 1;
      if (atMs - this.#lastAtMs < SCANNER_GAP_MS) this.#shortGaps += 1;
    }
    this.#lastAtMs = atMs;
    if (this.length >= LONGEST_TEXT) return;
    this.#typed.push(typed);
    this.#us.push(us ?? typed);
  }

  clear(): void {
    this.#typed = [];
    this.#us = [];
    this.#gaps = this.#shortGaps = 0;
  }

  /**
   * Gives the text.
   *
   * A layout is active for a whole scan: Thai types "/" for the scanner's "2", which is Base45 too. So it is never
   * one key that is read by its place, but all of them, when one cannot have come from a pass as it stands.
   */
  get text(): string {
    const typed = tidy(this.#typed.join(""));
    const us = tidy(this.#us.join(""));
    return !ASCII.test(typed) || (BASE45.test(us) && !BASE45.test(typed)) ? us : typed;
  }
}

/** Takes off what a scanner adds before and behind a text. */
export function tidy(text: string): string {
  return text.replace(SYMBOLOGY, "").replace(/[\r\n\t]+$/, "");
}
