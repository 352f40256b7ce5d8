// Does what is typed take its printed form, and is a slip seen before anybody is asked?

import { describe, expect, test } from "vitest";

import { checkCharacter } from "../src/domain/pass_number.ts";
import { nextZoom, zoomSteps } from "../src/ui/camera_view.tsx";
import { formatCode, formatNumber, isWholeCode, judgeNumber } from "../src/ui/typed.ts";

describe("an enrolment code", () => {
  test.each([
    ["", ""],
    ["k7q", "K7Q"],
    ["K7QX", "K7QX"],
    ["k7qx9", "K7QX-9"],
    ["K7QX-9M2D-4RTA-8WHC", "K7QX-9M2D-4RTA-8WHC"],
    ["  k7qx 9m2d 4rta 8whc ", "K7QX-9M2D-4RTA-8WHC"],
    ["BP-ENROL:K7QX-9M2D-4RTA-8WHC", "K7QX-9M2D-4RTA-8WHC"],
    ["oil", "011"],
    ["K7QX9M2D4RTA8WHCTOOMUCH", "K7QX-9M2D-4RTA-8WHC"],
    ["ប៉ K7", "K7"],
  ])("%s is %s", (typed, code) => {
    expect(formatCode(typed)).toBe(code);
    expect(formatCode(code)).toBe(code);
  });

  test("is whole with sixteen characters", () => {
    expect(isWholeCode("K7QX-9M2D-4RTA-8WHC")).toBe(true);
    expect(isWholeCode("K7QX-9M2D-4RTA-8WH")).toBe(false);
  });
});

describe("a pass number", () => {
  const right = `0110-26-000001-${checkCharacter("011026000001")}`;

  test("gets its hyphens while it is typed", () => {
    const typed = ["0", "0110", "01102", "0110260", "011026000001", "0110 26 000001 a", "0110-26-000001-AB"];
    const formed = [
      "0",
      "0110",
      "0110-2",
      "0110-26-0",
      "0110-26-000001",
      "0110-26-000001-A",
      "0110-26-000001-A",
    ];
    expect(typed.map(formatNumber)).toEqual(formed);
  });

  test("has digits alone before its check character", () => {
    expect(formatNumber("01I0")).toBe("010");
  });

  test("is judged letter by letter", () => {
    expect(judgeNumber("")).toEqual({ kind: "missing", characters: 13 });
    expect(judgeNumber("0110-26-000001")).toEqual({ kind: "missing", characters: 1 });
    expect(judgeNumber(right)).toEqual({ kind: "right" });
  });

  test("with one digit wrong is seen to be wrong", () => {
    expect(judgeNumber(right.replace("000001", "000007"))).toEqual({ kind: "wrong" });
  });
});

describe("the zoom", () => {
  test("goes through what the camera can, and begins again", () => {
    const steps = zoomSteps(1, 3);
    expect(steps).toEqual([1, 1.5, 2, 3]);
    expect([1, 1.5, 2, 3].map((at) => nextZoom(at, steps))).toEqual([1.5, 2, 3, 1]);
  });

  test("stays where there is nothing to choose", () => {
    expect(nextZoom(1, [])).toBe(1);
  });
});
