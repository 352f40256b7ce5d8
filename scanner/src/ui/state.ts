// What do the screens of a gate's phone need to know, and what can be done on them?
//
// The contract between the controllers (src/gate.tsx, src/check.tsx) and the screens: plain values in, handlers out.
// Nothing here is kept by the screens but what is being typed. Milliseconds are since 1970, instants whole seconds.

import type { BundleCheckpoint, Freshness } from "../domain/bundle.ts";
import type { Day, Instant } from "../domain/local_time.ts";
import type { ActedBy, Action } from "../domain/records.ts";
import type { Names } from "../domain/trust.ts";
import type { Direction, Language } from "../domain/verdicts.ts";
import type { ScanShown, Shown } from "../gate/shown.ts";

/** Why there is no picture: each has words that say what to do. */
export type CameraTrouble = "denied" | "none" | "in_use" | "not_secure" | "stopped" | "no_decoder" | "failed";

/**
 * The camera as it can be worked. `zoom` is null where it cannot; `torch` likewise.
 *
 * `off` is for a camera nobody has asked for yet; `failed` comes with a trouble.
 */
export interface CameraState {
  readonly phase: "off" | "starting" | "running" | "failed";
  readonly trouble: CameraTrouble | null;
  readonly torch: "on" | "off" | null;
  readonly zoom: { readonly at: number; readonly least: number; readonly most: number } | null;
  readonly canFlip: boolean;
}

/**
 * The bundle in use. `fingerprint` is SHA-256 of the national root's key in hex, shown on the other
 * side: whoever has compared it once can believe every trust list the root signs.
 */
export interface BundleState {
  readonly serial: number;
  readonly issuedAt: Instant;
  readonly freshness: Freshness;
  readonly fingerprint: string;
}

/** What is wrong between this phone and the server, where it is more than having no network for a while. */
export type SendingTrouble = "refused" | "unknown_device" | "long_unsent" | "clock_differs";

/** Records by where they are, and the talk with the server. `trouble` gives the small number its word. */
export interface SendingState {
  readonly waiting: number;
  readonly sent: number;
  readonly acknowledged: number;
  readonly busy: boolean;
  readonly lastContactAt: Instant | null;
  readonly nextTryAtMs: number | null;
  readonly trouble: SendingTrouble | null;
}

/** How much room the phone has left for records; `kept` is whether the browser promised not to clear them. */
export interface SpaceState {
  readonly level: "enough" | "low" | "full";
  readonly kept: boolean;
}

/**
 * What a strip at the top tells, the weightiest first in the list. A strip is about the phone, never about a traveller.
 *
 * `update_ready` leads to a question; `offline_ready` and `storage_not_kept` can be closed; all others stay as long as they hold.
 */
export type Notice =
  | "storage_full"
  | "clock_wrong"
  | "no_bundle"
  | "storage_low"
  | "storage_not_kept"
  | "update_ready"
  | "offline_ready";

/** Why an enrolment code was not taken. `retryAfterS` comes with `too_many`. */
export interface EnrolFailure {
  readonly why:
    | "not_a_code"
    | "wrong"
    | "used"
    | "expired"
    | "too_many"
    | "no_answer"
    | "not_set_up"
    | "refused"
    | "not_kept"
    | "failed";
  readonly retryAfterS: number | null;
}

/** What the register says of a number: GET /passes/{number}, in our names. Never verified. */
export interface LookedUpPass {
  readonly number: string;
  readonly kind: "two_year" | "extension" | "one_time" | "specimen";
  readonly standing: "valid" | "suspended" | "revoked";
  readonly validFrom: Day;
  readonly validUntil: Day;
  readonly office: Names;
  readonly holder: {
    readonly nameKhmer: string;
    readonly nameLatin: string;
    readonly bornOn: Day;
    readonly sex: LookedUpSex;
    readonly home: { readonly code: string; readonly km: string; readonly latin: string };
  };
  readonly companions: readonly { readonly name: string; readonly bornOn: Day; readonly sex: LookedUpSex }[];
}
export type LookedUpSex = "male" | "female" | "other";

/** Looking a pass up by its number. A wrong check character is seen while typing and never asked about. */
export type LookUpState =
  | { readonly kind: "typing"; readonly failure: LookUpFailure | null }
  | { readonly kind: "asking"; readonly number: string }
  | { readonly kind: "found"; readonly pass: LookedUpPass; readonly photo: Blob | null };
export type LookUpFailure = "not_found" | "no_answer" | "too_many" | "clock_differs" | "refused";

/**
 * One of the last five scans. `correctableUntilMs` is null where it can no longer be corrected (or never could);
 * `scan.taken` is the last action, `actedBy` who took it.
 */
export interface RecentScan {
  readonly scan: ScanShown;
  readonly actedBy: ActedBy | null;
  readonly correctableUntilMs: number | null;
}

