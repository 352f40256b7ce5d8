// Is the phone's clock so far off the server's that it matters? The server takes 300 s either way.

const TOLERATED_S = 300;

/** Tells whether the phone's clock less the server's, in seconds, is more than is tolerated; null is not known. */
export function clockDiffers(offS: number | null): boolean {
  return offS !== null && Math.abs(offS) > TOLERATED_S;
}
