// What do the page and the decoding worker say to each other?

import type { Point, Code } from "./codes.ts";

/** From the page: read this picture. `origin` is where its top left lies in the video. The bitmap is transferred. */
export interface ReadRequest {
  readonly frameId: number;
  readonly bitmap: ImageBitmap;
  readonly origin: Point;
}

/**
 * From the worker.
 *
 * - `ready`: the decoder is instantiated; frames may come.
 * - `unusable`: it could not be; the worker answers nothing and must be started anew.
 * - `read`: the answer to one request, with no codes where there was no code or the frame could not be read.
 */
export type WorkerAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "unusable"; readonly detail: string }
  | {
      readonly kind: "read";
      readonly frameId: number;
      readonly codes: readonly Code[];
      readonly decodeMs: number;
    };
