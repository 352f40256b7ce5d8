// What time is it, and when is it time again? All that waits takes this, so that a test need not wait.

/**
 * `now` is in milliseconds since 1970; `after` does some work later and gives how to cancel it; `random` is in [0,
 * 1).
 */
export interface Timing {
  now(): number;
  after(ms: number, work: () => void): () => void;
  random(): number;
}

/** Gives the timing of a page by its clock, in milliseconds since 1970. */
export function timingOf(now: () => number): Timing {
  return {
    now,
    after: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => {
        clearTimeout(timer);
      };
    },
    random: () => Math.random(),
  };
}
