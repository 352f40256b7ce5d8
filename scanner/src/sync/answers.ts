// What does the server say? The bodies of docs/reference/devices-and-scans.md, each read strictly.

import type { Day, Instant } from "../domain/local_time.ts";
import type { Octets } from "../domain/passes.ts";
import type { Names } from "../domain/trust.ts";
import { type Direction, DIRECTIONS } from "../domain/verdicts.ts";
import { joinOctets } from "../wire/keys.ts";
import type { NoAnswer } from "./exchange.ts";
import { Fields } from "./json.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const KID = /^[0-9a-f]{16}$/;
const RECEIPTS: readonly unknown[] = ["recorded", "already_recorded", "kept_for_a_case"];
const SEXES = ["male", "female", "other"] as const;

/** What was asked for. `serverDate` is the server's time, where it tells. */
export interface Ok<T> {
  readonly kind: "ok";
  readonly body: T;
  readonly serverDate: Instant | null;
}

/** The server said no. `code` is null where the words are not our server's: a proxy's, or a portal's. */
export interface Problem {
  readonly kind: "problem";
  readonly status: number;
  readonly code: string | null;
  readonly retryAfterS: number | null;
  readonly serverDate: Instant | null;
}

/** The server said yes, but what came with it is not what was agreed on. */
export interface Unreadable {
  readonly kind: "unreadable";
  readonly status: number;
  readonly detail: string;
}

export type Answer<T> = Ok<T> | Problem | Unreadable | NoAnswer;

/** What an enrolment gives: POST /devices/enrol. */
export interface Enrolment {
  readonly deviceId: string;
  readonly kid: string;
  readonly checkpoint: { readonly id: string; readonly names: Names };
  readonly lane: string;
  readonly direction: Direction;
  readonly rootPoint: Octets;
  readonly admitNeedsTap: boolean;
  readonly serverTime: Instant;
}

/** What the server knows of a device: GET /devices/me. `bundleSerial` is of the bundle published last. */
export interface DeviceReport {
  readonly revokedAt: Instant | null;
  readonly admitNeedsTap: boolean;
  readonly bundleSerial: number | null;
  readonly serverTime: Instant;
}

/** What became of a batch: POST /scans. `positions` are those the server named, ascending, from 0. */
export interface Receipt {
  readonly positions: readonly number[];
  readonly bundleSerial: number | null;
  readonly serverTime: Instant;
}

export type Sex = (typeof SEXES)[number];

/** What the register has under a number: GET /passes/{number}. It is no verdict: nobody has looked at the paper. */
export interface RegisterEntry {
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
    readonly age: number;
    readonly sex: Sex;
    readonly home: { readonly code: string; readonly km: string; readonly latin: string };
  };
  readonly companions: readonly { readonly name: string; readonly bornOn: Day; readonly sex: Sex }[];
}

/** The national root's key: GET /root-key. */
export interface RootKey {
  readonly point: Octets;
  readonly pem: string;
  readonly fingerprint: string;
}

/** Reads the answer of an enrolment. Throws FormError. */
export function readEnrolment(value: unknown): Enrolment {
  const body = new Fields(value);
  const gate = body.object("checkpoint");
  return {
    deviceId: body.matching("device_id", UUID),
    kid: body.matching("kid", KID),
    checkpoint: { id: gate.matching("id", /./), names: gate.names("names") },
    lane: body.text("lane"),
    direction: body.oneOf("direction", DIRECTIONS),
    rootPoint: readPoint(body.object("root_key")),
    admitNeedsTap: body.truth("admit_needs_tap"),
    serverTime: body.instant("server_time"),
  };
}

/** Reads what the server knows of a device. Throws FormError. */
export function readReport(value: unknown): DeviceReport {
  const body = new Fields(value);
  return {
    revokedAt: body.instantOrNull("revoked_at"),
    admitNeedsTap: body.truth("admit_needs_tap"),
    bundleSerial: body.wholeOrNull("bundle_serial"),
    serverTime: body.instant("server_time"),
  };
}

/**
 * Reads which records of a batch the server has taken. Throws FormError.
 *
 * An entry counts only when it names a position of this batch and a receipt that is known; it may come twice. What is
 * not named stays on the phone.
 */
export function readReceipt(value: unknown, records: number): Receipt {
  const body = new Fields(value);
  const positions = new Set<number>();
  for (const entry of body.list("acknowledgements")) {
    if (typeof entry !== "object" || entry === null) continue;
    const { position, receipt } = entry as { position?: unknown; receipt?: unknown };
    const isOurs = typeof position === "number" && Number.isInteger(position);
    if (isOurs && position >= 0 && position < records && RECEIPTS.includes(receipt)) positions.add(position);
  }
  return {
    positions: [...positions].sort((one, other) => one - other),
    bundleSerial: body.wholeOrNull("bundle_serial"),
    serverTime: body.instant("server_time"),
  };
}

/** Reads what the register has under a number. Throws FormError. */
export function readEntry(value: unknown): RegisterEntry {
  const body = new Fields(value);
  const holder = body.object("holder");
  const home = holder.object("home");
  return {
    number: body.text("number"),
    kind: body.oneOf("kind", ["two_year", "extension", "one_time", "specimen"]),
    standing: body.oneOf("standing", ["valid", "suspended", "revoked"]),
    validFrom: body.day("valid_from"),
    validUntil: body.day("valid_until"),
    office: body.names("office"),
    holder: {
      nameKhmer: holder.text("name_khmer"),
      nameLatin: holder.text("name_latin"),
      bornOn: holder.day("born_on"),
      age: holder.whole("age"),
      sex: holder.oneOf("sex", SEXES),
      home: { code: home.text("code"), km: home.text("km"), latin: home.text("latin") },
    },
    companions: body.list("companions").map((one) => {
      const child = new Fields(one);
      return { name: child.text("name"), bornOn: child.day("born_on"), sex: child.oneOf("sex", SEXES) };
    }),
  };
}

/** Reads the national root's key. Throws FormError. */
export function readRootKey(value: unknown): RootKey {
  const body = new Fields(value);
  return {
    point: readPoint(body.object("root_key")),
    pem: body.text("root_pem"),
    fingerprint: body.text("fingerprint"),
  };
}

/** Reads the code of a problem. Throws FormError. */
export function readCode(value: unknown): string {
  return new Fields(value).matching("code", /^[A-Z][A-Z0-9_]{0,63}$/);
}

function readPoint(key: Fields): Octets {
  return joinOctets([key.octets("x", 32), key.octets("y", 32)]);
}
