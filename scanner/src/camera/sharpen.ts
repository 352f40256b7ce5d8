// How is a picture that is out of focus made readable? By an unsharp mask, in place.

const RADIUS_PX = 3;
const BOX_PX = 2 * RADIUS_PX + 1;
/** How much of its difference from the mean around it is added to each pixel. */
const AMOUNT = 2;
/** `AMOUNT` over the box's pixels in 1/65536: whole numbers are several times as fast here. */
const SHARE = Math.round((AMOUNT * 65536) / (BOX_PX * BOX_PX));

/**
 * Makes an RGBA picture grey and sharp: each pixel is moved away from the mean of the 7 x 7 box around it.
 *
 * The means are kept as running sums, one for each column and one along the row, so that the cost does not depend on
 * the radius. Pixels beyond an edge repeat the edge.
 */
export function sharpen(data: Uint8ClampedArray, width: number, height: number): void {
  const grey = greyOf(data);
  // The sums of the columns, and beyond both edges the edge's again.
  const columns = new Int32Array(width + BOX_PX);
  const rowAt = (y: number) => Math.min(height - 1, Math.max(0, y)) * width;
  for (let y = -RADIUS_PX; y <= RADIUS_PX; y++) changeRow(columns, grey, width, -1, rowAt(y));
  for (let y = 0; y < height; y++) {
    columns.fill(columns[RADIUS_PX] ?? 0, 0, RADIUS_PX);
    columns.fill(columns[RADIUS_PX + width - 1] ?? 0, RADIUS_PX + width);
    sharpenRow(data, grey, columns, y * width, width);
    changeRow(columns, grey, width, rowAt(y - RADIUS_PX), rowAt(y + RADIUS_PX + 1));
  }
}

/** Luma as the decoder itself makes it (ITU-R BT.601, in 1/1024). */
function greyOf(data: Uint8ClampedArray): Uint8Array {
  const grey = new Uint8Array(data.length >> 2);
  for (let i = 0, at = 0; i < grey.length; i++, at += 4) {
    grey[i] = (306 * (data[at] ?? 0) + 601 * (data[at + 1] ?? 0) + 117 * (data[at + 2] ?? 0) + 512) >> 10;
  }
  return grey;
}

/** Takes one row of pixels out of the columns' sums (none where `out` is negative) and another in. */
function changeRow(columns: Int32Array, grey: Uint8Array, width: number, out: number, into: number): void {
  for (let x = 0; x < width; x++) {
    const leaving = out < 0 ? 0 : (grey[out + x] ?? 0);
    columns[RADIUS_PX + x] = (columns[RADIUS_PX + x] ?? 0) - leaving + (grey[into + x] ?? 0);
  }
}

function sharpenRow(
  data: Uint8ClampedArray,
  grey: Uint8Array,
  columns: Int32Array,
  start: number,
  width: number,
): void {
  let box = 0;
  for (let x = 0; x < BOX_PX; x++) box += columns[x] ?? 0;
  for (let x = 0, at = start << 2; x < width; x++, at += 4) {
    const value = (1 + AMOUNT) * (grey[start + x] ?? 0) - ((box * SHARE) >> 16);
    data[at] = value;
    data[at + 1] = value;
    data[at + 2] = value;
    box += (columns[x + BOX_PX] ?? 0) - (columns[x] ?? 0);
  }
}
