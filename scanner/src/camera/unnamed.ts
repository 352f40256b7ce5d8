// What did a keyboard type that does not name its keys? Only the field it typed into can tell.

import { BASE45, LONGEST_TEXT, SCANNER_GAP_MS, SHORTEST_TEXT, tidy } from "./burst.ts";
import type { Snapshot, TextField } from "./field.ts";

/** One run of such input. Times are milliseconds on one clock. */
export class UnnamedRun {
  readonly #snapshot: Snapshot;
  /** Whether the field was given the focus only by this run's first key, so that its text may have come too late. */
  readonly #isLate: boolean;
  readonly #startedAtMs: number;
  #endedAtMs: number;
  #keys: number;

  constructor(snapshot: Snapshot, run: { isLate: boolean; keysBefore: number; atMs: number }) {
    this.#snapshot = snapshot;
    this.#isLate = run.isLate;
    this.#keys = run.keysBefore;
    this.#startedAtMs = this.#endedAtMs = run.atMs;
  }

  get field(): TextField {
    return this.#snapshot.field;
  }

  key(atMs: number): void {
    this.#keys += 1;
    this.#endedAtMs = atMs;
  }

  input(atMs: number): void {
    this.#endedAtMs = atMs;
  }

  /**
   * Gives the scanned text; `unread` when a scanner was at work but its text is not all there; null when it was a person.
   *
   * In a field people type in (`isTyped`), what comes in at a stroke may be dictated or suggested: only what could be a
   * pass counts there.
   */
  read(
    isTyped: boolean,
  ): { readonly kind: "text"; readonly text: string } | { readonly kind: "unread" } | null {
    const text = tidy(this.#snapshot.added).slice(0, LONGEST_TEXT);
    const characters = Math.max(text.length, this.#keys);
    const isFast = this.#endedAtMs - this.#startedAtMs < SCANNER_GAP_MS * characters;
    if (characters < SHORTEST_TEXT || !isFast) return null;
    if (isTyped && !BASE45.test(text)) return null;
    return this.#isLate && text.length < this.#keys ? { kind: "unread" } : { kind: "text", text };
  }

  restore(): void {
    this.#snapshot.restore();
  }
}