/** The phone's place, as enrolled. */
export interface PostState {
  readonly deviceId: string;
  readonly checkpoint: { readonly id: string; readonly names: Names };
  readonly lane: string;
  readonly direction: Direction;
}

/**
 * Which page is open while at work. `lane` draws `shown`; all others lie over it.
 *
 * `ground` asks why: with `correcting` for a recent scan, otherwise for the scan on the screen, whose clock must
 * not run meanwhile.
 */
export type GatePage =
  | { readonly kind: "lane" }
  | {
      readonly kind: "ground";
      readonly scanId: string;
      readonly action: Action;
      readonly direction: Direction;
      readonly correcting: boolean;
    }
  | { readonly kind: "recents" }
  | { readonly kind: "number" }
  | { readonly kind: "menu" }
  | { readonly kind: "language" }
  | { readonly kind: "update" }
  | { readonly kind: "leave"; readonly asked: 1 | 2 };

/** How far the app has come. Only `at_work` has pages; every other stage fills the screen. */
export type GateStage =
  | { readonly kind: "starting" }
  | { readonly kind: "cannot_start"; readonly why: "storage" | "browser" }
  | { readonly kind: "other_tab" }
  | { readonly kind: "enrol"; readonly asking: boolean; readonly failure: EnrolFailure | null }
  | { readonly kind: "revoked"; readonly kept: number }
  | { readonly kind: "at_work"; readonly post: PostState };

/** All that the gate's phone shows. `language` is null until one was chosen on this phone. */
export interface GateState {
  readonly language: Language | null;
  readonly nowMs: number;
  readonly stage: GateStage;
  readonly page: GatePage;
  readonly shown: Shown;
  readonly camera: CameraState;
  readonly bundle: BundleState | null;
  readonly sending: SendingState;
  readonly space: SpaceState;
  readonly notices: readonly Notice[];
  readonly sound: "locked" | "on" | "off";
  readonly recents: readonly RecentScan[];
  readonly lookUp: LookUpState;
  readonly appVersion: string;
}

/**
 * What both apps can do with the camera.
 *
 * `onVideo` gets the one element when a camera is meant: at a gate from enrolment on, under every page; on the other
 * side while somebody checks. It gets null when none is meant any more.
 */
export interface CameraHandlers {
  readonly onVideo: (video: HTMLVideoElement | null) => void;
  readonly onCameraRetry: () => void;
  readonly onTorch: (on: boolean) => void;
  readonly onZoom: (factor: number) => void;
  readonly onFlip: () => void;
}

/** All that an officer can do. `onGo` opens a page: the controller only has to keep it in the state. */
export interface GateHandlers extends CameraHandlers {
  readonly onLanguage: (language: Language) => void;
  readonly onGo: (page: GatePage) => void;
  /** A code as typed, in the form XXXX-XXXX-XXXX-XXXX. */
  readonly onEnrol: (code: string) => void;
  /** An action on the scan on the screen; `ground` is there when it goes against the verdict (1 to 300 characters). */
  readonly onAct: (scanId: string, action: Action, ground: string | null) => void;
  readonly onCorrect: (scanId: string, action: Action, ground: string) => void;
  /** The scan was only looked at, or the trouble was read: back to the camera. */
  readonly onNext: () => void;
  /** A pass number with a right check character, in the printed form. */
  readonly onLookUp: (number: string) => void;
  readonly onLookUpAgain: () => void;
  readonly onSound: (on: boolean) => void;
  readonly onSendNow: () => void;
  readonly onUpdate: () => void;
  readonly onCloseNotice: (notice: Notice) => void;
  readonly onLeaveGate: () => void;
  readonly onEnrolAnew: () => void;
  /** After `other_tab` or `cannot_start`. */
  readonly onRetry: () => void;
}

/** Which page of the other side's checker is open. `scan` draws the camera, or `scan` of the state over it. */
export type CheckPage = "intro" | "scan" | "gates" | "language" | "update";

/** All that the other side's checker shows. `language` is Thai unless another was chosen. */
export interface CheckState {
  readonly language: Language;
  readonly nowMs: number;
  readonly page: CheckPage;
  readonly ready: "starting" | "ready" | "no_bundle" | "cannot_start";
  readonly scan: ScanShown | null;
  readonly camera: CameraState;
  readonly bundle: BundleState | null;
  readonly gates: readonly BundleCheckpoint[];
  readonly gate: BundleCheckpoint | null;
  readonly notices: readonly Notice[];
  readonly appVersion: string;
}

export interface CheckHandlers extends CameraHandlers {
  readonly onLanguage: (language: Language) => void;
  readonly onGo: (page: CheckPage) => void;
  readonly onGate: (gate: BundleCheckpoint | null) => void;
  readonly onNext: () => void;
  readonly onUpdate: () => void;
  readonly onCloseNotice: (notice: Notice) => void;
  readonly onRetry: () => void;
}
