// When are records sent? When one was written, when the network is back, and again until all are acknowledged.
//
// One pass at a time, over all devices that this phone is or was. A failure of the network or the server makes the
// next try later (1 s to 5 min, with chance in it). A device that the server will not hear rests for five minutes,
// and the others go on: revocation is final, but nothing is thrown away for it. `navigator.onLine` is a hint to try,
// never to stop.

import { fromClock, type Instant } from "../domain/local_time.ts";
import type { Devices, EnrolledDevice } from "../store/devices.ts";
import { Listeners } from "../store/listeners.ts";
import { StorageFailed, StorageFull } from "../store/outbox.ts";
import type { Outboxes } from "../store/outboxes.ts";
import { backoffMs, LONGEST_MS } from "./backoff.ts";
import { clockDiffers } from "./clock_off.ts";
import { type News, Pace, type SendOutcome, sendWaiting } from "./send_waiting.ts";
import type { Server } from "./server.ts";
import type { Timing } from "./timing.ts";

/** So long a new record waits for others to go with it: a scan's action, the next traveller. */
const GATHER_MS = 2000;
/** So long a device rests that the server will not hear. */
const REST_MS = LONGEST_MS;

export type SendTrouble = "no_network" | "server" | "refused" | "revoked" | "clock" | "storage";

/**
 * How sending goes, for the screen.
 *
 * `waiting`: records are there, and `nextTryAt` says when they are tried. `problem` is of the last pass: `clock`
 * where all is sent but the phone's clock is more than five minutes off; `code` is the problem's, where the server
 * told one. `clockOffS` is the phone's clock less the server's, seconds.
 */
export interface SendState {
  readonly state: "idle" | "sending" | "waiting";
  readonly nextTryAt: Instant | null;
  readonly lastContactAt: Instant | null;
  readonly problem: SendTrouble | null;
  readonly code: string | null;
  readonly clockOffS: number | null;
}

/** Why it should be tried now. A new record does not hasten a try that was put off; everything else does. */
export type WakeReason = "record" | "online" | "visible" | "asked";

/** With what a Sender works. `onRevoked` is told once the device is marked; `report` gets what is a bug. */
export interface SenderParts {
  readonly server: Server;
  readonly devices: Devices;
  readonly outboxes: Outboxes;
  readonly timing: Timing;
  readonly onHeard?: (news: News) => void;
  readonly onRevoked?: (device: EnrolledDevice) => void;
  readonly report?: (error: unknown) => void;
}

/** What a pass over all devices found: whether to try later, and what to tell. */
interface Passed {
  readonly isToTryLater: boolean;
  readonly retryAfterS: number;
  readonly problem: SendTrouble | null;
  readonly code: string | null;
}

/** A device at rest: what to tell of it, until when, and how to forget it. */
interface Resting {
  readonly passed: Passed;
  readonly untilAt: Instant;
  readonly cancel: () => void;
}

const WELL: Passed = { isToTryLater: false, retryAfterS: 0, problem: null, code: null };

