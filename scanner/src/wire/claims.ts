// What does the payload of a pass say? CWT claims (RFC 8392), Claim 169 v1.2.2 and the border pass claim.
//
// Only read after the signature holds. Every key is known and of one type; what is not in the profile is refused, for a
// verifier that skips what it does not know shows less than what was signed.

import { type Day, type Instant, readDay } from "../domain/local_time.ts";
import { isPassNumber } from "../domain/pass_number.ts";
import {
  type Companion,
  COMPANIONS_MAX,
  FACE_MAX_BYTES,
  type Octets,
  type Pass,
  PassKind,
  PROFILE_VERSION,
  Sex,
} from "../domain/passes.ts";
import { type CborMap, type CborValue, decodeStrict, encode, sameOctets } from "./cbor.ts";
import { type Read, reading, type Refusal, WireError } from "./refusal.ts";
import {
  expectArray,
  expectKeys,
  expectOctets,
  expectOneOf,
  expectText,
  expectWhole,
  type Members,
  readInstant,
} from "./signed.ts";

const [ISS, EXP, NBF, IAT] = [1, 4, 5, 6] as const;
const [IDENTITY, STATUS, BORDER_PASS] = [169, 65_535, -70_169] as const;
const [NUMBER, LANGUAGE, NAME, BORN_ON, SEX, NATIONALITY] = [1, 3, 4, 8, 9, 13] as const;
const [NAME_KHMER, LANGUAGE_KHMER, HOME, COUNTRY, FACE] = [19, 20, 21, 23, 62] as const;
// Claim 169 attribute 62: one map of 0 the data, 1 the format (0 image), 2 the sub-format (4 WebP).
const [FACE_DATA, FACE_FORMAT, FACE_SUBFORMAT] = [0, 1, 2] as const;
const [IMAGE, WEBP] = [0, 4] as const;
const [VERSION, KIND, COMPANIONS] = [1, 2, 3] as const;

const NAME_MAX_CHARACTERS = 100;
const INDEX_MAX = 2 ** 32 - 1;
const ADDRESS = /^[ -~]{1,64}$/;
const COUNTRY_CODE = /^[A-Z]{3}$/;
const HOME_CODE = /^[0-9]{4}(?:[0-9]{2})?$/;
const BIRTH_DATE = /^([0-9]{4})([0-9]{2})([0-9]{2})$/;
const CONTROLS = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * Gives the pass that a verified payload says, or MALFORMED.
 *
 * The payload must be, byte for byte, what `writeClaims` writes for the pass that was read from it: so every key is
 * known, in its order and of its type, every integer and length in its shortest form, and nothing stands beside them.
 */
export function readClaims(payload: Octets): Read<Pass> | Refusal {
  return reading("MALFORMED", () => {
    const pass = readPass(decodeStrict(payload));
    if (!sameOctets(writeClaims(pass), payload)) throw new WireError("not exactly the claims of the profile");
    return pass;
  });
}

function readPass(value: CborValue): Pass {
  const claims = expectKeys(value, [ISS, EXP, NBF, IAT, IDENTITY, STATUS, BORDER_PASS]);
  const identity = expectKeys(
    claims.get(IDENTITY),
    [NUMBER, LANGUAGE, NAME, BORN_ON, SEX, NATIONALITY, NAME_KHMER, LANGUAGE_KHMER, HOME, COUNTRY],
    [FACE],
  );
  expectOneOf(identity.get(LANGUAGE), ["eng"]);
  expectOneOf(identity.get(LANGUAGE_KHMER), ["khm"]);
  const [validFromAt, expiresAt] = readValidity(claims);
  const border = expectKeys(claims.get(BORDER_PASS), [VERSION, KIND, COMPANIONS]);
  expectOneOf(border.get(VERSION), [PROFILE_VERSION]);
  const status = expectKeys(expectKeys(claims.get(STATUS), ["status_list"]).get("status_list"), [
    "idx",
    "uri",
  ]);
  const face = identity.find(FACE);
  return {
    number: readNumber(identity.get(NUMBER)),
    issuer: readMatch(claims.get(ISS), ADDRESS, "an address of 1 to 64 ASCII characters"),
    issuingCountry: readMatch(identity.get(COUNTRY), COUNTRY_CODE, "a country of three capital letters"),
    kind: expectOneOf(border.get(KIND), Object.values(PassKind)),
    validFromAt,
    expiresAt,
    issuedAt: readInstant(claims.get(IAT)),
    statusIndex: expectWhole(status.get("idx"), 0, INDEX_MAX),
    statusUri: readMatch(status.get("uri"), ADDRESS, "an address of 1 to 64 ASCII characters"),
    holder: {
      nameLatin: readName(identity.get(NAME)),
      nameKhmer: readName(identity.get(NAME_KHMER)),
      bornOn: readBirthDate(identity.get(BORN_ON)),
      sex: readSex(identity.get(SEX)),
      nationality: readMatch(identity.get(NATIONALITY), COUNTRY_CODE, "a country of three capital letters"),
      homeCode: readMatch(identity.get(HOME), HOME_CODE, "a district's or commune's code"),
      face: face === undefined ? null : readFace(face),
    },
    companions: readCompanions(border.get(COMPANIONS)),
  };
}

