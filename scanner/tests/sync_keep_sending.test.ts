// When does the phone send, how long does it wait after a failure, and what does it say meanwhile?

import { describe, expect, test, vi } from "vitest";

import { backoffMs } from "../src/sync/backoff.ts";
import { json, never, noNetwork, problem, reached } from "./fake_server.ts";
import { DEVICE_ID, EARLIER_ID, scanOf, START_MS } from "./gate_phone.ts";
import { after, isIdle, isResting, newPhone, started } from "./sending_phone.ts";

describe("a new record", () => {
  test("is sent soon, together with those that come right after it", async () => {
    const { timing, sender, outbox, received } = await started();
    await outbox.append(scanOf("A"));
    await timing.advance(1000);
    await outbox.append(scanOf("B"));
    expect(sender.state).toMatchObject({ state: "waiting", nextTryAt: after(2000) });
    expect(received).toEqual([]);
    await timing.advance(1000);
    await reached(sender, isIdle);
    expect(received).toEqual(["1: 2"]);
    expect(sender.state).toMatchObject({ nextTryAt: null, lastContactAt: after(2000), problem: null });
  });

  test("that is written while others are on their way is sent after them, never at the same time", async () => {
    const { timing, network, takeAll, sender, outbox, received } = await started();
    let go: () => void = () => undefined;
    network.answer = async (heard) => {
      await new Promise<void>((resolve) => {
        go = resolve;
      });
      return takeAll(heard);
    };
    await outbox.append(scanOf("A"));
    await timing.advance(2000);
    await network.reached(1);
    await outbox.append(scanOf("B"));
    sender.wake("online");
    network.answer = takeAll;
    go();
    await reached(sender, isResting);
    await timing.advance(2000);
    await reached(sender, isIdle);
    expect(received).toEqual(["1: 1", "1: 1"]);
    expect(network.most).toBe(1);
  });

  test("is not sent before it is started, nor after it is stopped", async () => {
    const { timing, network, sender, outbox } = await newPhone();
    await outbox.append(scanOf("A"));
    sender.wake("asked");
    await timing.advance(60_000);
    sender.start();
    sender.stop();
    await outbox.append(scanOf("B"));
    await timing.advance(60_000);
    expect(network.heard).toEqual([]);
  });

  test("of long ago is sent as soon as the page is open", async () => {
    const { timing, sender, outbox, received } = await newPhone();
    await outbox.append(scanOf("A"));
    sender.start();
    sender.start();
    await timing.advance(0);
    await reached(sender, isIdle);
    expect(received).toEqual(["1: 1"]);
  });
});

describe("without a network", () => {
  test("tries are further and further apart, up to five minutes", async () => {
    const { timing, network, sender, outbox } = await started();
    network.answer = noNetwork;
    await outbox.append(scanOf("A"));
    await timing.advance(2000);
    const waits: (number | null)[] = [];
    for (let failures = 1; failures <= 12; failures++) {
      await reached(sender, isResting);
      const waitMs = timing.untilNextMs() ?? 0;
      waits.push(waitMs);
      expect(sender.state).toMatchObject({ state: "waiting", problem: "no_network", lastContactAt: null });
      await timing.advance(waitMs);
    }
    expect(waits).toEqual([
      750, 1500, 3000, 6000, 12_000, 24_000, 48_000, 96_000, 192_000, 225_000, 225_000, 225_000,
    ]);
    expect(network.heard).toHaveLength(12);
  });

  test("a new record does not hasten the next try, but a sign of the network does", async () => {
    const { timing, network, takeAll, sender, outbox, received } = await started();
    network.answer = noNetwork;
    await outbox.append(scanOf("A"));
    await timing.advance(2000);
    for (let failures = 1; failures < 6; failures++) {
      await reached(sender, isResting);
      await timing.advance(timing.untilNextMs() ?? 0);
    }
    await reached(sender, isResting);
    const heard = network.heard.length;
    await outbox.append(scanOf("B"));
    await timing.advance(2000);
    expect(network.heard).toHaveLength(heard);
    network.answer = takeAll;
    sender.wake("online");
    await timing.advance(0);
    await reached(sender, isIdle);
    expect(received).toEqual(["1: 1", "1: 1"]);
    expect(sender.state.problem).toBeNull();
  });

  test("the page seen again is a reason to try, and so is being asked", async () => {
    const { timing, network, sender, outbox } = await started();
    network.answer = noNetwork;
    await outbox.append(scanOf("A"));
    await timing.advance(2000);
    await reached(sender, isResting);
    for (const why of ["visible", "asked"] as const) {
      const heard = network.heard.length;
      sender.wake(why);
      await timing.advance(0);
      await reached(sender, isResting);
      expect(network.heard).toHaveLength(heard + 1);
    }
  });

  test("an answer that does not come is given up after a minute", async () => {
    const { timing, network, sender, outbox } = await started();
    network.answer = never;
    await outbox.append(scanOf("A"));
    await timing.advance(2000);
    await network.reached(1);
    expect(sender.state.state).toBe("sending");
    await timing.advance(60_000);
    expect(await reached(sender, isResting)).toMatchObject({ state: "waiting", problem: "no_network" });
  });

  test("chance keeps two phones apart", () => {
    expect(backoffMs(1, 0)).toBe(500);
    expect(backoffMs(1, 0.999_999)).toBe(1000);
    expect(backoffMs(10_000, 0)).toBe(150_000);
    expect(backoffMs(10_000, 0.999_999)).toBe(300_000);
  });
});

