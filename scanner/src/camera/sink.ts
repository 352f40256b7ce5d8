// Where does a scanner type that only an input field can hear? Into one that nobody sees.
//
// Some keyboards send keys without a name and put their text straight into the field that has the focus. From the first
// such key on, this field holds the focus whenever no other field has it.

import { fieldOf, type TextField } from "./field.ts";

/** The hidden field: made when first needed, taken away by `remove`. */
export class Sink {
  readonly #page: Document;
  #field: HTMLTextAreaElement | null = null;

  constructor(page: Document) {
    this.#page = page;
  }

  /** Gives the field, focused. */
  open(): TextField {
    this.#field ??= this.#make();
    this.#field.focus({ preventScroll: true });
    return this.#field;
  }

  is(field: EventTarget | null): boolean {
    return field !== null && field === this.#field;
  }

  empty(): void {
    if (this.#field !== null) this.#field.value = "";
  }

  remove(): void {
    this.#page.removeEventListener("focusout", this.#takeFocus);
    this.#page.removeEventListener("click", this.#takeFocus);
    this.#field?.remove();
    this.#field = null;
  }

  #make(): HTMLTextAreaElement {
    const field = this.#page.createElement("textarea");
    // No keyboard on the screen, no suggestions, not in the way of Tab or of a finger.
    field.inputMode = "none";
    field.autocomplete = "off";
    field.spellcheck = false;
    field.tabIndex = -1;
    Object.assign(field.style, {
      position: "fixed",
      width: "1px",
      height: "1px",
      opacity: "0",
      pointerEvents: "none",
    });
    this.#page.body.append(field);
    this.#page.addEventListener("focusout", this.#takeFocus);
    this.#page.addEventListener("click", this.#takeFocus);
    return field;
  }

  readonly #takeFocus = (): void => {
    // Only after the event is over is it known where the focus went.
    setTimeout(() => {
      if (fieldOf(this.#page.activeElement) === null) this.#field?.focus({ preventScroll: true });
    }, 0);
  };
}