function readValidity(claims: Members): [Instant, Instant] {
  const [validFromAt, expiresAt] = [readInstant(claims.get(NBF)), readInstant(claims.get(EXP))];
  if (validFromAt >= expiresAt) throw new WireError("nbf is not before exp");
  return [validFromAt, expiresAt];
}

function readNumber(value: CborValue): string {
  const number = expectText(value);
  if (!isPassNumber(number)) throw new WireError("a pass number whose form or check character is wrong");
  return number;
}

function readMatch(value: CborValue, pattern: RegExp, what: string): string {
  const text = expectText(value);
  if (!pattern.test(text)) throw new WireError(`not ${what}`);
  return text;
}

/** Characters are counted as code points, not as the units of this language's texts. */
function readName(value: CborValue): string {
  const name = expectText(value);
  const length = Array.from(name).length;
  if (length < 1 || length > NAME_MAX_CHARACTERS) throw new WireError("not a text of 1 to 100 characters");
  if (name.normalize("NFC") !== name) throw new WireError("a text that is not in Unicode normal form C");
  if (CONTROLS.test(name)) throw new WireError("a text with control characters");
  return name;
}

function readBirthDate(value: CborValue): Day {
  const [, year, month, day] = BIRTH_DATE.exec(expectText(value)) ?? [];
  const bornOn = readDay(`${year ?? ""}-${month ?? ""}-${day ?? ""}`);
  if (bornOn === null) throw new WireError("a date that is not YYYYMMDD, or not in the calendar");
  return bornOn;
}

function readSex(value: CborValue): Sex {
  return expectOneOf(value, Object.values(Sex));
}

function readFace(value: CborValue): Octets {
  const [face, ...others] = expectArray(value);
  if (face === undefined || others.length > 0) throw new WireError("not one face");
  const parts = expectKeys(face, [FACE_DATA, FACE_FORMAT, FACE_SUBFORMAT]);
  expectOneOf(parts.get(FACE_FORMAT), [IMAGE]);
  expectOneOf(parts.get(FACE_SUBFORMAT), [WEBP]);
  const octets = expectOctets(parts.get(FACE_DATA));
  if (octets.length < 1 || octets.length > FACE_MAX_BYTES)
    throw new WireError("not a face of 1 to 600 bytes");
  return octets;
}

function readCompanions(value: CborValue): Companion[] {
  const companions = expectArray(value);
  if (companions.length > COMPANIONS_MAX) throw new WireError(`more than ${COMPANIONS_MAX} companions`);
  return companions.map((one) => {
    const [name, bornOn, sex, ...others] = expectArray(one);
    if (name === undefined || bornOn === undefined || sex === undefined || others.length > 0) {
      throw new WireError("a companion of other than three parts");
    }
    return { name: readName(name), bornOn: readBirthDate(bornOn), sex: readSex(sex) };
  });
}

/** Gives the payload of a pass: the deterministic encoding of its claims, keys and values fixed by the profile. */
export function writeClaims(pass: Pass): Octets {
  const reference: CborMap = new Map<string, CborValue>([
    ["idx", pass.statusIndex],
    ["uri", pass.statusUri],
  ]);
  const companions = pass.companions.map((one) => [one.name, writeBirthDate(one.bornOn), one.sex]);
  return encode(
    new Map<number, CborValue>([
      [ISS, pass.issuer],
      [EXP, pass.expiresAt],
      [NBF, pass.validFromAt],
      [IAT, pass.issuedAt],
      [IDENTITY, writeIdentity(pass)],
      [STATUS, new Map([["status_list", reference]])],
      [
        BORDER_PASS,
        new Map<number, CborValue>([
          [VERSION, PROFILE_VERSION],
          [KIND, pass.kind],
          [COMPANIONS, companions],
        ]),
      ],
    ]),
  );
}

function writeIdentity(pass: Pass): CborMap {
  const { holder } = pass;
  const identity: CborMap = new Map<number, CborValue>([
    [NUMBER, pass.number],
    [LANGUAGE, "eng"],
    [NAME, holder.nameLatin],
    [BORN_ON, writeBirthDate(holder.bornOn)],
    [SEX, holder.sex],
    [NATIONALITY, holder.nationality],
    [NAME_KHMER, holder.nameKhmer],
    [LANGUAGE_KHMER, "khm"],
    [HOME, holder.homeCode],
    [COUNTRY, pass.issuingCountry],
  ]);
  if (holder.face !== null) {
    const face = new Map<number, CborValue>([
      [FACE_DATA, holder.face],
      [FACE_FORMAT, IMAGE],
      [FACE_SUBFORMAT, WEBP],
    ]);
    identity.set(FACE, [face]);
  }
  return identity;
}

function writeBirthDate(day: Day): string {
  return day.replaceAll("-", "");
}
