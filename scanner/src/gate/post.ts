// What does an enrolled phone consist of? Its lane, its outbox, its bundle and its talk with the server, put together.

import { APP_VERSION, BUILT_AT } from "../app/build.ts";
import type { Bundle } from "../domain/bundle.ts";
import type { Instant } from "../domain/local_time.ts";
import { clockFloor } from "../store/bundles.ts";
import type { Store } from "../store/database.ts";
import { StorageFull } from "../store/database.ts";
import type { EnrolledDevice } from "../store/devices.ts";
import type { Outboxes } from "../store/outboxes.ts";
import { loadBundle } from "../sync/fetch_bundle.ts";
import { Freshener } from "../sync/keep_fresh.ts";
import { fetchPhoto } from "../sync/look_up.ts";
import type { Server } from "../sync/server.ts";
import type { Timing } from "../sync/timing.ts";
import { Lane } from "./lane.ts";
import type { Tone } from "./shown.ts";

/** What a post needs from the app around it. */
export interface PostParts {
  readonly store: Store;
  readonly outboxes: Outboxes;
  readonly server: Server;
  readonly timing: Timing;
  readonly feel: (tone: Tone | "nudge") => void;
  readonly onChange: () => void;
}

/** An enrolled phone at work. */
export class Post {
  readonly lane: Lane;
  readonly freshener: Freshener;
  /** The latest instant this phone knows to be past. */
  clockFloorAt: Instant;
  readonly #stops: (() => void)[];

  private constructor(lane: Lane, freshener: Freshener, clockFloorAt: Instant, stops: (() => void)[]) {
    this.lane = lane;
    this.freshener = freshener;
    this.clockFloorAt = clockFloorAt;
    this.#stops = stops;
  }

  /** The phone as the server last described it. */
  get device(): EnrolledDevice | null {
    return this.freshener.state.device;
  }

  /** The bundle in use; null until the first one came. */
  get bundle(): Bundle | null {
    return this.freshener.state.bundle;
  }

  /**
   * Opens a post: what was left behind when the app was closed is taken up before anything new.
   *
   * Rejects with StorageFull or StorageFailed.
   */
  static async open(device: EnrolledDevice, parts: PostParts): Promise<Post> {
    const { store, server, timing } = parts;
    const { deviceId, rootPoint } = device;
    const outbox = await parts.outboxes.of(deviceId);
    const bundle = await loadBundle(store, rootPoint);
    const floor = clockFloor(BUILT_AT, bundle?.issuedAt ?? null, outbox.latestScanAt());
    const freshener = new Freshener({ store, server, timing, rootPoint, device, bundle });
    const lane = new Lane({
      now: () => timing.now(),
      later: (work, ms) => timing.after(ms, work),
      bundle: () => freshener.state.bundle,
      clockFloorAt: () => post.clockFloorAt,
      journal: outbox,
      place: () => ({ checkpoint: device.checkpoint.id, direction: device.direction, category: "ordinary" }),
      admitNeedsTap: () => freshener.state.device?.admitNeedsTap === true,
      appVersion: APP_VERSION,
      fetchPhoto: (number) => fetchPhoto(server, device, number),
      feel: parts.feel,
      troubleOf: (error) => (error instanceof StorageFull ? "storage_full" : "storage_failed"),
    });
    const post: Post = new Post(lane, freshener, floor, [
      lane.subscribe(() => {
        const [latest] = lane.recent();
        if (latest !== undefined) post.learnTime(latest.scannedAt);
        parts.onChange();
      }),
      freshener.subscribe(({ bundle: fresh }) => {
        if (fresh !== null) post.learnTime(fresh.issuedAt);
        parts.onChange();
      }),
    ]);
    const left = await outbox.unsettled();
    if (left !== null) await lane.resume(left);
    freshener.start();
    return post;
  }

  /** Takes down that an instant is past. */
  learnTime(at: Instant): void {
    if (at > this.clockFloorAt) this.clockFloorAt = at;
  }

  /** Ends the work of this post; nothing that was written is lost. */
  close(): void {
    this.freshener.stop();
    for (const stop of this.#stops) stop();
  }
}
