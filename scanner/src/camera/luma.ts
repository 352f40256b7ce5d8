// How bright is each pixel of a camera's frame? Cameras say it before any colour: it is taken as it is, and no colour is
// made of it only to be thrown away.

import type { Region } from "./pace.ts";

/** The forms whose first plane is the luma, an octet a pixel. */
const LUMA_FIRST: ReadonlySet<string | null> = new Set(["I420", "I422", "I444", "NV12"]);

/** Gives a region of a frame in grey, or null where the frame does not lie there as it is shown: it is to be drawn. */
export async function lumaOf(
  frame: VideoFrame,
  { origin, width, height }: Region,
): Promise<ImageData | null> {
  const { format, visibleRect, displayWidth, displayHeight } = frame;
  const isAsShown = visibleRect?.width === displayWidth && visibleRect.height === displayHeight;
  if (!LUMA_FIRST.has(format) || !isAsShown) return null;
  const rect = { x: visibleRect.x + origin.x, y: visibleRect.y + origin.y, width, height };
  // The planes of the colours cover two pixels each.
  if ([rect.x, rect.y, width, height].some((one) => one % 2 !== 0)) return null;
  const octets = new Uint8Array(frame.allocationSize({ rect }));
  const [luma] = await frame.copyTo(octets, { rect });
  if (luma === undefined) return null;
  const grey = new ImageData(width, height);
  const pixels = new Uint32Array(grey.data.buffer);
  for (let y = 0; y < height; y++) {
    const row = luma.offset + y * luma.stride;
    for (let x = 0; x < width; x++) pixels[y * width + x] = 0xff000000 | ((octets[row + x] ?? 0) * 0x010101);
  }
  return grey;
}
