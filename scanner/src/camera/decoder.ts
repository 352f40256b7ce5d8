// Who reads the frames? One decoding worker at a time, started again whenever it dies or falls silent.

import type { Code } from "./codes.ts";
import type { Picture, ReadRequest, WorkerAnswer } from "./messages.ts";
import type { Region } from "./pace.ts";

/** An answer that has not come by then never will. */
export const ANSWER_WITHIN_MS = 5000;
/** Starting takes a tenth of a second from the cache, but the first time the network brings the decoder. */
export const START_WITHIN_MS = 60_000;
/** Between a death and the next start, after the first, second, ... death with no answer in between. */
export const RESTART_AFTER_MS: readonly number[] = [0, 1000, 2000, 5000, 15_000];
/** So many deaths in a row, and the officer is told. */
const FAILING_AFTER_DEATHS = 2;

/** `failing`: it has died repeatedly without reading anything; it is still tried. */
export type DecoderState = "starting" | "ready" | "failing";

/** What one frame held, and how long reading it took. */
export interface Decoded {
  readonly codes: readonly Code[];
  readonly decodeMs: number;
}

interface Pending {
  readonly frameId: number;
  readonly settle: (decoded: Decoded | null) => void;
}

/** The decoding worker, kept alive. */
export class Decoder {
  readonly #startWorker: () => Worker;
  readonly #onState: (state: DecoderState) => void;
  #worker: Worker | null = null;
  #state: DecoderState = "starting";
  #pending: Pending | null = null;
  #frames = 0;
  #deaths = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #paused = false;
  #stopped = false;

  constructor(startWorker: () => Worker, onState: (state: DecoderState) => void) {
    this.#startWorker = startWorker;
    this.#onState = onState;
    this.#start();
  }

  get state(): DecoderState {
    return this.#state;
  }

  /** Gives what is in a picture, or null when the worker died over it. One at a time; takes the picture over. */
  read(picture: Picture, region: Region): Promise<Decoded | null> {
    const worker = this.#worker;
    if (worker === null || this.#state !== "ready" || this.#pending !== null) {
      picture.close();
      return Promise.resolve(null);
    }
    const frameId = ++this.#frames;
    return new Promise((settle) => {
      this.#pending = { frameId, settle };
      const request: ReadRequest = { frameId, picture, region };
      worker.postMessage(request, [picture]);
      this.#expect(ANSWER_WITHIN_MS);
    });
  }

  /** While the page sleeps the worker may sleep too: its silence means nothing. */
  pause(): void {
    this.#paused = true;
    if (this.#worker !== null) clearTimeout(this.#timer);
  }

  /** The page is awake: what is owed is due again, from now. */
  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    if (this.#worker === null) return;
    if (this.#pending !== null) this.#expect(ANSWER_WITHIN_MS);
    else if (this.#state !== "ready") this.#expect(START_WITHIN_MS);
  }

  /** Ends the worker for good. */
  stop(): void {
    this.#stopped = true;
    this.#end();
  }

  #start(): void {
    let worker: Worker;
    try {
      worker = this.#startWorker();
    } catch {
      this.#died();
      return;
    }
    this.#worker = worker;
    const died = () => {
      if (worker === this.#worker) this.#died();
    };
    worker.addEventListener("message", (event: MessageEvent<WorkerAnswer>) => {
      if (worker === this.#worker) this.#hear(event.data);
    });
    worker.addEventListener("error", died);
    worker.addEventListener("messageerror", died);
    this.#expect(START_WITHIN_MS);
  }

  #hear(answer: WorkerAnswer): void {
    switch (answer.kind) {
      case "ready":
        clearTimeout(this.#timer);
        this.#say("ready");
        return;
      case "unusable":
        this.#died();
        return;
      case "read": {
        if (answer.frameId !== this.#pending?.frameId) return;
        clearTimeout(this.#timer);
        this.#deaths = 0;
        this.#settle({ codes: answer.codes, decodeMs: answer.decodeMs });
      }
    }
  }

  #expect(withinMs: number): void {
    clearTimeout(this.#timer);
    if (this.#paused) return;
    this.#timer = setTimeout(() => {
      this.#died();
    }, withinMs);
  }

  #died(): void {
    this.#end();
    if (this.#stopped) return;
    const wait = RESTART_AFTER_MS[Math.min(this.#deaths, RESTART_AFTER_MS.length - 1)] ?? 0;
    this.#deaths += 1;
    this.#say(this.#deaths > FAILING_AFTER_DEATHS ? "failing" : "starting");
    this.#timer = setTimeout(() => {
      this.#start();
    }, wait);
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
    this.#settle(null);
  }

  #settle(decoded: Decoded | null): void {
    const pending = this.#pending;
    this.#pending = null;
    pending?.settle(decoded);
  }

  #say(state: DecoderState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#onState(state);
  }
}
