// Which screens are in the picture book? Every one that the phone can show, by name.

import { ActedBy, Action } from "../src/domain/records.ts";
import type { ScanShown } from "../src/gate/shown.ts";
import type { CheckState, EnrolFailure, GateState, Notice, RecentScan } from "../src/ui/state.ts";
import {
  ADMITTED,
  ADMITTED_FAMILY,
  before,
  BUNDLE,
  CAMERA,
  DAY_S,
  FORGED,
  LOOKED_UP,
  NOW_MS,
  POST,
  SENDING,
  stopped,
} from "./sample.ts";
import { drawnPhoto } from "./faces.ts";

const GATE: GateState = {
  language: "km",
  nowMs: NOW_MS,
  stage: { kind: "at_work", post: POST },
  page: { kind: "lane" },
  shown: { kind: "ready" },
  camera: CAMERA,
  bundle: BUNDLE,
  sending: SENDING,
  space: { level: "enough", kept: true },
  notices: [],
  sound: "on",
  recents: [],
  lookUp: { kind: "typing", failure: null },
  appVersion: "1.0.0",
};

const CHECK: CheckState = {
  language: "th",
  nowMs: NOW_MS,
  page: "intro",
  ready: "ready",
  scan: null,
  camera: CAMERA,
  bundle: BUNDLE,
  gates: [
    { id: "poipet", names: POST.checkpoint.names, district: "0110" },
    { id: "chong_chom", names: { km: "អូរស្មាច់", en: "O Smach", th: "ช่องจอม" }, district: "2202" },
  ],
  gate: null,
  notices: [],
  appVersion: "1.0.0",
};

/** One picture: the gate's phone or the other side's. */
export type Picture =
  { readonly app: "gate"; readonly state: GateState } | { readonly app: "check"; readonly state: CheckState };

function gate(state: Partial<GateState>): Picture {
  return { app: "gate", state: { ...GATE, ...state } };
}

function check(state: Partial<CheckState>): Picture {
  return { app: "check", state: { ...CHECK, ...state } };
}

function enrol(why: EnrolFailure["why"] | null, asking = false): Picture {
  const failure = why === null ? null : { why, retryAfterS: why === "too_many" ? 400 : null };
  return gate({ stage: { kind: "enrol", asking, failure } });
}

function verdict(scan: ScanShown, waitsFor: "clock" | "tap" | "next", nudges = 0): Picture {
  const endsAtMs = waitsFor === "clock" ? NOW_MS + 4000 : null;
  return gate({ shown: { kind: "verdict", scan, waitsFor, endsAtMs, nudges } });
}

function camera(trouble: GateState["camera"]["trouble"]): Picture {
  const phase = trouble === null ? "off" : "failed";
  return gate({ camera: { phase, trouble, torch: null, zoom: null, canFlip: false } });
}

function notice(...notices: Notice[]): Picture {
  return gate({ notices });
}

const RECENTS: readonly RecentScan[] = [
  {
    scan: { ...ADMITTED, id: "5", taken: Action.ADMIT },
    actedBy: ActedBy.CLOCK,
    correctableUntilMs: NOW_MS + 80_000,
  },
  {
    scan: { ...FORGED, id: "4", scannedAt: before(70), taken: Action.TURN_BACK },
    actedBy: ActedBy.OFFICER,
    correctableUntilMs: NOW_MS + 50_000,
  },
  {
    scan: {
      ...stopped("REFER", "device", ["CLOCK_WRONG"]),
      id: "3",
      scannedAt: before(400),
      taken: Action.REFER,
    },
    actedBy: ActedBy.OFFICER,
    correctableUntilMs: null,
  },
];

const ALL_NOTICES: readonly Notice[] = [
  "storage_full",
  "clock_wrong",
  "no_bundle",
  "storage_low",
  "storage_not_kept",
  "update_ready",
  "offline_ready",
];
const FAILURES: readonly EnrolFailure["why"][] = [
  ...(["not_a_code", "wrong", "used", "expired", "too_many"] as const),
  ...(["no_answer", "not_set_up", "refused", "not_kept", "failed"] as const),
];
const TROUBLES = ["denied", "none", "in_use", "not_secure", "stopped", "no_decoder", "failed"] as const;

const GROUND = { kind: "ground", scanId: "1", direction: "exit", correcting: false } as const;

