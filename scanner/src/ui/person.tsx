// Who is the holder? The face and the facts beside it, from a pass that was verified or from the register.

import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";

import { districtName } from "../domain/districts.ts";
import { ageOn, type Day } from "../domain/local_time.ts";
import { type Octets, type Pass, PassKind, Sex } from "../domain/passes.ts";
import type { Language } from "../domain/verdicts.ts";
import { sayAge, sayDay } from "../words/dates.ts";
import type { Words } from "../words/words.ts";
import type { LookedUpPass, LookedUpSex } from "./state.ts";

/** What is shown of a holder, wherever it comes from. `home` is the district's name in the officer's letters. */
export interface PersonShown {
  readonly nameKhmer: string;
  readonly nameLatin: string;
  readonly bornOn: Day;
  readonly sex: LookedUpSex;
  readonly home: string | null;
  readonly kind: LookedUpPass["kind"];
  readonly companions: LookedUpPass["companions"];
}

const SEXES: Readonly<Record<Sex, LookedUpSex>> = {
  [Sex.MALE]: "male",
  [Sex.FEMALE]: "female",
  [Sex.OTHER]: "other",
};
const KINDS: Readonly<Record<PassKind, LookedUpPass["kind"]>> = {
  [PassKind.TWO_YEAR]: "two_year",
  [PassKind.EXTENSION]: "extension",
  [PassKind.ONE_TIME]: "one_time",
  [PassKind.SPECIMEN]: "specimen",
};

/** Gives what is shown of the holder of a verified pass. */
export function personOfPass(pass: Pass, language: Language): PersonShown {
  const { holder } = pass;
  return {
    nameKhmer: holder.nameKhmer,
    nameLatin: holder.nameLatin,
    bornOn: holder.bornOn,
    sex: SEXES[holder.sex],
    home: districtName(holder.homeCode, language),
    kind: KINDS[pass.kind],
    companions: pass.companions.map((one) => ({ ...one, sex: SEXES[one.sex] })),
  };
}

/** Gives what is shown of the holder that the register names. */
export function personOfRegister(pass: LookedUpPass, language: Language): PersonShown {
  const { home } = pass.holder;
  return {
    ...pass.holder,
    home: language === "km" ? home.km : home.latin,
    kind: pass.kind,
    companions: pass.companions,
  };
}

/** Which script a name is written in, so that it is drawn and read out as what it is. */
export function scriptOf(name: string): "km" | "km-Latn" {
  return /[\u1780-\u17ff]/.test(name) ? "km" : "km-Latn";
}

export interface FaceProps {
  readonly words: Words;
  readonly name: string;
  /** The picture inside the pass, WebP. */
  readonly octets: Octets | null;
  /** The full-size picture once it is there; it takes the place of the other, in the same frame. */
  readonly photo: Blob | null;
  /** What is said where there is neither. */
  readonly none: string;
}

/** The face, in a frame whose size does not depend on the picture. */
export function Face({ words, name, octets, photo, none }: FaceProps): JSX.Element {
  const small = useMemo(() => (octets === null ? null : writtenOut(octets)), [octets]);
  const large = useAddress(photo);
  const address = large ?? small;
  return (
    <div class="face">
      {address === null ? <p>{none}</p> : <img src={address} alt={words.common.face(name)} />}
    </div>
  );
}

/** An address that holds a small picture itself: it is there at once, where a blob's costs a slow phone 15 ms. */
function writtenOut(octets: Octets): string {
  return `data:image/webp;base64,${btoa(String.fromCharCode(...octets))}`;
}

/** An address for a blob, given back when another takes its place or nobody looks any more. */
function useAddress(blob: Blob | null): string | null {
  const address = useMemo(() => (blob === null ? null : URL.createObjectURL(blob)), [blob]);
  useEffect(
    () => () => {
      if (address !== null) URL.revokeObjectURL(address);
    },
    [address],
  );
  return address;
}

export interface PersonProps {
  readonly words: Words;
  readonly person: PersonShown;
  readonly today: Day;
}

/** Names and facts, to stand right of the face. */
export function Person({ words, person, today }: PersonProps): JSX.Element {
  const { common, language } = words;
  return (
    <div class="person">
      <p class="name" lang="km">
        {person.nameKhmer}
      </p>
      <p class={isLong(person.nameLatin) ? "name latin long" : "name latin"} lang="km-Latn">
        {person.nameLatin}
      </p>
      <p>
        {common.sex[person.sex]}, {sayAge(ageOn(person.bornOn, today), language)}
      </p>
      <p class="soft">
        <span class="unseen">{common.born} </span>
        {sayDay(person.bornOn, language)}
      </p>
      {person.home !== null && (
        <p class="soft">
          <span class="unseen">{common.home} </span>
          <span lang={scriptOf(person.home)}>{person.home}</span>
        </p>
      )}
      <p class="soft">{common.kind[person.kind]}</p>
    </div>
  );
}

/** Whether one of a name's words would not fit beside the face in large letters. */
function isLong(name: string): boolean {
  return name.split(" ").some((word) => word.length > 10);
}

/** The children who travel along, each with an age: to be counted at a glance. */
export function Companions({ words, person, today }: PersonProps): JSX.Element | null {
  if (person.companions.length === 0) return null;
  return (
    <section class="companions">
      <h2>{words.common.companions(person.companions.length)}</h2>
      <ul>
        {person.companions.map((child) => (
          <li key={child.name}>
            <b lang={scriptOf(child.name)}>{child.name}</b> {words.common.sex[child.sex]},{" "}
            {sayAge(ageOn(child.bornOn, today), words.language)}
          </li>
        ))}
      </ul>
    </section>
  );
}
