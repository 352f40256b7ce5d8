// What happens between a code and an action? The lane: one traveller at a time, in order, each written down.
//
// 1. A code is seen: the scan before it, if silence admits it, is admitted.
// 2. It is authenticated and decided.
// 3. The admission and the scan are written down together, and only then the scan is shown.
// 4. Silence admits an ADMIT after five seconds; everything else waits for a tap.
// 5. The action is written down; within two minutes it can be corrected.

import { type Bundle, freshness } from "../domain/bundle.ts";
import { fromClock, type Instant } from "../domain/local_time.ts";
import { REASONS } from "../domain/reasons.ts";
import { ActedBy, Action, type DeviceRecord, type Link, type ScanRecord } from "../domain/records.ts";
import type { Credential, LastCrossing, Scan } from "../domain/scan.ts";
import type { Decision } from "../domain/verdict.ts";
import { authenticate, conclude } from "../services/verify_pass.ts";
import { Crossings } from "./crossings.ts";
import {
  agreeingAction,
  CORRECTABLE_S,
  type ScanShown,
  type Shown,
  type Tone,
  type Trouble,
} from "./shown.ts";
import { Sightings } from "./sightings.ts";
import { mark } from "./timing.ts";
import { toneOf } from "./tone.ts";
import { actionOn, admittedBySilence, type Decided, demandGround, scanOf } from "./written.ts";

export const SILENCE_ADMITS_MS = 5000;
/** So long an ADMIT stands before a code that merely came into view takes its place, milliseconds. */
export const LEAST_SHOWN_MS = 800;
export const RECENT_MAX = 5;

/** Who writes records down, all that are given or none. Rejects when they could not be kept. */
export interface Journal {
  appendAll(makes: readonly ((link: Link) => DeviceRecord)[]): Promise<readonly DeviceRecord[]>;
}

/** What a lane works with. `journal` is null where scans are only looked at; times are milliseconds since 1970. */
export interface LaneParts {
  readonly now: () => number;
  readonly later: (work: () => void, ms: number) => () => void;
  readonly bundle: () => Bundle | null;
  readonly clockFloorAt: () => Instant | null;
  readonly journal: Journal | null;
  readonly place: () => Pick<Scan, "checkpoint" | "direction" | "category">;
  readonly admitNeedsTap: () => boolean;
  readonly appVersion: string;
  readonly fetchPhoto: (number: string) => Promise<Blob | null>;
  readonly feel: (tone: Tone | "nudge") => void;
  readonly troubleOf: (error: unknown) => Trouble;
}

/** A scan with what is needed to take its action back: the crossing known before it. */
interface Looked {
  readonly shown: ScanShown;
  readonly before: LastCrossing | null;
}

/** One lane at a gate. Everything that is asked of it is done in the order it was asked. */
export class Lane {
  readonly #parts: LaneParts;
  readonly #sightings = new Sightings();
  readonly #nudged = new Sightings();
  readonly #crossings = new Crossings();
  readonly #listeners = new Set<() => void>();
  #recent: readonly Looked[] = [];
  #shown: Shown = { kind: "ready" };
  #presentedAtMs = 0;
  #unsettled: Shown | null = null;
  #queue: Promise<void> = Promise.resolve();
  #cancelSilence: () => void = () => undefined;

  constructor(parts: LaneParts) {
    this.#parts = parts;
  }

  /** What is on the screen. */
  get shown(): Shown {
    return this.#shown;
  }

  /** The last five scans, the newest first. */
  recent(): readonly ScanShown[] {
    return this.#recent.map((one) => one.shown);
  }

  /** Calls `listener` whenever what is shown or recent changes; gives how to stop that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Takes a code: one that is in the camera's sight, or one that the officer `triggered` with a hand scanner.
   *
   * The same code within three seconds is one scan. Settles when the code was dealt with.
   */
  see(text: string, triggered = false): Promise<void> {
    const nowMs = this.#parts.now();
    if (!this.#sightings.isNew(text, nowMs) || this.#shown.kind === "trouble") return Promise.resolve();
    if (this.#isTapDue()) {
      this.#sightings.forget(text);
      if (this.#nudged.isNew(text, nowMs)) this.#nudge();
      return Promise.resolve();
    }
    return this.#inTurn(() => this.#look(text, triggered));
  }

  /** Stops the silence that would admit: the officer is about to do something else. */
  hold(): void {
    if (this.#shown.kind !== "verdict" || this.#shown.waitsFor !== "clock") return;
    if (this.#shown.scan.taken !== null) return;
    this.#cancelSilence();
    this.#show({ ...this.#shown, waitsFor: "tap", endsAtMs: null });
  }

  /** Does what the officer taps about the scan on the screen. Against the verdict it takes a ground. */
  act(scanId: string, action: Action, ground = ""): Promise<void> {
    const due = this.#shown.kind === "verdict" && this.#shown.scan.id === scanId ? this.#shown.scan : null;
    if (due !== null && agreeingAction(due) !== action) demandGround(ground);
    return this.#inTurn(async () => {
      const isDue = this.#shown.kind === "verdict" && this.#shown.scan.id === scanId;
      if (isDue) await this.#settle(action, ActedBy.OFFICER, ground);
      // The next traveller came while the officer chose: then it is a correction.
      else if (ground.trim() !== "") await this.#amend(scanId, action, ground);
    });
  }

  /** Corrects what was done about one of the last scans. Gives false where it is too late. */
  async correct(scanId: string, action: Action, ground: string): Promise<boolean> {
    demandGround(ground);
    let corrected = false;
    await this.#inTurn(async () => {
      corrected = await this.#amend(scanId, action, ground);
    });
    return corrected;
  }

