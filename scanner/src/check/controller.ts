// What does the other side's checker do? The gate's verification without a post: nothing is recorded, nothing is sent.
//
// The national root's key is taken from the server once and kept with its bundle: whoever changes it later changes nothing here. Its
// fingerprint stands on the first page, to be compared with the one that was handed over on paper.

import { APP_VERSION, BUILT_AT } from "../app/build.ts";
import { afterPaint, missingInBrowser } from "../app/pages.ts";
import { type Versions, watchVersions } from "../app/versions.ts";
import { Viewfinder } from "../app/viewfinder.ts";
import { listenToWedge } from "../camera/wedge.ts";
import type { Instant } from "../domain/local_time.ts";
import type { Octets } from "../domain/passes.ts";
import { keepAwake } from "../feel/wake_lock.ts";
import { makeSounds } from "../feel/sounds.ts";
import { vibrate } from "../feel/vibration.ts";
import { describeBundle, listNotices } from "../gate/describe.ts";
import { Lane } from "../gate/lane.ts";
import type { Tone } from "../gate/shown.ts";
import { mark } from "../gate/timing.ts";
import { clockFloor, latestRoot } from "../store/bundles.ts";
import { openStore, type Store } from "../store/database.ts";
import { readSettings, saveSettings, type Settings } from "../store/settings.ts";
import { loadBundle } from "../sync/fetch_bundle.ts";
import { Freshener } from "../sync/keep_fresh.ts";
import { Server } from "../sync/server.ts";
import { timingOf } from "../sync/timing.ts";
import type { CheckHandlers, CheckPage, CheckState, Notice } from "../ui/state.ts";
import { fingerprintOf } from "../wire/keys.ts";

const STORE = "borderpass-check";
/** So long after a question for the root that had no answer it is asked again. */
const ROOT_AGAIN_MS = 5000;

/** The app of the other side. */
export class CheckController {
  readonly #onChange: () => void;
  readonly #now: () => number;
  readonly #timing;
  readonly #server;
  readonly #viewfinder: Viewfinder;
  readonly #sounds;
  readonly #lane: Lane;
  readonly #closed = new Set<Notice>();
  #store: Store | null = null;
  #freshener: Freshener | null = null;
  #settings: Settings = { language: "th", sound: true, facing: "environment" };
  #versions: Versions = { updateReady: false, offlineReady: false };
  #takeUpdate: () => Promise<void> = () => Promise.resolve();
  #ready: "starting" | "ready" | "cannot_start" = "starting";
  #page: CheckPage = "intro";
  #gate: string | null = null;
  #clockFloorAt: Instant = BUILT_AT;
  #rootFingerprint = "";

