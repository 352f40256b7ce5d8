// Is this code new, or is it still the one in front of the camera?

/** How long a code has to be out of sight before it counts as shown again, milliseconds. */
export const SAME_CODE_MS = 3000;

/** Remembers which codes were in sight within the last three seconds. */
export class Sightings {
  readonly #lastAtMs = new Map<string, number>();

  /** Takes down that a text is in sight; tells whether it was not within the last three seconds. */
  isNew(text: string, nowMs: number): boolean {
    for (const [other, atMs] of this.#lastAtMs) {
      // A clock that was set back must not keep a code for hours.
      if (Math.abs(nowMs - atMs) >= SAME_CODE_MS) this.#lastAtMs.delete(other);
    }
    const known = this.#lastAtMs.has(text);
    this.#lastAtMs.set(text, nowMs);
    return !known;
  }

  /** Forgets one text: shown again, it is new. */
  forget(text: string): void {
    this.#lastAtMs.delete(text);
  }

  /** Forgets everything: what is in sight counts as new. */
  clear(): void {
    this.#lastAtMs.clear();
  }
}
