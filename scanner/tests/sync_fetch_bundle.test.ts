// Is a bundle taken into use only when it may be, and does the old one stay in every other case?

import { describe, expect, test, vi } from "vitest";

import type { Octets } from "../src/domain/passes.ts";
import { Bundles, latestRoot } from "../src/store/bundles.ts";
import { Devices } from "../src/store/devices.ts";
import { fetchBundle, loadBundle } from "../src/sync/fetch_bundle.ts";
import { Freshener, type FreshState } from "../src/sync/keep_fresh.ts";
import { Server } from "../src/sync/server.ts";
import { FakeNetwork, FakeTiming, type Heard, json, noNetwork, problem, reached } from "./fake_server.ts";
import { DEVICE_ID, newDevice, newStore, NOW } from "./gate_phone.ts";
import { bundleOctets, fromBase64, namedBundle, rootPoint, vectorsOf } from "./vectors.ts";
import { text } from "./strict.ts";

const ROOT = rootPoint("root");
const SERIAL_7 = bundleOctets("usual");
const SERIAL_3 = octetsOf("bundle-small");

function octetsOf(name: string): Octets {
  const fields = ["name", "description", "root", "bundle", "octets", "expect"];
  const vector = vectorsOf("bundles.json", fields).find((one) => one["name"] === name);
  return fromBase64(text(vector?.["octets"]));
}

/** The server's answer with a bundle, under a tag that is its name. */
function publishing(octets: Octets, etag: string): (heard: Heard) => Response {
  return ({ headers }) =>
    headers.get("If-None-Match") === etag
      ? new Response(null, { status: 304 })
      : new Response(octets, { headers: { ETag: etag } });
}

async function phoneWith(answer: (heard: Heard) => Response | Promise<Response>) {
  const [store, timing, network] = [await newStore(), new FakeTiming(), new FakeNetwork(answer)];
  const server = new Server({ fetch: network.fetch, timing });
  return { store, timing, network, server, parts: { store, server, now: timing.now } };
}

