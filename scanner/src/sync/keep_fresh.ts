// When is a newer bundle fetched, and when does a device learn that it was revoked? Every few minutes.
//
// Every five minutes while the bundle is fresh, every minute while it is amber or red or there is none. After a
// failure the waits grow; after a bundle that may not be taken into use it is five minutes, for a bundle is large.
// Each time the server answers, the device asks what is known of it, too.

import { type Bundle, freshness } from "../domain/bundle.ts";
import { fromClock, type Instant } from "../domain/local_time.ts";
import type { Octets } from "../domain/passes.ts";
import { type Store, StorageFailed, StorageFull } from "../store/database.ts";
import { Devices, type EnrolledDevice, informed } from "../store/devices.ts";
import { Listeners } from "../store/listeners.ts";
import type { DeviceReport } from "./answers.ts";
import { backoffMs } from "./backoff.ts";
import { fetchBundle, type FetchOutcome } from "./fetch_bundle.ts";
import type { Server } from "./server.ts";
import type { Timing } from "./timing.ts";

const USUALLY_MS = 300_000;
const WHILE_AGING_MS = 60_000;

/**
 * What is known. `last` is what became of the last fetch; `checkedAt` is when the server last gave a bundle or said
 * that it is still the same one. `device` is as the server last described it, null where the phone is none;
 * `deviceProblem` is the code with which it would not. `clockOffS` is the phone's clock less the server's, in
 * seconds.
 */
export interface FreshState {
  readonly bundle: Bundle | null;
  readonly last: FetchOutcome | null;
  readonly checkedAt: Instant | null;
  readonly isChecking: boolean;
  readonly device: EnrolledDevice | null;
  readonly deviceProblem: string | null;
  readonly clockOffS: number | null;
}

/** With what a Freshener works. `bundle` is the one in use; `device` is null where anyone may check. */
export interface FreshenerParts {
  readonly store: Store;
  readonly server: Server;
  readonly timing: Timing;
  readonly rootPoint: Octets;
  readonly device: EnrolledDevice | null;
  readonly bundle: Bundle | null;
  readonly report?: (error: unknown) => void;
}

/** Keeps the bundle fresh. It does nothing before `start`. */
export class Freshener {
  readonly #parts: FreshenerParts;
  readonly #devices: Devices;
  readonly #listeners = new Listeners<FreshState>();
  #state: FreshState;
  #isStarted = false;
  #failures = 0;
  #cancel: () => void = () => undefined;

  constructor(parts: FreshenerParts) {
    this.#parts = parts;
    this.#devices = new Devices(parts.store);
    this.#state = {
      bundle: parts.bundle,
      last: null,
      checkedAt: null,
      isChecking: false,
      device: parts.device,
      deviceProblem: null,
      clockOffS: null,
    };
  }

  /** What is known now. */
  get state(): FreshState {
    return this.#state;
  }

  /** Calls `listener` whenever the state changes; gives how to stop that. */
  subscribe(listener: (state: FreshState) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Begins, with a look at once. */
  start(): void {
    this.#isStarted = true;
    this.wake();
  }

  /** Ends; what is on its way is not taken into use any more. */
  stop(): void {
    this.#isStarted = false;
    this.#cancel();
  }

  /** Looks at once: the network is back, the page is seen again, or a newer serial was heard of. */
  wake(): void {
    if (!this.#isStarted || this.#state.isChecking) return;
    this.#cancel();
    void this.#check();
  }

  async #check(): Promise<void> {
    this.#show({ isChecking: true });
    let isWell = false;
    try {
      isWell = await this.#look();
    } catch (error) {
      this.#parts.report?.(error);
    }
    this.#failures = isWell ? 0 : this.#failures + 1;
    this.#show({ isChecking: false });
    if (this.#isStarted) this.#cancel = this.#parts.timing.after(this.#nextMs(), this.wake.bind(this));
  }

  /** Fetches, and asks about the device if somebody answered. Tells whether the bundle is the one published last. */
  async #look(): Promise<boolean> {
    const { store, server, timing, rootPoint } = this.#parts;
    const now = timing.now.bind(timing);
    const last = await fetchBundle({ store, server, now }, rootPoint, this.#state.bundle);
    if (!this.#isStarted) return false;
    const isWell = last.kind === "fetched" || last.kind === "same";
    const bundle = last.kind === "fetched" ? last.bundle : this.#state.bundle;
    this.#show({ last, bundle, checkedAt: isWell ? fromClock(now()) : this.#state.checkedAt });
    if (last.kind !== "no_answer" && this.#state.device !== null) await this.#askAbout(this.#state.device);
    return isWell;
  }

  async #askAbout(device: EnrolledDevice): Promise<void> {
    const answer = await this.#parts.server.me(device);
    if (answer.kind === "no_answer" || answer.kind === "unreadable") return;
    const serverAt = answer.kind === "ok" ? answer.body.serverTime : answer.serverDate;
    const clockOffS =
      serverAt === null ? this.#state.clockOffS : fromClock(this.#parts.timing.now()) - serverAt;
    if (answer.kind === "problem") this.#show({ clockOffS, deviceProblem: answer.code });
    else this.#show({ clockOffS, deviceProblem: null, device: await this.#learn(device, answer.body) });
  }

  async #learn(device: EnrolledDevice, report: DeviceReport): Promise<EnrolledDevice> {
    try {
      return (await this.#devices.learn(device.deviceId, report)) ?? informed(device, report);
    } catch (error) {
      // Not kept, but true: it is heard again with the next answer.
      if (error instanceof StorageFull || error instanceof StorageFailed) return informed(device, report);
      throw error;
    }
  }

  #nextMs(): number {
    const { timing } = this.#parts;
    const { bundle, last } = this.#state;
    if (last?.kind === "unverified" || last?.kind === "older") return USUALLY_MS;
    if (this.#failures > 0) return backoffMs(this.#failures, timing.random());
    const isGreen = bundle !== null && freshness(bundle, fromClock(timing.now())) === "green";
    return isGreen ? USUALLY_MS : WHILE_AGING_MS;
  }

  #show(changes: Partial<FreshState>): void {
    this.#state = { ...this.#state, ...changes };
    this.#listeners.tell(this.#state);
  }
}
