// How does an app work the camera? One video, what is read from it, and its state as the screens show it.

import type { Sighting } from "../camera/codes.ts";
import { type FrameReader, readFrames, type ReaderState } from "../camera/frames.ts";
import {
  type Camera,
  type CameraFailure,
  type CameraState as StreamState,
  type Facing,
  startCamera,
} from "../camera/stream.ts";
import type { CameraHandlers, CameraState, CameraTrouble } from "../ui/state.ts";

const TROUBLES: Readonly<Record<CameraFailure, CameraTrouble>> = {
  denied: "denied",
  none: "none",
  in_use: "in_use",
  insecure: "not_secure",
  unknown: "failed",
};

/** What an app does with what the camera gives. */
export interface ViewfinderParts {
  readonly facing: () => Facing;
  readonly onFacing: (facing: Facing) => void;
  readonly onSighting: (sighting: Sighting) => void;
  readonly onChange: () => void;
}

/** The camera of an app; it stays open between two people. */
export class Viewfinder {
  readonly #parts: ViewfinderParts;
  #camera: Camera | null = null;
  #reader: FrameReader | null = null;
  #stream: StreamState = { kind: "stopped" };
  #reading: ReaderState = "starting";
  #zoom = 1;

  constructor(parts: ViewfinderParts) {
    this.#parts = parts;
  }

  /** What the screens show of it. */
  get state(): CameraState {
    const stream = this.#stream;
    const nothing = { torch: null, zoom: null, canFlip: false } as const;
    if (stream.kind === "starting") return { phase: "starting", trouble: null, ...nothing };
    if (stream.kind === "off")
      return { phase: "failed", trouble: TROUBLES[stream.reason], ...nothing, canFlip: true };
    if (stream.kind === "stopped") return { phase: "off", trouble: null, ...nothing };
    if (this.#reading === "failing") return { phase: "failed", trouble: "no_decoder", ...nothing };
    const range = stream.zoomRange;
    return {
      phase: "running",
      trouble: null,
      torch: stream.torchAvailable ? (this.#camera?.torchOn === true ? "on" : "off") : null,
      zoom:
        range === null ? null : { at: Math.max(this.#zoom, range.min), least: range.min, most: range.max },
      canFlip: true,
    };
  }

  readonly handlers: CameraHandlers = {
    onVideo: (video) => {
      this.#close();
      if (video !== null) this.#open(video);
    },
    onCameraRetry: () => this.#camera?.retry(),
    onTorch: (on) => void this.#camera?.setTorch(on).then(this.#tell),
    onZoom: (factor) => {
      this.#zoom = factor;
      void this.#camera?.setZoom(factor).then(this.#tell);
    },
    onFlip: () => this.#camera?.flip(),
  };

  /** Reads at full speed again: somebody is there. */
  wake(): void {
    this.#reader?.wake();
  }

  readonly #tell = (): void => {
    this.#parts.onChange();
  };

  #open(video: HTMLVideoElement): void {
    this.#camera = startCamera(video, { facing: this.#parts.facing() }, (stream) => {
      this.#stream = stream;
      if (stream.kind === "on" && stream.facing !== this.#parts.facing()) this.#parts.onFacing(stream.facing);
      this.#tell();
    });
    this.#reader = readFrames(video, {
      onCodes: this.#parts.onSighting,
      onState: (state) => {
        this.#reading = state;
        this.#tell();
      },
    });
  }

  #close(): void {
    this.#reader?.stop();
    this.#camera?.stop();
    this.#camera = this.#reader = null;
  }
}
