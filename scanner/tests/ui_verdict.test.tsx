// What does an officer see of a scan, and what can be done about it?

import { describe, expect, test } from "vitest";

import { ADMITTED, ADMITTED_FAMILY, FORGED, NOW_MS, stopped } from "../preview/sample.ts";
import { Action } from "../src/domain/records.ts";
import { REASONS } from "../src/domain/reasons.ts";
import { LANGUAGES } from "../src/domain/verdicts.ts";
import type { ScanShown, Shown } from "../src/gate/shown.ts";
import { WORDS } from "../src/words/say.ts";
import { drawGate, drawPicture, gateState } from "./ui_hands.tsx";

type Verdict = Extract<Shown, { kind: "verdict" }>;

function verdict(scan: ScanShown, more: Partial<Verdict> = {}): Verdict {
  return { kind: "verdict", scan, waitsFor: "tap", endsAtMs: null, nudges: 0, ...more };
}

function draw(scan: ScanShown, more: Partial<Verdict> = {}) {
  return drawGate(gateState("ready", { shown: verdict(scan, more) }));
}

describe("an admission", () => {
  test("names the holder in both scripts, each marked as what it is", () => {
    const { screen } = draw(ADMITTED);
    const names = screen.find(".name");
    expect(names.map((one) => [one.getAttribute("lang"), one.textContent])).toEqual([
      ["km", "សុខ សុខា"],
      ["km-Latn", "SOK SOKHA"],
    ]);
    expect(screen.one("img").getAttribute("alt")).toBe("Face of SOK SOKHA");
  });

  test("says sex, age, birth date, home district, kind of pass and until when it is valid", () => {
    const { text } = draw(ADMITTED).screen;
    for (const fact of [
      "female, 36 years",
      "2 January 1990",
      "Paoy Paet",
      "Two-year pass",
      "14 August 2028",
    ]) {
      expect(text).toContain(fact);
    }
  });

  test("says the day to be back by and how many days that is", () => {
    const backBy = draw(ADMITTED).screen.one(".back-by").textContent;
    expect(backBy).toContain("Sunday 29 November 2026");
    expect(backBy).toContain("7 days");
  });

  test("counts the children who travel along, with their ages", () => {
    const { screen } = draw(ADMITTED_FAMILY);
    expect(screen.one(".companions").textContent).toContain("With 2 children");
    expect(screen.one(".companions").textContent).toContain("SOK DARA male, 8 years");
    expect(screen.one(".companions").textContent).toContain("SOK BOPHA female, under 1 year");
  });

  test("counts down where silence admits, and offers what is against it", () => {
    const { screen } = draw(ADMITTED, { waitsFor: "clock", endsAtMs: NOW_MS + 3200 });
    expect(screen.text).toContain("Admitted in 4 s");
    expect(screen.buttons).toEqual(["Refer", "Turn back"]);
  });

  test("that waits for a tap has one main thing to do", () => {
    const { screen, asked } = draw(ADMITTED);
    expect(screen.one(".main").textContent).toBe("Admit");
    screen.tap("Admit");
    expect(asked).toEqual([["onAct", "1", Action.ADMIT, null]]);
  });

  test("in the place of a small face shows the full one when it comes, without another frame", () => {
    const drawn = draw(ADMITTED);
    const frame = drawn.screen.one(".face");
    const before = drawn.screen.one("img").getAttribute("src");
    drawGate(gateState("ready", { shown: verdict({ ...ADMITTED, photo: new Blob(["x"]) }) }), drawn);
    expect(drawn.screen.one(".face")).toBe(frame);
    expect(drawn.screen.one("img").getAttribute("src")).not.toBe(before);
  });
});

describe("an action against the verdict", () => {
  test("asks for a ground first", () => {
    const { screen, asked } = draw(stopped("REFUSE", "refuse", ["EXPIRED"]));
    screen.tap("Refer");
    const page = { kind: "ground", scanId: "1", action: Action.REFER, direction: "exit", correcting: false };
    expect(asked).toEqual([["onGo", page]]);
  });

  test("is done with a ground of the list", () => {
    const { screen, asked } = drawGate(gateState("ground-refer"));
    screen.tap("The answers are not clear");
    expect(asked).toEqual([["onAct", "1", Action.REFER, "The answers are not clear"]]);
  });

  test("is done with a ground of one's own, and with none there is nothing to tap", () => {
    const { screen, asked } = drawGate(gateState("ground-admit"));
    screen.type("   ").tap("Give this ground");
    expect(asked).toEqual([]);
    screen.type("  Called by the ministry ").tap("Give this ground");
    expect(asked).toEqual([["onAct", "1", Action.ADMIT, "Called by the ministry"]]);
  });

  test("says how much may still be written", () => {
    const { screen } = drawGate(gateState("ground-admit"));
    expect(screen.one("textarea").getAttribute("maxLength")).toBe("300");
    expect(screen.type("x".repeat(298)).text).toContain("2 characters left");
  });

  test("can be left alone", () => {
    const { screen, asked } = drawGate(gateState("ground-admit"));
    screen.tap("Cancel");
    expect(asked).toEqual([["onGo", { kind: "lane" }]]);
  });
});

