// Are the codes that come to a gate read, however they are held and lit?

import { beforeAll, describe, expect, test, vi } from "vitest";

import type { Point } from "../src/camera/codes.ts";
import { type Look, Looks, readPixels, readWith, warmUp } from "../src/camera/decode.ts";
import { sharpen } from "../src/camera/sharpen.ts";
import { type Modules, modulesOf, picture, readerWasm, type Scene } from "./camera_pictures.ts";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const passText = (seed: number) =>
  Array.from({ length: 1360 }, (_, i) => ALPHABET[(i * i * 7 + i * 13 + seed * 31) % 45]).join("");
const PASS = passText(1);
const OTHER = passText(2);
const MENU = "https://menu.example/poipet?table=4";
const CENTRE = { x: 640, y: 360 };

let pass: Modules;
let other: Modules;
let menu: Modules;

beforeAll(async () => {
  vi.stubGlobal("fetch", () => {
    throw new Error("the decoder asked the network");
  });
  await warmUp({ wasmBinary: readerWasm() });
  [pass, other, menu] = (await Promise.all([PASS, OTHER, MENU].map((text) => modulesOf(text)))) as [
    Modules,
    Modules,
    Modules,
  ];
  expect(pass.side).toBe(117);
});

async function texts(scene: Scene, look: Look = "plain"): Promise<string[]> {
  return (await readPixels(picture(scene), look)).map(({ text }) => text).sort();
}

const shown = (modulePx: number, degrees = 0) => [{ modules: pass, ...CENTRE, modulePx, degrees }];

describe("a pass of 117 modules", () => {
  test.each([2.2, 3, 5.5])("is read at %d pixels a module", async (modulePx) => {
    expect(await texts({ symbols: shown(modulePx) })).toEqual([PASS]);
  });

  test.each([2, 45, 90, 137, 226, 315])("is read turned by %d degrees", async (degrees) => {
    expect(await texts({ symbols: shown(3.4, degrees) })).toEqual([PASS]);
  });

  test("is read at the edge of the frame", async () => {
    expect(await texts({ symbols: [{ modules: pass, x: 200, y: 360, modulePx: 3 }] })).toEqual([PASS]);
  });

  test("is read when one side lies in the dark and the sensor is noisy", async () => {
    const light = (x: number) => 0.12 + (0.88 * x) / 1280;
    expect(await texts({ symbols: shown(4), light, noise: 8 })).toEqual([PASS]);
  });

  test("is read out of focus by the sharp look, where the plain one fails", async () => {
    const symbols = [{ modules: pass, x: 270, y: 270, modulePx: 4 }];
    const blurred = picture({ width: 540, height: 540, symbols, blurs: 8, noise: 3 });
    expect(await readWith(["plain"], blurred)).toEqual({ codes: [], finder: null });
    const { codes, finder } = await readWith(["plain", "sharp"], blurred);
    expect([codes.map(({ text }) => text), finder]).toEqual([[PASS], "sharp"]);
  });

  test("is read inverted by the dark look", async () => {
    expect(await texts({ symbols: shown(4), isInverted: true }, "dark")).toEqual([PASS]);
  });

  test("is read at night by the dark look", async () => {
    expect(await texts({ symbols: shown(4), light: () => 0.1, noise: 9 }, "dark")).toEqual([PASS]);
  });

  test("is found where it is, its corners clockwise from its own top left", async () => {
    const [code] = await readPixels(picture({ symbols: shown(4, 90) }), "plain");
    const half = (117 * 4) / 2;
    const corners: Point[] = [
      { x: 640 + half, y: 360 - half },
      { x: 640 + half, y: 360 + half },
      { x: 640 - half, y: 360 + half },
      { x: 640 - half, y: 360 - half },
    ];
    code?.points.forEach((point, i) => {
      expect(Math.abs(point.x - (corners[i]?.x ?? 0))).toBeLessThan(3);
      expect(Math.abs(point.y - (corners[i]?.y ?? 0))).toBeLessThan(3);
    });
    expect(code?.points).toHaveLength(4);
  });
});

describe("what is in view", () => {
  test("two passes are both read", async () => {
    const symbols = [
      { modules: pass, x: 330, y: 360, modulePx: 2.8, degrees: 4 },
      { modules: other, x: 950, y: 360, modulePx: 2.8, degrees: -6 },
    ];
    expect(await texts({ symbols })).toEqual([PASS, OTHER].sort());
  });

  test("a code that is no pass is handed on too, so that the screen can say so", async () => {
    const symbols = [
      { modules: pass, x: 420, y: 360, modulePx: 3 },
      { modules: menu, x: 1000, y: 360, modulePx: 5 },
    ];
    expect(await texts({ symbols })).toEqual([PASS, MENU].sort());
  });

  test.each(["plain", "sharp", "dark"] as const)("an empty desk holds nothing (%s look)", async (look) => {
    expect(await texts({ symbols: [], noise: 60 }, look)).toEqual([]);
  });

  test("a Micro QR code is not taken for anything", async () => {
    const micro = await modulesOf("12345", "MicroQRCode");
    expect(await texts({ symbols: [{ modules: micro, ...CENTRE, modulePx: 10 }] })).toEqual([]);
  });
});

describe("the looks", () => {
  test("begin with the plain one, and take turns at being the second", () => {
    const looks = new Looks();
    const turns: string[] = [];
    for (let i = 0; i < 6; i++) {
      turns.push(looks.next.join(" "));
      looks.found(null);
    }
    expect(turns).toEqual(["plain", "plain sharp", "plain", "plain dark", "plain", "plain sharp"]);
  });

  test("are the one that has just found something, until nothing is found", () => {
    const looks = new Looks();
    looks.found(null);
    looks.found("sharp");
    expect(looks.next).toEqual(["sharp"]);
    looks.found(null);
    expect(looks.next).toEqual(["plain"]);
  });
});

describe("sharpening", () => {
  test("leaves an even surface as it is", () => {
    const data = new Uint8ClampedArray(20 * 10 * 4).fill(90);
    sharpen(data, 20, 10);
    expect([...data].every((value) => Math.abs(value - 90) <= 1)).toBe(true);
  });

  test("moves each pixel by twice its distance from the mean of the box around it", () => {
    const [width, height] = [17, 11];
    const grey = Array.from({ length: width * height }, (_, i) => (i * i * 31 + i * 7) % 256);
    const data = new Uint8ClampedArray(grey.flatMap((value) => [value, value, value, 255]));
    sharpen(data, width, height);
    const at = (x: number, y: number) =>
      grey[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))] ?? 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let dy = -3; dy <= 3; dy++) for (let dx = -3; dx <= 3; dx++) sum += at(x + dx, y + dy);
        const expected = Math.min(255, Math.max(0, 3 * at(x, y) - (2 * sum) / 49));
        expect(Math.abs((data[(y * width + x) * 4] ?? -9) - expected)).toBeLessThan(1.6);
      }
    }
  });
});
