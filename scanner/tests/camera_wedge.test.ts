// Is what a hand scanner types read, on every keyboard layout?

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { FALTER_MS, SILENCE_MS } from "../src/camera/wedge.ts";
import { PASS, Typist, usKey } from "./camera_keyboard.ts";

let typist: Typist;

beforeEach(() => {
  vi.useFakeTimers();
  typist = new Typist();
});

afterEach(() => {
  typist.stop();
  vi.useRealTimers();
});

describe("a scan", () => {
  test("ended by Enter is read, with no field and no focus", () => {
    typist.scan(PASS);
    expect(typist.texts).toEqual([]);
    expect(typist.press({ key: "Enter" })).toBe(true);
    expect(typist.texts).toEqual([PASS]);
  });

  test("ended by Tab is read, and Tab moves nothing", () => {
    typist.scan(PASS);
    expect(typist.press({ key: "Tab" })).toBe(true);
    expect(typist.texts).toEqual([PASS]);
  });

  test("ended by silence is read", () => {
    typist.scan(PASS);
    typist.pass(SILENCE_MS - 1);
    expect(typist.texts).toEqual([]);
    typist.pass(1);
    expect(typist.texts).toEqual([PASS]);
  });

  test("follows another at once", () => {
    typist.scan(PASS);
    typist.press({ key: "Enter" });
    typist.scan(PASS.slice(0, 60));
    typist.press({ key: "Enter" });
    expect(typist.texts).toEqual([PASS, PASS.slice(0, 60)]);
  });

  test("of something that is no pass is handed on as it is", () => {
    typist.scan("https://menu.example/poipet?table=4");
    typist.press({ key: "Enter" });
    expect(typist.texts).toEqual(["https://menu.example/poipet?table=4"]);
  });

  test("that says first which symbology it read is read without it", () => {
    typist.scan(`]Q1${PASS}`);
    typist.press({ key: "Enter" });
    expect(typist.texts).toEqual([PASS]);
  });

  test("of the longest symbol is read whole; a longer text keeps one character too many, to be refused", () => {
    const longest = "A1 ".repeat(1432);
    typist.scan(longest, { gapMs: 1 });
    typist.press({ key: "Enter" });
    typist.scan(`${longest}XYZ`, { gapMs: 1 });
    typist.press({ key: "Enter" });
    expect(typist.texts.map((text) => text.length)).toEqual([4296, 4297]);
    expect(typist.texts[0]).toBe(longest);
  });

  test("is kept from buttons and shortcuts while it lasts", () => {
    const button = new EventTarget();
    const kept = ["A", "B", " ", "C", "/"].map((character) => {
      typist.pass(10);
      return typist.send("keydown", usKey(character), button).defaultPrevented;
    });
    expect(kept).toEqual([false, false, true, true, true]);
    expect(typist.send("keyup", usKey(" "), button).defaultPrevented).toBe(true);
    typist.pass(10);
    const shortcut = vi.fn();
    typist.window.addEventListener("keydown", shortcut);
    typist.press(usKey("R"));
    expect(shortcut).not.toHaveBeenCalled();
    expect(typist.press({ key: "j", code: "KeyJ", ctrlKey: true })).toBe(true);
  });

  test("that falters in the middle of a pass is whole all the same", () => {
    typist.scan(PASS.slice(0, 40));
    typist.pass(FALTER_MS - 20);
    expect(typist.texts).toEqual([]);
    typist.scan(PASS.slice(40));
    typist.pass(SILENCE_MS);
    expect(typist.texts).toEqual([PASS]);
  });

  test("of what can be no pass, or no more becomes of, is not waited for for ever", () => {
    typist.scan(PASS.slice(0, 40));
    typist.pass(FALTER_MS);
    typist.scan("https://menu.example/poipet");
    typist.pass(SILENCE_MS);
    expect(typist.texts).toEqual([PASS.slice(0, 40), "https://menu.example/poipet"]);
  });

  test("that a busy page hears late is whole: the keys keep their distance", () => {
    const menu = "https://menu.example/poipet?table=4";
    typist.scan(menu.slice(0, 24));
    // The page was held up: the timer is late, and the keys that came meanwhile wait behind it.
    const heldUpAt = typist.timeMs;
    typist.timeMs += 400;
    vi.advanceTimersByTime(SILENCE_MS);
    expect(typist.texts).toEqual([]);
    typist.timeMs = heldUpAt;
    typist.scan(menu.slice(24));
    typist.press({ key: "Enter" });
    expect(typist.texts).toEqual([menu]);
  });

  test("is not heard any more after the end", () => {
    typist.stop();
    typist.scan(PASS);
    typist.press({ key: "Enter" });
    expect(typist.texts).toEqual([]);
  });
});

describe("another keyboard layout", () => {
  const THAI: Readonly<Record<string, string>> = {
    Digit2: "/",
    Digit3: "-",
    Digit4: "ภ",
    Digit5: "ถ",
    KeyA: "ฟ",
    KeyB: "ิ",
    KeyC: "แ",
    Slash: "ฝ",
    Minus: "ข",
  };

  test("in Thai is read by the places of the keys, also of those that happen to give Base45", () => {
    const text = "A2B3C4-5/A2B3C4-5/A2B3";
    typist.scan(text, { turn: (key) => ({ ...key, key: THAI[key.code ?? ""] ?? key.key }) });
    typist.press({ key: "Enter" });
    expect(typist.texts).toEqual([text]);
  });

  test("in Khmer, where one key may give two characters, is read by the places too", () => {
    typist.scan(PASS, { turn: (key) => ({ ...key, key: key.code === "Space" ? "\u200b" : "ុំ" }) });
    typist.press({ key: "Enter" });
    expect(typist.texts).toEqual([PASS]);
  });

  test("in Thai is read by the places too when the text is no pass", () => {
    const text = "BP-ENROL:a2b3c4-5/a2b3";
    typist.scan(text, { turn: (key) => ({ ...key, key: THAI[key.code ?? ""] ?? key.key }) });
    typist.press({ key: "Enter" });
    expect(typist.texts).toEqual([text]);
  });

  test("with Caps Lock on gives the capitals that the scanner meant", () => {
    typist.scan(PASS, { turn: (key) => ({ ...key, key: key.key.toLowerCase() }) });
    typist.press({ key: "Enter" });
    expect(typist.texts).toEqual([PASS]);
  });

  test("whose keys have no name, but a place, is read by the place", () => {
    typist.scan(PASS, { turn: (key) => ({ ...key, key: "Unidentified" }) });
    typist.press({ key: "Enter" });
    expect(typist.texts).toEqual([PASS]);
  });

  test("that types on a number pad is read", () => {
    const text = "12345678901234567890";
    typist.scan(text, { turn: ({ key }) => ({ key, code: `Numpad${key}` }) });
    typist.press({ key: "Enter" });
    expect(typist.texts).toEqual([text]);
  });
});
