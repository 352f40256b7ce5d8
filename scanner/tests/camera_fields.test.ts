// Is what an officer types left alone, and is a scanner heard that only an input field can hear?

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { SILENCE_MS } from "../src/camera/wedge.ts";
import { FakeField, PASS, Typist, usKey } from "./camera_keyboard.ts";

let typist: Typist;

beforeEach(() => {
  vi.useFakeTimers();
  typist = new Typist();
});

afterEach(() => {
  typist.stop();
  vi.useRealTimers();
});

describe("an officer", () => {
  test("who types fast outside a field is not a scanner", () => {
    for (const character of PASS) {
      typist.pass(60);
      expect(typist.press(usKey(character))).toBe(false);
    }
    typist.press({ key: "Enter" });
    expect(typist.texts).toEqual([]);
  });

  test("keeps what is typed in a field, and Enter sends the form", () => {
    const field = new FakeField();
    typist.scan("0100-26-000001-Q", { field, gapMs: 90 });
    expect(typist.press({ key: "Enter" }, field)).toBe(false);
    expect(field.value).toBe("0100-26-000001-Q");
    expect(typist.texts).toEqual([]);
  });

  test("who rolls over a few keys keeps them", () => {
    const field = new FakeField();
    typist.scan("THE BORDER", { field, gapMs: 20 });
    typist.pass(SILENCE_MS);
    expect(field.value).toBe("THE BORDER");
  });

  test("who holds a key down is not a scanner", () => {
    typist.press(usKey("A"));
    for (let i = 0; i < 40; i++) {
      typist.pass(30);
      typist.press({ ...usKey("A"), repeat: true });
    }
    typist.press({ key: "Enter" });
    expect(typist.texts).toEqual([]);
  });

  test("who holds a key down in a field keeps what it gives", () => {
    const field = new FakeField();
    typist.press(usKey("A"), field);
    for (let i = 0; i < 40; i++) {
      typist.pass(30);
      typist.press({ ...usKey("A"), repeat: true }, field);
    }
    typist.pass(SILENCE_MS);
    expect(field.value).toBe("A".repeat(41));
    expect(typist.texts).toEqual([]);
  });

  test("finds a field as it was when a scanner typed into it, caret and all, and the form is not sent", () => {
    const field = new FakeField();
    field.value = "BUN PISETH";
    field.setSelectionRange(3, 3);
    typist.scan(PASS, { field });
    expect(typist.press({ key: "Enter" }, field)).toBe(true);
    expect(typist.texts).toEqual([PASS]);
    expect(field.value).toBe("BUN PISETH");
    expect(field.selectionStart).toBe(3);
    expect(field.told.at(-1)).toBe("BUN PISETH");
  });

  test("who goes on typing after a scan is heard", () => {
    const field = new FakeField();
    typist.scan(PASS, { field });
    typist.press({ key: "Enter" }, field);
    typist.pass(500);
    typist.scan("BUN", { field, gapMs: 150 });
    expect(field.value).toBe("BUN");
  });

  test("who pressed an arrow did not begin a scan with it", () => {
    typist.scan("AB");
    typist.pass(5);
    typist.press({ key: "ArrowLeft", code: "ArrowLeft" });
    typist.scan(PASS);
    typist.pass(5);
    typist.press({ key: "Enter" });
    expect(typist.texts).toEqual([PASS]);
  });
});

