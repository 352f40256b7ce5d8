/// <reference types="vite/client" />
// Which codes are in each frame the page sends? A module worker, so that decoding never holds up the screen.

import wasmUrl from "zxing-wasm/reader/zxing_reader.wasm?url";

import type { Point, Code } from "./codes.ts";
import { type Look, Looks, readWith, warmUp } from "./decode.ts";
import { lumaOf } from "./luma.ts";
import type { Picture, ReadRequest, WorkerAnswer } from "./messages.ts";
import type { Region } from "./pace.ts";

const looks = new Looks();
const canvas = new OffscreenCanvas(1, 1);
const context = canvas.getContext("2d", { willReadFrequently: true, alpha: false });

function say(answer: WorkerAnswer): void {
  self.postMessage(answer);
}

async function answer({ frameId, picture, region }: ReadRequest): Promise<void> {
  const startedAt = performance.now();
  let codes: readonly Code[] = [];
  let finder: Look | null = null;
  try {
    const luma = picture instanceof ImageBitmap ? null : await lumaOf(picture, region);
    const pixels = luma ?? drawn(picture, region);
    const read = await readWith(looks.next, pixels);
    codes = read.codes.map((code) => moved(code, region.origin));
    finder = read.finder;
  } catch {
    // A frame that cannot be read shows no code; the next comes in a thirtieth of a second.
  } finally {
    picture.close();
  }
  looks.found(finder);
  say({ kind: "read", frameId, codes, decodeMs: performance.now() - startedAt });
}

function drawn(picture: Picture, { origin, width, height }: Region): ImageData {
  if (context === null) throw new Error("no 2d canvas in this worker");
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  // A copy has the region alone.
  const { x, y } = picture instanceof ImageBitmap ? { x: 0, y: 0 } : origin;
  context.drawImage(picture, x, y, width, height, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

function moved({ text, points }: Code, { x, y }: Point): Code {
  const [a, b, c, d] = points;
  const shift = (point: Point): Point => ({ x: point.x + x, y: point.y + y });
  return { text, points: [shift(a), shift(b), shift(c), shift(d)] };
}

self.addEventListener("message", (event: MessageEvent<ReadRequest>) => {
  void answer(event.data);
});

warmUp({ locateFile: () => wasmUrl }).then(
  () => {
    say({ kind: "ready" });
  },
  (error: unknown) => {
    say({ kind: "unusable", detail: String(error) });
  },
);
