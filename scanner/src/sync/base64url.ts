// How are bytes written in a header or in JSON? base64url without padding (RFC 4648 section 5).

import type { Octets } from "../domain/passes.ts";

/** Gives some bytes in base64url. */
export function writeBase64url(octets: Uint8Array): string {
  let binary = "";
  for (const octet of octets) binary += String.fromCharCode(octet);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Gives the bytes of a text in base64url, or null where it is none. */
export function readBase64url(text: string): Octets | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return null;
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