  /**
   * Leaves a scan that was only looked at, or a trouble, for the camera.
   *
   * Where the trouble was that an action could not be written down, its scan comes back: something is still due.
   */
  dismiss(): void {
    const { kind } = this.#shown;
    if (kind === "ready" || (kind === "verdict" && this.#shown.waitsFor !== "next")) return;
    if (kind === "trouble") this.#sightings.clear();
    this.#show(this.#unsettled ?? { kind: "ready" });
    this.#unsettled = null;
  }

  /** Takes up a scan that was written down before the app was closed, and about which nothing was done yet. */
  resume(record: ScanRecord): Promise<void> {
    return this.#inTurn(async () => {
      const bundle = this.#parts.bundle();
      if (bundle === null) return;
      const authentic = await authenticate(record.qrText, bundle);
      const believed = record.decision.reasons.every(
        (reason) => REASONS[reason].reasonClass !== "authenticity",
      );
      const credential = authentic.ok && believed ? authentic.value : null;
      const decision: Decision = { ...record.decision, orderIds: [] };
      const looked = this.#describe(record.link.recordId, record, decision, credential, "", bundle);
      this.#present(looked);
      if (this.#shown.kind === "verdict" && this.#shown.waitsFor === "clock") {
        await this.#settle(Action.ADMIT, ActedBy.CLOCK, "");
      }
    });
  }

  async #look(text: string, triggered: boolean): Promise<void> {
    if (!this.#isFree(triggered)) {
      this.#sightings.forget(text);
      return;
    }
    const bundle = this.#parts.bundle();
    if (bundle === null) {
      this.#trouble("no_bundle");
      return;
    }
    const now = fromClock(this.#parts.now());
    const gone = this.#admitted();
    if (gone !== null) {
      this.#cancelSilence();
      // Before the decision: it may be the same pass once more.
      this.#remember(gone, Action.ADMIT);
    }
    const authentic = await authenticate(text, bundle);
    mark("verified");
    const lastCrossing = authentic.ok ? this.#crossings.of(authentic.value.fingerprint) : null;
    const scan: Scan = {
      ...this.#parts.place(),
      clockFloorAt: this.#parts.clockFloorAt(),
      lastCrossing,
      quotaUsed: new Map(),
    };
    const { decision, credential, detail } = conclude(authentic, scan, bundle, now);
    mark("decided");
    const { serial: bundleSerial } = bundle;
    const { appVersion } = this.#parts;
    const decided = { text, scan, decision, scannedAt: now, bundleSerial, appVersion };
    const id = await this.#record(gone, decided);
    mark("recorded");
    if (gone !== null) this.#change(gone.shown.id, { taken: Action.ADMIT, takenBy: ActedBy.CLOCK });
    this.#present(this.#describe(id, { scan, scannedAt: now }, decision, credential, detail, bundle));
  }

  /** Gives the scan that silence admits as soon as the next code is seen, or null. */
  #admitted(): Looked | null {
    if (this.#shown.kind !== "verdict" || this.#shown.waitsFor !== "clock") return null;
    const { id } = this.#shown.scan;
    return this.#recent.find((one) => one.shown.id === id) ?? null;
  }

  /**
   * Writes a scan down, and before it the admission of who has `gone`; gives the scan's id. One transaction, as each
   * waits for the disk. Where nothing is written down, an id that tells scans apart.
   */
  async #record(gone: Looked | null, decided: Decided): Promise<string> {
    if (this.#parts.journal === null) return crypto.randomUUID();
    const admission = gone === null ? [] : [actionOn(gone.shown.id, admittedBySilence(decided.scannedAt))];
    const written = await this.#parts.journal.appendAll([...admission, scanOf(decided)]);
    return written.at(-1)?.link.recordId ?? "";
  }

