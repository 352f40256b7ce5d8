// Does every screen of the picture book hold, in every language? Drawn whole, each one, as the apps draw them.

import { describe, expect, test } from "vitest";

import { SCREENS } from "../preview/screens.ts";
import { LANGUAGES } from "../src/domain/verdicts.ts";
import { drawPicture } from "./ui_hands.tsx";
import { nameOf } from "./ui_page.ts";

const EVERY = LANGUAGES.flatMap((language) => Object.keys(SCREENS).map((name) => [name, language] as const));

describe("every screen", () => {
  test.each(EVERY)("%s in %s", (name, language) => {
    const { screen } = drawPicture(name, language);

    expect(screen.find("main"), "one page").toHaveLength(1);
    expect(screen.text, "that says something").not.toBe("");
    expect(screen.find("h1").length, "one heading at most").toBeLessThanOrEqual(1);
    expect(screen.one(".app").getAttribute("lang")).toBe(name === "first-start" ? "km" : language);

    const buttons = screen.find("button");
    expect(buttons.map(nameOf).filter((one) => one.trim() === "")).toEqual([]);
    const main = buttons.filter((one) => one.hasClass("main"));
    expect(main.length, "one main thing to do at most").toBeLessThanOrEqual(1);

    const styled = screen.root.all().filter((one) => one.getAttribute("style") !== null);
    expect(styled, "nothing that the content policy refuses").toEqual([]);

    const labelled = new Set(screen.find("label").map((one) => one.getAttribute("for")));
    for (const field of [...screen.find("input"), ...screen.find("textarea")]) {
      expect(labelled.has(field.getAttribute("id")), "a label for every field").toBe(true);
    }
  });
});
