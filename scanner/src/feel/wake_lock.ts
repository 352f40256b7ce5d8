// Does the screen stay on while the officer waits for the next person? (Screen Wake Lock API)

/** `asleep`: the phone may dim now (hidden page, or its battery is low); it is asked again. */
export type WakeState = "awake" | "asleep" | "unsupported";

/** Until `stop` is called. */
export interface Wakefulness {
  readonly state: WakeState;
  stop(): void;
}

/** What of the browser it needs. */
export interface WakeHost {
  readonly wakeLock: WakeLock | undefined;
  readonly page: Document;
}

/** A phone that refused is asked again after so long: its battery may have been charged. */
export const ASK_AGAIN_AFTER_MS = 30_000;

/** Keeps the screen on, again each time the page comes back. Never throws. */
export function keepAwake(
  onState: (state: WakeState) => void = () => undefined,
  host: WakeHost = browserHost(),
): Wakefulness {
  return new ScreenWakefulness(onState, host);
}

function browserHost(): WakeHost {
  const offered: Partial<Pick<Navigator, "wakeLock">> = navigator;
  return { wakeLock: offered.wakeLock, page: document };
}

class ScreenWakefulness implements Wakefulness {
  readonly #onState: (state: WakeState) => void;
  readonly #host: WakeHost;
  #lock: WakeLockSentinel | null = null;
  #isAsking = false;
  #isStopped = false;
  #told: WakeState;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onState: (state: WakeState) => void, host: WakeHost) {
    this.#onState = onState;
    this.#host = host;
    this.#told = host.wakeLock === undefined ? "unsupported" : "asleep";
    host.page.addEventListener("visibilitychange", this.#ask);
    this.#ask();
  }

  get state(): WakeState {
    return this.#told;
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#host.page.removeEventListener("visibilitychange", this.#ask);
    this.#let(this.#lock);
    this.#lock = null;
  }

  readonly #ask = (): void => {
    void this.#acquire();
  };

  async #acquire(): Promise<void> {
    const { wakeLock, page } = this.#host;
    if (wakeLock === undefined || page.visibilityState === "hidden" || this.#isAsking) return;
    if (this.#lock !== null) return;
    clearTimeout(this.#timer);
    this.#isAsking = true;
    const lock = await wakeLock.request("screen").catch(() => null);
    this.#isAsking = false;
    if (this.#isStopped) {
      this.#let(lock);
    } else if (lock === null) {
      this.#timer = setTimeout(this.#ask, ASK_AGAIN_AFTER_MS);
    } else {
      this.#hold(lock);
    }
  }

  #hold(lock: WakeLockSentinel): void {
    this.#lock = lock;
    // The browser lets go of it whenever the page is hidden.
    lock.addEventListener("release", () => {
      this.#lock = null;
      this.#tell("asleep");
      if (!this.#isStopped) this.#ask();
    });
    this.#tell("awake");
  }

  #let(lock: WakeLockSentinel | null): void {
    void lock?.release().catch(() => null);
  }

  #tell(state: WakeState): void {
    if (state === this.#told || this.#isStopped) return;
    this.#told = state;
    this.#onState(state);
  }
}
