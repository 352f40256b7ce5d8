// Is everything said in every language, in its own letters?

import { describe, expect, test } from "vitest";

import { LANGUAGES } from "../src/domain/verdicts.ts";
import { GROUND_MAX, groundsFor } from "../src/ui/ground_page.tsx";
import { LANGUAGE_NAMES, WORDS } from "../src/words/say.ts";

/** Every text of a tree of words, functions said with a number. */
function textsOf(words: unknown): string[] {
  if (typeof words === "string") return [words];
  if (typeof words === "function")
    return [0, 1, 2].map((count) => String((words as (count: number) => unknown)(count)));
  return Object.values(words as object).flatMap(textsOf);
}

const LETTERS = { en: /[A-Za-z]/, km: /[\u1780-\u17d3]/, th: /[\u0e01-\u0e4e]/ };

describe.each(LANGUAGES)("the words of %s", (language) => {
  const { language: named, ...groups } = WORDS[language];
  const texts = textsOf(groups);

  test("are those of this language", () => {
    expect(named).toBe(language);
    expect(texts.length).toBeGreaterThan(200);
  });

  test("are in its letters, none empty, with no space at an end", () => {
    expect(texts.filter((text) => !LETTERS[language].test(text) || text !== text.trim())).toEqual([]);
  });

  test("are composed in one way (NFC), with Latin digits", () => {
    expect(texts.filter((text) => text !== text.normalize("NFC"))).toEqual([]);
    expect(texts.filter((text) => /[\u17e0-\u17e9\u0e50-\u0e59]/.test(text))).toEqual([]);
  });

  test("mix no letters of another language", () => {
    const foreign = LANGUAGES.filter((one) => one !== language).map((one) => LETTERS[one]);
    const mixed = texts.filter((text) => foreign.some((letters) => letters.test(text.replace("https", ""))));
    expect(mixed).toEqual([]);
  });

  test.each([1, 2, 3] as const)(
    "give five or six different grounds for action %i, none too long",
    (action) => {
      for (const direction of ["exit", "entry"] as const) {
        for (const correcting of [false, true]) {
          const grounds = groundsFor(WORDS[language], action, direction, correcting);
          expect(new Set(grounds).size).toBe(grounds.length);
          expect(grounds.length).toBeGreaterThanOrEqual(5);
          expect(grounds.length).toBeLessThanOrEqual(6);
          expect(grounds.every((ground) => ground.length <= GROUND_MAX)).toBe(true);
        }
      }
    },
  );
});

test("every language is offered by its own name", () => {
  expect(LANGUAGE_NAMES.map(([language]) => language).sort()).toEqual([...LANGUAGES].sort());
  expect(LANGUAGE_NAMES.every(([language, name]) => LETTERS[language].test(name))).toBe(true);
});
