// What came back over the network? One request and its whole answer, within a time and a size.
//
// A server, or what stands in front of it, may send a byte a minute for ever, or never end: the time covers the body
// too.

import type { Octets } from "../domain/passes.ts";
import { joinOctets } from "../wire/keys.ts";
import type { Timing } from "./timing.ts";

/** Asks the network: `fetch` of the page, or of a test. */
export type Fetch = (path: string, init: RequestInit) => Promise<Response>;

/** One request, and how long and how large its answer may be. */
export interface Request {
  readonly path: string;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Octets;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** Nothing came, or not all of it in time. Whether the server heard the question is not known. */
export interface NoAnswer {
  readonly kind: "no_answer";
  readonly why: "network" | "timeout";
}

/** An answer. `octets` is null where there were more than allowed. */
export interface Answered {
  readonly kind: "answered";
  readonly status: number;
  readonly headers: Headers;
  readonly octets: Octets | null;
}

/** Sends a request and gives the whole answer. Never rejects. */
export function exchange(fetch: Fetch, timing: Timing, request: Request): Promise<Answered | NoAnswer> {
  const ending = new AbortController();
  return new Promise((resolve) => {
    const cancel = timing.after(request.timeoutMs, () => {
      resolve({ kind: "no_answer", why: "timeout" });
      ending.abort();
    });
    void talk(fetch, request, ending.signal)
      .catch((): NoAnswer => ({ kind: "no_answer", why: "network" }))
      .then((answer) => {
        cancel();
        resolve(answer);
      });
  });
}

async function talk(fetch: Fetch, request: Request, signal: AbortSignal): Promise<Answered> {
  const { path, method, headers, body, maxBytes } = request;
  // No cookies, nothing from a cache, and nobody's redirection: what is not our server's answer is none.
  const response = await fetch(path, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    signal,
    credentials: "omit",
    cache: "no-store",
    redirect: "error",
  });
  const octets = await readBody(response, maxBytes);
  return { kind: "answered", status: response.status, headers: response.headers, octets };
}

async function readBody(response: Response, maxBytes: number): Promise<Octets | null> {
  if (response.body === null) return new Uint8Array();
  const reader = response.body.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joinOctets(parts);
    length += value.length;
    if (length > maxBytes) {
      reader.cancel().catch(() => undefined);
      return null;
    }
    parts.push(value);
  }
}
