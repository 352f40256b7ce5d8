// Which codes does a frame show, and which of them is meant?

/** A place in the video's own pixels, from its top left. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The symbol's corners, clockwise from its own top left. */
export type Corners = readonly [Point, Point, Point, Point];

/** One symbol as the decoder read it. */
export interface Code {
  readonly text: string;
  readonly points: Corners;
}

/** A length and a breadth in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * What one frame showed: at least one code, each text once, the one that is meant first.
 *
 * `capturedAtMs` is on the clock of `performance.now()`, as near to the shutter as the browser tells.
 */
export interface Sighting {
  readonly codes: readonly Code[];
  readonly capturedAtMs: number;
  readonly decodeMs: number;
  readonly frame: Size;
}

/**
 * Gives each text once, the one that is meant first: large, and near the middle of the frame.
 *
 * A symbol in a corner counts a fifth of one of the same area in the middle. Equal ones are ordered by their text,
 * so that the same picture always gives the same order.
 */
export function rankCodes(codes: readonly Code[], frame: Size): readonly Code[] {
  const ranked = codes
    .map((code) => ({ code, weight: weightOf(code.points, frame) }))
    .sort((a, b) => b.weight - a.weight || (a.code.text < b.code.text ? -1 : 1));
  const first = new Map<string, Code>();
  for (const { code } of ranked) {
    if (!first.has(code.text)) first.set(code.text, code);
  }
  return [...first.values()];
}

function weightOf(points: Corners, frame: Size): number {
  const middle = {
    x: points.reduce((sum, point) => sum + point.x, 0) / 4,
    y: points.reduce((sum, point) => sum + point.y, 0) / 4,
  };
  const offset = Math.hypot(middle.x - frame.width / 2, middle.y - frame.height / 2);
  const share = offset / (Math.hypot(frame.width, frame.height) / 2);
  return areaOf(points) / (1 + 4 * share * share);
}

/** The area within four corners, by the shoelace formula. */
function areaOf(points: Corners): number {
  const [a, b, c, d] = points;
  return Math.abs((a.x - c.x) * (b.y - d.y) - (b.x - d.x) * (a.y - c.y)) / 2;
}
