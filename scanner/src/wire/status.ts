// Which passes of an office are still good? Token Status List in CWT form (draft-ietf-oauth-status-list-20).
//
// Section 5.2: COSE_Sign1 with `typ` "application/statuslist+cwt", tag 61 forbidden; claims 2 sub, 4 exp, 6 iat, 65534
// ttl, 65533 {"bits": 2, "lst": zlib of the packed statuses}.

import type { Bundle } from "../domain/bundle.ts";
import type { Octets, Pass } from "../domain/passes.ts";
import { canariesSing, lookUp, Status, type StatusList } from "../domain/status.ts";
import { maySignAt, Role, type TrustList } from "../domain/trust.ts";
import { toHex } from "./keys.ts";
import { inflate } from "./qr.ts";
import { type PieceFault, type Read, readingPiece, type Refusal, WireError } from "./refusal.ts";
import {
  believe,
  expectKeys,
  expectOctets,
  expectOneOf,
  expectText,
  expectWhole,
  openSealed,
  readInstant,
  STATUS_TYP,
} from "./signed.ts";

const [SUB, EXP, IAT, STATUS_LIST, TTL] = [2, 4, 6, 65_533, 65_534] as const;
const BITS = 2;
const LIST_MAX_BYTES = 1 << 20;

/**
 * Gives the status of a pass, or null where the bundle cannot know it.
 *
 * That is where it has no list at the pass's address, and where the pass was signed after the list was: a list that is
 * older than an honest new pass cannot say that it was never issued.
 */
export function findStatus(bundle: Bundle, pass: Pass): Status | null {
  const list = bundle.statusLists.get(pass.statusUri);
  if (list === undefined) return null;
  const status = lookUp(list, pass.statusIndex);
  return status === Status.NEVER_ISSUED && pass.issuedAt >= list.issuedAt ? null : status;
}

/** Gives a status list signed by a status signer whose entry names its address, or why it is none. */
export async function readStatusList(
  octets: Octets,
  trust: TrustList,
): Promise<Read<StatusList> | Refusal<PieceFault>> {
  return readingPiece("STATUS_LIST_UNUSABLE", async () => {
    const sign1 = openSealed(octets, STATUS_TYP);
    const kid = toHex(sign1.kid);
    const signers = trust.entries.filter((entry) => entry.kid === kid && entry.role === Role.STATUS_SIGNER);
    const payload = await believe(
      sign1,
      signers.map((entry) => entry.point),
    );
    const parts = expectKeys(payload, [SUB, EXP, IAT, STATUS_LIST, TTL]);
    const uri = expectText(parts.get(SUB));
    const [issuedAt, expiresAt] = [readInstant(parts.get(IAT)), readInstant(parts.get(EXP))];
    const may = signers.some(
      (entry) => entry.statusUri === uri && maySignAt(entry, issuedAt) && entry.withdrawnAt === null,
    );
    if (!may) throw new WireError(`its signer may not sign for ${uri}`);
    const inner = expectKeys(parts.get(STATUS_LIST), ["bits", "lst"]);
    expectOneOf(inner.get("bits"), [BITS]);
    const ttlS = expectWhole(parts.get(TTL), 0, expiresAt - issuedAt);
    const statuses = inflate(expectOctets(inner.get("lst")), LIST_MAX_BYTES);
    const list: StatusList = { uri, issuedAt, expiresAt, ttlS, octets: statuses };
    if (!canariesSing(list)) throw new WireError("its canary indices read wrong");
    return list;
  });
}
