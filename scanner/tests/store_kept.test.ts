// What does the phone remember beside its records? Which device it is, which bundle it runs on, what the officer chose.

import { describe, expect, test } from "vitest";

import { fromClock, type Instant } from "../src/domain/local_time.ts";
import type { Octets } from "../src/domain/passes.ts";
import { Bundles, clockFloor, type KeptBundle, latestRoot } from "../src/store/bundles.ts";
import { openStore } from "../src/store/database.ts";
import { Devices } from "../src/store/devices.ts";
import { Outbox } from "../src/store/outbox.ts";
import { readSettings, saveSettings, type Settings } from "../src/store/settings.ts";
import { askToPersist, readSpace, type Space, watchSpace } from "../src/store/space.ts";
import { writeBatch, readBatch } from "../src/wire/records.ts";
import { signWith } from "../src/wire/signed.ts";
import { fromHex } from "../src/wire/keys.ts";
import { FakeTiming } from "./fake_server.ts";
import {
  clock,
  DEVICE_ID,
  EARLIER_ID,
  newDevice,
  newName,
  newStore,
  NOW,
  pointOf,
  scanOf,
} from "./gate_phone.ts";
import { rootPoint } from "./vectors.ts";

const at = (seconds: number): Instant => fromClock((NOW + seconds) * 1000);

describe("the device", () => {
  test("is none before the phone is enrolled, and the one that was enrolled last", async () => {
    const devices = new Devices(await newStore());
    expect(await devices.current()).toBeNull();
    await devices.keep(await newDevice(EARLIER_ID));
    await devices.keep(await newDevice(DEVICE_ID));
    expect((await devices.current())?.deviceId).toBe(DEVICE_ID);
  });

  test("signs with the same key after the page was loaded anew, and the key cannot be taken out", async () => {
    const name = newName();
    const device = await newDevice();
    await new Devices(await openStore(name)).keep(device);
    const kept = await new Devices(await openStore(name)).current();
    if (kept === null) throw new Error("not kept");
    expect({ ...kept, key: null }).toEqual({ ...device, key: null });
    expect(kept.key.privateKey.extractable).toBe(false);
    const batch = await writeBatch([Uint8Array.of(0)], fromHex(kept.kid), signWith(kept.key.privateKey));
    expect(await readBatch(batch, await pointOf(device.key))).toMatchObject({ ok: true });
  });

  test("learns of its revocation, which nothing undoes, and of how its gate admits", async () => {
    const devices = new Devices(await newStore());
    await devices.keep(await newDevice());
    expect(await devices.learn(DEVICE_ID, { revokedAt: null, admitNeedsTap: true })).toMatchObject({
      revokedAt: null,
      admitNeedsTap: true,
    });
    await devices.learn(DEVICE_ID, { revokedAt: at(1) });
    await devices.learn(DEVICE_ID, { revokedAt: at(2), admitNeedsTap: false });
    await devices.learn(DEVICE_ID, { revokedAt: null });
    expect(await devices.current()).toMatchObject({ revokedAt: at(1), admitNeedsTap: false });
    expect(await devices.learn(EARLIER_ID, { revokedAt: at(1) })).toBeNull();
  });

  test("is none after signing out, and what it has not sent stays", async () => {
    const store = await newStore();
    const devices = new Devices(store);
    const device = await newDevice();
    await devices.keep(device);
    const outbox = await Outbox.open(store, DEVICE_ID, clock);
    await outbox.append(scanOf("A"));
    await devices.leave();
    expect(await devices.current()).toBeNull();
    expect((await devices.devicesWithWaiting()).map((one) => one.deviceId)).toEqual([DEVICE_ID]);
    await outbox.acknowledge([1]);
    expect(await devices.devicesWithWaiting()).toEqual([]);
  });

  test("comes first where earlier ones have something to send, too", async () => {
    const store = await newStore();
    const devices = new Devices(store);
    for (const id of [EARLIER_ID, DEVICE_ID]) {
      await devices.keep(await newDevice(id));
      await (await Outbox.open(store, id, clock)).append(scanOf("A"));
    }
    expect((await devices.devicesWithWaiting()).map((one) => one.deviceId)).toEqual([DEVICE_ID, EARLIER_ID]);
  });

  test("has one key pending for one code, until it is enrolled", async () => {
    const devices = new Devices(await newStore());
    const { key } = await newDevice();
    await devices.keepPending({ code: "K7QX-9M2D-4RTA-8WHC", key });
    expect((await devices.pending("K7QX-9M2D-4RTA-8WHC"))?.key.publicKey).toBeDefined();
    await devices.keepPending({ code: "0000-0000-0000-0000", key });
    expect(await devices.pending("K7QX-9M2D-4RTA-8WHC")).toBeNull();
    await devices.keep(await newDevice());
    expect(await devices.pending("0000-0000-0000-0000")).toBeNull();
  });
});

