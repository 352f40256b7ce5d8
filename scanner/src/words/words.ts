// What is said on the screens? One type, so that a missing word does not compile.
//
// The words of docs/glossary.md, one for one thing. What a reason says is in domain/reasons.ts, what a day is called in
// dates.ts. Digits are Latin on the phone in all languages. A sentence says what to do, not only what is wrong.

import type { Freshness } from "../domain/bundle.ts";
import type { Action } from "../domain/records.ts";
import type { Direction, Language, Verdict } from "../domain/verdicts.ts";
import type { Tone, Trouble } from "../gate/shown.ts";
import type {
  CameraTrouble,
  EnrolFailure,
  LookedUpPass,
  LookedUpSex,
  LookUpFailure,
  Notice,
  SendingTrouble,
} from "../ui/state.ts";

/** What is the matter, and what to do about it. */
export interface Advice {
  readonly what: string;
  readonly then: string;
}

/** The common grounds of an action: five or six, each a button. */
type Grounds = readonly string[];

/** On every screen. */
export interface CommonWords {
  readonly language: string;
  readonly back: string;
  readonly cancel: string;
  readonly close: string;
  readonly next: string;
  readonly tryAgain: string;
  readonly later: string;
  readonly starting: string;
  readonly direction: Readonly<Record<Direction, string>>;
  readonly lane: (name: string) => string;
  readonly freshness: Readonly<Record<Freshness, string>>;
  readonly dataOf: (age: string) => string;
  readonly sex: Readonly<Record<LookedUpSex, string>>;
  readonly kind: Readonly<Record<LookedUpPass["kind"], string>>;
  readonly born: string;
  readonly home: string;
  readonly companions: (count: number) => string;
  readonly validUntil: string;
  readonly validFrom: string;
  readonly passNumber: string;
  readonly issuer: string;
  readonly face: (name: string) => string;
  readonly noFace: string;
}

/** Before there is work: enrolment, and what stops the app. */
export interface StartWords {
  readonly enrol: string;
  readonly enrolHow: string;
  readonly enrolType: string;
  readonly enrolCode: string;
  readonly enrolSend: string;
  readonly enrolAsking: string;
  readonly enrolFailure: Readonly<Record<EnrolFailure["why"], string>>;
  readonly retryAfter: (wait: string) => string;
  readonly otherTab: Advice;
  readonly cannotStart: Readonly<Record<"storage" | "browser", Advice>>;
  readonly useHere: string;
  readonly revoked: string;
  readonly revokedKept: (records: number) => string;
  readonly revokedThen: string;
  readonly enrolAnew: string;
}

/** Around the picture of the camera. */
export interface CameraWords {
  readonly starting: string;
  readonly off: string;
  readonly trouble: Readonly<Record<CameraTrouble, Advice>>;
  readonly torchOn: string;
  readonly torchOff: string;
  readonly zoom: string;
  readonly flip: string;
  readonly start: string;
}

/** The lane: ready, verdict, ground, the last five. */
export interface LaneWords {
  readonly touchForSound: string;
  readonly typeNumber: string;
  readonly menu: string;
  readonly waiting: (records: number) => string;
  readonly sendingTrouble: Readonly<Record<SendingTrouble, string>>;
  readonly verdict: Readonly<Record<Tone, string>>;
  readonly deviceNotTraveller: string;
  readonly noData: string;
  readonly comingHome: string;
  readonly backBy: string;
  readonly admittedIn: (seconds: number) => string;
  readonly decideFirst: string;
  readonly action: Readonly<Record<Action, string>>;
  readonly taken: Readonly<Record<Action, string>>;
  readonly takenByClock: string;
  readonly notTaken: string;
  readonly trouble: Readonly<Record<Trouble, Advice>>;
  readonly groundFor: Readonly<Record<Action, string>>;
  readonly groundOwn: string;
  readonly groundGive: string;
  readonly charactersLeft: (count: number) => string;
  readonly grounds: Readonly<Record<Direction, Readonly<Record<Action, Grounds>>>>;
  readonly groundsOfCorrection: Grounds;
  readonly recents: string;
  readonly recentsShort: string;
  readonly noRecents: string;
  readonly correctTo: string;
  readonly correctable: (left: string) => string;
  readonly moreNotices: (count: number) => string;
}

/** Looking a pass up by its number. */
export interface NumberWords {
  readonly how: string;
  readonly ask: string;
  readonly missing: (characters: number) => string;
  readonly wrong: string;
  readonly right: string;
  readonly asking: string;
  readonly failure: Readonly<Record<LookUpFailure, string>>;
  readonly notVerified: string;
  readonly notVerifiedThen: string;
  readonly standing: Readonly<Record<LookedUpPass["standing"], string>>;
  readonly over: string;
  readonly notYet: string;
  readonly another: string;
  readonly noPhoto: string;
}

/** The menu: how the phone is. */
export interface MenuWords {
  readonly notice: Readonly<Record<Notice, string>>;
  readonly records: string;
  readonly waiting: string;
  readonly sent: string;
  readonly acknowledged: string;
  readonly lastContact: string;
  readonly never: string;
  readonly nextTry: string;
  readonly inTime: (wait: string) => string;
  readonly sendNow: string;
  readonly sendingNow: string;
  readonly data: string;
  readonly serial: string;
  readonly none: string;
  readonly age: string;
  readonly phone: string;
  readonly space: string;
  readonly spaceLevel: Readonly<Record<"enough" | "low" | "full", string>>;
  readonly keptForUs: string;
  readonly mayBeCleared: string;
  readonly device: string;
  readonly version: string;
  readonly sound: string;
  readonly soundOn: string;
  readonly soundOff: string;
  readonly soundLocked: string;
  readonly update: string;
  readonly updateAsk: string;
  readonly updateNow: string;
  readonly leave: string;
  readonly leaveAsk: string;
  readonly leaveKeeps: (records: number) => string;
  readonly leaveGoOn: string;
  readonly leaveLast: string;
  readonly leaveYes: string;
}

/** The other side's checker. */
export interface CheckWords {
  readonly title: string;
  readonly what: string;
  readonly nothingKept: string;
  readonly begin: string;
  readonly verdict: Readonly<Record<Verdict, string>>;
  readonly deviceTrouble: string;
  readonly root: string;
  readonly rootHow: string;
  readonly gate: string;
  readonly noGate: string;
  readonly gateWhy: string;
  readonly withoutGate: string;
  readonly noBundle: Advice;
  readonly cannotStart: Advice;
}

/** All words of one language. */
export interface Words {
  readonly language: Language;
  readonly common: CommonWords;
  readonly start: StartWords;
  readonly camera: CameraWords;
  readonly lane: LaneWords;
  readonly number: NumberWords;
  readonly menu: MenuWords;
  readonly check: CheckWords;
}
