// How is a record named so that no other ever has its name? UUIDv7 (RFC 9562 section 5.7).
//
// 48 bits of milliseconds, then a counter in the 12 bits of rand_a (section 6.2, method 1), then 62 random bits. Within
// one RecordIds they ascend, even when the clock stands still or goes back.

import { toHex } from "../wire/keys.ts";

const LATEST_MS = 2 ** 48 - 1;
const COUNTERS = 0x1000;

/** Names records, by a clock in milliseconds since 1970. */
export class RecordIds {
  readonly #now: () => number;
  #ms = -1;
  #counter = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Gives the next id, as a text of small letters with hyphens. */
  next(): string {
    const random = crypto.getRandomValues(new Uint8Array(10));
    this.#advance(((random[8] ?? 0) << 3) | ((random[9] ?? 0) >> 5));
    const octets = new Uint8Array(16);
    const view = new DataView(octets.buffer);
    view.setUint32(0, Math.floor(this.#ms / 2 ** 16));
    view.setUint16(4, this.#ms % 2 ** 16);
    view.setUint16(6, 0x7000 | this.#counter);
    octets.set(random.subarray(0, 8), 8);
    view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
    const hex = toHex(octets);
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  /** Begins each millisecond with a random counter of 11 bits, so that there is room above it. */
  #advance(start: number): void {
    const shown = this.#now();
    const nowMs = Number.isNaN(shown) ? 0 : Math.min(Math.max(Math.floor(shown), 0), LATEST_MS);
    if (nowMs > this.#ms) {
      [this.#ms, this.#counter] = [nowMs, start];
    } else if (this.#counter + 1 < COUNTERS) {
      this.#counter += 1;
    } else {
      [this.#ms, this.#counter] = [Math.min(this.#ms + 1, LATEST_MS), start];
    }
  }
}
