// What does the officer's phone do with what is seen, tapped and heard?
//
// The controller holds what the app knows, hands the screens plain values (ui/state.ts) and does what they ask. The
// work itself is the lane's, the outbox's and the talk's with the server.

import { APP_VERSION } from "../app/build.ts";
import { afterPaint, holdAlone, missingInBrowser } from "../app/pages.ts";
import { type Versions, watchVersions } from "../app/versions.ts";
import { Viewfinder } from "../app/viewfinder.ts";
import type { Sighting } from "../camera/codes.ts";
import { listenToWedge } from "../camera/wedge.ts";
import { fromClock, type Instant } from "../domain/local_time.ts";
import { keepAwake } from "../feel/wake_lock.ts";
import { makeSounds } from "../feel/sounds.ts";
import { vibrate } from "../feel/vibration.ts";
import { openStore, type Store } from "../store/database.ts";
import { Devices, type EnrolledDevice } from "../store/devices.ts";
import { Outboxes } from "../store/outboxes.ts";
import { readSettings, saveSettings, type Settings } from "../store/settings.ts";
import { askToPersist, type Space, watchSpace } from "../store/space.ts";
import { enrol } from "../sync/enrol.ts";
import { ENROLMENT_PREFIX } from "../sync/enrolment_code.ts";
import { Sender, type SendState } from "../sync/keep_sending.ts";
import { Server } from "../sync/server.ts";
import { timingOf } from "../sync/timing.ts";
import type { GateHandlers, GatePage, GateStage, GateState, Notice } from "../ui/state.ts";
import { fingerprintOf } from "../wire/keys.ts";
import {
  describeBundle,
  describeEnrolFailure,
  describeRecents,
  describeSending,
  listNotices,
} from "./describe.ts";
import { NumberDesk } from "./number_desk.ts";
import { Post } from "./post.ts";
import type { Tone } from "./shown.ts";
import { Sightings } from "./sightings.ts";
import { mark } from "./timing.ts";

const LOCK = "borderpass-gate";
const NOT_SENDING: SendState = {
  state: "idle",
  nextTryAt: null,
  lastContactAt: null,
  problem: null,
  code: null,
  clockOffS: null,
};

/** The app at a gate. */
export class GateController {
  readonly #now: () => number;
  readonly #onChange: () => void;
  readonly #timing;
  readonly #server;
  readonly #viewfinder: Viewfinder;
  readonly #sounds;
  readonly #desk: NumberDesk;
  readonly #openedAt: Instant;
  readonly #closed = new Set<Notice>();
  readonly #enrolments = new Sightings();
  #parts: { store: Store; devices: Devices; outboxes: Outboxes; sender: Sender } | null = null;
  #settings: Settings = { language: null, sound: true, facing: "environment" };
  #space: Space = { usedBytes: null, quotaBytes: null, persisted: true, level: "plenty" };
  #versions: Versions = { updateReady: false, offlineReady: false };
  #takeUpdate: () => Promise<void> = () => Promise.resolve();
  #stage: GateStage = { kind: "starting" };
  #page: GatePage = { kind: "lane" };
  #post: Post | null = null;
  #rootFingerprint = "";

