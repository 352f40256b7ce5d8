// What do the page and the decoding worker say to each other?

import type { Code } from "./codes.ts";
import type { Region } from "./pace.ts";

/** What the video shows: its own frame, whole, or a copy of the region that is to be read. */
export type Picture = VideoFrame | ImageBitmap;

/** From the page: read this region of the video in this picture, which is transferred. */
export interface ReadRequest {
  readonly frameId: number;
  readonly picture: Picture;
  readonly region: Region;
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
