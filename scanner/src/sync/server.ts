// What can a phone ask of the server, and what may come back? Every outcome is a value: a network is no exception.

import { fromClock, type Instant, isInstant } from "../domain/local_time.ts";
import type { Octets } from "../domain/passes.ts";
import {
  type Answer,
  type DeviceReport,
  type Enrolment,
  type Problem,
  readCode,
  readEnrolment,
  readEntry,
  readReceipt,
  readReport,
  readRootKey,
  type Receipt,
  type RegisterEntry,
  type RootKey,
} from "./answers.ts";
import { writeBase64url } from "./base64url.ts";
import { type Answered, exchange, type Fetch, type Request } from "./exchange.ts";
import { FormError, parseJson } from "./json.ts";
import { DATE_HEADER, DEVICE_HEADER, signedHeaders, type Signer } from "./signed_request.ts";
import type { Timing } from "./timing.ts";

/** The code of a refusal that is the phone's own: its key cannot be used any more. */
export const KEY_UNUSABLE = "KEY_UNUSABLE";

const API = "/api/v1";
const PROBLEM_TYPE = "application/problem+json";
const ETAG_MAX_CHARACTERS = 200;
// Small questions are asked while somebody waits; what is large may take a while on a weak network.
const QUICK = { timeoutMs: 15_000, maxBytes: 64 * 1024 };
const PHOTO = { timeoutMs: 20_000, maxBytes: 4 * 1024 * 1024 };
const SENDING = { timeoutMs: 60_000, maxBytes: 1024 * 1024 };
const BUNDLE = { timeoutMs: 60_000, maxBytes: 32 * 1024 * 1024 };

/** A bundle as it was fetched; not yet verified. */
export interface FetchedOctets {
  readonly octets: Octets;
  readonly etag: string | null;
}

/** The server's side of the contract, asked over `fetch`. */
export class Server {
  readonly #fetch: Fetch;
  readonly #timing: Timing;

  constructor(options: { readonly fetch: Fetch; readonly timing: Timing }) {
    this.#fetch = options.fetch;
    this.#timing = options.timing;
  }

  /** Makes this phone a device, by a code and a key: `publicKeyRaw` is the uncompressed point, 65 bytes. */
  enrol(code: string, publicKeyRaw: Octets, appVersion: string): Promise<Answer<Enrolment>> {
    const body = { code, public_key: writeBase64url(publicKeyRaw), app_version: appVersion.slice(0, 40) };
    const request: Request = {
      path: `${API}/devices/enrol`,
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: new TextEncoder().encode(JSON.stringify(body)),
      ...QUICK,
    };
    return this.#ask(request, ({ octets }) => readEnrolment(parseJson(octets)));
  }

  /** Asks what the server knows of a device. A revoked one is answered too. */
  me(device: Signer): Promise<Answer<DeviceReport>> {
    return this.#askSigned(device, `${API}/devices/me`, QUICK, ({ octets }) => readReport(parseJson(octets)));
  }

  /** Sends a batch of so many records, signed by the device. */
  sendScans(deviceId: string, batch: Octets, records: number): Promise<Answer<Receipt>> {
    const request: Request = {
      path: `${API}/scans`,
      method: "POST",
      headers: { "Content-Type": "application/cose", [DEVICE_HEADER]: deviceId },
      body: batch,
      ...SENDING,
    };
    return this.#ask(request, ({ octets }) => readReceipt(parseJson(octets), records));
  }

  /** Fetches the bundle published last; "same" where it is the one that `etag` is of. */
  getBundle(etag: string | null): Promise<Answer<FetchedOctets | "same">> {
    const headers: Record<string, string> = etag === null ? {} : { "If-None-Match": etag };
    return this.#ask({ path: `${API}/bundle`, method: "GET", headers, ...BUNDLE }, (answered) => {
      if (answered.status === 304) return "same";
      const theirs = answered.headers.get("ETag");
      const isKept = theirs !== null && theirs.length <= ETAG_MAX_CHARACTERS;
      return { octets: answered.octets, etag: isKept ? theirs : null };
    });
  }

  /** Asks whose pass has a number, in the form that is printed. */
  lookUp(device: Signer, number: string): Promise<Answer<RegisterEntry>> {
    const path = `${API}/passes/${encodeURIComponent(number)}`;
    return this.#askSigned(device, path, QUICK, ({ octets }) => readEntry(parseJson(octets)));
  }

  /** Asks for the full-size face on the pass of a number, in the form that is printed: a JPEG. */
  photo(device: Signer, number: string): Promise<Answer<Blob>> {
    const path = `${API}/passes/${encodeURIComponent(number)}/photo`;
    return this.#askSigned(device, path, PHOTO, ({ headers, octets }) => {
      if (!isOfType(headers, "image/jpeg")) throw new FormError("no JPEG");
      return new Blob([octets], { type: "image/jpeg" });
    });
  }

  /** Asks for the national root's key. */
  rootKey(): Promise<Answer<RootKey>> {
    const request: Request = { path: `${API}/root-key`, method: "GET", headers: {}, ...QUICK };
    return this.#ask(request, ({ octets }) => readRootKey(parseJson(octets)));
  }

  async #askSigned<T>(
    device: Signer,
    path: string,
    limits: typeof QUICK,
    read: (answered: Whole) => T,
  ): Promise<Answer<T>> {
    const headers = await signedHeaders(device, path, fromClock(this.#timing.now()));
    if (headers === null) return keyUnusable();
    return this.#ask({ path, method: "GET", headers, ...limits }, read);
  }

  async #ask<T>(request: Request, read: (answered: Whole) => T): Promise<Answer<T>> {
    const answered = await exchange(this.#fetch, this.#timing, request);
    if (answered.kind === "no_answer") return answered;
    const { status, headers, octets } = answered;
    const isYes = status === 200 || (status === 304 && "If-None-Match" in request.headers);
    if (!isYes) return problemIn(answered);
    if (octets === null) return { kind: "unreadable", status, detail: `more than ${request.maxBytes} bytes` };
    try {
      return { kind: "ok", body: read({ ...answered, octets }), serverDate: dateIn(headers) };
    } catch (error) {
      if (error instanceof FormError) return { kind: "unreadable", status, detail: error.message };
      throw error;
    }
  }
}

/** An answer whose body was not too large. */
type Whole = Answered & { readonly octets: Octets };

/** The phone says no itself, before it asks: the browser cannot use the device's key any more. */
function keyUnusable(): Problem {
  return { kind: "problem", status: 0, code: KEY_UNUSABLE, retryAfterS: null, serverDate: null };
}

function problemIn({ status, headers, octets }: Answered): Problem {
  const after = headers.get("Retry-After") ?? "";
  return {
    kind: "problem",
    status,
    code: octets !== null && isOfType(headers, PROBLEM_TYPE) ? codeIn(octets) : null,
    retryAfterS: /^[0-9]{1,6}$/.test(after) ? Number(after) : null,
    serverDate: dateIn(headers),
  };
}

function codeIn(octets: Octets): string | null {
  try {
    return readCode(parseJson(octets));
  } catch (error) {
    if (error instanceof FormError) return null;
    throw error;
  }
}

function isOfType(headers: Headers, type: string): boolean {
  const [theirs] = (headers.get("Content-Type") ?? "").split(";");
  return theirs?.trim().toLowerCase() === type;
}

function dateIn(headers: Headers): Instant | null {
  const written = headers.get(DATE_HEADER) ?? "";
  const seconds = Number(written);
  return /^[0-9]{1,12}$/.test(written) && isInstant(seconds) ? seconds : null;
}
