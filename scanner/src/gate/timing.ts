// When did each step from the camera's frame to the verdict on the screen happen?
//
// User Timing marks, one of each name at a time, so that a day of scans leaves nothing behind; whoever measures watches
// them with a PerformanceObserver.

/**
 * The steps in their order.
 *
 * `captured` is the frame's own time, `decoded` the text, `verified` the signature and the status, `decided` the
 * verdict, `recorded` the scan on the disk (with the admission of the traveller before), `painted` the verdict on the
 * screen.
 */
export type Step = "captured" | "decoded" | "verified" | "decided" | "recorded" | "painted";

/** Marks a step, now or at a time of `performance.now()` in milliseconds. */
export function mark(step: Step, at?: number): void {
  performance.clearMarks(step);
  performance.mark(step, at === undefined ? {} : { startTime: at });
}