describe("reasons", () => {
  test.each(LANGUAGES)("are said as sentences with what to do next in %s", (language) => {
    const { text } = drawPicture("refuse", language).screen;
    expect(text).toContain(REASONS.EXPIRED.text[language]);
    expect(text).toContain(REASONS.EXPIRED.nextStep[language]);
  });

  test("that ask for the same are followed by it once", () => {
    const { text } = draw(stopped("REFUSE", "refuse", ["REVOKED", "SUSPENDED"])).screen;
    expect(text).toContain(REASONS.SUSPENDED.text.en);
    expect(text.split(REASONS.SUSPENDED.nextStep.en)).toHaveLength(2);
  });

  test("against a crossing come before the terms of the pass, a notice after them", () => {
    const against = draw(stopped("REFER", "refer", ["ALREADY_ACROSS"])).screen.text;
    expect(against.indexOf(REASONS.ALREADY_ACROSS.text.en)).toBeLessThan(against.indexOf("Valid until"));
    const notice = draw(ADMITTED_FAMILY).screen.text;
    expect(notice.indexOf(REASONS.BUNDLE_STALE.text.en)).toBeGreaterThan(notice.indexOf("Valid until"));
  });
});

describe("the verdict", () => {
  test.each(LANGUAGES)("is read out at once, in %s", (language) => {
    expect(drawPicture("refer", language).screen.alerts).toContain(WORDS[language].lane.verdict.refer);
  });

  test.each(["admit", "refer", "refuse", "device-clock", "device-data"])(
    "%s has a shape of its own",
    (name) => {
      const others = ["admit", "refer", "refuse", "device-clock", "device-data"].filter(
        (one) => one !== name,
      );
      const shape = (one: string) =>
        drawPicture(one, "en")
          .screen.one(".verdict-head")
          .all()
          .filter((node) => node.localName === "path")
          .map((path) => path.getAttribute("d"))
          .join();
      expect(shape(name)).not.toBe("");
      expect(others.map(shape)).not.toContain(shape(name));
    },
  );

  test("of a pass that is not authentic shows nothing of what it says", () => {
    const { screen } = draw(FORGED);
    expect(screen.find("img")).toEqual([]);
    expect(screen.find(".person")).toEqual([]);
    expect(screen.text).not.toContain("Valid until");
    expect(screen.text).toContain("so nothing of it is shown");
  });

  test("of a false pass of one who comes home says whom to call before deciding", () => {
    const home = "Call the gate commander before you decide.";
    expect(draw({ ...FORGED, direction: "entry" }).screen.text).toContain(home);
    expect(draw(FORGED).screen.text).not.toContain(home);
    expect(draw({ ...ADMITTED, direction: "entry" }).screen.text).not.toContain(home);
  });

  test("where the phone is the trouble says so, and that it is not the traveller", () => {
    expect(draw(stopped("REFER", "device", ["CLOCK_WRONG"])).screen.alerts[0]).toBe(
      "Phone troubleIt is the phone, not the traveller.",
    );
  });

  test("says how old the phone's data is, and in words too where it is not fresh", () => {
    expect(draw(ADMITTED).screen.one(".data-age").textContent).toBe("Data of this phone: 2 h");
    expect(draw(ADMITTED_FAMILY).screen.one(".data-age").textContent).toContain("Data is getting old");
  });

  test("that is due is asked for anew each time another code is shown", () => {
    const drawn = draw(stopped("REFER", "refer", ["ALREADY_ACROSS"]), { nudges: 1 });
    const first = drawn.screen.one(".nudge");
    expect(drawn.screen.alerts).toContain("Decide on this one first");
    drawGate(gateState("ready", { shown: verdict(stopped("REFER", "refer", []), { nudges: 2 }) }), drawn);
    expect(drawn.screen.one(".nudge")).not.toBe(first);
  });

  test("that is only looked at has nothing but the next", () => {
    const { screen, asked } = draw({ ...ADMITTED, taken: Action.ADMIT, takenBy: 2 }, { waitsFor: "next" });
    expect(screen.buttons).toEqual(["Next"]);
    expect(screen.alerts[0]).toContain("Admitted (automatically)");
    screen.tap("Next");
    expect(asked).toEqual([["onNext"]]);
  });

  test("brings the focus to no button, which a hand scanner's Enter would press", () => {
    expect(
      draw(ADMITTED)
        .screen.find("button")
        .some((one) => one.focused),
    ).toBe(false);
  });
});

test("what could not be written down is the phone's trouble, and nobody crosses by it", () => {
  const { screen, asked } = drawGate(gateState("trouble-full"));
  expect(screen.alerts[0]).toContain("Let nobody cross.");
  screen.tap("Try again");
  expect(asked).toEqual([["onNext"]]);
});
