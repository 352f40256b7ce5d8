// Who crossed here since the app was opened? So that a pass thrown back over the fence is not let out twice.
//
// Kept in memory alone, by fingerprint: a phone that is lost holds no register.

import type { LastCrossing } from "../domain/scan.ts";

const REMEMBERED_MAX = 20_000;

/** The last crossings that this phone admitted, by the pass's fingerprint; the oldest are forgotten first. */
export class Crossings {
  readonly #last = new Map<string, LastCrossing>();

  /** Gives the last crossing known of a pass, or null. */
  of(fingerprint: string): LastCrossing | null {
    return this.#last.get(fingerprint) ?? null;
  }

  /** Takes down the last crossing of a pass; null means that none is known any more. */
  set(fingerprint: string, crossing: LastCrossing | null): void {
    this.#last.delete(fingerprint);
    if (crossing === null) return;
    this.#last.set(fingerprint, crossing);
    const [oldest] = this.#last.keys();
    if (this.#last.size > REMEMBERED_MAX && oldest !== undefined) this.#last.delete(oldest);
  }
}
