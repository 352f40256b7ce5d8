// How does a phone become a device at a gate? With a one-time code, and a key that cannot be taken out of it.
//
// 1. Read the code.
// 2. Take the key made for this code before, or make one and keep it: an answer that is lost must be asked for again
//    with the same key.
// 3. Send the code and the public key.
// 4. Keep the device: from now on this phone is it.
// 5. Fetch the first bundle.

import { fromClock } from "../domain/local_time.ts";
import type { Octets } from "../domain/passes.ts";
import { StorageFailed, StorageFull, type Store } from "../store/database.ts";
import { Devices, type EnrolledDevice } from "../store/devices.ts";
import { kidOf, loadPoint, toHex } from "../wire/keys.ts";
import { WireError } from "../wire/refusal.ts";
import type { Enrolment, Problem } from "./answers.ts";
import { readEnrolmentCode } from "./enrolment_code.ts";
import { fetchBundle, type FetchOutcome } from "./fetch_bundle.ts";
import type { Server } from "./server.ts";

const P256 = { name: "ECDSA", namedCurve: "P-256" };
/** What the server means by too many tries, where it does not say how long. */
const USUAL_WAIT_S = 600;

/**
 * What became of an enrolment.
 *
 * `not_a_code`: the text has not the form of one. `wrong`, `used`, `expired`: so says the server. `not_ready`: the
 * server was not set up. After `no_answer` and `unreadable` the same code may be tried again while it lives.
 * `clockOffS` is the phone's clock less the server's, in seconds.
 */
export type EnrolOutcome =
  | {
      readonly kind: "enrolled";
      readonly device: EnrolledDevice;
      readonly bundle: FetchOutcome;
      readonly clockOffS: number;
    }
  | { readonly kind: "not_a_code" | "wrong" | "used" | "expired" | "not_ready" | "unreadable" | "no_answer" }
  | { readonly kind: "too_many"; readonly retryAfterS: number }
  | { readonly kind: "refused"; readonly code: string | null }
  | { readonly kind: "storage_full" | "storage_failed" };

/** With what a phone is enrolled; `now` gives milliseconds since 1970. */
export interface EnrolParts {
  readonly store: Store;
  readonly server: Server;
  readonly now: () => number;
  readonly appVersion: string;
}

/** Makes this phone a device by a code, as it was typed or scanned. */
export async function enrol(parts: EnrolParts, typed: string): Promise<EnrolOutcome> {
  const code = readEnrolmentCode(typed);
  if (code === null) return { kind: "not_a_code" };
  try {
    return await enrolWith(parts, code);
  } catch (error) {
    if (error instanceof StorageFull) return { kind: "storage_full" };
    if (error instanceof StorageFailed) return { kind: "storage_failed" };
    throw error;
  }
}

async function enrolWith(parts: EnrolParts, code: string): Promise<EnrolOutcome> {
  const devices = new Devices(parts.store);
  const key = await keyFor(code, devices);
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", key.publicKey));
  const answer = await parts.server.enrol(code, raw, parts.appVersion);
  if (answer.kind === "problem") return refusalOf(answer);
  if (answer.kind !== "ok") return { kind: answer.kind };
  const { serverTime, ...binding } = answer.body;
  if (!(await isSound(binding, raw.slice(1)))) return { kind: "unreadable" };
  const enrolledAt = fromClock(parts.now());
  const device: EnrolledDevice = { ...binding, key, enrolledAt, revokedAt: null };
  await devices.keep(device);
  const bundle = await fetchBundle(parts, device.rootPoint, null);
  return { kind: "enrolled", device, bundle, clockOffS: enrolledAt - serverTime };
}

async function keyFor(code: string, devices: Devices): Promise<CryptoKeyPair> {
  const pending = await devices.pending(code);
  if (pending !== null) return pending.key;
  const key = await crypto.subtle.generateKey(P256, false, ["sign", "verify"]);
  await devices.keepPending({ code, key });
  return key;
}

/** Tells whether the answer is about our key, and its root is a key at all. */
async function isSound(binding: Pick<Enrolment, "kid" | "rootPoint">, ownPoint: Octets): Promise<boolean> {
  if (binding.kid !== toHex(await kidOf(ownPoint))) return false;
  try {
    await loadPoint(binding.rootPoint);
    return true;
  } catch (error) {
    if (error instanceof WireError) return false;
    throw error;
  }
}

function refusalOf({ status, code, retryAfterS }: Problem): EnrolOutcome {
  switch (code) {
    case "ENROLMENT_CODE_WRONG":
      return { kind: "wrong" };
    case "ENROLMENT_CODE_USED":
      return { kind: "used" };
    case "ENROLMENT_CODE_EXPIRED":
      return { kind: "expired" };
    case "TOO_MANY_TRIES":
      return { kind: "too_many", retryAfterS: retryAfterS ?? USUAL_WAIT_S };
    case "NOTHING_PUBLISHED":
      return { kind: "not_ready" };
    case null:
    default:
      // A server in trouble has not refused this phone: the same code may be tried again.
      return status >= 500 ? { kind: "unreadable" } : { kind: "refused", code };
  }
}
