// Which device is this phone, and which was it before?
//
// A phone that is enrolled anew, or that signed out of the gate, keeps what it was: records it has not sent are still
// sent with the key they belong to.

import type { Instant } from "../domain/local_time.ts";
import type { Store } from "./database.ts";
import type { Chain, EnrolledDevice, PendingEnrolment } from "./schema.ts";

export type { EnrolledDevice, PendingEnrolment } from "./schema.ts";

const CURRENT = "current_device";

/** What the server may say of a device later on. */
export interface DeviceNews {
  readonly revokedAt?: Instant | null;
  readonly admitNeedsTap?: boolean;
}

/** Gives a device with what the server said of it. A revocation is final: nothing undoes it. */
export function informed(device: EnrolledDevice, news: DeviceNews): EnrolledDevice {
  return {
    ...device,
    revokedAt: device.revokedAt ?? news.revokedAt ?? null,
    admitNeedsTap: news.admitNeedsTap ?? device.admitNeedsTap,
  };
}

/** The devices of this phone. Everything here rejects with StorageFull or StorageFailed and with nothing else. */
export class Devices {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Gives the device that this phone is, or null where it is none. */
  current(): Promise<EnrolledDevice | null> {
    return this.#store.read(["values", "devices"], async (transaction) => {
      const deviceId = await transaction.objectStore("values").get(CURRENT);
      if (typeof deviceId !== "string") return null;
      return (await transaction.objectStore("devices").get(deviceId)) ?? null;
    });
  }

  /** Keeps a device and makes it the current one; its code's key is no longer pending. */
  keep(device: EnrolledDevice): Promise<void> {
    return this.#store.write(["values", "devices", "pending"], async (transaction) => {
      await transaction.objectStore("devices").put(device);
      await transaction.objectStore("values").put(device.deviceId, CURRENT);
      await transaction.objectStore("pending").clear();
    });
  }

  /** Takes down what the server said of a device, and gives the device; null where this phone never was it. */
  learn(deviceId: string, news: DeviceNews): Promise<EnrolledDevice | null> {
    return this.#store.write(["devices"], async (transaction) => {
      const devices = transaction.objectStore("devices");
      const before = await devices.get(deviceId);
      if (before === undefined) return null;
      const after = informed(before, news);
      await devices.put(after);
      return after;
    });
  }

  /** Signs out of the gate: this phone is no device any more. What it has not sent stays, and is still sent. */
  leave(): Promise<void> {
    return this.#store.write(["values"], async (transaction) => {
      await transaction.objectStore("values").delete(CURRENT);
    });
  }

  /** Gives the devices that have records to send, the current one first. */
  devicesWithWaiting(): Promise<readonly EnrolledDevice[]> {
    return this.#store.read(["values", "devices", "chains"], async (transaction) => {
      const current = await transaction.objectStore("values").get(CURRENT);
      const devices = await transaction.objectStore("devices").getAll();
      const chains = await transaction.objectStore("chains").getAll();
      const waiting = new Set(chains.filter(hasWaiting).map((chain) => chain.deviceId));
      return devices
        .filter((device) => waiting.has(device.deviceId))
        .sort((one, other) => Number(other.deviceId === current) - Number(one.deviceId === current));
    });
  }

  /** Gives the key that was made for a code, or null where none was. */
  pending(code: string): Promise<PendingEnrolment | null> {
    return this.#store.read(
      ["pending"],
      async (transaction) => (await transaction.objectStore("pending").get(code)) ?? null,
    );
  }

  /** Keeps a key for a code, in place of any for another. */
  keepPending(pending: PendingEnrolment): Promise<void> {
    return this.#store.write(["pending"], async (transaction) => {
      await transaction.objectStore("pending").clear();
      await transaction.objectStore("pending").put(pending);
    });
  }
}

function hasWaiting(chain: Chain): boolean {
  return chain.deviceSeq > chain.acknowledged;
}