  /** `now` gives milliseconds since 1970; `onChange` is called whenever the state may be another. */
  constructor(now: () => number, onChange: () => void) {
    this.#now = now;
    this.#onChange = onChange;
    this.#timing = timingOf(now);
    this.#openedAt = fromClock(now());
    this.#server = new Server({ fetch: (input, init) => fetch(input, init), timing: this.#timing });
    this.#sounds = makeSounds(onChange);
    this.#desk = new NumberDesk(this.#server, this.#timing, onChange);
    this.#viewfinder = new Viewfinder({
      facing: () => this.#settings.facing,
      onFacing: (facing) => void this.#set({ facing }),
      onSighting: (sighting) => {
        this.#sight(sighting);
      },
      onChange,
    });
  }

  /** All that the screens show, now. */
  get state(): GateState {
    const nowMs = this.#now();
    const lane = this.#post?.lane;
    const outboxes = this.#parts?.outboxes;
    const counts = outboxes?.counts() ?? { waiting: 0, sent: 0, acknowledged: 0 };
    const send = this.#parts?.sender.state ?? NOT_SENDING;
    const bundle = this.#post?.bundle ?? null;
    return {
      language: this.#settings.language,
      nowMs,
      stage: this.#stage,
      page: this.#page,
      shown: lane?.shown ?? { kind: "ready" },
      camera: this.#viewfinder.state,
      bundle: describeBundle(bundle, this.#rootFingerprint, nowMs),
      sending: describeSending(send, counts, this.#openedAt, nowMs),
      space: {
        level: this.#space.level === "plenty" ? "enough" : this.#space.level,
        kept: this.#space.persisted,
      },
      notices: listNotices(
        {
          space: this.#space,
          versions: this.#versions,
          hasBundle: this.#post === null || bundle !== null,
          clockFloorAt: this.#post?.clockFloorAt ?? null,
          clockOffS: send.clockOffS ?? this.#post?.freshener.state.clockOffS ?? null,
          closed: this.#closed,
        },
        nowMs,
      ),
      sound: this.#sounds.state === "ready" ? "on" : this.#sounds.state,
      recents: describeRecents(lane?.recent() ?? [], nowMs),
      lookUp: this.#desk.state,
      appVersion: APP_VERSION,
    };
  }

  /** Opens the app: once a page has the store to itself, the enrolled phone goes to work. */
  async start(): Promise<void> {
    const missing = missingInBrowser();
    if (missing !== null) {
      this.#enter({ kind: "cannot_start", why: missing });
      return;
    }
    try {
      const store = await this.#openStore();
      // What is chosen on this phone holds on every page of it, on one that may not work too.
      this.#settings = await readSettings(store, this.#settings);
      if (await holdAlone(LOCK)) await this.#open(store);
      else this.#enter({ kind: "other_tab" });
    } catch {
      this.#enter({ kind: "cannot_start", why: "storage" });
    }
  }

  /** Takes a touch or a key anywhere: only then may a page make sounds. */
  touched(): void {
    this.#sounds.unlock();
    this.#viewfinder.wake();
  }

  get handlers(): GateHandlers {
    const lane = () => this.#post?.lane;
    return {
      ...this.#viewfinder.handlers,
      onLanguage: (language) => void this.#set({ language }),
      onGo: (page) => {
        if (page.kind === "ground" && !page.correcting) lane()?.hold();
        this.#go(page);
      },
      onEnrol: (code) => void this.#enrol(code),
      onAct: (scanId, action, ground) => {
        void lane()?.act(scanId, action, ground ?? "");
        this.#go({ kind: "lane" });
      },
      onCorrect: (scanId, action, ground) => {
        void lane()?.correct(scanId, action, ground);
        this.#go({ kind: "recents" });
      },
      onNext: () => lane()?.dismiss(),
      onLookUp: (number) => {
        const device = this.#post?.device ?? null;
        if (device !== null) void this.#desk.ask(number, device);
      },
      onLookUpAgain: () => {
        this.#desk.clear();
      },
      onSound: (sound) => {
        this.#sounds.setOn(sound);
        void this.#set({ sound });
      },
      onSendNow: () => this.#parts?.sender.wake("asked"),
      onUpdate: () => void this.#takeUpdate(),
      onCloseNotice: (notice) => {
        this.#closed.add(notice);
        this.#onChange();
      },
      onLeaveGate: () => void this.#leave(),
      onEnrolAnew: () => void this.#leave(),
      onRetry: () => {
        location.reload();
      },
    };
  }

  #openStore(): Promise<Store> {
    return openStore(LOCK, {
      onOutdated: () => {
        this.#enter({ kind: "other_tab" });
      },
    });
  }

  async #open(store: Store): Promise<void> {
    this.#sounds.setOn(this.#settings.sound);
    const devices = new Devices(store);
    const outboxes = new Outboxes(store, this.#now);
    const sender = new Sender({
      server: this.#server,
      devices,
      outboxes,
      timing: this.#timing,
      onHeard: ({ bundleSerial }) => {
        if (bundleSerial !== null && bundleSerial > (this.#post?.bundle?.serial ?? 0))
          this.#post?.freshener.wake();
      },
      onRevoked: (device) => {
        if (device.deviceId === this.#post?.device?.deviceId) this.#stand(device);
      },
    });
    this.#parts = { store, devices, outboxes, sender };
    outboxes.subscribe(this.#onChange);
    sender.subscribe(this.#onChange);
    sender.start();
    this.#listen();
    const device = await devices.current();
    if (device === null) this.#enter({ kind: "enrol", asking: false, failure: null });
    else await this.#work(device);
  }

  /** Listens to what the browser tells: codes typed by a hand scanner, the network, room, newer versions. */
  #listen(): void {
    listenToWedge(
      window,
      (text) => {
        this.#read(text);
      },
      () => performance.now(),
      () => {
        this.#feel("device");
      },
    );
    const wake = (why: "online" | "visible") => () => {
      if (document.visibilityState !== "visible") return;
      this.#parts?.sender.wake(why);
      this.#post?.freshener.wake();
    };
    window.addEventListener("online", wake("online"));
    document.addEventListener("visibilitychange", wake("visible"));
    keepAwake();
    void askToPersist(navigator.storage).then(() =>
      watchSpace(navigator.storage, this.#timing, (space) => {
        this.#space = space;
        this.#onChange();
      }),
    );
    this.#takeUpdate = watchVersions((versions) => {
      this.#versions = versions;
      this.#onChange();
    }).take;
  }

  async #work(device: EnrolledDevice): Promise<void> {
    const { store, outboxes } = this.#demandParts();
    this.#rootFingerprint = await fingerprintOf(device.rootPoint);
    this.#post?.close();
    this.#post = await Post.open(device, {
      store,
      outboxes,
      server: this.#server,
      timing: this.#timing,
      feel: (tone) => {
        this.#feel(tone);
      },
      onChange: () => {
        const known = this.#post?.device;
        if (known !== undefined && known !== null && known.revokedAt !== null) this.#stand(known);
        this.#onChange();
      },
    });
    this.#stand(device);
  }

  /** Shows the post, or that it is over: who was revoked scans no more. */
  #stand(device: EnrolledDevice): void {
    if (device.revokedAt !== null) {
      const { waiting, sent } = this.#demandParts().outboxes.counts();
      this.#enter({ kind: "revoked", kept: waiting + sent });
      return;
    }
    const { deviceId, checkpoint, lane, direction } = device;
    this.#enter({ kind: "at_work", post: { deviceId, checkpoint, lane, direction } });
  }

  /** Takes what the camera sees, while the camera is what the officer looks at. */
  #sight({ codes, capturedAtMs }: Sighting): void {
    if (this.#page.kind !== "lane" && this.#stage.kind === "at_work") return;
    mark("captured", capturedAtMs);
    mark("decoded");
    for (const { text } of codes) {
      if (text.startsWith(ENROLMENT_PREFIX)) this.#sightEnrolment(text);
      else if (this.#stage.kind === "at_work") void this.#post?.lane.see(text);
    }
  }

  /** Tries a code once while it is in sight. At work it is no traveller's: it was in view when it was taken. */
  #sightEnrolment(text: string): void {
    if (this.#enrolments.isNew(text, this.#now()) && this.#stage.kind === "enrol") void this.#enrol(text);
  }

  /** Takes what a hand scanner typed: it counts on every page. */
  #read(text: string): void {
    this.#viewfinder.wake();
    if (this.#stage.kind === "enrol") {
      if (text.startsWith(ENROLMENT_PREFIX)) void this.#enrol(text);
      return;
    }
    if (this.#stage.kind !== "at_work" || this.#page.kind === "ground" || text.startsWith(ENROLMENT_PREFIX))
      return;
    this.#go({ kind: "lane" });
    void this.#post?.lane.see(text, true);
  }

  async #enrol(typed: string): Promise<void> {
    if (this.#stage.kind !== "enrol" || this.#stage.asking) return;
    this.#enter({ kind: "enrol", asking: true, failure: null });
    const { store } = this.#demandParts();
    const parts = { store, server: this.#server, now: this.#now, appVersion: APP_VERSION };
    const outcome = await enrol(parts, typed);
    if (outcome.kind === "enrolled") {
      await this.#work(outcome.device);
      return;
    }
    this.#enter({ kind: "enrol", asking: false, failure: describeEnrolFailure(outcome) });
  }

  /** Leaves the gate: what was not sent stays and is still sent, with this post's own key. */
  async #leave(): Promise<void> {
    const { devices, sender } = this.#demandParts();
    this.#post?.close();
    this.#post = null;
    await devices.leave();
    sender.wake("asked");
    this.#page = { kind: "lane" };
    this.#enter({ kind: "enrol", asking: false, failure: null });
  }

  #feel(tone: Tone | "nudge"): void {
    afterPaint(() => {
      mark("painted");
    });
    const sound = tone === "nudge" ? "refer" : tone;
    this.#sounds.play(sound);
    vibrate(sound);
  }

  #enter(stage: GateStage): void {
    this.#stage = stage;
    this.#onChange();
  }

  #go(page: GatePage): void {
    if (page.kind === "number") this.#desk.clear();
    this.#page = page;
    this.#onChange();
  }

  async #set(changes: Partial<Settings>): Promise<void> {
    this.#settings = { ...this.#settings, ...changes };
    this.#onChange();
    // A setting that cannot be kept holds until the app is closed.
    if (this.#parts !== null) await saveSettings(this.#parts.store, changes).catch(() => undefined);
  }

  #demandParts() {
    if (this.#parts === null) throw new Error("the store is not open yet");
    return this.#parts;
  }
}
