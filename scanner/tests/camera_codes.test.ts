// Which of several codes is meant, and how much of each frame is read?

import { describe, expect, test } from "vitest";

import { type Code, rankCodes } from "../src/camera/codes.ts";
import { IDLE_AFTER_MS, IDLE_EVERY_MS, Pace } from "../src/camera/pace.ts";

const HD = { width: 1280, height: 720 };

function code(text: string, x: number, y: number, side: number): Code {
  const half = side / 2;
  return {
    text,
    points: [
      { x: x - half, y: y - half },
      { x: x + half, y: y - half },
      { x: x + half, y: y + half },
      { x: x - half, y: y + half },
    ],
  };
}

const ranked = (...codes: Code[]) => rankCodes(codes, HD).map(({ text }) => text);

describe("codes in one frame", () => {
  test("of two alike, the one nearer the middle is first", () => {
    expect(ranked(code("left", 200, 360, 300), code("middle", 700, 360, 300))).toEqual(["middle", "left"]);
  });

  test("a large pass at the side comes before a small label in the middle", () => {
    expect(ranked(code("label", 640, 360, 150), code("pass", 330, 360, 350))).toEqual(["pass", "label"]);
  });

  test("a text that is there twice is handed on once, where it is largest", () => {
    const codes = rankCodes([code("pass", 300, 360, 200), code("pass", 640, 360, 300)], HD);
    expect(codes).toEqual([code("pass", 640, 360, 300)]);
  });

  test("the order depends on the picture alone, not on which was found first", () => {
    const [a, b] = [code("A", 340, 360, 300), code("B", 940, 360, 300)];
    expect(ranked(a, b)).toEqual(["A", "B"]);
    expect(ranked(b, a)).toEqual(["A", "B"]);
  });

  test("a turned symbol is as large as an upright one", () => {
    const turned: Code = {
      text: "turned",
      points: [
        { x: 640, y: 160 },
        { x: 840, y: 360 },
        { x: 640, y: 560 },
        { x: 440, y: 360 },
      ],
    };
    expect(ranked(code("upright", 640, 360, 280), turned)).toEqual(["turned", "upright"]);
  });
});

describe("the pace", () => {
  test("every frame is due until nobody has come for a minute, then five a second", () => {
    const pace = new Pace(0);
    pace.take(HD, IDLE_AFTER_MS - 1);
    expect(pace.isDue(IDLE_AFTER_MS - 1)).toBe(true);
    expect(pace.isDue(IDLE_AFTER_MS)).toBe(false);
    expect(pace.isDue(IDLE_AFTER_MS - 1 + IDLE_EVERY_MS)).toBe(true);
  });

  test("who comes wakes it", () => {
    const pace = new Pace(0);
    expect(pace.isIdle(IDLE_AFTER_MS)).toBe(true);
    pace.wake(IDLE_AFTER_MS);
    expect(pace.isIdle(IDLE_AFTER_MS)).toBe(false);
  });

  test("a quick phone reads whole frames", () => {
    const pace = new Pace(0);
    pace.took(12);
    expect(pace.take(HD, 0)).toEqual({ origin: { x: 0, y: 0 }, width: 1280, height: 720 });
  });

  test("a slow phone reads the middle square, and every third frame whole", () => {
    const pace = new Pace(0);
    pace.took(80);
    const middle = { origin: { x: 280, y: 0 }, width: 720, height: 720 };
    const regions = [0, 1, 2, 3].map((nowMs) => pace.take(HD, nowMs));
    expect(regions).toEqual([middle, middle, { origin: { x: 0, y: 0 }, width: 1280, height: 720 }, middle]);
  });

  test("the square of an upright frame is its middle too", () => {
    const pace = new Pace(0);
    pace.took(80);
    expect(pace.take({ width: 720, height: 1280 }, 0).origin).toEqual({ x: 0, y: 280 });
  });

  test("one slow frame does not make a phone slow", () => {
    const pace = new Pace(0);
    for (const ms of [10, 10, 10, 90]) pace.took(ms);
    expect(pace.take(HD, 0).width).toBe(1280);
  });
});
