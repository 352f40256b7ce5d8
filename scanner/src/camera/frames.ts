// How do frames get from the video to the decoder, and codes back to the lane?
//
// One frame at a time is in the decoder's hands; those that come meanwhile are let go, so that what is read is always
// fresh. The time of capture travels with each frame: from there to the verdict is what the officer waits.

import { type Code, rankCodes, type Sighting } from "./codes.ts";
import { ANSWER_WITHIN_MS, Decoder } from "./decoder.ts";
import type { Picture } from "./messages.ts";
import { Pace, type Region } from "./pace.ts";

/**
 * - `starting`: the decoder is not ready yet; `failing`: it does not start, which the officer must be told.
 * - `reading`: at full speed; `idle`: five frames a second, as nobody came for a minute.
 * - `hidden`: the page is not on the screen and nothing is read.
 */
export type ReaderState = "starting" | "reading" | "idle" | "hidden" | "failing";

/** Reads until it is stopped. `wake` reads at full speed again: somebody is there. */
export interface FrameReader {
  readonly state: ReaderState;
  wake(): void;
  stop(): void;
}

/** What a reader is given. `now` is on the clock of `performance.now()`; only tests name the last three. */
export interface FrameReaderOptions {
  /** Called for each frame that shows a code, so several times for one that stays in view. */
  readonly onCodes: (sighting: Sighting) => void;
  readonly onState?: (state: ReaderState) => void;
  readonly startWorker?: () => Worker;
  readonly now?: () => number;
  readonly page?: Document;
}

/** How far a frame's own time of capture may lie back and still be believed. */
const CAPTURE_BELIEVED_MS = 2000;

/** Starts reading what the video shows, now or as soon as it shows something. */
export function readFrames(video: HTMLVideoElement, options: FrameReaderOptions): FrameReader {
  return new VideoReader(video, options);
}

function startDecodeWorker(): Worker {
  return new Worker(new URL("./decode_worker.ts", import.meta.url), { type: "module", name: "decoder" });
}

class VideoReader implements FrameReader {
  readonly #video: HTMLVideoElement;
  readonly #options: FrameReaderOptions;
  readonly #now: () => number;
  readonly #page: Document;
  readonly #pace: Pace;
  readonly #decoder: Decoder;
  /** When the frame in hand was taken up, or null. */
  #busySinceMs: number | null = null;
  #taken = 0;
  #state: ReaderState = "starting";
  #cancel: (() => void) | null = null;
  #stopped = false;

  constructor(video: HTMLVideoElement, options: FrameReaderOptions) {
    this.#video = video;
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#page = options.page ?? document;
    this.#pace = new Pace(this.#now());
    this.#decoder = new Decoder(options.startWorker ?? startDecodeWorker, () => {
      // A decoder that cannot even be made says so before it is assigned here.
      queueMicrotask(this.#tell);
    });
    this.#page.addEventListener("visibilitychange", this.#onVisibility);
    this.#onVisibility();
  }

  get state(): ReaderState {
    if (this.#isHidden()) return "hidden";
    if (this.#decoder.state !== "ready") return this.#decoder.state;
    return this.#pace.isIdle(this.#now()) ? "idle" : "reading";
  }

  wake(): void {
    this.#pace.wake(this.#now());
    this.#tell();
  }

  stop(): void {
    this.#stopped = true;
    this.#page.removeEventListener("visibilitychange", this.#onVisibility);
    this.#unschedule();
    this.#decoder.stop();
  }

  #isHidden(): boolean {
    return this.#page.visibilityState === "hidden";
  }

  readonly #onVisibility = (): void => {
    this.#unschedule();
    if (this.#isHidden()) {
      this.#decoder.pause();
    } else {
      this.#decoder.resume();
      this.#pace.wake(this.#now());
      this.#schedule();
    }
    this.#tell();
  };

  readonly #tell = (): void => {
    const state = this.state;
    if (this.#stopped || state === this.#state) return;
    this.#state = state;
    this.#options.onState?.(state);
  };

  #schedule(): void {
    if ("requestVideoFrameCallback" in this.#video) {
      const handle = this.#video.requestVideoFrameCallback((_, { captureTime }) => {
        this.#onFrame(captureTime);
      });
      this.#cancel = () => {
        this.#video.cancelVideoFrameCallback(handle);
      };
    } else {
      const handle = requestAnimationFrame(() => {
        this.#onFrame(undefined);
      });
      this.#cancel = () => {
        cancelAnimationFrame(handle);
      };
    }
  }

  #unschedule(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #onFrame(captureTime: number | undefined): void {
    this.#schedule();
    this.#tell();
    const nowMs = this.#now();
    // A picture that could not be taken for longer than a decoder may be silent is given up.
    const isBusy = this.#busySinceMs !== null && nowMs - this.#busySinceMs <= 2 * ANSWER_WITHIN_MS;
    if (isBusy || this.#decoder.state !== "ready" || !this.#pace.isDue(nowMs)) return;
    const isBelieved =
      captureTime !== undefined && captureTime <= nowMs && nowMs - captureTime < CAPTURE_BELIEVED_MS;
    void this.#read(isBelieved ? captureTime : nowMs, nowMs);
  }

  async #read(capturedAtMs: number, nowMs: number): Promise<void> {
    const frame = { width: this.#video.videoWidth, height: this.#video.videoHeight };
    if (frame.width === 0 || frame.height === 0) return;
    const taken = ++this.#taken;
    this.#busySinceMs = nowMs;
    const region = this.#pace.take(frame, nowMs);
    const picture = await takePicture(this.#video, region);
    // Given up meanwhile: another frame is in hand.
    if (taken !== this.#taken || this.#stopped) {
      picture?.close();
      return;
    }
    const decoded = picture === null ? null : await this.#decoder.read(picture, region);
    if (taken === this.#taken) this.#busySinceMs = null;
    if (decoded === null || this.#halted()) return;
    this.#pace.took(decoded.decodeMs);
    this.#handOn(decoded.codes, { capturedAtMs, decodeMs: decoded.decodeMs, frame });
  }

  /** A frame taken before the page was hidden is not handed on to an officer who does not look. */
  #halted(): boolean {
    return this.#stopped || this.#isHidden();
  }

  #handOn(codes: readonly Code[], rest: Omit<Sighting, "codes">): void {
    if (codes.length === 0) return;
    this.#pace.wake(this.#now());
    this.#tell();
    this.#options.onCodes({ codes: rankCodes(codes, rest.frame), ...rest });
  }
}

/**
 * Gives what the video shows now, or null where it cannot be taken.
 *
 * The video's own frame is handed over in no time; to copy it takes the page 12 ms (1280 x 720, one desktop core), in
 * which no verdict is drawn.
 */
async function takePicture(video: HTMLVideoElement, region: Region): Promise<Picture | null> {
  if ("VideoFrame" in globalThis) {
    try {
      return new VideoFrame(video);
    } catch {
      // A frame that this browser does not hand out is copied.
    }
  }
  const { origin, width, height } = region;
  return createImageBitmap(video, origin.x, origin.y, width, height).catch(() => null);
}
