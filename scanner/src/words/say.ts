// Which words belong to a language?

import type { Language } from "../domain/verdicts.ts";
import { EN } from "./en.ts";
import { KM } from "./km.ts";
import { TH } from "./th.ts";
import type { Words } from "./words.ts";

/** All words, by language. */
export const WORDS: Readonly<Record<Language, Words>> = { km: KM, en: EN, th: TH };

/** The languages by what they call themselves, in the order of the buttons. */
export const LANGUAGE_NAMES: readonly (readonly [Language, string])[] = [
  ["km", "ខ្មែរ"],
  ["th", "ไทย"],
  ["en", "English"],
];