describe("a fetch", () => {
  test("brings the first bundle, which is there when the page is loaded anew", async () => {
    const { store, parts } = await phoneWith(publishing(SERIAL_7, '"7"'));
    expect(await loadBundle(store, ROOT)).toBeNull();
    const bundle = await namedBundle("usual");
    expect(await fetchBundle(parts, ROOT, null)).toEqual({ kind: "fetched", bundle, isKept: true });
    expect(await loadBundle(store, ROOT)).toEqual(bundle);
    expect(await latestRoot(store)).toEqual(ROOT);
  });

  test("brings nothing where nothing is new", async () => {
    const { network, parts } = await phoneWith(publishing(SERIAL_7, '"7"'));
    const bundle = await namedBundle("usual");
    await fetchBundle(parts, ROOT, null);
    expect(await fetchBundle(parts, ROOT, bundle)).toEqual({ kind: "same" });
    expect(network.heard.map(({ headers }) => headers.get("If-None-Match"))).toEqual([null, '"7"']);
  });

  test("brings the whole where what is kept is not what is in use", async () => {
    const { network, parts } = await phoneWith(publishing(SERIAL_7, '"7"'));
    await fetchBundle(parts, ROOT, null);
    expect(await fetchBundle(parts, ROOT, null)).toMatchObject({ kind: "fetched" });
    expect(network.heard.map(({ headers }) => headers.get("If-None-Match"))).toEqual([null, null]);
  });

  test("takes a newer one, and one of the same serial", async () => {
    const { store, network, parts } = await phoneWith(publishing(SERIAL_3, '"3"'));
    await fetchBundle(parts, ROOT, null);
    const three = await loadBundle(store, ROOT);
    network.answer = publishing(SERIAL_7, '"7"');
    expect(await fetchBundle(parts, ROOT, three)).toMatchObject({ kind: "fetched", bundle: { serial: 7 } });
    network.answer = publishing(bundleOctets("december"), '"8"');
    const seven = await loadBundle(store, ROOT);
    expect(await fetchBundle(parts, ROOT, seven)).toMatchObject({ kind: "fetched", bundle: { serial: 7 } });
    expect((await new Bundles(store, ROOT).kept())?.etag).toBe('"8"');
  });

  test("does not take an older one, whatever is in use", async () => {
    const { store, network, parts } = await phoneWith(publishing(SERIAL_7, '"7"'));
    await fetchBundle(parts, ROOT, null);
    network.answer = publishing(SERIAL_3, '"3"');
    for (const inUse of [await namedBundle("usual"), null]) {
      expect(await fetchBundle(parts, ROOT, inUse)).toEqual({ kind: "older", serial: 3, highest: 7 });
    }
    expect((await loadBundle(store, ROOT))?.serial).toBe(7);
  });

  test("does not take an older one than another tab did meanwhile", async () => {
    const { store, parts, network } = await phoneWith(noNetwork);
    network.answer = async (heard) => {
      const kept = { octets: SERIAL_7, etag: null, serial: 7, issuedAt: NOW, fetchedAt: NOW };
      await new Bundles(store, ROOT).keep(kept);
      return publishing(SERIAL_3, '"3"')(heard);
    };
    expect(await fetchBundle(parts, ROOT, null)).toEqual({ kind: "older", serial: 3, highest: 7 });
  });

  test.each([
    ["bundle-forged", "BUNDLE_UNUSABLE"],
    ["bundle-truncated", "BUNDLE_UNUSABLE"],
    ["bundle-empty", "BUNDLE_UNUSABLE"],
    ["list-canary-valid", "STATUS_LIST_UNUSABLE"],
    ["list-canary-revoked", "STATUS_LIST_UNUSABLE"],
    ["list-bit-order", "STATUS_LIST_UNUSABLE"],
    ["rulebook-forged", "RULEBOOK_UNUSABLE"],
  ])("does not take %s, and the one before stays", async (name, piece) => {
    const { store, network, parts } = await phoneWith(publishing(SERIAL_3, '"3"'));
    await fetchBundle(parts, ROOT, null);
    network.answer = publishing(octetsOf(name), '"bad"');
    const three = await loadBundle(store, ROOT);
    expect(await fetchBundle(parts, ROOT, three)).toMatchObject({ kind: "unverified", piece });
    expect(await loadBundle(store, ROOT)).toEqual(three);
  });

  test("does not take what another root stands for", async () => {
    const { store, parts } = await phoneWith(publishing(SERIAL_7, '"7"'));
    const other = rootPoint("other-root");
    expect(await fetchBundle(parts, other, null)).toMatchObject({
      kind: "unverified",
      piece: "TRUST_LIST_UNUSABLE",
    });
    expect(await new Bundles(store, other).kept()).toBeNull();
  });

  test.each([
    ["not_published", () => problem(404, "NOTHING_PUBLISHED"), { kind: "not_published" }],
    ["a problem", () => problem(500, "INTERNAL"), { kind: "problem", code: "INTERNAL" }],
    ["a proxy's", () => new Response("", { status: 502 }), { kind: "problem", code: null }],
    ["no network", noNetwork, { kind: "no_answer" }],
    ["a portal's page", () => new Response("<html>", { status: 200 }), { kind: "unverified" }],
  ])("may end with %s", async (_, answer, outcome) => {
    const { parts } = await phoneWith(answer);
    expect(await fetchBundle(parts, ROOT, null)).toMatchObject(outcome);
  });

  test("is of use also where nothing can be kept", async () => {
    const { parts } = await phoneWith(publishing(SERIAL_7, '"7"'));
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("injected", "QuotaExceededError");
    });
    expect(await fetchBundle(parts, ROOT, null)).toMatchObject({ kind: "fetched", isKept: false });
    put.mockRestore();
  });

  test("is not made where what is kept cannot be read: the highest serial is not known", async () => {
    const { store, network, parts } = await phoneWith(publishing(SERIAL_7, '"7"'));
    const get = vi.spyOn(IDBObjectStore.prototype, "get").mockImplementation(() => {
      throw new DOMException("injected", "UnknownError");
    });
    expect(await fetchBundle(parts, ROOT, null)).toEqual({ kind: "storage_failed" });
    expect(await loadBundle(store, ROOT)).toBeNull();
    expect(network.heard).toEqual([]);
    get.mockRestore();
  });

  test("leaves what is damaged on the phone alone, and brings a good one in its place", async () => {
    const { store, parts } = await phoneWith(publishing(SERIAL_7, '"7"'));
    const damaged = { octets: SERIAL_7.slice(1), etag: '"7"', serial: 7, issuedAt: NOW, fetchedAt: NOW };
    await new Bundles(store, ROOT).keep(damaged);
    expect(await loadBundle(store, ROOT)).toBeNull();
    expect(await fetchBundle(parts, ROOT, null)).toMatchObject({ kind: "fetched" });
    expect((await loadBundle(store, ROOT))?.serial).toBe(7);
  });
});