describe("the bundle", () => {
  const bundle = (serial: number, fetchedAt = NOW): Omit<KeptBundle, "root"> => ({
    octets: Uint8Array.of(serial),
    etag: `"${serial}"`,
    serial,
    issuedAt: NOW,
    fetchedAt,
  });
  const other: Octets = rootPoint("other-root");

  test("is kept unless a higher serial was", async () => {
    const bundles = new Bundles(await newStore(), rootPoint("root"));
    expect(await bundles.kept()).toBeNull();
    expect(await bundles.keep(bundle(7))).toBe(7);
    expect(await bundles.keep(bundle(6))).toBe(7);
    expect(await bundles.keep(bundle(7, at(1)))).toBe(7);
    expect(await bundles.kept()).toMatchObject({ serial: 7, etag: '"7"', fetchedAt: at(1) });
  });

  test("of another root counts for itself", async () => {
    const store = await newStore();
    await new Bundles(store, rootPoint("root")).keep(bundle(7));
    expect(await new Bundles(store, other).keep(bundle(1))).toBe(1);
  });

  test("tells under which root it was fetched last", async () => {
    const store = await newStore();
    expect(await latestRoot(store)).toBeNull();
    await new Bundles(store, rootPoint("root")).keep(bundle(7, at(0)));
    await new Bundles(store, other).keep(bundle(1, at(1)));
    expect(await latestRoot(store)).toEqual(other);
  });
});

describe("the clock floor", () => {
  test("is the latest of what is known to be past", () => {
    expect(clockFloor(at(0), null, null)).toBe(at(0));
    expect(clockFloor(at(0), at(5), at(3))).toBe(at(5));
    expect(clockFloor(at(0), at(5), at(7))).toBe(at(7));
    expect(clockFloor(at(9), at(5), at(7))).toBe(at(9));
  });
});

describe("the settings", () => {
  const fallback: Settings = { language: "km", sound: true, facing: "environment" };

  test("are those of the house until they are chosen, one by one", async () => {
    const store = await newStore();
    expect(await readSettings(store, fallback)).toEqual(fallback);
    await saveSettings(store, { sound: false });
    await saveSettings(store, { language: "th" });
    expect(await readSettings(store, fallback)).toEqual({
      language: "th",
      sound: false,
      facing: "environment",
    });
  });

  test("that no one can have chosen are those of the house", async () => {
    const store = await newStore();
    await saveSettings(store, { language: "fr", sound: "loud", facing: "up" } as unknown as Settings);
    expect(await readSettings(store, fallback)).toEqual(fallback);
    await store.write(["values"], (transaction) => transaction.objectStore("values").put("km", "settings"));
    expect(await readSettings(store, fallback)).toEqual(fallback);
    await saveSettings(store, { sound: false });
    expect(await readSettings(store, fallback)).toEqual({ ...fallback, sound: false });
  });
});

describe("the room that is left", () => {
  const MIB = 1024 * 1024;
  const storage = (usage: number, quota: number) => ({
    estimate: () => Promise.resolve({ usage, quota }),
    persisted: () => Promise.resolve(true),
    persist: () => Promise.resolve(true),
  });

  test.each([
    ["plenty", 100 * MIB, 1000 * MIB],
    ["plenty", 800 * MIB, 1000 * MIB],
    ["low", 801 * MIB, 1000 * MIB],
    ["low", 5 * MIB, 20 * MIB],
    ["full", 1000 * MIB - 1000, 1000 * MIB],
    ["full", 1001 * MIB, 1000 * MIB],
  ])("is %s with %d bytes used of %d", async (level, usage, quota) => {
    expect(await readSpace(storage(usage, quota))).toEqual({
      usedBytes: usage,
      quotaBytes: quota,
      persisted: true,
      level,
    });
  });

  test("is not known where the browser does not say, and nothing is promised", async () => {
    const unknown: Space = { usedBytes: null, quotaBytes: null, persisted: false, level: "plenty" };
    expect(await readSpace(undefined)).toEqual(unknown);
    expect(await readSpace({ estimate: () => Promise.reject(new TypeError("not here")) })).toEqual(unknown);
    expect(await askToPersist(undefined)).toBe(false);
    expect(await askToPersist({ persist: () => Promise.reject(new TypeError("not here")) })).toBe(false);
    expect(await askToPersist(storage(0, 0))).toBe(true);
  });

  test("is looked at every minute until nobody wants to know", async () => {
    const timing = new FakeTiming();
    const seen: Space[] = [];
    const stop = watchSpace(storage(0, 1000 * MIB), timing, (space) => seen.push(space));
    await timing.advance(60_000);
    await timing.advance(60_000);
    expect(seen).toHaveLength(3);
    stop();
    await timing.advance(600_000);
    expect(seen).toHaveLength(3);
  });
});
