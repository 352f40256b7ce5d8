// Does the database live through updates of the app, other tabs, and browsers that end its connection?

import { forceCloseDatabase } from "fake-indexeddb";
import { afterEach, describe, expect, test, vi } from "vitest";

import { openStore, StorageFailed, StorageFull } from "../src/store/database.ts";
import { Outbox } from "../src/store/outbox.ts";
import { type Step, STEPS } from "../src/store/schema.ts";
import { clock, DEVICE_ID, newName, newStore, scanOf } from "./gate_phone.ts";

const nextVersion: readonly Step[] = [
  ...STEPS,
  (database) => {
    // A store that a later version of the app may add; its name is no part of today's schema.
    (database as unknown as IDBDatabase).createObjectStore("added_later");
  },
];

/** Gives the connections that are opened from now on, as the browser has them. */
function watchConnections(): IDBDatabase[] {
  const connections: IDBDatabase[] = [];
  const open = Reflect.get(indexedDB, "open") as (...given: unknown[]) => IDBOpenDBRequest;
  vi.spyOn(indexedDB, "open").mockImplementation((...given) => {
    const request = Reflect.apply(open, indexedDB, given);
    request.addEventListener("success", () => connections.push(request.result));
    return request;
  });
  return connections;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("an update of the app", () => {
  test("keeps every record that was there", async () => {
    const name = newName();
    const before = await openStore(name);
    const outbox = await Outbox.open(before, DEVICE_ID, clock);
    await outbox.append(scanOf("A"));
    before.close();
    const after = await openStore(name, {}, nextVersion);
    const [record] = await (await Outbox.open(after, DEVICE_ID, clock)).nextBatch(10, 1e6);
    expect(record?.deviceSeq).toBe(1);
  });

  test("takes the database from the page of the older version, which is told", async () => {
    const name = newName();
    const onOutdated = vi.fn();
    const older = await openStore(name, { onOutdated });
    const outbox = await Outbox.open(older, DEVICE_ID, clock);
    const newer = await openStore(name, {}, nextVersion);
    expect(onOutdated).toHaveBeenCalledOnce();
    await expect(outbox.append(scanOf("A"))).rejects.toBeInstanceOf(StorageFailed);
    expect((await (await Outbox.open(newer, DEVICE_ID, clock)).append(scanOf("A"))).link.deviceSeq).toBe(1);
  });

  test("waits for a page that does not let go, and says so", async () => {
    const name = newName();
    await openStore(name);
    const stubborn = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => {
        resolve(request.result);
      };
    });
    let opening: Promise<unknown> = Promise.resolve();
    await new Promise<void>((resolve) => {
      opening = openStore(name, { onBlocked: resolve }, nextVersion);
    });
    stubborn.close();
    await opening;
  });
});

describe("a connection", () => {
  test("that the browser ended is opened anew when it is needed", async () => {
    const connections = watchConnections();
    const store = await newStore();
    const outbox = await Outbox.open(store, DEVICE_ID, clock);
    const [first] = connections;
    if (first === undefined) throw new Error("no connection");
    forceCloseDatabase(first as never);
    expect((await outbox.append(scanOf("A"))).link.deviceSeq).toBe(1);
    store.close();
    expect((await outbox.append(scanOf("B"))).link.deviceSeq).toBe(2);
    expect(connections).toHaveLength(3);
  });

  test("is not given up for a wish to delete the database", async () => {
    const name = newName();
    const store = await openStore(name);
    const outbox = await Outbox.open(store, DEVICE_ID, clock);
    const request = indexedDB.deleteDatabase(name);
    const answer = await new Promise((resolve) => {
      request.onblocked = () => {
        resolve("blocked");
      };
      request.onsuccess = () => {
        resolve("deleted");
      };
    });
    expect(answer).toBe("blocked");
    expect((await outbox.append(scanOf("A"))).link.deviceSeq).toBe(1);
    store.close();
  });

  test("that cannot be had is told as a failure, and tried again the next time", async () => {
    const store = await newStore();
    store.close();
    vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("injected", "SecurityError");
    });
    await expect(Outbox.open(store, DEVICE_ID, clock)).rejects.toBeInstanceOf(StorageFailed);
    await expect(newStore()).rejects.toBeInstanceOf(StorageFailed);
    vi.restoreAllMocks();
    const outbox = await Outbox.open(store, DEVICE_ID, clock);
    expect((await outbox.append(scanOf("A"))).link.deviceSeq).toBe(1);
  });
});

describe("a transaction", () => {
  test("is undone as a whole by an error, which stays what it is", async () => {
    const store = await newStore();
    const written = store.write(["values"], async (transaction) => {
      await transaction.objectStore("values").put("half", "done");
      throw new RangeError("in the middle");
    });
    await expect(written).rejects.toBeInstanceOf(RangeError);
    const left = await store.read(["values"], (transaction) => transaction.objectStore("values").get("done"));
    expect(left).toBeUndefined();
  });

  test("is asked to be on the disk before it counts", async () => {
    const asked = vi.spyOn(IDBDatabase.prototype, "transaction");
    const outbox = await Outbox.open(await newStore(), DEVICE_ID, clock);
    await outbox.append(scanOf("A"));
    expect(asked).toHaveBeenLastCalledWith(["records", "chains"], "readwrite", { durability: "strict" });
  });
});

test("what went wrong says what to do", () => {
  expect(new StorageFull().message).toMatch(/make room/);
  expect(new StorageFailed().message).toMatch(/another phone/);
});
