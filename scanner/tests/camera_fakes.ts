// What stands in for the browser in the tests of the camera: a page, a worker, a video, a camera.

import { vi } from "vitest";

import type { Code } from "../src/camera/codes.ts";
import type { ReadRequest, WorkerAnswer } from "../src/camera/messages.ts";

export class FakePage extends EventTarget {
  visibilityState: DocumentVisibilityState = "visible";

  show(visibilityState: DocumentVisibilityState): void {
    this.visibilityState = visibilityState;
    this.dispatchEvent(new Event("visibilitychange"));
  }

  get asDocument(): Document {
    return this as unknown as Document;
  }
}

/** A worker whose answers the test gives. */
export class FakeWorker extends EventTarget {
  readonly requests: ReadRequest[] = [];
  isTerminated = false;

  postMessage(request: ReadRequest): void {
    this.requests.push(request);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  say(answer: WorkerAnswer): void {
    this.dispatchEvent(Object.assign(new Event("message"), { data: answer }));
  }

  ready(): void {
    this.say({ kind: "ready" });
  }

  /** Answers the last request. */
  answer(codes: readonly Code[] = [], decodeMs = 6): void {
    this.say({ kind: "read", frameId: this.requests.at(-1)?.frameId ?? 0, codes, decodeMs });
  }

  crash(): void {
    this.dispatchEvent(new Event("error"));
  }
}

/** Makes workers and keeps them. */
export class Workers {
  readonly made: FakeWorker[] = [];
  readonly start = (): Worker => {
    const worker = new FakeWorker();
    this.made.push(worker);
    return worker as unknown as Worker;
  };

  get last(): FakeWorker {
    const worker = this.made.at(-1);
    if (worker === undefined) throw new Error("no worker was started");
    return worker;
  }
}

export const bitmap = () => ({ close: vi.fn() }) as unknown as ImageBitmap;

type FrameCallback = (now: number, metadata: { captureTime?: number }) => void;

/** A video that shows a frame when the test says so. */
export class FakeVideo {
  videoWidth = 1280;
  videoHeight = 720;
  currentTime = 0;
  muted = false;
  playsInline = false;
  srcObject: unknown = null;
  readonly play = vi.fn(() => Promise.resolve());
  #callbacks = new Map<number, FrameCallback>();
  #handles = 0;

  requestVideoFrameCallback(callback: FrameCallback): number {
    this.#callbacks.set(++this.#handles, callback);
    return this.#handles;
  }

  cancelVideoFrameCallback(handle: number): void {
    this.#callbacks.delete(handle);
  }

  get isListenedTo(): boolean {
    return this.#callbacks.size > 0;
  }

  /** A new picture; waits until what it sets off has settled. */
  async frame(captureTime?: number): Promise<void> {
    const callbacks = [...this.#callbacks.values()];
    this.#callbacks.clear();
    this.currentTime += 1 / 30;
    for (const callback of callbacks) callback(0, captureTime === undefined ? {} : { captureTime });
    await settled();
  }

  get asElement(): HTMLVideoElement {
    return this as unknown as HTMLVideoElement;
  }
}

/** A camera's track, as the test wants it. */
export class FakeTrack extends EventTarget {
  readyState: MediaStreamTrackState = "live";
  muted = false;
  settings: MediaTrackSettings = { facingMode: "environment", deviceId: "back" };
  capabilities: object = {};
  applied: object[] = [];
  refuses = false;
  readonly stop = vi.fn(() => {
    this.readyState = "ended";
  });
  readonly getSettings = () => this.settings;
  readonly getCapabilities = () => this.capabilities;
  readonly applyConstraints = ({ advanced }: { advanced: object[] }) => {
    if (this.refuses) return Promise.reject(new Error("OverconstrainedError"));
    this.applied.push(...advanced);
    return Promise.resolve();
  };

  end(): void {
    this.readyState = "ended";
    this.dispatchEvent(new Event("ended"));
  }
}

/** Cameras that are given or refused as the test says. */
export class FakeDevices extends EventTarget {
  readonly asked: MediaTrackConstraints[] = [];
  readonly tracks: FakeTrack[] = [];
  /** What the next requests come to: an error's name, or a camera. */
  failures: string[] = [];
  prepare: (track: FakeTrack) => void = () => undefined;
  cameras: Partial<MediaDeviceInfo>[] = [];

  readonly getUserMedia = ({ video }: { video: MediaTrackConstraints }) => {
    this.asked.push(video);
    const failure = this.failures.shift();
    if (failure !== undefined) return Promise.reject(new DOMException("no", failure));
    const track = new FakeTrack();
    this.prepare(track);
    this.tracks.push(track);
    return Promise.resolve({ getVideoTracks: () => [track] });
  };

  readonly enumerateDevices = () => Promise.resolve(this.cameras);

  get last(): FakeTrack {
    const track = this.tracks.at(-1);
    if (track === undefined) throw new Error("no camera was given");
    return track;
  }
}

/** Lets promises run on that wait for nothing. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}