  /** `now` gives milliseconds since 1970; `onChange` is called whenever the state may be another. */
  constructor(now: () => number, onChange: () => void) {
    this.#now = now;
    this.#onChange = onChange;
    this.#timing = timingOf(now);
    this.#server = new Server({ fetch: (input, init) => fetch(input, init), timing: this.#timing });
    this.#sounds = makeSounds(onChange);
    this.#viewfinder = new Viewfinder({
      facing: () => this.#settings.facing,
      onFacing: (facing) => void this.#set({ facing }),
      onSighting: ({ codes, capturedAtMs }) => {
        if (this.#page !== "scan") return;
        mark("captured", capturedAtMs);
        mark("decoded");
        for (const { text } of codes) void this.#lane.see(text);
      },
      onChange,
    });
    this.#lane = this.#makeLane();
    this.#lane.subscribe(onChange);
  }

  /** All that the screens show, now. */
  get state(): CheckState {
    const nowMs = this.#now();
    const bundle = this.#freshener?.state.bundle ?? null;
    const { shown } = this.#lane;
    const gates = [...(bundle?.checkpoints.values() ?? [])];
    return {
      language: this.#settings.language ?? "th",
      nowMs,
      page: this.#page,
      ready: this.#ready === "ready" && bundle === null ? "no_bundle" : this.#ready,
      scan: shown.kind === "verdict" ? shown.scan : null,
      camera: this.#viewfinder.state,
      bundle: describeBundle(bundle, this.#rootFingerprint, nowMs),
      gates,
      gate: gates.find((one) => one.id === this.#gate) ?? null,
      notices: listNotices(
        {
          space: { usedBytes: null, quotaBytes: null, persisted: true, level: "plenty" },
          versions: this.#versions,
          hasBundle: true,
          clockFloorAt: this.#clockFloorAt,
          clockOffS: null,
          closed: this.#closed,
        },
        nowMs,
      ),
      appVersion: APP_VERSION,
    };
  }

  get handlers(): CheckHandlers {
    return {
      ...this.#viewfinder.handlers,
      onLanguage: (language) => void this.#set({ language }),
      onGo: (page) => {
        this.#page = page;
        this.#onChange();
      },
      onGate: (gate) => {
        this.#gate = gate?.id ?? null;
        this.#onChange();
      },
      onNext: () => {
        this.#lane.dismiss();
      },
      onUpdate: () => void this.#takeUpdate(),
      onCloseNotice: (notice) => {
        this.#closed.add(notice);
        this.#onChange();
      },
      onRetry: () => {
        location.reload();
      },
    };
  }

  /** Opens the app with the keys kept, or fetches them the first time. */
  async start(): Promise<void> {
    if (missingInBrowser() !== null) {
      this.#become("cannot_start");
      return;
    }
    try {
      await this.#open();
      this.#become("ready");
    } catch {
      this.#become("cannot_start");
    }
  }

  /** Takes a touch or a key anywhere: only then may a page make sounds. */
  touched(): void {
    this.#sounds.unlock();
    this.#viewfinder.wake();
  }

  async #open(): Promise<void> {
    const store = await openStore(STORE);
    this.#store = store;
    this.#settings = await readSettings(store, this.#settings);
    keepAwake();
    this.#takeUpdate = watchVersions((versions) => {
      this.#versions = versions;
      this.#onChange();
    }).take;
    listenToWedge(
      window,
      (text) => {
        this.#page = "scan";
        void this.#lane.see(text, true);
      },
      () => performance.now(),
    );
    window.addEventListener("online", () => void this.#findKeys());
    await this.#findKeys();
  }

  /** Finds the root's key, then the bundle. Where nobody answers the first time, it is tried again soon. */
  async #findKeys(): Promise<void> {
    if (this.#store === null) return;
    if (this.#freshener !== null) {
      this.#freshener.wake();
      return;
    }
    const rootPoint = (await latestRoot(this.#store)) ?? (await this.#askForRoot());
    if (rootPoint === null) {
      this.#timing.after(ROOT_AGAIN_MS, () => void this.#findKeys());
      return;
    }
    this.#rootFingerprint = await fingerprintOf(rootPoint);
    const parts = { store: this.#store, server: this.#server, timing: this.#timing };
    const bundle = await loadBundle(this.#store, rootPoint);
    this.#clockFloorAt = clockFloor(BUILT_AT, bundle?.issuedAt ?? null, null);
    this.#freshener = new Freshener({ ...parts, rootPoint, device: null, bundle });
    this.#freshener.subscribe(({ bundle: fresh }) => {
      if (fresh !== null && fresh.issuedAt > this.#clockFloorAt) this.#clockFloorAt = fresh.issuedAt;
      this.#onChange();
    });
    this.#freshener.start();
  }

  async #askForRoot(): Promise<Octets | null> {
    const answer = await this.#server.rootKey();
    return answer.kind === "ok" ? answer.body.point : null;
  }

  #makeLane(): Lane {
    return new Lane({
      now: this.#now,
      later: (work, ms) => this.#timing.after(ms, work),
      bundle: () => this.#freshener?.state.bundle ?? null,
      clockFloorAt: () => this.#clockFloorAt,
      journal: null,
      // Who stands on the other side sees people come: what is an exit from here is what they ask about.
      place: () => ({ checkpoint: this.#gate, direction: "exit", category: "ordinary" }),
      admitNeedsTap: () => false,
      appVersion: APP_VERSION,
      fetchPhoto: () => Promise.resolve(null),
      feel: (tone) => {
        this.#feel(tone);
      },
      troubleOf: () => "storage_failed",
    });
  }

  #feel(tone: Tone | "nudge"): void {
    afterPaint(() => {
      mark("painted");
    });
    if (tone === "nudge") return;
    this.#sounds.play(tone);
    vibrate(tone);
  }

  #become(ready: "ready" | "cannot_start"): void {
    this.#ready = ready;
    this.#onChange();
  }

  async #set(changes: Partial<Settings>): Promise<void> {
    this.#settings = { ...this.#settings, ...changes };
    this.#onChange();
    if (this.#store !== null) await saveSettings(this.#store, changes).catch(() => undefined);
  }
}
