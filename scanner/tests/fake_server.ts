// What do time and the network do in these tests? What they are told, at once.

import type { Octets } from "../src/domain/passes.ts";
import type { Fetch } from "../src/sync/exchange.ts";
import type { Timing } from "../src/sync/timing.ts";
import { START_MS } from "./gate_phone.ts";

/** A clock that stands still until it is told to go on. `random` is one half. */
export class FakeTiming implements Timing {
  #nowMs = START_MS;
  /** What the clock shows less what it would show had nobody set it. */
  #setByMs = 0;
  readonly #due: { readonly atMs: number; readonly work: () => void }[] = [];

  now = (): number => this.#nowMs + this.#setByMs;

  random = (): number => 0.5;

  after(ms: number, work: () => void): () => void {
    const one = { atMs: this.#nowMs + ms, work };
    this.#due.push(one);
    return () => {
      const at = this.#due.indexOf(one);
      if (at >= 0) this.#due.splice(at, 1);
    };
  }

  /** How long it is until something is due, milliseconds; null where nothing is. */
  untilNextMs(): number | null {
    return this.#due.length === 0 ? null : Math.min(...this.#due.map((one) => one.atMs)) - this.#nowMs;
  }

  /** Lets time pass; whatever is due meanwhile is begun, one turn of the loop between one and the next. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    for (;;) {
      await new Promise(setImmediate);
      const [next] = this.#due.filter((one) => one.atMs <= endMs).sort((one, other) => one.atMs - other.atMs);
      if (next === undefined) break;
      this.#due.splice(this.#due.indexOf(next), 1);
      this.#nowMs = next.atMs;
      next.work();
    }
    this.#nowMs = endMs;
  }

  /** Sets the clock to another time, as a hand does it; what is due is due as before. */
  set(nowMs: number): void {
    this.#setByMs = nowMs - this.#nowMs;
  }
}

/** One request as the server got it. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: Octets;
  readonly init: RequestInit;
}

/** Answers requests with what `answer` makes of each; a thrown error is a network that failed. */
export class FakeNetwork {
  readonly heard: Heard[] = [];
  /** The most requests that were ever under way at once. */
  most = 0;
  answer: (heard: Heard) => Response | Promise<Response>;
  #underWay = 0;
  #waiting: (() => void)[] = [];

  constructor(answer: (heard: Heard) => Response | Promise<Response>) {
    this.answer = answer;
  }

  fetch: Fetch = async (path, init) => {
    const method = init.method ?? "GET";
    const body = (init.body as Octets | undefined) ?? new Uint8Array();
    const heard: Heard = { method, path, headers: new Headers(init.headers), body, init };
    this.heard.push(heard);
    this.#underWay += 1;
    this.most = Math.max(this.most, this.#underWay);
    for (const go of this.#waiting.splice(0)) go();
    try {
      return await this.answer(heard);
    } finally {
      this.#underWay -= 1;
    }
  };

  /** Settles when so many requests were heard. */
  async reached(count: number): Promise<void> {
    while (this.heard.length < count) await new Promise<void>((go) => this.#waiting.push(go));
  }
}

/** Fails as `fetch` does without a network. */
export function noNetwork(): never {
  throw new TypeError("Failed to fetch");
}

export function json(body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json", ...headers } });
}

export function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ type: "urn:x", title: "x", status, detail: "x", code }), {
    status,
    headers: { "Content-Type": "application/problem+json", ...headers },
  });
}

/** Gives the acknowledgement of some positions, as the server words it at a time. */
export function acknowledging(
  positions: readonly unknown[],
  receipt: unknown = "recorded",
  atMs = START_MS,
): Response {
  return json({
    acknowledgements: positions.map((position) => ({ position, record_id: "019ab000", receipt })),
    server_time: new Date(atMs).toISOString().replace(".000Z", "Z"),
    bundle_serial: 12,
  });
}

/** Never answers. */
export function never(): Promise<Response> {
  return new Promise(() => undefined);
}

/** Settles when what is subscribed to is in a state that is looked for. */
export function reached<S>(
  one: { readonly state: S; subscribe: (listener: (state: S) => void) => () => void },
  isIt: (state: S) => boolean,
): Promise<S> {
  return new Promise((resolve) => {
    if (isIt(one.state)) {
      resolve(one.state);
      return;
    }
    const stop = one.subscribe((state) => {
      if (!isIt(state)) return;
      stop();
      resolve(state);
    });
  });
}
