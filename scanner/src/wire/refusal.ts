// What does the wire answer when bytes are not what they should be?
//
// Every function that is given bytes of others answers with a value: what it read, or why not. Inside this folder a
// WireError carries the detail to the nearest such function, which turns it into that value.

import type { Reason } from "../domain/reasons.ts";

export interface Read<T> {
  readonly ok: true;
  readonly value: T;
}

/** A stable code, and a detail for those who look into it; never shown to a traveller. */
export interface Refusal<R extends string = Reason> {
  readonly ok: false;
  readonly reason: R;
  readonly detail: string;
}

/** Which piece cannot be used; not a reason to a traveller, for none of them is at fault. */
export type PieceFault =
  | "BUNDLE_UNUSABLE"
  | "TRUST_LIST_UNUSABLE"
  | "STATUS_LIST_UNUSABLE"
  | "RULEBOOK_UNUSABLE"
  | "RECORD_UNUSABLE"
  | "BATCH_UNUSABLE";

/** Bytes that break a format; `piece` is named where a signed piece inside another is meant. Stays in this folder. */
export class WireError extends Error {
  override readonly name = "WireError";
  readonly piece: PieceFault | undefined;

  constructor(detail: string, piece?: PieceFault) {
    super(detail);
    this.piece = piece;
  }
}

/** Gives what was read. */
export function read<T>(value: T): Read<T> {
  return { ok: true, value };
}

/** Gives the refusal for a reason. */
export function refuse<R extends string>(reason: R, detail: string): Refusal<R> {
  return { ok: false, reason, detail };
}

/** Gives what a reader makes of some bytes, and a refusal for whatever it throws: no bytes may break the program. */
export function reading<T, R extends string>(reason: R, work: () => T): Read<T> | Refusal<R> {
  try {
    return read(work());
  } catch (error) {
    return refuse(reason, detailOf(error));
  }
}

/** The same for a signed piece: its reader has to wait for WebCrypto, and may hold other pieces that are at fault. */
export async function readingPiece<T>(
  piece: PieceFault,
  work: () => Promise<T>,
): Promise<Read<T> | Refusal<PieceFault>> {
  try {
    return read(await work());
  } catch (error) {
    const inner = error instanceof WireError ? error.piece : undefined;
    return refuse(inner ?? piece, detailOf(error));
  }
}

/** Gives a signed piece that was read inside another. Throws its refusal as WireError. */
export function demandPiece<T>(one: Read<T> | Refusal<PieceFault>): T {
  if (one.ok) return one.value;
  throw new WireError(one.detail, one.reason);
}

function detailOf(error: unknown): string {
  if (error instanceof WireError) return error.message;
  return `not of the format: ${error instanceof Error ? error.name : typeof error}`;
}
