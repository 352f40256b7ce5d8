// What would a camera see of a printed code? Pictures drawn for the tests, the same each time.

import { readFileSync } from "node:fs";

import { prepareZXingModule, writeBarcode } from "zxing-wasm/writer";

import type { Pixels } from "../src/camera/decode.ts";

/** Quiet zone around a symbol, in modules. */
const QUIET = 4;

function wasm(kind: "reader" | "writer"): ArrayBuffer {
  const file = new URL(`../node_modules/zxing-wasm/dist/${kind}/zxing_${kind}.wasm`, import.meta.url);
  return new Uint8Array(readFileSync(file)).buffer;
}

export const readerWasm = (): ArrayBuffer => wasm("reader");

/** Black modules of a symbol, row by row. */
export interface Modules {
  readonly side: number;
  readonly isBlack: (x: number, y: number) => boolean;
}

/** Writes a text as a symbol; a QR code at level M, as on passes, unless another format is named. */
export async function modulesOf(text: string, format: "QRCode" | "MicroQRCode" = "QRCode"): Promise<Modules> {
  await prepareZXingModule({ overrides: { wasmBinary: wasm("writer") }, fireImmediately: true });
  const { symbol, error } = await writeBarcode(text, {
    format,
    addQuietZones: false,
    ...(format === "QRCode" ? { ecLevel: "M" } : {}),
  });
  if (error !== "") throw new Error(error);
  const { data, width } = symbol;
  return { side: width, isBlack: (x, y) => data[y * width + x] === 0 };
}

/** Where a symbol lies: its middle, pixels a module, and turned clockwise by so many degrees. */
export interface Placed {
  readonly modules: Modules;
  readonly x: number;
  readonly y: number;
  readonly modulePx: number;
  readonly degrees?: number;
}

export interface Scene {
  readonly width?: number;
  readonly height?: number;
  readonly symbols: readonly Placed[];
  /** How bright each place is, 1 by default. */
  readonly light?: (x: number, y: number) => number;
  /** Passes of a 3 x 3 box over the picture: each is a little further out of focus. */
  readonly blurs?: number;
  readonly noise?: number;
  readonly isInverted?: boolean;
}

/** Gives the picture as RGBA. White paper on a grey desk, sampled four times a pixel. */
export function picture(scene: Scene): Pixels {
  const { width = 1280, height = 720, symbols, light = () => 1, blurs = 0, noise = 0 } = scene;
  let grey = new Float32Array(width * height).fill(128);
  for (const symbol of symbols) draw(grey, width, height, symbol);
  for (let i = 0; i < blurs; i++) grey = blurred(grey, width);
  let seed = 1;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  grey.forEach((value, i) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    const lit = value * light(i % width, Math.floor(i / width)) + noise * (seed / 1073741824 - 1);
    data.fill(scene.isInverted === true ? 255 - lit : lit, i * 4, i * 4 + 3);
  });
  return { data, width, height };
}

function draw(
  grey: Float32Array,
  width: number,
  height: number,
  { modules, x: middleX, y: middleY, modulePx, degrees = 0 }: Placed,
): void {
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const reach = Math.ceil((modules.side / 2 + QUIET) * modulePx * Math.SQRT2);
  const shade = (px: number, py: number): number | null => {
    const dx = (px - middleX) / modulePx;
    const dy = (py - middleY) / modulePx;
    const x = dx * cos + dy * sin + modules.side / 2;
    const y = dy * cos - dx * sin + modules.side / 2;
    const isPaper = Math.min(x, y) >= -QUIET && Math.max(x, y) < modules.side + QUIET;
    if (!isPaper) return null;
    const isInside = Math.min(x, y) >= 0 && Math.max(x, y) < modules.side;
    return isInside && modules.isBlack(Math.floor(x), Math.floor(y)) ? 20 : 235;
  };
  for (let py = Math.max(0, middleY - reach); py < Math.min(height, middleY + reach); py++) {
    for (let px = Math.max(0, middleX - reach); px < Math.min(width, middleX + reach); px++) {
      const under = grey[py * width + px] ?? 0;
      let sum = 0;
      for (const [ox, oy] of SAMPLES) sum += shade(px + ox, py + oy) ?? under;
      grey[py * width + px] = sum / SAMPLES.length;
    }
  }
}

const SAMPLES = [0.25, 0.75].flatMap((x) => [0.25, 0.75].map((y) => [x, y] as const));

function blurred(grey: Float32Array, width: number): Float32Array<ArrayBuffer> {
  const across = grey.map((value, i) => (value + (grey[i - 1] ?? value) + (grey[i + 1] ?? value)) / 3);
  return across.map((value, i) => (value + (across[i - width] ?? value) + (across[i + width] ?? value)) / 3);
}