describe("a keyboard that does not name its keys", () => {
  const sink = (): FakeField => {
    const [field] = typist.page.made;
    if (field === undefined) throw new Error("no hidden field was made");
    return field;
  };

  /** The keys alone; the text goes where the focus is, if that is fast enough. */
  function scanUnnamed(text: string, into: (character: string) => void): void {
    for (const character of text) {
      typist.pass(12);
      typist.press({ key: "Unidentified" }, typist.page.activeElement as FakeField | null);
      into(character);
    }
  }

  test("is heard through a hidden field that takes the focus", () => {
    scanUnnamed(PASS, (character) => {
      typist.type(sink(), character);
    });
    typist.pass(SILENCE_MS);
    expect(typist.texts).toEqual([PASS]);
    expect(sink().value).toBe("");
    expect(typist.page.made).toHaveLength(1);
  });

  test("whose first keys came before the field had the focus is not half read: scan again", () => {
    let lost = 3;
    scanUnnamed(PASS, (character) => {
      if (lost-- <= 0) typist.type(sink(), character);
    });
    typist.pass(SILENCE_MS);
    expect(typist.texts).toEqual([]);
    expect(typist.unread).toBe(1);
    scanUnnamed(PASS, (character) => {
      typist.type(sink(), character);
    });
    typist.pass(SILENCE_MS);
    expect(typist.texts).toEqual([PASS]);
  });

  test("may press nameless keys that type nothing, once its field has the focus", () => {
    typist.press({ key: "Unidentified" });
    typist.pass(SILENCE_MS);
    scanUnnamed(PASS, (character) => {
      typist.press({ key: "Unidentified" }, sink());
      typist.type(sink(), character);
    });
    typist.pass(SILENCE_MS);
    expect(typist.texts).toEqual([PASS]);
  });

  test("ends a scan whose keys had names", () => {
    typist.scan(PASS);
    typist.press({ key: "Unidentified" });
    expect(typist.texts).toEqual([PASS]);
  });

  test("may end with a line break in the field", () => {
    scanUnnamed(PASS, (character) => {
      typist.type(sink(), character);
    });
    typist.type(sink(), "\n", "insertLineBreak");
    expect(typist.texts).toEqual([PASS]);
  });

  test("may compose its text or put it in at once", () => {
    typist.press({ key: "Unidentified" });
    typist.pass(10);
    typist.type(sink(), PASS, "insertCompositionText");
    typist.pass(SILENCE_MS);
    expect(typist.texts).toEqual([PASS]);
  });

  test("gives the focus back to its field when nothing else holds it", () => {
    typist.press({ key: "Unidentified" });
    typist.page.activeElement = new EventTarget();
    typist.page.dispatchEvent(new Event("click"));
    typist.pass(0);
    expect(typist.page.activeElement).toBe(sink());
    const field = new FakeField();
    typist.page.activeElement = field;
    typist.page.dispatchEvent(new Event("focusout"));
    typist.pass(0);
    expect(typist.page.activeElement).toBe(field);
  });

  test("in a field that people type in is recognised by a pass that comes too fast, and the field restored", () => {
    const field = new FakeField();
    field.value = "BUN";
    typist.page.activeElement = field;
    scanUnnamed(PASS, (character) => {
      typist.type(field, character);
    });
    typist.pass(SILENCE_MS);
    expect(typist.texts).toEqual([PASS]);
    expect(field.value).toBe("BUN");
    expect(typist.page.made).toEqual([]);
  });

  test("is a person's on most phones: what is typed, suggested or dictated in a field stays", () => {
    const field = new FakeField();
    typist.page.activeElement = field;
    for (const word of ["the ", "traveller ", "has another face than the picture"]) {
      typist.pass(400);
      typist.press({ key: "Unidentified" }, field);
      typist.type(field, word, "insertCompositionText");
    }
    typist.pass(SILENCE_MS);
    expect(field.value).toBe("the traveller has another face than the picture");
    expect(typist.texts).toEqual([]);
  });

  test("leaves no field behind at the end", () => {
    typist.press({ key: "Unidentified" });
    typist.stop();
    expect(sink().remove).toHaveBeenCalledOnce();
  });
});

describe("pasted text", () => {
  const paste = (text: string, target: EventTarget | null = null) =>
    typist.send("paste", { clipboardData: { getData: () => text } }, target).defaultPrevented;

  test("is read where nobody types", () => {
    expect(paste(`${PASS}\n`)).toBe(true);
    expect(typist.texts).toEqual([PASS]);
  });

  test("into a field is the officer's", () => {
    expect(paste(PASS, new FakeField())).toBe(false);
    expect(typist.texts).toEqual([]);
  });

  test("that is short is nothing", () => {
    expect(paste("0100-26-000001-Q")).toBe(false);
    expect(typist.texts).toEqual([]);
  });

  test("with a checkbox in focus is read: nobody types there", () => {
    expect(paste(PASS, new FakeField("checkbox"))).toBe(true);
  });
});
