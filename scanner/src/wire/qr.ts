// What is in the text of a scanned QR code? Base45, then zlib (RFC 1950), both capped.
//
// The caps are the contract's: a text holds what the largest alphanumeric symbol can (version 40-L), and an inflated
// pass at most 8,192 bytes, with the stream ended and nothing behind it. The platform's DecompressionStream does not
// say where a stream ends, and not all of them refuse what follows it, so zlib's own code is used (in pako).

import { Z_FINISH, Z_STREAM_END, zlibInflate, zlibInflateInit, ZStream } from "pako";

import type { Octets } from "../domain/passes.ts";
import { decodeBase45 } from "./base45.ts";
import { type Read, reading, type Refusal, refuse, WireError } from "./refusal.ts";

export const TEXT_MAX_CHARACTERS = 4296;
export const INFLATED_MAX_BYTES = 8192;

/** Gives the COSE bytes in a QR text, or NOT_A_PASS. */
export function parseQr(text: string): Read<Octets> | Refusal {
  // A character outside the basic plane counts twice here; it is no Base45 in any case.
  if (text.length === 0 || text.length > TEXT_MAX_CHARACTERS) {
    return refuse("NOT_A_PASS", `${text.length} characters`);
  }
  return reading("NOT_A_PASS", () => inflate(decodeBase45(text), INFLATED_MAX_BYTES));
}

/** Gives the content of one whole zlib stream. Throws WireError when it is broken, too large or followed by more. */
export function inflate(compressed: Uint8Array, maxBytes: number): Octets {
  const stream = new ZStream();
  zlibInflateInit(stream);
  stream.input = compressed;
  stream.avail_in = compressed.length;
  // One byte more than may be filled: what fills it is too large, and nothing beyond it is inflated.
  stream.output = new Uint8Array(maxBytes + 1);
  stream.avail_out = maxBytes + 1;
  const status = zlibInflate(stream, Z_FINISH);
  if (stream.total_out > maxBytes) throw new WireError(`more than ${maxBytes} bytes when inflated`);
  // Anything but the end: broken, cut off, a checksum that does not fit, or a preset dictionary wanted.
  if (status !== Z_STREAM_END) throw new WireError("not one whole zlib stream");
  if (stream.avail_in > 0) throw new WireError("bytes after the zlib stream");
  return stream.output.slice(0, stream.total_out);
}
