// Which frames are read, and how much of each? Enough to be quick, no more than the battery is worth.

import type { Point, Size } from "./codes.ts";

/** With no code for so long, nobody is there. */
export const IDLE_AFTER_MS = 60_000;
/** When nobody is there: five frames a second. */
export const IDLE_EVERY_MS = 200;
/** A phone that takes longer than a camera's frame lasts is too slow to read all of each. */
export const SLOW_DECODE_MS = 33;
/** On a slow phone, every third frame is read whole, for what is held off the middle. */
const WHOLE_EVERY = 3;
/** How much the newest time counts in the running mean. */
const NEWEST = 0.2;

/** A part of the video, in its own pixels. */
export interface Region extends Size {
  readonly origin: Point;
}

/** Decides, frame by frame. All times are milliseconds on one clock that never goes back. */
export class Pace {
  #seenAtMs: number;
  #readAtMs = -Infinity;
  #meanMs = 0;
  #reads = 0;

  constructor(nowMs: number) {
    this.#seenAtMs = nowMs;
  }

  /** Somebody is there: a code was read, the screen was touched, the page came back. */
  wake(nowMs: number): void {
    this.#seenAtMs = nowMs;
  }

  isIdle(nowMs: number): boolean {
    return nowMs - this.#seenAtMs >= IDLE_AFTER_MS;
  }

  /** Whether the frame that has just come is to be read. */
  isDue(nowMs: number): boolean {
    return !this.isIdle(nowMs) || nowMs - this.#readAtMs >= IDLE_EVERY_MS;
  }

  /** Told how long each read took, which sets how much of the next frames is read. */
  took(decodeMs: number): void {
    this.#meanMs = this.#meanMs === 0 ? decodeMs : (1 - NEWEST) * this.#meanMs + NEWEST * decodeMs;
  }

  /** Takes a frame up for reading; gives the part of it to be read: all, or the middle square on a slow phone. */
  take(frame: Size, nowMs: number): Region {
    this.#readAtMs = nowMs;
    this.#reads += 1;
    const whole = { origin: { x: 0, y: 0 }, width: frame.width, height: frame.height };
    if (this.#meanMs <= SLOW_DECODE_MS || this.#reads % WHOLE_EVERY === 0) return whole;
    const side = Math.min(frame.width, frame.height);
    const origin = { x: Math.floor((frame.width - side) / 2), y: Math.floor((frame.height - side) / 2) };
    return { origin, width: side, height: side };
  }
}
