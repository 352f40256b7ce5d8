// Which build is this? Filled in by Vite.

import { type Instant, isInstant } from "../domain/local_time.ts";

declare const __APP_VERSION__: string;
declare const __BUILT_AT__: number;

export const APP_VERSION: string = __APP_VERSION__;

/** When this build was made: no clock of a phone that runs it can be before. */
export const BUILT_AT: Instant = demandInstant(__BUILT_AT__);

function demandInstant(seconds: number): Instant {
  if (!isInstant(seconds)) throw new RangeError("the build has no time");
  return seconds;
}
