// Who is in the picture book? One holder with two children, seen at Poipet on 22 November 2026.

import type { Day, Instant } from "../src/domain/local_time.ts";
import { type Pass, PassKind, Sex } from "../src/domain/passes.ts";
import type { Reason } from "../src/domain/reasons.ts";
import type { Credential } from "../src/domain/scan.ts";
import { Role } from "../src/domain/trust.ts";
import type { ScanShown, Tone } from "../src/gate/shown.ts";
import type { BundleState, CameraState, LookedUpPass, PostState, SendingState } from "../src/ui/state.ts";
import { drawnFace, drawnPhoto } from "./faces.ts";

export const NOW_MS = Date.parse("2026-11-22T01:05:00Z");
export const NOW = (NOW_MS / 1000) as Instant;
export const DAY_S = 86_400;

/** An instant some seconds before the picture is taken. */
export function before(seconds: number): Instant {
  return (NOW - seconds) as Instant;
}

export const POST: PostState = {
  deviceId: "019ab000-0000-7000-8000-00003f9c21d7",
  checkpoint: { id: "poipet", names: { km: "ប៉ោយប៉ែត", en: "Poipet", th: "ปอยเปต" } },
  lane: "3",
  direction: "exit",
};

export const CAMERA: CameraState = {
  phase: "running",
  trouble: null,
  torch: "off",
  zoom: { at: 1, least: 1, most: 4 },
  canFlip: true,
};

export const BUNDLE: BundleState = {
  serial: 412,
  issuedAt: before(3 * 3600),
  freshness: "green",
  fingerprint: "3f9c21d70a55b8e1c4f2907716ad83b25e0919cc7df4420b61a8e37f95d0c1aa",
};

export const SENDING: SendingState = {
  waiting: 3,
  sent: 0,
  acknowledged: 418,
  busy: false,
  lastContactAt: before(95),
  nextTryAtMs: NOW_MS + 25_000,
  trouble: null,
};

const PASS: Pass = {
  number: "0110-26-000001-A",
  issuer: "https://example.invalid/o/0110",
  issuingCountry: "KHM",
  kind: PassKind.TWO_YEAR,
  validFromAt: (NOW - 100 * DAY_S) as Instant,
  expiresAt: (Date.parse("2028-08-14T17:00:00Z") / 1000) as Instant,
  issuedAt: (NOW - 100 * DAY_S) as Instant,
  statusIndex: 17,
  statusUri: "https://example.invalid/s/0110",
  holder: {
    nameLatin: "SOK SOKHA",
    nameKhmer: "សុខ សុខា",
    bornOn: "1990-01-02" as Day,
    sex: Sex.FEMALE,
    nationality: "KHM",
    homeCode: "011001",
    face: drawnFace(),
  },
  companions: [],
};

const CHILDREN: Pass["companions"] = [
  { name: "SOK DARA", bornOn: "2018-05-01" as Day, sex: Sex.MALE },
  { name: "SOK BOPHA", bornOn: "2026-03-11" as Day, sex: Sex.FEMALE },
];

/** A long name, a long district, children: what needs the most room. */
const LONGEST: Pass["holder"] = {
  ...PASS.holder,
  nameLatin: "CHHOEUNVANNAK SREYPHEAKTRA",
  nameKhmer: "ឈឿនវណ្ណៈ ស្រីភក្ត្រា",
  homeCode: "090401",
};

function credentialOf(pass: Pass): Credential {
  const signer = {
    kid: "0011223344556677",
    point: new Uint8Array(64),
    role: Role.PASS_SIGNER,
    office: "0110",
    names: { km: "ក្រុងប៉ោយប៉ែត", en: "Poipet City", th: "เมืองปอยเปต" },
    prefixes: ["0110"],
    signFromAt: before(200 * DAY_S),
    signUntilAt: (NOW + 100 * DAY_S) as Instant,
    verifyUntilAt: (NOW + 900 * DAY_S) as Instant,
    issuer: pass.issuer,
    statusUri: pass.statusUri,
    withdrawnAt: null,
    allowListDigest: null,
  };
  return { pass, signer, fingerprint: "00", status: 0 };
}

export const ADMITTED: ScanShown = {
  id: "1",
  scannedAt: before(1),
  direction: "exit",
  verdict: "ADMIT",
  tone: "admit",
  reasons: [],
  credential: credentialOf(PASS),
  detail: "",
  backBy: "2026-11-29" as Day,
  freshness: "green",
  bundleIssuedAt: BUNDLE.issuedAt,
  photo: null,
  taken: null,
  takenBy: null,
};

export const ADMITTED_FAMILY: ScanShown = {
  ...ADMITTED,
  credential: credentialOf({ ...PASS, companions: CHILDREN, holder: LONGEST, kind: PassKind.EXTENSION }),
  reasons: ["BUNDLE_STALE"],
  freshness: "amber",
  bundleIssuedAt: before(2 * DAY_S),
  photo: drawnPhoto(),
};

/** A scan that some reasons stop. */
export function stopped(verdict: "REFER" | "REFUSE", tone: Tone, reasons: readonly Reason[]): ScanShown {
  return { ...ADMITTED, verdict, tone, reasons, backBy: null };
}

export const FORGED: ScanShown = {
  ...stopped("REFUSE", "refuse", ["SIGNATURE_INVALID"]),
  credential: null,
};

export const LOOKED_UP: LookedUpPass = {
  number: "0110-26-000001-A",
  kind: "two_year",
  standing: "valid",
  validFrom: "2026-08-15" as Day,
  validUntil: "2028-08-14" as Day,
  office: { km: "ក្រុងប៉ោយប៉ែត", en: "Poipet City", th: "เมืองปอยเปต" },
  holder: {
    nameKhmer: "សុខ សុខា",
    nameLatin: "SOK SOKHA",
    bornOn: "1990-01-02" as Day,
    sex: "female",
    home: { code: "011001", km: "ប៉ោយប៉ែត", latin: "Paoy Paet" },
  },
  companions: [{ name: "SOK DARA", bornOn: "2018-05-01" as Day, sex: "male" }],
};
