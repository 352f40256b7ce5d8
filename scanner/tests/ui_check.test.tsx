// What does the other side's checker see? The same verdict in other words, and nothing to record.

import { describe, expect, test } from "vitest";

import { BUNDLE } from "../preview/sample.ts";
import { drawPicture } from "./ui_hands.tsx";

describe("the first page", () => {
  test("says what this is, that nothing is sent or kept, and on which key it rests", () => {
    const { screen } = drawPicture("check", "en");
    expect(screen.text).toContain("Nothing is sent, nothing is kept.");
    const fingerprint = screen.one(".fingerprint").textContent;
    expect(fingerprint.replaceAll(" ", "")).toBe(BUNDLE.fingerprint);
    expect(fingerprint.split(" ")).toHaveLength(16);
    expect(screen.text).toContain("Data is fresh · 3 h ago");
  });

  test("asks for no camera before somebody wants to check", () => {
    const { screen, asked } = drawPicture("check", "en");
    expect(screen.find("video")).toEqual([]);
    screen.tap("Check a pass");
    expect(asked).toEqual([["onGo", "scan"]]);
    expect(drawPicture("check-scan", "en").screen.find("video")).toHaveLength(1);
  });

  test("without data cannot begin, and says what to do", () => {
    const { screen, asked } = drawPicture("check-no-data", "en");
    expect(screen.text).toContain("Connect to the network once, then try again.");
    screen.tap("Check a pass");
    expect(asked).toEqual([]);
  });
});

describe("a checkpoint", () => {
  test("can be chosen, or none", () => {
    const { screen, asked } = drawPicture("check-gates", "th");
    screen.tap("ช่องจอม");
    expect(asked.map(([name]) => name)).toEqual(["onGate", "onGo"]);
    expect(asked[0]?.[1]).toMatchObject({ id: "chong_chom" });
    screen.tap("ไม่เลือกจุดผ่านแดน");
    expect(asked[2]).toEqual(["onGate", null]);
  });

  test("that was not chosen is said beside the verdict", () => {
    const without = "No checkpoint chosen: orders and hours were not looked at.";
    expect(drawPicture("check-valid", "en").screen.text).toContain(without);
    expect(drawPicture("check-forged", "en").screen.text).not.toContain(without);
  });
});

describe("a verdict", () => {
  test.each([
    ["check-valid", "Valid"],
    ["check-closer", "Look closer"],
    ["check-not-valid", "Not valid"],
    ["check-device", "Phone trouble"],
  ])("%s is said in a checker's words: %s", (name, word) => {
    expect(drawPicture(name, "en").screen.one("h1").textContent).toBe(word);
  });

  test("has no action but the next", () => {
    const { screen, asked } = drawPicture("check-not-valid", "en");
    expect(screen.buttons).toEqual(["Next"]);
    screen.tap("Next");
    expect(asked).toEqual([["onNext"]]);
  });

  test("of a forged pass shows nothing of what it says", () => {
    expect(drawPicture("check-forged", "en").screen.find(".person")).toEqual([]);
  });
});
