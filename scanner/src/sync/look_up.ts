// A code is damaged: whose pass has this number, and what does the holder look like? The answer is no verdict.

import { fromClock } from "../domain/local_time.ts";
import { isPassNumber, normalisePassNumber } from "../domain/pass_number.ts";
import type { RegisterEntry } from "./answers.ts";
import type { Server } from "./server.ts";
import type { Signer } from "./signed_request.ts";
import type { Timing } from "./timing.ts";

const USUAL_WAIT_S = 600;

/** What came of a look-up. `mistyped` was never asked; `offS` is the phone's clock less the server's, in seconds. */
export type LookUp =
  | { readonly kind: "found"; readonly entry: RegisterEntry }
  | { readonly kind: "mistyped" | "unknown_pass" | "revoked" | "no_answer" }
  | { readonly kind: "too_many"; readonly retryAfterS: number }
  | { readonly kind: "clock_wrong"; readonly offS: number | null }
  | { readonly kind: "failed"; readonly code: string | null };

/** With what is asked. */
export interface LookUpParts {
  readonly server: Server;
  readonly timing: Timing;
  readonly device: Signer;
}

/** Asks whose pass has a number, as somebody typed it. */
export async function lookUp(parts: LookUpParts, typed: string): Promise<LookUp> {
  const number = normalisePassNumber(typed);
  if (!isPassNumber(number)) return { kind: "mistyped" };
  const answer = await parts.server.lookUp(parts.device, number);
  if (answer.kind === "no_answer") return { kind: "no_answer" };
  if (answer.kind === "unreadable") return { kind: "failed", code: null };
  if (answer.kind === "ok") {
    // Whoever answers for another number would have its holder let through for this one.
    return answer.body.number === number
      ? { kind: "found", entry: answer.body }
      : { kind: "failed", code: null };
  }
  switch (answer.code) {
    case "UNKNOWN_PASS":
      return { kind: "unknown_pass" };
    case "INVALID_REQUEST":
      return { kind: "mistyped" };
    case "DEVICE_REVOKED":
      return { kind: "revoked" };
    case "TOO_MANY_TRIES":
      return { kind: "too_many", retryAfterS: answer.retryAfterS ?? USUAL_WAIT_S };
    case "DATE_WRONG": {
      const { serverDate } = answer;
      const offS = serverDate === null ? null : fromClock(parts.timing.now()) - serverDate;
      return { kind: "clock_wrong", offS };
    }
    case null:
    default:
      return { kind: "failed", code: answer.code };
  }
}

/** Gives the full-size face on the pass of a number, or null where it cannot be had now. Never rejects. */
export async function fetchPhoto(server: Server, device: Signer, number: string): Promise<Blob | null> {
  const answer = await server.photo(device, number);
  return answer.kind === "ok" ? answer.body : null;
}
