// Which outboxes does this phone have? One for each device that it is or was; who writes and who sends share them.

import type { Store } from "./database.ts";
import { Listeners } from "./listeners.ts";
import { type Counts, Outbox } from "./outbox.ts";

/** The outboxes of a page, each opened once. */
export class Outboxes {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #opening = new Map<string, Promise<Outbox>>();
  readonly #open: Outbox[] = [];
  readonly #listeners = new Listeners<Counts>();
  readonly #appended = new Listeners<null>();

  /** `now` gives milliseconds since 1970. */
  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** Gives a device's outbox. Rejects with StorageFailed. */
  of(deviceId: string): Promise<Outbox> {
    let opening = this.#opening.get(deviceId);
    if (opening === undefined) {
      opening = this.#openFor(deviceId);
      this.#opening.set(deviceId, opening);
      opening.catch(() => this.#opening.delete(deviceId));
    }
    return opening;
  }

  /** Counts the records of all outboxes that were asked for. */
  counts(): Counts {
    return this.#open.map((outbox) => outbox.counts()).reduce(sum, { waiting: 0, sent: 0, acknowledged: 0 });
  }

  /** Calls `listener` with the counts of all whenever they may have changed; gives how to stop that. */
  subscribe(listener: (counts: Counts) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Calls `listener` after each record that was appended to any of them; gives how to stop that. */
  onAppended(listener: () => void): () => void {
    return this.#appended.add(listener);
  }

  async #openFor(deviceId: string): Promise<Outbox> {
    const outbox = await Outbox.open(this.#store, deviceId, this.#now);
    this.#open.push(outbox);
    outbox.subscribe(() => {
      this.#tell();
    });
    outbox.onAppended(() => {
      this.#appended.tell(null);
    });
    this.#tell();
    return outbox;
  }

  #tell(): void {
    this.#listeners.tell(this.counts());
  }
}

function sum(one: Counts, other: Counts): Counts {
  return {
    waiting: one.waiting + other.waiting,
    sent: one.sent + other.sent,
    acknowledged: one.acknowledged + other.acknowledged,
  };
}