/** Keeps sending. It does nothing before `start`. */
export class Sender {
  readonly #parts: SenderParts;
  readonly #listeners = new Listeners<SendState>();
  readonly #pace = new Pace();
  /** The devices that were refused and rest, by their ids. */
  readonly #resting = new Map<string, Resting>();
  #state: SendState = {
    state: "idle",
    nextTryAt: null,
    lastContactAt: null,
    problem: null,
    code: null,
    clockOffS: null,
  };
  #isStarted = false;
  #isPassing = false;
  #isWokenMeanwhile = false;
  #failures = 0;
  #cancelPlan: (() => void) | null = null;
  #unsubscribe: () => void = () => undefined;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** How sending goes now. */
  get state(): SendState {
    return this.#state;
  }

  /** Calls `listener` whenever the state changes; gives how to stop that. */
  subscribe(listener: (state: SendState) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Begins: with what is there, and from now on with each new record. */
  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#unsubscribe = this.#parts.outboxes.onAppended(() => {
      this.wake("record");
    });
    this.wake("asked");
  }

  /** Ends; a batch that is on its way is still heard of. */
  stop(): void {
    this.#isStarted = false;
    this.#unsubscribe();
    this.#unplan();
    for (const { cancel } of this.#resting.values()) cancel();
    this.#resting.clear();
  }

  /** Tries soon: at once, or for a new record when a few may have come together. */
  wake(why: WakeReason): void {
    if (!this.#isStarted) return;
    if (this.#isPassing) {
      this.#isWokenMeanwhile = true;
    } else if (why !== "record") {
      this.#unplan();
      this.#plan(0);
    } else if (this.#cancelPlan === null) {
      this.#plan(GATHER_MS);
    }
  }

  /** Plans the next pass, and shows it with other changes. */
  #plan(delayMs: number, changes: Partial<SendState> = {}): void {
    const { timing } = this.#parts;
    this.#cancelPlan = timing.after(delayMs, () => {
      this.#cancelPlan = null;
      void this.#pass();
    });
    this.#show({ ...changes, state: "waiting", nextTryAt: fromClock(timing.now() + delayMs) });
  }

  #unplan(): void {
    this.#cancelPlan?.();
    this.#cancelPlan = null;
  }

  async #pass(): Promise<void> {
    this.#isPassing = true;
    this.#isWokenMeanwhile = false;
    this.#show({ state: "sending", nextTryAt: null });
    let passed: Passed;
    try {
      passed = await this.#sendAll();
    } catch (error) {
      if (!(error instanceof StorageFull || error instanceof StorageFailed)) this.#parts.report?.(error);
      passed = { ...WELL, isToTryLater: true, problem: "storage" };
    }
    this.#isPassing = false;
    this.#conclude(passed);
  }

  /** Sends for every device that has something to send and does not rest. */
  async #sendAll(): Promise<Passed> {
    const { devices, outboxes, server } = this.#parts;
    const hear = this.#hear.bind(this);
    let passed = WELL;
    for (const device of await devices.devicesWithWaiting()) {
      const resting = this.#resting.get(device.deviceId);
      if (resting !== undefined) {
        passed = both(passed, resting.passed);
        continue;
      }
      const outbox = await outboxes.of(device.deviceId);
      const outcome = await sendWaiting({ server, outbox, device, pace: this.#pace, hear });
      passed = both(passed, await this.#take(outcome, device));
      if (outcome.kind === "later" && outcome.why === "no_network") break;
    }
    return passed;
  }

  /** Draws the consequences of how sending for one device ended. */
  async #take(outcome: SendOutcome, device: EnrolledDevice): Promise<Passed> {
    switch (outcome.kind) {
      case "all_sent":
      case "nothing_waiting":
        return WELL;
      case "later":
        return { ...WELL, isToTryLater: true, retryAfterS: outcome.retryAfterS ?? 0, problem: outcome.why };
      case "refused":
        return this.#rest(device, { ...WELL, problem: "refused", code: outcome.code });
      case "revoked": {
        const passed = this.#rest(device, { ...WELL, problem: "revoked", code: "DEVICE_REVOKED" });
        const revokedAt = fromClock(this.#parts.timing.now());
        const revoked = await this.#parts.devices.learn(device.deviceId, { revokedAt });
        if (revoked !== null) this.#parts.onRevoked?.(revoked);
        return passed;
      }
    }
  }

  /** Lets a device rest. By a timer, for the phone's clock may be set meanwhile. */
  #rest({ deviceId }: EnrolledDevice, passed: Passed): Passed {
    const { timing } = this.#parts;
    const cancel = timing.after(REST_MS, () => {
      this.#resting.delete(deviceId);
      this.wake("asked");
    });
    this.#resting.set(deviceId, { passed, untilAt: fromClock(timing.now() + REST_MS), cancel });
    return passed;
  }

  #hear(news: News): void {
    const nowAt = fromClock(this.#parts.timing.now());
    const clockOffS = news.serverTime === null ? this.#state.clockOffS : nowAt - news.serverTime;
    this.#show({ lastContactAt: nowAt, clockOffS });
    this.#parts.onHeard?.(news);
  }

  /** Says how the pass went, and plans the next one where one is due. */
  #conclude(passed: Passed): void {
    this.#failures = passed.isToTryLater ? this.#failures + 1 : 0;
    const clock = clockDiffers(this.#state.clockOffS) ? "clock" : null;
    const told = { problem: passed.problem ?? clock, code: passed.code };
    if (this.#isStarted && passed.isToTryLater) {
      this.#plan(this.#backoffMs(passed.retryAfterS), told);
    } else if (this.#isStarted && this.#isWokenMeanwhile) {
      this.#plan(GATHER_MS, told);
    } else {
      const [nextTryAt] = [...this.#resting.values()]
        .map((one) => one.untilAt)
        .sort((one, other) => one - other);
      const state = nextTryAt === undefined ? "idle" : "waiting";
      this.#show({ ...told, state, nextTryAt: nextTryAt ?? null });
    }
  }

  #backoffMs(retryAfterS: number): number {
    const wishedMs = Math.min(retryAfterS * 1000, LONGEST_MS);
    return Math.max(backoffMs(this.#failures, this.#parts.timing.random()), wishedMs);
  }

  #show(changes: Partial<SendState>): void {
    this.#state = { ...this.#state, ...changes };
    this.#listeners.tell(this.#state);
  }
}

/**
 * Puts two devices' passes together; the first one's problem is told, which is the current device's where it has one.
 */
function both(one: Passed, other: Passed): Passed {
  const { problem, code } = one.problem === null ? other : one;
  const retryAfterS = Math.max(one.retryAfterS, other.retryAfterS);
  return { isToTryLater: one.isToTryLater || other.isToTryLater, retryAfterS, problem, code };
}
