// Which QR codes are in these pixels? zxing-wasm, its settings chosen by measurement.
//
// Measured on 340 frames of 1280 x 720 made from printed passes (version 25, about 1,360 characters), one desktop core:
//
// - `tryHarder` costs 0.2 ms and finds symbols turned by 45 degrees (10 of 10 instead of 1); without it they are lost.
// - `tryRotate` finds nothing more in QR codes, which are found in every turn; `tryDenoise` doubles the time for nothing.
// - The local average finds 289 of 330, a global threshold 210: light at a gate is uneven.
// - Halving the picture finds it in the dark (10 of 10 instead of 6) for 2 ms; inverted codes take 1 ms.
// - Sharpening reads a lens out of focus by half a module (10 of 10 instead of none) for about 10 ms.
//
// So every frame is looked at as it is, and where nothing is seen, every second one in another way too: a code in good
// light never waits for another look. What read a frame reads the next.

import { prepareZXingModule, readBarcodes, type ReaderOptions } from "zxing-wasm/reader";

import type { Code } from "./codes.ts";
import { sharpen } from "./sharpen.ts";

/** A way of looking at a frame: as it is, sharpened, or for the dark and the inverted. */
export type Look = "plain" | "sharp" | "dark";

const TURNS: readonly (readonly Look[])[] = [["plain"], ["plain", "sharp"], ["plain"], ["plain", "dark"]];

const PLAIN: ReaderOptions = {
  // The usual kind alone: "QRCode" would be the whole family, Micro QR and rMQR too, for which noise is sooner taken.
  formats: ["QRCodeModel2"],
  binarizer: "LocalAverage",
  textMode: "Plain",
  maxNumberOfSymbols: 4,
  tryHarder: true,
  tryRotate: false,
  tryInvert: false,
  tryDownscale: false,
  tryDenoise: false,
};

const OPTIONS: Readonly<Record<Look, ReaderOptions>> = {
  plain: PLAIN,
  sharp: PLAIN,
  dark: { ...PLAIN, tryInvert: true, tryDownscale: true, downscaleFactor: 2 },
};

/** Which looks are next, one after the other until one finds something. */
export class Looks {
  #turn = 0;
  #finder: Look = "plain";

  get next(): readonly Look[] {
    return this.#finder === "plain" ? (TURNS[this.#turn] ?? ["plain"]) : [this.#finder];
  }

  /** Told after each frame which look found a code; null where none did. */
  found(finder: Look | null): void {
    this.#finder = finder ?? "plain";
    if (finder === null) this.#turn = (this.#turn + 1) % TURNS.length;
  }
}

/** Where the decoder's WebAssembly is: an address, or the bytes. Told nothing, the library asks another host for it. */
export type WasmSource = { readonly locateFile: () => string } | { readonly wasmBinary: ArrayBuffer };

/**
 * Instantiates the decoder and reads one empty picture, so that the first frame does not wait for either.
 *
 * Rejects when the WebAssembly cannot be loaded.
 */
export async function warmUp(wasm: WasmSource): Promise<void> {
  await prepareZXingModule({ overrides: wasm, fireImmediately: true });
  const side = 64;
  await readPixels({ data: new Uint8ClampedArray(side * side * 4), width: side, height: side }, "sharp");
}

/** RGBA, 8 bits each, row by row; `ImageData` is one. */
export type Pixels = Pick<ImageData, "data" | "width" | "height">;

/**
 * Gives what the first look sees that sees anything, in no order, and which it was; null where none did.
 *
 * A sharp look changes the pixels: it comes last. Rejects when the decoder fails.
 */
export async function readWith(
  looks: readonly Look[],
  pixels: Pixels,
): Promise<{ codes: readonly Code[]; finder: Look | null }> {
  for (const look of looks) {
    const codes = await readPixels(pixels, look);
    if (codes.length > 0) return { codes, finder: look };
  }
  return { codes: [], finder: null };
}

/** Gives what is read in the pixels, in no order. A sharp look changes them. Rejects when the decoder fails. */
export async function readPixels(pixels: Pixels, look: Look): Promise<readonly Code[]> {
  if (look === "sharp") sharpen(pixels.data, pixels.width, pixels.height);
  const results = await readBarcodes(pixels as ImageData, OPTIONS[look]);
  return results.map(({ text, position }) => ({
    text,
    points: [position.topLeft, position.topRight, position.bottomRight, position.bottomLeft],
  }));
}
