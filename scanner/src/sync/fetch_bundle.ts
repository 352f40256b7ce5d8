// Is there a newer bundle, and may it be taken into use?
//
// 1. Ask for the one published last, naming the one in use.
// 2. Verify it with the root of this device, and hear the canaries of every status list: `readBundle` does both.
// 3. Its serial must not be lower than the highest seen.
// 4. Keep it. Only now is it in use; in every other case the one before stays.

import type { Bundle } from "../domain/bundle.ts";
import { fromClock } from "../domain/local_time.ts";
import type { Octets } from "../domain/passes.ts";
import { Bundles, type KeptBundle } from "../store/bundles.ts";
import { StorageFailed, StorageFull, type Store } from "../store/database.ts";
import { readBundle } from "../wire/bundle.ts";
import type { PieceFault } from "../wire/refusal.ts";
import type { FetchedOctets, Server } from "./server.ts";

/**
 * What became of a fetch.
 *
 * `fetched`: in use from now on; `isKept` is false where the phone could not keep it beyond this page. `older`: a
 * lower serial than one seen before. `unverified`: not one to run on; `piece` says which part of it is not.
 * `not_published`: the authority has published none. `problem`: see its code.
 */
export type FetchOutcome =
  | { readonly kind: "fetched"; readonly bundle: Bundle; readonly isKept: boolean }
  | { readonly kind: "same" }
  | { readonly kind: "older"; readonly serial: number; readonly highest: number }
  | { readonly kind: "unverified"; readonly piece: PieceFault; readonly detail: string }
  | { readonly kind: "not_published" }
  | { readonly kind: "problem"; readonly code: string | null }
  | { readonly kind: "unreadable" }
  | { readonly kind: "no_answer" }
  | { readonly kind: "storage_failed" };

/** With what a bundle is fetched; `now` gives milliseconds since 1970. */
export interface FetchParts {
  readonly store: Store;
  readonly server: Server;
  readonly now: () => number;
}

/** Gives the bundle that is kept under a root, verified anew, or null where there is none to run on. Never rejects. */
export async function loadBundle(store: Store, rootPoint: Octets): Promise<Bundle | null> {
  const kept = await keptUnder(store, rootPoint);
  if (kept === null || kept === "storage_failed") return null;
  const read = await readBundle(kept.octets, rootPoint);
  return read.ok ? read.value : null;
}

/** Fetches the bundle published last and takes it into use if it may be. `inUse` is the one in use. Never rejects. */
export async function fetchBundle(
  parts: FetchParts,
  rootPoint: Octets,
  inUse: Bundle | null,
): Promise<FetchOutcome> {
  const kept = await keptUnder(parts.store, rootPoint);
  if (kept === "storage_failed") return { kind: kept };
  const etag = kept !== null && kept.serial === inUse?.serial ? kept.etag : null;
  const answer = await parts.server.getBundle(etag);
  switch (answer.kind) {
    case "ok":
      if (answer.body === "same") return { kind: "same" };
      return takeIntoUse(parts, rootPoint, answer.body, Math.max(kept?.serial ?? 0, inUse?.serial ?? 0));
    case "problem":
      if (answer.code === "NOTHING_PUBLISHED") return { kind: "not_published" };
      return { kind: "problem", code: answer.code };
    case "unreadable":
    case "no_answer":
      return { kind: answer.kind };
  }
}

async function takeIntoUse(
  { store, now }: FetchParts,
  rootPoint: Octets,
  { octets, etag }: FetchedOctets,
  highest: number,
): Promise<FetchOutcome> {
  const read = await readBundle(octets, rootPoint);
  if (!read.ok) return { kind: "unverified", piece: read.reason, detail: read.detail };
  const bundle = read.value;
  const { serial, issuedAt } = bundle;
  if (serial < highest) return { kind: "older", serial, highest };
  try {
    const fetchedAt = fromClock(now());
    const kept = await new Bundles(store, rootPoint).keep({ octets, etag, serial, issuedAt, fetchedAt });
    if (kept > serial) return { kind: "older", serial, highest: kept };
    return { kind: "fetched", bundle, isKept: true };
  } catch (error) {
    // It is good all the same: to decide by it now is better than by an older one.
    if (isOfStorage(error)) return { kind: "fetched", bundle, isKept: false };
    throw error;
  }
}

async function keptUnder(store: Store, rootPoint: Octets): Promise<KeptBundle | "storage_failed" | null> {
  try {
    return await new Bundles(store, rootPoint).kept();
  } catch (error) {
    if (isOfStorage(error)) return "storage_failed";
    throw error;
  }
}

function isOfStorage(error: unknown): boolean {
  return error instanceof StorageFull || error instanceof StorageFailed;
}
