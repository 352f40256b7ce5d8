// How does a verdict sound? Four signals that differ in rhythm and direction, not only in pitch, so that they are told
// apart by an officer who looks at the traveller and over the noise of a road.

import type { Tone } from "../gate/shown.ts";

/**
 * - `locked`: the browser gives sound only after a touch, and none came yet (or a phone call took the sound away).
 * - `ready`: verdicts are heard. `off`: switched off, or this phone has no sound.
 */
export type SoundState = "locked" | "ready" | "off";

/** What an app has of them. Nothing here throws. */
export interface Sounds {
  readonly state: SoundState;
  /** To be called from the handler of a touch or a key: at other times the browser refuses. */
  unlock(): void;
  /** Plays a verdict's signal in place of one that still sounds; false when it is not heard. */
  play(tone: Tone): boolean;
  setOn(on: boolean): void;
  stop(): void;
}

/** One beep of a signal: when it starts after the verdict, how long it is, and how high. */
export interface Beep {
  readonly atMs: number;
  readonly forMs: number;
  readonly hertz: number;
}

/** Rising; two level; falling; three short and low. Small loudspeakers carry 500 Hz to 3 kHz, all under half a second. */
export const SIGNALS: Readonly<Record<Tone, readonly Beep[]>> = {
  admit: [
    { atMs: 0, forMs: 110, hertz: 1047 },
    { atMs: 120, forMs: 180, hertz: 1568 },
  ],
  refer: [
    { atMs: 0, forMs: 140, hertz: 1175 },
    { atMs: 220, forMs: 140, hertz: 1175 },
  ],
  refuse: [
    { atMs: 0, forMs: 160, hertz: 1397 },
    { atMs: 170, forMs: 160, hertz: 988 },
    { atMs: 340, forMs: 160, hertz: 659 },
  ],
  device: [
    { atMs: 0, forMs: 70, hertz: 523 },
    { atMs: 130, forMs: 70, hertz: 523 },
    { atMs: 260, forMs: 70, hertz: 523 },
  ],
};

/** Loud, but short of what distorts. */
const LOUDNESS = 0.5;
/** A tone that starts or ends at once clicks. */
const RAMP_S = 0.008;

/** Makes them, locked until the first touch. `onState` hears each change. */
export function makeSounds(
  onState: (state: SoundState) => void = () => undefined,
  makeContext: () => AudioContext = () => new AudioContext({ latencyHint: "interactive" }),
): Sounds {
  return new WebAudioSounds(onState, makeContext);
}

class WebAudioSounds implements Sounds {
  readonly #onState: (state: SoundState) => void;
  readonly #makeContext: () => AudioContext;
  #context: AudioContext | null = null;
  #playing: GainNode | null = null;
  #isOn = true;
  #isBroken = false;
  #told: SoundState = "locked";

  constructor(onState: (state: SoundState) => void, makeContext: () => AudioContext) {
    this.#onState = onState;
    this.#makeContext = makeContext;
  }

  get state(): SoundState {
    if (!this.#isOn || this.#isBroken) return "off";
    return this.#context?.state === "running" ? "ready" : "locked";
  }

  unlock(): void {
    if (this.#isBroken || this.#context?.state === "running") return;
    try {
      this.#context ??= this.#make();
      void this.#context.resume().then(this.#tell, this.#tell);
    } catch {
      this.#isBroken = true;
    }
    this.#tell();
  }

  play(tone: Tone): boolean {
    const context = this.#context;
    // A signal that waited for the sound to come back would speak of a traveller who is gone.
    if (context === null || this.state !== "ready") return false;
    try {
      this.#playing?.disconnect();
      this.#playing = sound(context, SIGNALS[tone]);
      return true;
    } catch {
      return false;
    }
  }

  setOn(on: boolean): void {
    this.#isOn = on;
    if (!on) this.#playing?.disconnect();
    this.#tell();
  }

  stop(): void {
    this.setOn(false);
    void this.#context?.close().catch(() => null);
    this.#context = null;
  }

  #make(): AudioContext {
    const context = this.#makeContext();
    // A call or another application takes the sound away; the next touch brings it back.
    context.addEventListener("statechange", this.#tell);
    return context;
  }

  readonly #tell = (): void => {
    const { state } = this;
    if (state === this.#told) return;
    this.#told = state;
    this.#onState(state);
  };
}

/** Lets the beeps sound from now; gives the node that silences them when it is disconnected. */
function sound(context: AudioContext, beeps: readonly Beep[]): GainNode {
  const out = context.createGain();
  out.connect(context.destination);
  for (const { atMs, forMs, hertz } of beeps) {
    const start = context.currentTime + atMs / 1000;
    const end = start + forMs / 1000;
    const oscillator = context.createOscillator();
    const envelope = context.createGain();
    // A triangle has overtones that a small loudspeaker carries, and none that hurt.
    oscillator.type = "triangle";
    oscillator.frequency.value = hertz;
    envelope.gain.setValueAtTime(0, start);
    envelope.gain.linearRampToValueAtTime(LOUDNESS, start + RAMP_S);
    envelope.gain.setValueAtTime(LOUDNESS, end - RAMP_S);
    envelope.gain.linearRampToValueAtTime(0, end);
    oscillator.connect(envelope).connect(out);
    oscillator.start(start);
    oscillator.stop(end);
  }
  return out;
}