describe("a server in trouble", () => {
  test("is asked again when it said, but within five minutes", async () => {
    const { timing, network, sender, outbox } = await started();
    for (const [told, waitMs] of [
      ["60", 60_000],
      ["86400", 300_000],
    ] as const) {
      network.answer = () => problem(503, "NOTHING_PUBLISHED", { "Retry-After": told });
      await outbox.append(scanOf("A"));
      sender.wake("asked");
      await timing.advance(0);
      expect(await reached(sender, isResting)).toMatchObject({ problem: "server" });
      expect(timing.untilNextMs()).toBe(waitMs);
    }
  });

  test("whose trouble is with one device alone still hears the other", async () => {
    const { timing, network, takeAll, outboxes, outbox, sender, received } = await newPhone();
    await outbox.append(scanOf("A"));
    await (await outboxes.of(EARLIER_ID)).append(scanOf("B"));
    network.answer = (heard) =>
      heard.headers.get("BorderPass-Device") === DEVICE_ID ? problem(500, "INTERNAL") : takeAll(heard);
    sender.start();
    await timing.advance(0);
    expect(await reached(sender, isResting)).toMatchObject({ problem: "server" });
    expect(received).toEqual(["2: 1"]);
  });

  test("and what the server says beside is passed on", async () => {
    const { timing, sender, outbox, onHeard } = await started();
    await outbox.append(scanOf("A"));
    await timing.advance(2000);
    await reached(sender, isIdle);
    expect(onHeard).toHaveBeenCalledExactlyOnceWith({ serverTime: after(2000), bundleSerial: 12 });
  });
});

describe("a clock", () => {
  test.each([
    [300, null],
    [301, "clock"],
    [-301, "clock"],
  ])("that is %d s off is %s", async (offS, what) => {
    const { timing, network, sender, outbox } = await started();
    await outbox.append(scanOf("A"));
    const serverTime = new Date(START_MS + 2000 - offS * 1000).toISOString().replace(".000Z", "Z");
    network.answer = () =>
      json({
        acknowledgements: [{ position: 0, receipt: "recorded" }],
        server_time: serverTime,
        bundle_serial: null,
      });
    await timing.advance(2000);
    expect(await reached(sender, isIdle)).toMatchObject({ problem: what, clockOffS: offS });
  });
});

describe("a clock that somebody sets", () => {
  const DAY_MS = 86_400_000;

  test("ahead keeps no one from trying at once", async () => {
    const { timing, network, takeAll, sender, outbox, received } = await started();
    network.answer = noNetwork;
    await outbox.append(scanOf("A"));
    await timing.advance(2000);
    await reached(sender, isResting);
    timing.set(START_MS + DAY_MS);
    network.answer = takeAll;
    sender.wake("online");
    await timing.advance(0);
    await reached(sender, isIdle);
    expect(received).toEqual(["1: 1"]);
  });

  test("back makes no device rest for longer", async () => {
    const { timing, network, takeAll, sender, outbox, received } = await started();
    network.answer = () => problem(404, "UNKNOWN_DEVICE");
    await outbox.append(scanOf("A"));
    await timing.advance(2000);
    await reached(sender, isResting);
    timing.set(START_MS - DAY_MS);
    network.answer = takeAll;
    await timing.advance(300_000);
    await reached(sender, isIdle);
    expect(received).toEqual(["1: 1"]);
  });
});

describe("what is not the server's fault", () => {
  test("a storage that fails is told, and tried again later", async () => {
    const { timing, sender, outbox, report } = await started();
    await outbox.append(scanOf("A"));
    const getAll = vi.spyOn(IDBObjectStore.prototype, "getAll").mockImplementation(() => {
      throw new DOMException("injected", "UnknownError");
    });
    await timing.advance(2000);
    expect(await reached(sender, isResting)).toMatchObject({ problem: "storage" });
    getAll.mockRestore();
    await timing.advance(timing.untilNextMs() ?? 0);
    expect(await reached(sender, isIdle)).toMatchObject({ problem: null });
    expect(report).not.toHaveBeenCalled();
  });

  test("a fault of our own is reported, and does not end the sending", async () => {
    const { timing, sender, outbox, onHeard, report } = await started();
    onHeard.mockImplementationOnce(() => {
      throw new RangeError("ours");
    });
    await outbox.append(scanOf("A"));
    await timing.advance(2000);
    await reached(sender, isResting);
    expect(report).toHaveBeenCalledExactlyOnceWith(new RangeError("ours"));
    await timing.advance(timing.untilNextMs() ?? 0);
    await reached(sender, isIdle);
    expect(outbox.counts().waiting).toBe(0);
  });
});