/** All screens, by the name in the address. */
export const SCREENS: Readonly<Record<string, Picture>> = {
  "first-start": gate({ language: null }),
  starting: gate({ stage: { kind: "starting" } }),
  "cannot-start-storage": gate({ stage: { kind: "cannot_start", why: "storage" } }),
  "cannot-start-browser": gate({ stage: { kind: "cannot_start", why: "browser" } }),
  "other-tab": gate({ stage: { kind: "other_tab" } }),
  revoked: gate({ stage: { kind: "revoked", kept: 14 } }),
  "revoked-sent": gate({ stage: { kind: "revoked", kept: 0 } }),
  enrol: enrol(null),
  "enrol-asking": enrol(null, true),
  ...Object.fromEntries(FAILURES.map((why) => [`enrol-${why}`, enrol(why)])),

  ready: gate({}),
  "ready-entry": gate({
    stage: { kind: "at_work", post: { ...POST, direction: "entry" } },
    camera: { ...CAMERA, torch: "on", zoom: { at: 2, least: 1, most: 8 } },
    sending: { ...SENDING, waiting: 0 },
    sound: "locked",
  }),
  "ready-stale": gate({ bundle: { ...BUNDLE, freshness: "amber", issuedAt: before(2 * DAY_S) } }),
  "ready-expired": gate({
    bundle: { ...BUNDLE, freshness: "red", issuedAt: before(9 * DAY_S) },
    sending: { ...SENDING, waiting: 1240, trouble: "refused" },
    notices: ["clock_wrong", "storage_low"],
    sound: "locked",
  }),
  "ready-unsent": gate({ sending: { ...SENDING, waiting: 57, trouble: "long_unsent" } }),
  "camera-starting": gate({
    camera: { phase: "starting", trouble: null, torch: null, zoom: null, canFlip: false },
  }),
  "camera-off": camera(null),
  ...Object.fromEntries(TROUBLES.map((trouble) => [`camera-${trouble}`, camera(trouble)])),
  ...Object.fromEntries(ALL_NOTICES.map((one) => [`notice-${one}`, notice(one)])),

  admit: verdict(ADMITTED, "clock"),
  "admit-tap": verdict({ ...ADMITTED, photo: drawnPhoto() }, "tap"),
  "admit-family": verdict(ADMITTED_FAMILY, "clock"),
  "admit-entry": verdict({ ...ADMITTED, direction: "entry", backBy: null }, "clock"),
  refer: verdict(stopped("REFER", "refer", ["ALREADY_ACROSS"]), "tap"),
  "refer-nudge": verdict(stopped("REFER", "refer", ["STAY_EXCEEDED"]), "tap", 2),
  "refer-many": verdict(
    {
      ...ADMITTED_FAMILY,
      verdict: "REFER",
      tone: "refer",
      direction: "entry",
      backBy: null,
      reasons: ["REVOKED", "PASS_NOT_ACCEPTED_HERE", "QUOTA_REACHED", "STAY_EXCEEDED", "BUNDLE_STALE"],
    },
    "tap",
  ),
  refuse: verdict(stopped("REFUSE", "refuse", ["EXPIRED"]), "tap"),
  "refuse-many": verdict(
    stopped("REFUSE", "refuse", ["SUSPENDED", "ISSUER_EXPIRED", "CHECKPOINT_CLOSED"]),
    "tap",
  ),
  "refuse-forged": verdict(FORGED, "tap"),
  "refuse-forged-entry": verdict({ ...FORGED, direction: "entry", reasons: ["ISSUER_WITHDRAWN"] }, "tap"),
  "refuse-not-a-pass": verdict({ ...FORGED, reasons: ["NOT_A_PASS"] }, "tap"),
  "device-clock": verdict(stopped("REFER", "device", ["CLOCK_WRONG"]), "tap"),
  "device-data": verdict(
    {
      ...stopped("REFER", "device", ["BUNDLE_EXPIRED", "STATUS_UNKNOWN"]),
      freshness: "red",
      bundleIssuedAt: before(9 * DAY_S),
    },
    "tap",
  ),
  "trouble-full": gate({ shown: { kind: "trouble", trouble: "storage_full" } }),
  "trouble-failed": gate({ shown: { kind: "trouble", trouble: "storage_failed" } }),
  "trouble-no-bundle": gate({ shown: { kind: "trouble", trouble: "no_bundle" } }),

  "ground-admit": gate({ page: { ...GROUND, action: Action.ADMIT } }),
  "ground-refer": gate({ page: { ...GROUND, action: Action.REFER } }),
  "ground-turn-back": gate({ page: { ...GROUND, action: Action.TURN_BACK } }),
  "ground-correct": gate({ page: { ...GROUND, action: Action.ADMIT, direction: "entry", correcting: true } }),
  recents: gate({ page: { kind: "recents" }, recents: RECENTS }),
  "recents-none": gate({ page: { kind: "recents" } }),

  number: gate({ page: { kind: "number" } }),
  "number-not-found": gate({ page: { kind: "number" }, lookUp: { kind: "typing", failure: "not_found" } }),
  "number-no-answer": gate({ page: { kind: "number" }, lookUp: { kind: "typing", failure: "no_answer" } }),
  "number-asking": gate({ page: { kind: "number" }, lookUp: { kind: "asking", number: LOOKED_UP.number } }),
  "number-found": gate({
    page: { kind: "number" },
    lookUp: { kind: "found", pass: LOOKED_UP, photo: drawnPhoto() },
  }),
  "number-revoked": gate({
    page: { kind: "number" },
    lookUp: { kind: "found", pass: { ...LOOKED_UP, standing: "revoked" }, photo: null },
  }),

  menu: gate({ page: { kind: "menu" } }),
  "menu-trouble": gate({
    page: { kind: "menu" },
    bundle: null,
    sending: { ...SENDING, waiting: 57, lastContactAt: null, trouble: "unknown_device" },
    notices: ["no_bundle", "storage_low", "storage_not_kept", "update_ready"],
    space: { level: "low", kept: false },
    sound: "off",
  }),
  language: gate({ page: { kind: "language" } }),
  update: gate({ page: { kind: "update" } }),
  leave: gate({ page: { kind: "leave", asked: 1 } }),
  "leave-again": gate({ page: { kind: "leave", asked: 2 } }),

  check: check({}),
  "check-no-data": check({ ready: "no_bundle", bundle: null }),
  "check-cannot-start": check({ ready: "cannot_start" }),
  "check-scan": check({ page: "scan" }),
  "check-gates": check({ page: "gates" }),
  "check-valid": check({ page: "scan", scan: { ...ADMITTED, backBy: null } }),
  "check-closer": check({ page: "scan", scan: stopped("REFER", "refer", ["ALREADY_ACROSS"]) }),
  "check-not-valid": check({ page: "scan", scan: stopped("REFUSE", "refuse", ["REVOKED"]) }),
  "check-forged": check({ page: "scan", scan: FORGED, gate: CHECK.gates[0] ?? null }),
  "check-device": check({ page: "scan", scan: stopped("REFER", "device", ["BUNDLE_EXPIRED"]) }),
};
