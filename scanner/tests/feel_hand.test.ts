// Is each verdict felt in the hand, and does the screen stay on for it?

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { PATTERNS, vibrate } from "../src/feel/vibration.ts";
import { ASK_AGAIN_AFTER_MS, keepAwake, type WakeState, type Wakefulness } from "../src/feel/wake_lock.ts";
import { FakePage, settled } from "./camera_fakes.ts";

describe("vibration", () => {
  test("has a pattern of its own for each verdict, over in half a second", () => {
    const patterns = Object.values(PATTERNS);
    expect(new Set(patterns.map((pattern) => pattern.length)).size).toBeGreaterThan(2);
    expect(new Set(patterns.map(String)).size).toBe(4);
    for (const pattern of patterns) expect(pattern.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(500);
  });

  test("shakes the phone with it", () => {
    const shake = vi.fn(() => true);
    expect(vibrate("refer", { vibrate: shake })).toBe(true);
    expect(shake).toHaveBeenCalledWith([180, 120, 180]);
  });

  test("is false on a phone that cannot, and where the browser refuses", () => {
    expect(vibrate("admit", {})).toBe(false);
    const throwing = () => {
      throw new Error("not now");
    };
    expect(vibrate("admit", { vibrate: throwing })).toBe(false);
  });
});

class FakeLock extends EventTarget {
  readonly release = vi.fn(() => {
    this.dispatchEvent(new Event("release"));
    return Promise.resolve();
  });
}

describe("the screen", () => {
  let page: FakePage;
  let locks: FakeLock[];
  let refusals: number;
  let states: WakeState[];
  let kept: Wakefulness | null;

  beforeEach(() => {
    vi.useFakeTimers();
    page = new FakePage();
    locks = [];
    refusals = 0;
    states = [];
    kept = null;
  });

  afterEach(() => {
    kept?.stop();
    vi.useRealTimers();
  });

  const request = (): Promise<FakeLock> => {
    if (refusals-- > 0) return Promise.reject(new Error("NotAllowedError"));
    const lock = new FakeLock();
    locks.push(lock);
    return Promise.resolve(lock);
  };

  async function keep(wakeLock: unknown = { request }): Promise<Wakefulness> {
    kept = keepAwake((state) => states.push(state), {
      wakeLock: wakeLock as WakeLock,
      page: page.asDocument,
    });
    await settled();
    return kept;
  }

  test("is kept on", async () => {
    expect((await keep()).state).toBe("awake");
    expect(locks).toHaveLength(1);
  });

  test("is kept on again when the page comes back", async () => {
    await keep();
    page.show("hidden");
    locks[0]?.dispatchEvent(new Event("release"));
    await settled();
    expect(locks).toHaveLength(1);
    page.show("visible");
    await settled();
    expect(locks).toHaveLength(2);
    expect(states).toEqual(["awake", "asleep", "awake"]);
  });

  test("that the phone lets go dark while it is looked at is kept on again", async () => {
    await keep();
    locks[0]?.dispatchEvent(new Event("release"));
    await settled();
    expect(states).toEqual(["awake", "asleep", "awake"]);
  });

  test("is not asked for twice", async () => {
    await keep();
    page.show("visible");
    await settled();
    expect(locks).toHaveLength(1);
  });

  test("that an empty battery lets go dark is asked for again later", async () => {
    refusals = 1;
    await keep();
    expect(kept?.state).toBe("asleep");
    await vi.advanceTimersByTimeAsync(ASK_AGAIN_AFTER_MS);
    expect(kept?.state).toBe("awake");
  });

  test("is let go when it is over", async () => {
    const wakefulness = await keep();
    wakefulness.stop();
    await settled();
    expect(locks[0]?.release).toHaveBeenCalledOnce();
    page.show("visible");
    await settled();
    expect(locks).toHaveLength(1);
  });

  test("is let go even when the lock comes after the end", async () => {
    kept = keepAwake(undefined, { wakeLock: { request } as unknown as WakeLock, page: page.asDocument });
    kept.stop();
    await settled();
    expect(locks[0]?.release).toHaveBeenCalledOnce();
  });

  test("cannot be kept on by every browser", async () => {
    kept = keepAwake(undefined, { wakeLock: undefined, page: page.asDocument });
    await settled();
    expect(kept.state).toBe("unsupported");
  });
});
