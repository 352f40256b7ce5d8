// Which bundle does the phone run on, and which time is past for certain?
//
// Kept apart by the root's key: serials count within one country's installation, and a phone that moves to another one
// begins anew there. What is kept is bytes; who takes them into use verifies them again (sync/fetch_bundle.ts).

import type { Instant } from "../domain/local_time.ts";
import type { Octets } from "../domain/passes.ts";
import { fromHex, toHex } from "../wire/keys.ts";
import type { Store } from "./database.ts";
import type { KeptBundle } from "./schema.ts";

export type { KeptBundle } from "./schema.ts";

/** The bundle under one root, whose point is x and y. Everything here rejects with StorageFull or StorageFailed. */
export class Bundles {
  readonly #store: Store;
  readonly #root: string;

  constructor(store: Store, rootPoint: Octets) {
    this.#store = store;
    this.#root = toHex(rootPoint);
  }

  /** Gives the bundle that is kept. Its serial is the highest ever seen: no other is kept in its place. */
  async kept(): Promise<KeptBundle | null> {
    const kept = await this.#store.read(["bundles"], (transaction) =>
      transaction.objectStore("bundles").get(this.#root),
    );
    return kept ?? null;
  }

  /** Keeps a bundle unless one of a higher serial is kept; gives the serial of that which is kept now. */
  keep(bundle: Omit<KeptBundle, "root">): Promise<number> {
    return this.#store.write(["bundles"], async (transaction) => {
      const bundles = transaction.objectStore("bundles");
      const before = await bundles.get(this.#root);
      if (before !== undefined && before.serial > bundle.serial) return before.serial;
      await bundles.put({ ...bundle, root: this.#root });
      return bundle.serial;
    });
  }
}

/**
 * Gives the point of the root whose bundle was fetched last, or null where there is none. Rejects with StorageFailed.
 */
export async function latestRoot(store: Store): Promise<Octets | null> {
  const kept = await store.read(["bundles"], (transaction) => transaction.objectStore("bundles").getAll());
  const [latest] = kept.sort((one, other) => other.fetchedAt - one.fetchedAt);
  return latest === undefined ? null : fromHex(latest.root);
}

/** Gives the clock floor: the latest of the app's build, the bundle's issue and the device's latest scan. */
export function clockFloor(
  builtAt: Instant,
  issuedAt: Instant | null,
  latestScanAt: Instant | null,
): Instant {
  return Math.max(builtAt, issuedAt ?? 0, latestScanAt ?? 0) as Instant;
}
