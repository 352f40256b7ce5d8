// How does a device ask? With a GET that it signs: three headers, ES256 over five lines.
//
// docs/reference/devices-and-scans.md, "Signed requests", says which.

import type { Instant } from "../domain/local_time.ts";
import type { EnrolledDevice } from "../store/devices.ts";
import { signWith } from "../wire/signed.ts";
import { writeBase64url } from "./base64url.ts";

export const DEVICE_HEADER = "BorderPass-Device";
export const DATE_HEADER = "BorderPass-Date";
const SIGNATURE_HEADER = "BorderPass-Signature";
const FIRST_LINE = "borderpass-request-v1";

/** Who signs: a device's id and its key. */
export type Signer = Pick<EnrolledDevice, "deviceId" | "key">;

/** Gives the headers of a signed GET of a path, as it is sent; null where the browser cannot use the key any more. */
export async function signedHeaders(
  signer: Signer,
  path: string,
  at: Instant,
): Promise<Record<string, string> | null> {
  const lines = [FIRST_LINE, "GET", path, signer.deviceId, String(at)].join("\n");
  try {
    const signature = await signWith(signer.key.privateKey)(new TextEncoder().encode(lines));
    return {
      [DEVICE_HEADER]: signer.deviceId,
      [DATE_HEADER]: String(at),
      [SIGNATURE_HEADER]: writeBase64url(signature),
    };
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
