// Is the camera running? Started, watched, and started again after a phone call, a locked screen or a pulled cable.

import { askForCamera, type CameraFailure, type CameraHost, type CameraWish, type Facing } from "./ask.ts";
import { Lens, type ZoomRange } from "./lens.ts";

export type { CameraFailure, CameraHost, CameraWish, Facing } from "./ask.ts";
export type { ZoomRange } from "./lens.ts";

/** `retries`: it is tried again without anybody's doing. */
export type CameraState =
  | { readonly kind: "starting" }
  | {
      readonly kind: "on";
      readonly facing: Facing;
      readonly deviceId: string;
      readonly torchAvailable: boolean;
      readonly zoomRange: ZoomRange | null;
    }
  | {
      readonly kind: "off";
      readonly reason: CameraFailure;
      readonly detail: string;
      readonly retries: boolean;
    }
  | { readonly kind: "stopped" };

/** A camera in use. Nothing here throws or rejects; `setTorch` and `setZoom` say whether it was done. */
export interface Camera {
  readonly state: CameraState;
  readonly torchAvailable: boolean;
  readonly torchOn: boolean;
  readonly zoomRange: ZoomRange | null;
  setTorch(on: boolean): Promise<boolean>;
  setZoom(times: number): Promise<boolean>;
  /** To the camera on the other side. */
  flip(): void;
  /** Asks once more, now: for the button under "the camera is off". */
  retry(): void;
  stop(): void;
}

/** How often a running camera is looked after. */
export const WATCH_EVERY_MS = 2000;
/** Pauses between tries; the last one stays. Back to the first once a camera has run for a while. */
export const RETRY_AFTER_MS: readonly number[] = [500, 1000, 2000, 4000, 8000, 15_000];
/** So many looks in a row without a new picture, and the camera is started again. */
const STILL_LOOKS = 2;

/**
 * Starts a camera and shows it in the video, until it is stopped.
 *
 * `onState` hears every change, the first while this function runs.
 */
export function startCamera(
  video: HTMLVideoElement,
  wish: CameraWish,
  onState: (state: CameraState) => void,
  host: CameraHost = browserHost(),
): Camera {
  return new WatchedCamera(video, wish, onState, host);
}

/** Gives the cameras there are, named once the person has allowed one; empty where the browser does not tell. */
export async function listCameras(
  devices: MediaDevices | undefined = browserHost().devices,
): Promise<readonly { readonly deviceId: string; readonly label: string }[]> {
  try {
    const all = (await devices?.enumerateDevices()) ?? [];
    return all
      .filter(({ kind, deviceId }) => kind === "videoinput" && deviceId !== "")
      .map(({ deviceId, label }) => ({ deviceId, label }));
  } catch {
    return [];
  }
}

function browserHost(): CameraHost {
  const offered: Partial<Pick<Navigator, "mediaDevices" | "permissions">> = navigator;
  return {
    devices: offered.mediaDevices,
    isSecure: isSecureContext,
    page: document,
    permissions: offered.permissions,
  };
}

class WatchedCamera implements Camera {
  readonly #video: HTMLVideoElement;
  readonly #onState: (state: CameraState) => void;
  readonly #host: CameraHost;
  #wish: CameraWish;
  #state: CameraState = { kind: "stopped" };
  /** Grows with every start and stop, so that what comes late from an earlier one is recognised. */
  #generation = 0;
  #track: MediaStreamTrack | null = null;
  #lens: Lens | null = null;
  #torchWanted = false;
  #zoomWanted: number | null = null;
  #isAsking = false;
  #tries = 0;
  #stillLooks = 0;
  #lastTime = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #watchTimer: ReturnType<typeof setInterval> | undefined;

