// How do records leave the phone? In batches signed by their device, until nothing is left or something is not well.
//
// 1. Take the next records in their order.
// 2. Sign the batch with the key of the device they belong to, and send it.
// 3. Delete what a 200 names, and nothing else: any other answer, and none, keeps everything.

import type { Instant } from "../domain/local_time.ts";
import type { EnrolledDevice } from "../store/devices.ts";
import { type Outbox, StorageFailed, StorageFull } from "../store/outbox.ts";
import type { StoredRecord } from "../store/schema.ts";
import { fromHex } from "../wire/keys.ts";
import { BATCH_MAX_RECORDS, writeBatch } from "../wire/records.ts";
import { signWith } from "../wire/signed.ts";
import type { Answer, Receipt } from "./answers.ts";
import { KEY_UNUSABLE, type Server } from "./server.ts";

/** About half of what the server takes at once. */
export const BATCH_MAX_BYTES = 4 * 1024 * 1024;
/** What the server says when it will not take a device's batches; trying again soon is of no use. */
const REFUSALS: ReadonlySet<string> = new Set([
  "BATCH_REFUSED",
  "UNKNOWN_DEVICE",
  "UNSUPPORTED_MEDIA_TYPE",
  KEY_UNUSABLE,
]);

/** What the server said beside its answer. */
export interface News {
  readonly serverTime: Instant | null;
  readonly bundleSerial: number | null;
}

/** How sending ended. `code` is the problem's. */
export type SendOutcome =
  | { readonly kind: "all_sent" }
  | { readonly kind: "nothing_waiting" }
  | {
      readonly kind: "later";
      readonly why: "no_network" | "server" | "storage";
      readonly retryAfterS: number | null;
    }
  | { readonly kind: "revoked" }
  | { readonly kind: "refused"; readonly code: string };

/**
 * How many records to send at once: half as many when a batch did not get through, twice as many when one did.
 *
 * A weak network carries small batches where it never carries a large one to its end. What was too large stays too
 * large.
 */
export class Pace {
  #most = BATCH_MAX_RECORDS;
  #records = BATCH_MAX_RECORDS;

  get records(): number {
    return this.#records;
  }

  gotThrough(): void {
    this.#records = Math.min(2 * this.#records, this.#most);
  }

  gotStuck(records: number): void {
    this.#records = Math.max(1, Math.floor(records / 2));
  }

  wasTooLarge(records: number): void {
    this.gotStuck(records);
    this.#most = this.#records;
  }
}

/** With what records are sent. `hear` is called for every answer of our server. */
export interface SendParts {
  readonly server: Server;
  readonly outbox: Outbox;
  readonly device: EnrolledDevice;
  readonly pace: Pace;
  readonly hear: (news: News) => void;
}

/** Sends what waits in a device's outbox, and what is written meanwhile. Gives how it ended. */
export async function sendWaiting(parts: SendParts): Promise<SendOutcome> {
  try {
    for (let batches = 0; ; batches++) {
      const batch = await parts.outbox.nextBatch(parts.pace.records, BATCH_MAX_BYTES);
      if (batch.length === 0) return { kind: batches === 0 ? "nothing_waiting" : "all_sent" };
      const ending = await sendBatch(parts, batch);
      if (ending !== null) return ending;
    }
  } catch (error) {
    if (error instanceof StorageFull || error instanceof StorageFailed) return later("storage");
    throw error;
  } finally {
    parts.outbox.sending(0);
  }
}

/** Sends one batch. Gives null where the next one may follow. */
async function sendBatch(parts: SendParts, batch: readonly StoredRecord[]): Promise<SendOutcome | null> {
  const { server, outbox, device, pace } = parts;
  const octets = await sign(device, batch);
  if (octets === null) return { kind: "refused", code: KEY_UNUSABLE };
  outbox.sending(batch.length);
  const answer = await server.sendScans(device.deviceId, octets, batch.length);
  if (answer.kind !== "ok") return endingOf(answer, batch.length, parts);
  const { positions, serverTime, bundleSerial } = answer.body;
  parts.hear({ serverTime, bundleSerial });
  const named = new Set(positions);
  await outbox.acknowledge(batch.filter((_, at) => named.has(at)).map((record) => record.deviceSeq));
  pace.gotThrough();
  // A 200 that names none of them would be asked the same for ever.
  return positions.length === 0 ? later("server") : null;
}

/** Gives the batch, or null where the browser cannot use the key any more. */
async function sign(
  device: EnrolledDevice,
  batch: readonly StoredRecord[],
): Promise<StoredRecord["octets"] | null> {
  const records = batch.map((record) => record.octets);
  try {
    return await writeBatch(records, fromHex(device.kid), signWith(device.key.privateKey));
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

function endingOf(
  answer: Exclude<Answer<Receipt>, { kind: "ok" }>,
  records: number,
  { pace, hear }: SendParts,
): SendOutcome | null {
  if (answer.kind !== "problem") {
    pace.gotStuck(records);
    return later(answer.kind === "no_answer" ? "no_network" : "server");
  }
  const { status, code } = answer;
  if (code !== null) hear({ serverTime: answer.serverDate, bundleSerial: null });
  if (status === 403 && code === "DEVICE_REVOKED") return { kind: "revoked" };
  if (status === 413) {
    if (records === 1) return { kind: "refused", code: "TOO_LARGE" };
    pace.wasTooLarge(records);
    return null;
  }
  if (code !== null && REFUSALS.has(code)) return { kind: "refused", code };
  pace.gotStuck(records);
  return later("server", answer.retryAfterS);
}

function later(why: "no_network" | "server" | "storage", retryAfterS: number | null = null): SendOutcome {
  return { kind: "later", why, retryAfterS };
}
