// How much room has the phone left for records, and may the browser clear them? (Storage Standard, StorageManager)

import type { Timing } from "../sync/timing.ts";
import { RECORD_MAX_BYTES } from "../wire/records.ts";

/** So many of the largest records have to fit in, or else the officer is told in time: about two days at a gate. */
const LOW_RECORDS = 2000;
const LOW_SHARE = 0.8;
/** With less than this the next few records may fail. */
const FULL_RECORDS = 8;
const LOOK_EVERY_MS = 60_000;

/** Room in bytes, null where the browser does not say; `persisted` is its promise not to clear it on its own. */
export interface Space {
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
  readonly persisted: boolean;
  readonly level: "plenty" | "low" | "full";
}

/** The part of StorageManager that is used. Some browsers have none of it. */
export type Storage = Partial<Pick<StorageManager, "estimate" | "persist" | "persisted">>;

/** Gives how much room there is. Never rejects. */
export async function readSpace(storage: Storage | undefined): Promise<Space> {
  const [{ usage, quota }, persisted] = await Promise.all([
    orElse<StorageEstimate>(() => storage?.estimate?.(), {}),
    orElse(() => storage?.persisted?.(), false),
  ]);
  const [usedBytes, quotaBytes] = [usage ?? null, quota ?? null];
  return { usedBytes, quotaBytes, persisted, level: levelOf(usedBytes, quotaBytes) };
}

/** Asks the browser not to clear anything on its own, and tells whether it promised. Never rejects. */
export function askToPersist(storage: Storage | undefined): Promise<boolean> {
  return orElse(() => storage?.persist?.(), false);
}

/** Calls `listener` with the room there is, now and every minute; gives how to stop that. */
export function watchSpace(
  storage: Storage | undefined,
  timing: Timing,
  listener: (space: Space) => void,
): () => void {
  let isOver = false;
  let cancel: () => void = () => undefined;
  const look = async (): Promise<void> => {
    const space = await readSpace(storage);
    if (isOver) return;
    listener(space);
    cancel = timing.after(LOOK_EVERY_MS, () => void look());
  };
  void look();
  return () => {
    isOver = true;
    cancel();
  };
}

function levelOf(usedBytes: number | null, quotaBytes: number | null): Space["level"] {
  if (usedBytes === null || quotaBytes === null) return "plenty";
  const left = quotaBytes - usedBytes;
  if (left < FULL_RECORDS * RECORD_MAX_BYTES) return "full";
  return left < LOW_RECORDS * RECORD_MAX_BYTES || usedBytes > LOW_SHARE * quotaBytes ? "low" : "plenty";
}

/** What the browser does not have, or does not tell, is not known. */
async function orElse<T>(ask: () => Promise<T> | undefined, fallback: T): Promise<T> {
  try {
    return (await ask()) ?? fallback;
  } catch {
    return fallback;
  }
}
