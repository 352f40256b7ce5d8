// What was in this input field before a scanner typed into it? So that it can be put back.

/** An `<input>` or `<textarea>`, by what is used of it. */
export interface TextField extends EventTarget {
  value: string;
  readonly selectionStart: number | null;
  readonly selectionEnd: number | null;
  setSelectionRange(start: number, end: number): void;
}

/** Inputs that are pressed, not typed into. */
const PRESSED = new Set([
  "button",
  "checkbox",
  "color",
  "file",
  "image",
  "radio",
  "range",
  "reset",
  "submit",
]);

/** Gives the field that a person types into at an event's origin, if it is one. */
export function fieldOf(target: EventTarget | null): TextField | null {
  if (target === null || !("value" in target && "selectionStart" in target)) return null;
  const isPressed = "type" in target && PRESSED.has(String(target.type));
  return isPressed ? null : (target as unknown as TextField);
}

/** A field as it was at one moment. */
export class Snapshot {
  readonly field: TextField;
  readonly #value: string;
  readonly #start: number;
  readonly #end: number;

  constructor(field: TextField) {
    this.field = field;
    this.#value = field.value;
    this.#start = field.selectionStart ?? field.value.length;
    this.#end = field.selectionEnd ?? field.value.length;
  }

  /** What has been put in since, at the place of the caret. */
  get added(): string {
    const behind = this.#value.length - this.#end;
    return this.field.value.slice(this.#start, Math.max(this.#start, this.field.value.length - behind));
  }

  /** Puts it back, caret and all, and tells the field's owner. */
  restore(): void {
    if (this.field.value === this.#value) return;
    this.field.value = this.#value;
    // Number and date fields have no caret that can be set.
    if (this.field.selectionStart !== null) this.field.setSelectionRange(this.#start, this.#end);
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