describe("keeping fresh", () => {
  const isDone = (state: FreshState): boolean => !state.isChecking;
  const me = (changes: object) =>
    json({
      revoked_at: null,
      admit_needs_tap: false,
      bundle_serial: 7,
      server_time: "2026-11-23T02:00:00Z",
      ...changes,
    });

  /** A phone at a gate that has just begun, and looked once. `bundle` says what it began with. */
  async function fresh(
    answerMe: () => Response = () => me({}),
    answerBundle: (heard: Heard) => Response = publishing(SERIAL_7, '"7"'),
  ) {
    const phone = await phoneWith((heard) =>
      heard.path === "/api/v1/bundle" ? answerBundle(heard) : answerMe(),
    );
    const device = await newDevice();
    await new Devices(phone.store).keep(device);
    const { store, server, timing } = phone;
    const report = vi.fn();
    const parts = { store, server, timing, rootPoint: ROOT, device, bundle: null, report };
    const freshener = new Freshener(parts);
    freshener.start();
    await reached(freshener, isDone);
    return { ...phone, freshener, report };
  }

  test("looks at once, then every five minutes while the bundle is green", async () => {
    const { timing, network, freshener } = await fresh();
    expect(freshener.state).toMatchObject({
      bundle: { serial: 7 },
      last: { kind: "fetched" },
      checkedAt: NOW,
    });
    expect(timing.untilNextMs()).toBe(300_000);
    await timing.advance(300_000);
    expect(await reached(freshener, isDone)).toMatchObject({ last: { kind: "same" }, checkedAt: NOW + 300 });
    expect(network.heard.map(({ path }) => path)).toEqual([
      "/api/v1/bundle",
      "/api/v1/devices/me",
      "/api/v1/bundle",
      "/api/v1/devices/me",
    ]);
  });

  test("looks every minute while the bundle is amber or red", async () => {
    const { timing, freshener } = await fresh();
    for (const days of [2, 60]) {
      timing.set((NOW + days * 86_400) * 1000);
      freshener.wake();
      await reached(freshener, isDone);
      expect(timing.untilNextMs()).toBe(60_000);
    }
  });

  test("waits longer after each failure, and keeps the bundle that it has", async () => {
    const { timing, network, freshener } = await fresh();
    network.answer = noNetwork;
    for (const waitMs of [750, 1500, 3000]) {
      freshener.wake();
      expect(await reached(freshener, isDone)).toMatchObject({
        bundle: { serial: 7 },
        last: { kind: "no_answer" },
        checkedAt: NOW,
      });
      expect(timing.untilNextMs()).toBe(waitMs);
    }
    network.answer = publishing(SERIAL_7, '"7"');
    await timing.advance(3000);
    expect(await reached(freshener, isDone)).toMatchObject({ last: { kind: "same" } });
    expect(timing.untilNextMs()).toBe(300_000);
  });

  test.each([
    ["older", SERIAL_3],
    ["unverified", octetsOf("bundle-forged")],
  ])("does not fetch over and over what is %s: it is large", async (kind, octets) => {
    const { timing, network, freshener } = await fresh();
    network.answer = publishing(octets, '"bad"');
    freshener.wake();
    expect(await reached(freshener, isDone)).toMatchObject({
      bundle: { serial: 7 },
      last: { kind },
      checkedAt: NOW,
    });
    expect(timing.untilNextMs()).toBe(300_000);
  });

  test("looks at once when it is woken, and never twice at a time", async () => {
    const { network, freshener } = await fresh();
    freshener.wake();
    freshener.wake();
    await reached(freshener, isDone);
    expect(network.heard).toHaveLength(4);
  });

  test("learns that the device was revoked, and for good", async () => {
    const { store, network, freshener } = await fresh(() => me({ revoked_at: "2026-11-23T01:00:00Z" }));
    expect(freshener.state.device?.revokedAt).toBe(NOW - 3600);
    expect((await new Devices(store).current())?.revokedAt).toBe(NOW - 3600);
    network.answer = () => me({});
    freshener.wake();
    await reached(freshener, isDone);
    expect(freshener.state.device?.revokedAt).toBe(NOW - 3600);
  });

  test("learns whether admitting needs a tap, also where that cannot be kept", async () => {
    const { store, network, freshener } = await fresh(() => me({ admit_needs_tap: true }));
    expect(freshener.state.device?.admitNeedsTap).toBe(true);
    expect((await new Devices(store).current())?.admitNeedsTap).toBe(true);
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("injected", "QuotaExceededError");
    });
    network.answer = () => me({ admit_needs_tap: false });
    freshener.wake();
    expect((await reached(freshener, isDone)).device?.admitNeedsTap).toBe(false);
    put.mockRestore();
  });

  test("tells how far the clock is off, and what the server says of the device", async () => {
    const { network, freshener } = await fresh(() => me({ server_time: "2026-11-23T01:50:00Z" }));
    expect(freshener.state).toMatchObject({ clockOffS: 600, deviceProblem: null });
    network.answer = (heard) =>
      heard.path === "/api/v1/bundle"
        ? publishing(SERIAL_7, '"7"')(heard)
        : problem(401, "DATE_WRONG", { "BorderPass-Date": String(NOW - 900) });
    freshener.wake();
    expect(await reached(freshener, isDone)).toMatchObject({ clockOffS: 900, deviceProblem: "DATE_WRONG" });
    network.answer = (heard) =>
      heard.path === "/api/v1/bundle" ? publishing(SERIAL_7, '"7"')(heard) : problem(404, "UNKNOWN_DEVICE");
    freshener.wake();
    expect(await reached(freshener, isDone)).toMatchObject({
      clockOffS: 900,
      deviceProblem: "UNKNOWN_DEVICE",
    });
  });

  test("asks about no device where there is none, nor when nobody answers", async () => {
    const phone = await phoneWith(noNetwork);
    const { store, server, timing, network } = phone;
    const device = await newDevice(DEVICE_ID);
    for (const one of [null, device]) {
      const freshener = new Freshener({ store, server, timing, rootPoint: ROOT, device: one, bundle: null });
      freshener.start();
      await reached(freshener, isDone);
      freshener.stop();
    }
    network.answer = publishing(SERIAL_7, '"7"');
    const anyone = new Freshener({ store, server, timing, rootPoint: ROOT, device: null, bundle: null });
    anyone.start();
    await reached(anyone, isDone);
    expect(network.heard.map(({ path }) => path)).toEqual([
      "/api/v1/bundle",
      "/api/v1/bundle",
      "/api/v1/bundle",
    ]);
  });

  test("ends when it is stopped, also in the middle", async () => {
    const { timing, freshener } = await fresh();
    freshener.wake();
    freshener.stop();
    const before = freshener.state.checkedAt;
    await reached(freshener, isDone);
    expect(freshener.state.checkedAt).toBe(before);
    expect(timing.untilNextMs()).toBeNull();
    freshener.wake();
    expect(freshener.state.isChecking).toBe(false);
  });

  test("reports a fault of our own, and goes on", async () => {
    const { timing, freshener, report } = await fresh();
    const sign = vi.spyOn(crypto.subtle, "sign").mockRejectedValue(new RangeError("ours"));
    freshener.wake();
    await reached(freshener, isDone);
    expect(report).toHaveBeenCalledExactlyOnceWith(new RangeError("ours"));
    sign.mockRestore();
    expect(timing.untilNextMs()).toBe(750);
  });
});
