// What is taken of a camera's frame without its colours?

import { beforeEach, expect, test, vi } from "vitest";

import { lumaOf } from "../src/camera/luma.ts";
import type { Region } from "../src/camera/pace.ts";

const WHOLE: Region = { origin: { x: 0, y: 0 }, width: 4, height: 2 };

/** A frame of 4 x 2 pixels whose luma counts from 1, with two octets of padding to each row. */
function frame(changes: Partial<VideoFrame> = {}): VideoFrame {
  const octets = Uint8Array.of(1, 2, 3, 4, 0, 0, 5, 6, 7, 8, 0, 0);
  return {
    format: "I420",
    visibleRect: { x: 0, y: 0, width: 4, height: 2 },
    displayWidth: 4,
    displayHeight: 2,
    allocationSize: () => octets.length,
    copyTo: (into: Uint8Array) => {
      into.set(octets);
      return Promise.resolve([{ offset: 0, stride: 6 }]);
    },
    ...changes,
  } as unknown as VideoFrame;
}

beforeEach(() => {
  vi.stubGlobal(
    "ImageData",
    class {
      readonly data: Uint8ClampedArray;
      constructor(width: number, height: number) {
        this.data = new Uint8ClampedArray(4 * width * height);
      }
    },
  );
});

test("each pixel is grey, as bright as the camera says, and opaque", async () => {
  const grey = await lumaOf(frame(), WHOLE);
  const pixels = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((luma) => [luma, luma, luma, 255]);
  expect([...(grey?.data ?? [])]).toEqual(pixels);
});

test.each<[string, Partial<VideoFrame>, Region]>([
  ["that does not say its form", { format: null }, WHOLE],
  ["in colours", { format: "RGBA" }, WHOLE],
  ["that is shown turned", { displayWidth: 2, displayHeight: 4 }, WHOLE],
  [
    "of which a region begins between two pixels of colour",
    {},
    { origin: { x: 1, y: 0 }, width: 2, height: 2 },
  ],
])("a frame %s is left to be drawn", async (_, changes, region) => {
  expect(await lumaOf(frame(changes), region)).toBeNull();
});
