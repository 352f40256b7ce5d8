// What is written down about a traveller? The scan, and what was done about it, each for its place in the chain.

import type { Instant } from "../domain/local_time.ts";
import { ActedBy, Action, type ActionRecord, type Link, type ScanRecord } from "../domain/records.ts";
import type { Scan } from "../domain/scan.ts";
import type { Decision } from "../domain/verdict.ts";
import { recordableText } from "../wire/records.ts";

/** What was done about a scan, and by whom. */
export type Deed = Pick<ActionRecord, "action" | "actedBy" | "ground" | "actedAt">;

/** A scan as it is known once it was decided. */
export interface Decided {
  readonly text: string;
  readonly scan: Scan;
  readonly decision: Decision;
  readonly scannedAt: Instant;
  readonly bundleSerial: number;
  readonly appVersion: string;
}

/** What silence does about an ADMIT. */
export function admittedBySilence(actedAt: Instant): Deed {
  return { action: Action.ADMIT, actedBy: ActedBy.CLOCK, ground: "", actedAt };
}

/** Gives how the record of a deed is made for its place. */
export function actionOn(scanId: string, deed: Deed): (link: Link) => ActionRecord {
  return (link) => ({ type: "action", link, scanId, ...deed });
}

/** Gives how the record of a scan is made for its place. */
export function scanOf({ text, decision, ...rest }: Decided): (link: Link) => ScanRecord {
  const { verdict, reasons, backBy } = decision;
  const decided = { qrText: recordableText(text), decision: { verdict, reasons, backBy } };
  return (link) => ({ type: "scan", link, ...rest, ...decided });
}

/** Throws RangeError where an action takes a ground and has none. */
export function demandGround(ground: string): void {
  if (ground.trim() === "")
    throw new RangeError("against the verdict, or to correct an action, a ground is needed");
}
