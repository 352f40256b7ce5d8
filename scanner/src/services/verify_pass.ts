// What is to be done with whoever shows this QR text here and now?
//
// The straight line from text to decision, the same eight steps in every language. It needs no network;
// `spec/verification.md` writes it down.
//
// 1. `parseQr`        text to COSE bytes, capped
// 2. `decodeSign1`    COSE bytes to parts, strict
// 3. `findKeys`       candidate signers by kid
// 4. `verifySign1`    the first whose key made the signature
// 5. `readClaims`     the payload, now believed, to a pass
// 6. `findStatus`     valid, revoked, suspended or never issued
// 7. `evaluate`       the rules
// 8. `decide`         the verdict

import type { Bundle } from "../domain/bundle.ts";
import type { Instant } from "../domain/local_time.ts";
import { REASONS } from "../domain/reasons.ts";
import { evaluate } from "../domain/rules.ts";
import type { Credential, Scan } from "../domain/scan.ts";
import type { TrustEntry } from "../domain/trust.ts";
import { against, type Decision, decide } from "../domain/verdict.ts";
import { readClaims } from "../wire/claims.ts";
import { decodeSign1, type Sign1, verifySign1 } from "../wire/cose.ts";
import { loadPoint, sha256, toHex } from "../wire/keys.ts";
import { parseQr } from "../wire/qr.ts";
import { type Read, read, type Refusal, refuse } from "../wire/refusal.ts";
import { findStatus } from "../wire/status.ts";
import { findKeys } from "../wire/trust.ts";

/** The decision on one text; `credential` is null when it is not an authentic pass, and `detail` says why. */
export interface Outcome {
  readonly decision: Decision;
  readonly credential: Credential | null;
  readonly detail: string;
}

/** Gives the outcome of showing a QR text under some circumstances at an instant. Never rejects. */
export async function verifyPass(text: string, scan: Scan, bundle: Bundle, now: Instant): Promise<Outcome> {
  return conclude(await authenticate(text, bundle), scan, bundle, now);
}

/** Gives the pass in a QR text if a trusted key signed it (steps 1 to 6), or the reason why not. */
export async function authenticate(text: string, bundle: Bundle): Promise<Read<Credential> | Refusal> {
  const octets = parseQr(text);
  if (!octets.ok) return octets;
  const sign1 = decodeSign1(octets.value);
  if (!sign1.ok) return sign1;
  const signer = await findSigner(sign1.value, bundle);
  if (!signer.ok) return signer;
  const pass = readClaims(sign1.value.payload);
  if (!pass.ok) return pass;
  return read({
    pass: pass.value,
    signer: signer.value,
    fingerprint: toHex(await sha256(sign1.value.payload)),
    status: findStatus(bundle, pass.value),
  });
}

/** Tries every candidate: the kid is a hint (steps 3 and 4). */
async function findSigner(sign1: Sign1, bundle: Bundle): Promise<Read<TrustEntry> | Refusal> {
  const kid = toHex(sign1.kid);
  const candidates = findKeys(bundle, kid);
  for (const signer of candidates) {
    if (await verifySign1(sign1, await loadPoint(signer.point))) return read(signer);
  }
  if (candidates.length > 0) return refuse("SIGNATURE_INVALID", `kid ${kid}`);
  return refuse("ISSUER_UNKNOWN", `no pass signer has kid ${kid}`);
}

/**
 * Gives the outcome (steps 7 and 8).
 *
 * A signature is not yet authenticity: a genuine key may have signed what it may not. Then the content is withheld.
 */
export function conclude(
  authentic: Read<Credential> | Refusal,
  scan: Scan,
  bundle: Bundle,
  now: Instant,
): Outcome {
  if (!authentic.ok) {
    const decision = decide([against(authentic.reason, scan.direction)]);
    return { decision, credential: null, detail: authentic.detail };
  }
  const decision = decide(evaluate(authentic.value, scan, bundle, now));
  if (decision.reasons.some((reason) => REASONS[reason].reasonClass === "authenticity")) {
    return { decision, credential: null, detail: "signed by a known key that may not sign this" };
  }
  return { decision, credential: authentic.value, detail: "" };
}
