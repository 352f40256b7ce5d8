// Where does the phone keep what must not be lost? IndexedDB, by way of idb: one database, and one rule for its errors.
//
// Browsers end connections on their own (iOS when an app was in the background), so each piece of work is one
// transaction that may be done again: every `work` given here does no harm when it runs twice.

import { type IDBPDatabase, type IDBPTransaction, openDB } from "idb";

import { type Schema, type Step, STEPS, type StoreName } from "./schema.ts";

/** There is no room left: nothing was written. */
export class StorageFull extends Error {
  override readonly name = "StorageFull";

  constructor(options?: ErrorOptions) {
    super("the phone's storage is full: nothing was written; make room on the phone", options);
  }
}

/** The storage did not do what it was asked. */
export class StorageFailed extends Error {
  override readonly name = "StorageFailed";

  constructor(options?: ErrorOptions) {
    super(
      "the phone's storage failed: load the page anew; if that does not help, use another phone",
      options,
    );
  }
}

type Transaction<Mode extends IDBTransactionMode> = IDBPTransaction<Schema, StoreName[], Mode>;
type Database = IDBPDatabase<Schema>;

/**
 * What a page may want to know of its database.
 *
 * `onBlocked`: a page of an older version is open and keeps this one waiting; it has to be closed. `onOutdated`: a
 * page of a newer version wants the database; this one gave it up and has to be loaded anew.
 */
export interface StoreEvents {
  readonly onBlocked?: () => void;
  readonly onOutdated?: () => void;
}

/** Opens the database, made or brought up to date where needed. Rejects with StorageFull or StorageFailed. */
export async function openStore(
  name = "borderpass-gate",
  events: StoreEvents = {},
  steps: readonly Step[] = STEPS,
): Promise<Store> {
  const store = new Store(name, events, steps);
  await store.read(["values"], () => Promise.resolve());
  return store;
}

/** The database. Its connection is opened when it is needed, and anew when the browser ended it. */
export class Store {
  readonly #name: string;
  readonly #events: StoreEvents;
  readonly #steps: readonly Step[];
  #connection: Promise<Database> | null = null;

  constructor(name: string, events: StoreEvents, steps: readonly Step[]) {
    this.#name = name;
    this.#events = events;
    this.#steps = steps;
  }

  /** Does some reading in one transaction. Rejects with StorageFailed, or what `work` throws. */
  read<T>(names: StoreName[], work: (transaction: Transaction<"readonly">) => Promise<T>): Promise<T> {
    return this.#run((database) => within(database.transaction(names, "readonly"), work));
  }

  /**
   * Does some writing in one transaction, and settles when it is committed: with `strict`, when it is on the disk.
   *
   * Inside `work` nothing may be awaited but the transaction's own requests. Rejects with StorageFull or
   * StorageFailed, or with what `work` throws; then nothing was written.
   */
  write<T>(
    names: StoreName[],
    work: (transaction: Transaction<"readwrite">) => Promise<T>,
    durability: "strict" | "relaxed" = "strict",
  ): Promise<T> {
    return this.#run((database) => within(database.transaction(names, "readwrite", { durability }), work));
  }

  /** Ends the connection; it is opened anew when it is needed. */
  close(): void {
    const connection = this.#connection;
    this.#connection = null;
    connection?.then(
      (database) => {
        database.close();
      },
      () => undefined,
    );
  }

  async #run<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const first = this.#open();
    try {
      return await work(await first);
    } catch (error) {
      if (!isWorthAnotherTry(error)) throw told(error);
    }
    if (this.#connection === first) this.close();
    try {
      return await work(await this.#open());
    } catch (error) {
      throw told(error);
    }
  }

  #open(): Promise<Database> {
    this.#connection ??= this.#connect();
    return this.#connection;
  }

  #connect(): Promise<Database> {
    const connection: Promise<Database> = this.#openDatabase(() => {
      if (this.#connection === connection) this.#connection = null;
    });
    connection.catch(() => {
      if (this.#connection === connection) this.#connection = null;
    });
    return connection;
  }

  /** Some browsers refuse by a throw of `open` itself: here that is a rejection as any other. */
  async #openDatabase(onTerminated: () => void): Promise<Database> {
    return openDB<Schema>(this.#name, this.#steps.length, {
      upgrade: (database, oldVersion) => {
        for (const step of this.#steps.slice(oldVersion)) step(database);
      },
      blocked: () => this.#events.onBlocked?.(),
      blocking: (_current, wanted) => {
        // Null is a wish to delete the database: what is not sent yet is not ours to give away.
        if (wanted === null) return;
        this.close();
        this.#events.onOutdated?.();
      },
      terminated: onTerminated,
    });
  }
}

/** Runs `work` in a transaction up to its commit. An error in `work` undoes the transaction. */
async function within<Mode extends IDBTransactionMode, T>(
  transaction: Transaction<Mode>,
  work: (transaction: Transaction<Mode>) => Promise<T>,
): Promise<T> {
  const result = work(transaction).catch((error: unknown) => {
    abort(transaction);
    throw error;
  });
  const [worked, committed] = await Promise.allSettled([result, transaction.done]);
  const errors = [worked, committed].flatMap((one) =>
    one.status === "rejected" ? [one.reason as unknown] : [],
  );
  // A commit for which there is no room fails without any request having failed; and the other way round, a request's
  // own error says more than that of the transaction it ended.
  if (errors.length > 0) throw errors.find(isFull) ?? errors[0];
  return (worked as PromiseFulfilledResult<T>).value;
}

function abort(transaction: Transaction<IDBTransactionMode>): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

/** A lost connection has many names; a full disk and a database of a newer version stay what they are. */
function isWorthAnotherTry(error: unknown): boolean {
  return error instanceof DOMException && !isFull(error) && error.name !== "VersionError";
}

function told(error: unknown): unknown {
  if (isFull(error)) return new StorageFull({ cause: error });
  if (error instanceof DOMException) return new StorageFailed({ cause: error });
  return error;
}