  #describe(
    id: string,
    { scan, scannedAt }: Pick<ScanRecord, "scan" | "scannedAt">,
    decision: Decision,
    credential: Credential | null,
    detail: string,
    bundle: Bundle,
  ): Looked {
    const shown: ScanShown = {
      id,
      scannedAt,
      direction: scan.direction,
      verdict: decision.verdict,
      tone: toneOf(decision, scan.direction),
      reasons: decision.reasons,
      credential,
      detail,
      backBy: decision.backBy,
      freshness: freshness(bundle, scannedAt, credential?.pass.statusUri),
      bundleIssuedAt: bundle.issuedAt,
      photo: null,
      taken: null,
      takenBy: null,
    };
    return { shown, before: scan.lastCrossing };
  }

  #present(looked: Looked): void {
    const { shown: scan } = looked;
    const silenceAdmits = scan.verdict === "ADMIT" && !this.#parts.admitNeedsTap();
    const waitsFor = this.#parts.journal === null ? "next" : silenceAdmits ? "clock" : "tap";
    this.#presentedAtMs = this.#parts.now();
    const endsAtMs = waitsFor === "clock" ? this.#presentedAtMs + SILENCE_ADMITS_MS : null;
    this.#recent = [looked, ...this.#recent].slice(0, RECENT_MAX);
    this.#nudged.clear();
    this.#show({ kind: "verdict", scan, waitsFor, endsAtMs, nudges: 0 });
    this.#parts.feel(scan.tone);
    if (waitsFor === "clock") this.#awaitSilence(scan.id);
    if (scan.credential !== null) void this.#bringPhoto(scan.id, scan.credential.pass.number);
  }

  #awaitSilence(scanId: string): void {
    this.#cancelSilence = this.#parts.later(() => {
      void this.#inTurn(async () => {
        const { kind } = this.#shown;
        if (kind !== "verdict" || this.#shown.scan.id !== scanId || this.#shown.waitsFor !== "clock") return;
        await this.#settle(Action.ADMIT, ActedBy.CLOCK, "");
      });
    }, SILENCE_ADMITS_MS);
  }

  async #amend(scanId: string, action: Action, ground: string): Promise<boolean> {
    const looked = this.#recent.find((one) => one.shown.id === scanId);
    if (looked === undefined || !this.#isCorrectable(looked.shown)) return false;
    await this.#write(looked, action, ActedBy.OFFICER, ground);
    return true;
  }

  /** Writes down what was done about the scan on the screen, and goes back to the camera. */
  async #settle(action: Action, actedBy: ActedBy, ground: string): Promise<void> {
    if (this.#shown.kind !== "verdict") return;
    const { id } = this.#shown.scan;
    this.#cancelSilence();
    const looked = this.#recent.find((one) => one.shown.id === id);
    if (looked !== undefined) await this.#write(looked, action, actedBy, ground);
    this.#show({ kind: "ready" });
  }

  async #write(looked: Looked, action: Action, actedBy: ActedBy, ground: string): Promise<void> {
    const actedAt = fromClock(this.#parts.now());
    await this.#parts.journal?.appendAll([actionOn(looked.shown.id, { action, actedBy, ground, actedAt })]);
    this.#change(looked.shown.id, { taken: action, takenBy: actedBy });
    this.#remember(looked, action);
  }

  /** Remembers whether the holder is across now. */
  #remember({ shown, before }: Looked, action: Action): void {
    if (shown.credential === null) return;
    const crossing = { direction: shown.direction, crossedAt: shown.scannedAt, backBy: shown.backBy };
    this.#crossings.set(shown.credential.fingerprint, action === Action.ADMIT ? crossing : before);
  }

  async #bringPhoto(scanId: string, number: string): Promise<void> {
    const photo = await this.#parts.fetchPhoto(number);
    if (photo !== null) this.#change(scanId, { photo });
  }

  #change(scanId: string, change: Partial<Pick<ScanShown, "photo" | "taken" | "takenBy">>): void {
    this.#recent = this.#recent.map((one) =>
      one.shown.id === scanId ? { ...one, shown: { ...one.shown, ...change } } : one,
    );
    if (this.#shown.kind === "verdict" && this.#shown.scan.id === scanId) {
      this.#show({ ...this.#shown, scan: { ...this.#shown.scan, ...change } });
    } else this.#tell();
  }

  #isFree(triggered: boolean): boolean {
    if (this.#shown.kind === "ready") return true;
    if (this.#shown.kind === "trouble" || this.#isTapDue()) return false;
    return triggered || this.#parts.now() - this.#presentedAtMs >= LEAST_SHOWN_MS;
  }

  #isTapDue(): boolean {
    return this.#shown.kind === "verdict" && this.#shown.waitsFor === "tap";
  }

  #isCorrectable(scan: ScanShown): boolean {
    return fromClock(this.#parts.now()) - scan.scannedAt <= CORRECTABLE_S;
  }

  #nudge(): void {
    if (this.#shown.kind !== "verdict") return;
    this.#show({ ...this.#shown, nudges: this.#shown.nudges + 1 });
    this.#parts.feel("nudge");
  }

  #trouble(trouble: Trouble): void {
    if (
      this.#shown.kind === "verdict" &&
      this.#shown.waitsFor !== "next" &&
      this.#shown.scan.taken === null
    ) {
      this.#unsettled = { ...this.#shown, waitsFor: "tap", endsAtMs: null };
    }
    this.#show({ kind: "trouble", trouble });
    this.#parts.feel("device");
  }

  #show(shown: Shown): void {
    this.#shown = shown;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** What cannot be written down is the phone's trouble: it is shown, and the lane goes on. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      this.#cancelSilence();
      this.#trouble(this.#parts.troubleOf(error));
    });
    return this.#queue;
  }
}