  constructor(
    video: HTMLVideoElement,
    wish: CameraWish,
    onState: (state: CameraState) => void,
    host: CameraHost,
  ) {
    this.#video = video;
    this.#wish = wish;
    this.#onState = onState;
    this.#host = host;
    host.page.addEventListener("visibilitychange", this.#onVisibility);
    host.devices?.addEventListener("devicechange", this.#onDevices);
    void this.#hearPermission();
    void this.#open();
  }

  get state(): CameraState {
    return this.#state;
  }

  get torchAvailable(): boolean {
    return this.#lens?.torchAvailable ?? false;
  }

  get torchOn(): boolean {
    return this.#lens?.torchOn ?? false;
  }

  get zoomRange(): ZoomRange | null {
    return this.#lens?.zoomRange ?? null;
  }

  async setTorch(on: boolean): Promise<boolean> {
    this.#torchWanted = on;
    return (await this.#lens?.setTorch(on)) ?? false;
  }

  async setZoom(times: number): Promise<boolean> {
    this.#zoomWanted = times;
    return (await this.#lens?.setZoom(times)) ?? false;
  }

  flip(): void {
    this.#wish = { facing: this.#wish.facing === "environment" ? "user" : "environment" };
    this.#torchWanted = false;
    this.#zoomWanted = null;
    this.retry();
  }

  retry(): void {
    if (this.#state.kind === "stopped") return;
    this.#tries = 0;
    void this.#open();
  }

  stop(): void {
    this.#release();
    this.#host.page.removeEventListener("visibilitychange", this.#onVisibility);
    this.#host.devices?.removeEventListener("devicechange", this.#onDevices);
    this.#say({ kind: "stopped" });
  }

  async #open(): Promise<void> {
    this.#release();
    const generation = this.#generation;
    this.#say({ kind: "starting" });
    this.#isAsking = true;
    const answer = await askForCamera(this.#host, this.#wish);
    if (generation !== this.#generation) {
      if (answer.ok) answer.track.stop();
      return;
    }
    this.#isAsking = false;
    if (answer.ok) await this.#adopt(answer.stream, answer.track);
    else this.#fail(answer.reason, answer.detail);
  }

  async #adopt(stream: MediaStream, track: MediaStreamTrack): Promise<void> {
    const generation = this.#generation;
    this.#track = track;
    track.addEventListener("ended", this.#onEnded);
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.srcObject = stream;
    this.#play();
    const lens = new Lens(track);
    this.#lens = lens;
    this.#watch();
    await lens.focus();
    if (this.#torchWanted) await lens.setTorch(true);
    if (this.#zoomWanted !== null) await lens.setZoom(this.#zoomWanted);
    if (generation !== this.#generation) return;
    const { facingMode, deviceId = "" } = track.getSettings();
    this.#say({
      kind: "on",
      facing: facingMode === "user" || facingMode === "environment" ? facingMode : this.#wish.facing,
      deviceId,
      torchAvailable: lens.torchAvailable,
      zoomRange: lens.zoomRange,
    });
  }

  #fail(reason: CameraFailure, detail: string): void {
    const retries = reason === "in_use" || reason === "unknown" || reason === "none";
    this.#say({ kind: "off", reason, detail, retries });
    if (retries) this.#openLater();
  }

  /** Tries again after a pause that grows; a hidden page waits until it is looked at. */
  #openLater(): void {
    clearTimeout(this.#retryTimer);
    const wait = RETRY_AFTER_MS[Math.min(this.#tries, RETRY_AFTER_MS.length - 1)];
    this.#tries += 1;
    this.#retryTimer = setTimeout(() => {
      if (!this.#isHidden()) void this.#open();
    }, wait);
  }

  #release(): void {
    this.#generation += 1;
    this.#isAsking = false;
    clearTimeout(this.#retryTimer);
    clearInterval(this.#watchTimer);
    this.#track?.removeEventListener("ended", this.#onEnded);
    this.#track?.stop();
    this.#track = this.#lens = null;
    this.#video.srcObject = null;
  }

  #watch(): void {
    clearInterval(this.#watchTimer);
    this.#stillLooks = 0;
    this.#lastTime = this.#video.currentTime;
    this.#watchTimer = setInterval(() => {
      this.#look();
    }, WATCH_EVERY_MS);
  }

  /** A camera taken away mutes its track, ends it, or merely shows the same picture for ever: all are noticed here. */
  #look(): void {
    const track = this.#track;
    if (track === null || this.#isHidden()) return;
    if (track.readyState === "ended") {
      this.#restart();
      return;
    }
    const moves = !track.muted && this.#video.currentTime !== this.#lastTime;
    this.#lastTime = this.#video.currentTime;
    if (moves) {
      this.#stillLooks = 0;
      this.#tries = 0;
      return;
    }
    this.#stillLooks += 1;
    if (this.#stillLooks >= STILL_LOOKS) this.#restart();
    else this.#play();
  }

  /** The first restart comes at once; those that follow without a picture in between wait longer and longer. */
  #restart(): void {
    this.#release();
    this.#say({ kind: "starting" });
    this.#openLater();
  }

  #play(): void {
    // Rejected when another start overtakes it, or by a browser that wants a touch first; the watch tries again.
    void this.#video.play().catch(() => null);
  }

  #isHidden(): boolean {
    return this.#host.page.visibilityState === "hidden";
  }

  readonly #onEnded = (): void => {
    this.#restart();
  };

  readonly #onVisibility = (): void => {
    // While the browser asks the person, asking again would only ask twice.
    if (this.#isHidden() || this.#isAsking || this.#state.kind === "stopped") return;
    if (this.#state.kind === "off" || this.#track === null || this.#track.readyState === "ended") {
      this.retry();
    } else {
      this.#play();
      this.#watch();
    }
  };

  readonly #onDevices = (): void => {
    if (this.#state.kind === "off" && this.#state.retries) this.retry();
  };

  /** Hears when a person who said no says yes in the browser's settings. Not every browser can tell. */
  async #hearPermission(): Promise<void> {
    try {
      const status = await this.#host.permissions?.query({ name: "camera" });
      status?.addEventListener("change", () => {
        if (this.#state.kind === "off" && status.state !== "denied") this.retry();
      });
    } catch {
      // Then the button under the message is the way.
    }
  }

  #say(state: CameraState): void {
    const isNews = state.kind === "on" || state.kind === "off" || state.kind !== this.#state.kind;
    if (!isNews) return;
    this.#state = state;
    this.#onState(state);
  }
}
