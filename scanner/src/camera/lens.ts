// What can this camera do besides filming: light, zoom, focus? (MediaStream Image Capture, sections 4 to 6)

/** How far it zooms. */
export interface ZoomRange {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** Image Capture's additions, which the platform's types lack. */
interface LensCapabilities extends MediaTrackCapabilities {
  readonly torch?: boolean | readonly boolean[];
  readonly zoom?: Partial<ZoomRange>;
  readonly focusMode?: readonly string[];
}

interface LensSettings extends MediaTrackConstraintSet {
  torch?: boolean;
  zoom?: number;
  focusMode?: string;
}

/** One camera's lens: what it offers, and what was last asked of it. */
export class Lens {
  readonly #track: MediaStreamTrack;
  readonly torchAvailable: boolean;
  readonly zoomRange: ZoomRange | null;
  readonly #settings: LensSettings = {};

  constructor(track: MediaStreamTrack) {
    this.#track = track;
    const capabilities = capabilitiesOf(track);
    const { torch, focusMode } = capabilities;
    this.torchAvailable = typeof torch === "object" ? torch.includes(true) : torch === true;
    this.zoomRange = zoomRangeOf(capabilities.zoom);
    if (focusMode?.includes("continuous") === true) this.#settings.focusMode = "continuous";
  }

  get torchOn(): boolean {
    return this.#settings.torch === true;
  }

  /** Keeps the focus moving, where the camera has one that moves. */
  async focus(): Promise<boolean> {
    return this.#settings.focusMode === undefined ? false : this.#apply({});
  }

  async setTorch(on: boolean): Promise<boolean> {
    return this.torchAvailable && (await this.#apply({ torch: on }));
  }

  /** Zooms so many times, or as far as it goes. */
  async setZoom(times: number): Promise<boolean> {
    if (this.zoomRange === null || !Number.isFinite(times)) return false;
    return this.#apply({ zoom: Math.min(this.zoomRange.max, Math.max(this.zoomRange.min, times)) });
  }

  /** Applies a change with all that was asked before: what is left out of a call would go back to its default. */
  async #apply(change: LensSettings): Promise<boolean> {
    const settings = { ...this.#settings, ...change };
    try {
      await this.#track.applyConstraints({ advanced: [settings] });
    } catch {
      return false;
    }
    Object.assign(this.#settings, change);
    return true;
  }
}

function capabilitiesOf(track: MediaStreamTrack): LensCapabilities {
  try {
    return track.getCapabilities();
  } catch {
    // Not every browser has it, and a track that has just ended may throw.
    return {};
  }
}

function zoomRangeOf(zoom: Partial<ZoomRange> | undefined): ZoomRange | null {
  const { min = 1, max = 1, step = 0.1 } = zoom ?? {};
  return max > min ? { min, max, step } : null;
}
