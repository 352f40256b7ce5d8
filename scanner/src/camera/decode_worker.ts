/// <reference types="vite/client" />
// Which codes are in each frame the page sends? A module worker, so that decoding never holds up the screen.

import wasmUrl from "zxing-wasm/reader/zxing_reader.wasm?url";

import type { Point, Code } from "./codes.ts";
import { Looks, readPixels, warmUp } from "./decode.ts";
import type { ReadRequest, WorkerAnswer } from "./messages.ts";

const looks = new Looks();
const canvas = new OffscreenCanvas(1, 1);
const context = canvas.getContext("2d", { willReadFrequently: true, alpha: false });

function say(answer: WorkerAnswer): void {
  self.postMessage(answer);
}

async function answer({ frameId, bitmap, origin }: ReadRequest): Promise<void> {
  const startedAt = performance.now();
  let codes: readonly Code[] = [];
  try {
    codes = (await readPixels(pixelsOf(bitmap), looks.next)).map((code) => moved(code, origin));
  } catch {
    // A frame that cannot be read shows no code; the next comes in a thirtieth of a second.
  }
  looks.found(codes.length > 0);
  say({ kind: "read", frameId, codes, decodeMs: performance.now() - startedAt });
}

function pixelsOf(bitmap: ImageBitmap): ImageData {
  const { width, height } = bitmap;
  if (context === null) throw new Error("no 2d canvas in this worker");
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
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
