// Is each verdict heard, and only when it is meant?

import { beforeEach, describe, expect, test } from "vitest";

import { makeSounds, SIGNALS, type Sounds, type SoundState } from "../src/feel/sounds.ts";
import type { Tone } from "../src/gate/shown.ts";
import { settled } from "./camera_fakes.ts";

class FakeNode {
  isConnected = false;
  readonly gain = { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined };
  connect(to: unknown): unknown {
    this.isConnected = true;
    return to;
  }
  disconnect(): void {
    this.isConnected = false;
  }
}

class FakeOscillator extends FakeNode {
  type = "sine";
  readonly frequency = { value: 0 };
  at: [number, number] = [0, 0];
  start(seconds: number): void {
    this.at[0] = seconds;
  }
  stop(seconds: number): void {
    this.at[1] = seconds;
  }
}

class FakeContext extends EventTarget {
  state: AudioContextState | "interrupted" = "suspended";
  currentTime = 10;
  readonly destination = new FakeNode();
  readonly oscillators: FakeOscillator[] = [];
  readonly gains: FakeNode[] = [];
  refuses = false;

  become(state: AudioContextState | "interrupted"): void {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }
  createOscillator(): FakeOscillator {
    const oscillator = new FakeOscillator();
    this.oscillators.push(oscillator);
    return oscillator;
  }
  createGain(): FakeNode {
    const gain = new FakeNode();
    this.gains.push(gain);
    return gain;
  }
  resume(): Promise<void> {
    if (this.refuses) return Promise.reject(new Error("NotAllowedError"));
    this.become("running");
    return Promise.resolve();
  }
  close(): Promise<void> {
    this.state = "closed";
    return Promise.resolve();
  }
}

let context: FakeContext;
let states: SoundState[];
let sounds: Sounds;

beforeEach(() => {
  context = new FakeContext();
  states = [];
  sounds = makeSounds(
    (state) => states.push(state),
    () => context as unknown as AudioContext,
  );
});

describe("the signals", () => {
  const tones = Object.entries(SIGNALS);
  const pitches = (tone: Tone) => SIGNALS[tone].map(({ hertz }) => hertz);

  test("admit rises, refer is level, refuse falls, the device is three times short and low", () => {
    const [low = 0, high = 0] = pitches("admit");
    expect(high).toBeGreaterThan(low);
    expect(new Set(pitches("refer")).size).toBe(1);
    expect(SIGNALS.refer).toHaveLength(2);
    expect(pitches("refuse")).toEqual(pitches("refuse").toSorted((a, b) => b - a));
    expect(new Set(pitches("refuse")).size).toBe(3);
    expect(SIGNALS.device).toHaveLength(3);
    expect(Math.max(...SIGNALS.device.map(({ forMs }) => forMs))).toBeLessThan(100);
    expect(Math.max(...pitches("device"))).toBeLessThan(Math.min(...pitches("admit"), ...pitches("refer")));
  });

  test.each(tones)("%s is over in half a second and its tones do not overlap", (_, beeps) => {
    beeps.forEach((beep, i) => {
      expect(beep.atMs + beep.forMs).toBeLessThanOrEqual(Math.min(500, beeps[i + 1]?.atMs ?? 500));
    });
  });
});

describe("sound", () => {
  test("is locked until the first touch", () => {
    expect(sounds.state).toBe("locked");
    expect(sounds.play("admit")).toBe(false);
    sounds.unlock();
    expect(sounds.state).toBe("ready");
    expect(states).toEqual(["ready"]);
    expect(sounds.play("admit")).toBe(true);
  });

  test("plays the tones of the verdict from now", () => {
    sounds.unlock();
    sounds.play("refuse");
    expect(context.oscillators.map(({ frequency }) => frequency.value)).toEqual([1397, 988, 659]);
    expect(context.oscillators[1]?.at[0]).toBeCloseTo(10.17);
    expect(context.oscillators[1]?.at[1]).toBeCloseTo(10.33);
  });

  test("of the next verdict takes the place of one that still sounds", () => {
    sounds.unlock();
    sounds.play("refuse");
    const [first] = context.gains;
    sounds.play("admit");
    expect(first?.isConnected).toBe(false);
  });

  test("taken away by a call is locked, and back with the next touch", async () => {
    sounds.unlock();
    context.become("interrupted");
    expect(sounds.play("admit")).toBe(false);
    sounds.unlock();
    await settled();
    expect(states).toEqual(["ready", "locked", "ready"]);
    expect(context.oscillators).toEqual([]);
  });

  test("that the browser does not allow stays locked", async () => {
    context.refuses = true;
    sounds.unlock();
    await settled();
    expect(sounds.state).toBe("locked");
  });

  test("switched off is off, and on again without another touch", () => {
    sounds.unlock();
    sounds.setOn(false);
    expect(sounds.play("admit")).toBe(false);
    sounds.setOn(true);
    expect(sounds.play("admit")).toBe(true);
    expect(states).toEqual(["ready", "off", "ready"]);
  });

  test("that was off at the first touch is unlocked by it all the same", () => {
    sounds.setOn(false);
    sounds.unlock();
    sounds.setOn(true);
    expect(sounds.state).toBe("ready");
  });

  test("on a phone that has none is off, without an exception", () => {
    sounds = makeSounds(
      (state) => states.push(state),
      () => {
        throw new Error("no audio device");
      },
    );
    sounds.unlock();
    expect(sounds.play("refuse")).toBe(false);
    expect(states).toEqual(["off"]);
  });

  test("that fails to play is not heard, without an exception", () => {
    sounds.unlock();
    Object.assign(context, {
      createOscillator: () => {
        throw new Error("InvalidStateError");
      },
    });
    expect(sounds.play("refuse")).toBe(false);
  });

  test("stopped is closed for good", () => {
    sounds.unlock();
    sounds.stop();
    expect(context.state).toBe("closed");
    expect(sounds.play("admit")).toBe(false);
  });
});
