// What stands in for a keyboard, a scanner and the fields of a page in the tests of the wedge.

import { deflate } from "pako";
import { vi } from "vitest";

import { listenToWedge } from "../src/camera/wedge.ts";
import { encodeBase45 } from "../src/wire/base45.ts";

/** What is whole to a scanner: a zlib stream in Base45, as a pass is. */
export const PASS = encodeBase45(
  deflate(new TextEncoder().encode("the border ".repeat(3) + "0123456789 ABC? no: def/ghi*")),
);

/** What of a field is used; a caret at its end unless it is set elsewhere. */
export class FakeField extends EventTarget {
  #value = "";
  selectionStart: number | null = 0;
  selectionEnd: number | null = 0;
  readonly type: string;
  readonly style = {};
  readonly told: string[] = [];
  onFocus: () => void = () => undefined;
  readonly remove = vi.fn();

  constructor(type = "text") {
    super();
    this.type = type;
    this.addEventListener("input", () => this.told.push(this.#value));
  }
  get value(): string {
    return this.#value;
  }
  set value(value: string) {
    this.#value = value;
    this.selectionStart = this.selectionEnd = value.length;
  }
  setSelectionRange(start: number, end: number): void {
    [this.selectionStart, this.selectionEnd] = [start, end];
  }
  insert(text: string): void {
    const at = this.selectionStart ?? 0;
    this.value = this.#value.slice(0, at) + text + this.#value.slice(this.selectionEnd ?? at);
    this.setSelectionRange(at + text.length, at + text.length);
  }
  focus(): void {
    this.onFocus();
  }
}

export class FakeDocument extends EventTarget {
  activeElement: EventTarget | null = null;
  readonly body = { append: vi.fn() };
  readonly made: FakeField[] = [];
  createElement(): FakeField {
    const field = new FakeField("textarea");
    field.onFocus = () => (this.activeElement = field);
    this.made.push(field);
    return field;
  }
}

export class FakeWindow extends EventTarget {
  readonly document: FakeDocument;
  constructor(document: FakeDocument) {
    super();
    this.document = document;
  }
}

export interface Key {
  readonly key: string;
  readonly code?: string;
  readonly shiftKey?: boolean;
  readonly ctrlKey?: boolean;
  readonly repeat?: boolean;
}

/** The key of a character on a US keyboard. */
export function usKey(character: string): Key {
  if (/[A-Za-z]/.test(character)) {
    return { key: character, code: `Key${character.toUpperCase()}`, shiftKey: /[A-Z]/.test(character) };
  }
  if (/[0-9]/.test(character)) return { key: character, code: `Digit${character}` };
  const shifted = {
    "!": "Digit1",
    $: "Digit4",
    "%": "Digit5",
    "*": "Digit8",
    "+": "Equal",
    ":": "Semicolon",
    "?": "Slash",
  };
  const plain = {
    " ": "Space",
    "-": "Minus",
    ".": "Period",
    "/": "Slash",
    "=": "Equal",
    "]": "BracketRight",
  };
  if (character in shifted)
    return { key: character, code: shifted[character as keyof typeof shifted], shiftKey: true };
  return { key: character, code: plain[character as keyof typeof plain] };
}

/** A page, and who types on it: a person or a scanner, with the time in hand. */
export class Typist {
  timeMs = 1000;
  readonly page = new FakeDocument();
  readonly window = new FakeWindow(this.page);
  /** What the wedge has read, and how often it told that it could not. */
  readonly texts: string[] = [];
  unread = 0;
  readonly stop = listenToWedge(
    this.window,
    (text) => this.texts.push(text),
    () => this.timeMs,
    () => (this.unread += 1),
  );

  pass(ms: number): void {
    this.timeMs += ms;
    vi.advanceTimersByTime(ms);
  }

  /** Sends an event that happened just now to the window, as if it came from `target`. */
  send(type: string, properties: object, target: EventTarget | null = null): Event {
    const event = new Event(type, { cancelable: true });
    Object.defineProperty(event, "timeStamp", { value: this.timeMs });
    Object.defineProperty(event, "target", { value: target });
    for (const [name, value] of Object.entries(properties)) Object.defineProperty(event, name, { value });
    this.window.dispatchEvent(event);
    return event;
  }

  /** Presses a key; a character that nobody kept from the page goes into the field. Tells whether it was kept from it. */
  press(key: Key, field: FakeField | null = null): boolean {
    const { defaultPrevented } = this.send("keydown", { code: "", ...key }, field);
    if (!defaultPrevented && field !== null && key.key.length === 1) this.type(field, key.key);
    this.send("keyup", { code: "", ...key }, field);
    return defaultPrevented;
  }

  /** Text that a field receives. */
  type(field: FakeField, data: string, inputType = "insertText"): void {
    this.send("beforeinput", { inputType, data }, field);
    field.insert(data);
    this.send("input", { inputType, data }, field);
  }

  /** Types a text as a scanner does: Shift pressed for capitals and signs, so many milliseconds between characters. */
  scan(text: string, { gapMs = 12, field = null as FakeField | null, turn = (key: Key) => key } = {}): void {
    for (const character of text) {
      const key = usKey(character);
      if (key.shiftKey === true) this.send("keydown", { key: "Shift", code: "ShiftLeft" }, field);
      this.pass(gapMs);
      this.press(turn(key), field);
      if (key.shiftKey === true) this.send("keyup", { key: "Shift", code: "ShiftLeft" }, field);
    }
  }
}
