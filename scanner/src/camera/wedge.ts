// What does a hand scanner type? It is a keyboard to the phone: fast, and at the end Enter, Tab or silence.
//
// It needs no focus and no click. While it types, its keys do nothing else: a space would press the button that has the
// focus, Enter would send the form. An officer's own typing is never fast enough to be taken for it.

import { parseQr } from "../wire/qr.ts";
import { BASE45, Burst } from "./burst.ts";
import { fieldOf, Snapshot } from "./field.ts";
import { Sink } from "./sink.ts";
import { UnnamedRun } from "./unnamed.ts";
import { readUsKey } from "./us_layout.ts";

/** After so much silence a scan is over, */
export const SILENCE_MS = 120;
/** but the beginning of a pass is given as long as this to go on: a radio falters, and half a pass would be refused. */
export const FALTER_MS = 600;
/** So many fast characters outside a field, and the keys are kept from everything else. */
const GUARDED_FROM = 3;
/** A timer later than this was held up by a busy page, and so may be keys that wait behind it. */
const HELD_UP_MS = 50;

const ENDS = new Set(["Enter", "Tab"]);
const MODIFIERS = new Set(["Shift", "CapsLock", "NumLock", "Control", "Alt", "AltGraph", "Meta", "Fn"]);
/** What browsers call a key whose character they do not know. */
const UNNAMED = new Set(["Unidentified", "Process", "Dead", ""]);
/** What browsers call keys without a character: arrows, Escape, F9. */
const NAMED_KEY = /^[A-Z][A-Za-z0-9]+$/;
/** Typing, and not pasting, dropping, correcting or undoing. */
const TYPED = new Set(["insertText", "insertCompositionText", "insertLineBreak"]);

/**
 * Calls `onText` with each text a hand scanner types or pastes where nobody types; `onUnread` when one was at work and
 * its text did not arrive whole. `target` is the window; `now` runs in milliseconds. Returns the function that ends it.
 */
export function listenToWedge(
  target: EventTarget,
  onText: (text: string) => void,
  now: () => number,
  onUnread: () => void = () => undefined,
): () => void {
  const page = (target as Partial<Window>).document ?? document;
  const wedge = new Wedge(new Sink(page), { onText, onUnread }, now);
  const ears: readonly (readonly [string, (event: never) => void])[] = [
    ["keydown", wedge.onKeyDown],
    ["keyup", wedge.onKeyUp],
    ["beforeinput", wedge.onBeforeInput],
    ["input", wedge.onInput],
    ["paste", wedge.onPaste],
  ];
  for (const [type, ear] of ears) target.addEventListener(type, ear as EventListener, { capture: true });
  return () => {
    for (const [type, ear] of ears) target.removeEventListener(type, ear as EventListener, { capture: true });
    wedge.stop();
  };
}

interface WedgeListener {
  readonly onText: (text: string) => void;
  readonly onUnread: () => void;
}

class Wedge {
  readonly #sink: Sink;
  readonly #listener: WedgeListener;
  readonly #now: () => number;
  readonly #burst = new Burst();
  /** The field the burst goes into, as it was before; null outside fields. */
  #before: Snapshot | null = null;
  #unnamed: UnnamedRun | null = null;
  #lastAtMs = 0;
  /** Keys that were kept from the page and are not yet up again. */
  readonly #guarded = new Set<string>();
  /** The input that comes next is that of a key already read. */
  #isInputKnown = false;
  #isRestoring = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(sink: Sink, listener: WedgeListener, now: () => number) {
    this.#sink = sink;
    this.#listener = listener;
    this.#now = now;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#sink.remove();
  }

  readonly onKeyDown = (event: KeyboardEvent): void => {
    this.#isInputKnown = false;
    if (MODIFIERS.has(event.key)) return;
    // The event's own time: a busy page hears keys late, but they keep their distance.
    const silenceMs = event.timeStamp - this.#lastAtMs;
    if (silenceMs > SILENCE_MS && silenceMs > this.#patienceMs) this.#end();
    // A scanner's Ctrl+J would open the downloads.
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) {
      if (this.#burst.isFast(GUARDED_FROM)) this.#guard(event);
      else this.#isInputKnown = true;
    } else if (ENDS.has(event.key)) {
      this.#onEndKey(event);
    } else {
      this.#onCharacterKey(event);
    }
  };

  readonly onKeyUp = (event: KeyboardEvent): void => {
    this.#isInputKnown = false;
    if (this.#guarded.delete(event.key)) this.#keepFromPage(event);
  };

  readonly onBeforeInput = (event: InputEvent): void => {
    const field = fieldOf(event.target);
    if (this.#isInputKnown || field === null || !TYPED.has(event.inputType)) return;
    this.#unnamed ??= new UnnamedRun(new Snapshot(field), {
      isLate: false,
      keysBefore: 0,
      atMs: event.timeStamp,
    });
  };

  readonly onInput = (event: Event): void => {
    if (this.#unnamed === null || this.#isRestoring || event.target !== this.#unnamed.field) return;
    this.#unnamed.input(event.timeStamp);
    this.#heardAt(event.timeStamp);
    if ((event as Partial<InputEvent>).inputType === "insertLineBreak") this.#end();
  };

  readonly onPaste = (event: ClipboardEvent): void => {
    const field = fieldOf(event.target);
    // Who pastes into a field means the field.
    if (field !== null && !this.#sink.is(field)) return;
    const pasted = new Burst();
    for (const character of event.clipboardData?.getData("text/plain") ?? "") {
      pasted.add({ typed: character, us: null }, event.timeStamp);
    }
    if (!pasted.isScan) return;
    this.#keepFromPage(event);
    this.#listener.onText(pasted.text);
  };

  /** How much silence ends what has been typed so far. */
  get #patienceMs(): number {
    if (!this.#burst.isScan) return SILENCE_MS;
    const { text } = this.#burst;
    return BASE45.test(text) && !parseQr(text).ok ? FALTER_MS : SILENCE_MS;
  }

  #onEndKey(event: KeyboardEvent): void {
    if (this.#end()) this.#guard(event);
  }

  #onCharacterKey(event: KeyboardEvent): void {
    const us = readUsKey(event.code, event.shiftKey);
    const isNamed = !UNNAMED.has(event.key) && !event.isComposing;
    if (isNamed && NAMED_KEY.test(event.key)) {
      // No scanner's text goes on across it.
      this.#burst.clear();
      return;
    }
    const typed = isNamed ? event.key : us;
    if (typed === null) this.#onUnnamedKey(event);
    else this.#onCharacter(event, typed, us);
  }

  #onCharacter(event: KeyboardEvent, typed: string, us: string | null): void {
    const field = fieldOf(event.target);
    if (this.#burst.length === 0) this.#before = field === null ? null : new Snapshot(field);
    this.#burst.add({ typed, us }, event.timeStamp);
    this.#heardAt(event.timeStamp);
    if (field === null ? this.#burst.isFast(GUARDED_FROM) : this.#burst.isScan) {
      this.#guard(event);
      this.#restore(this.#before);
    } else {
      this.#isInputKnown = true;
    }
  }

  #onUnnamedKey(event: KeyboardEvent): void {
    const atMs = event.timeStamp;
    if (this.#burst.isScan) this.#end();
    if (this.#unnamed === null) {
      const field = fieldOf(event.target);
      const snapshot =
        field === null ? new Snapshot(this.#sink.open()) : (this.#before ?? new Snapshot(field));
      this.#unnamed = new UnnamedRun(snapshot, {
        isLate: field === null,
        keysBefore: this.#burst.length,
        atMs,
      });
      this.#burst.clear();
    }
    this.#unnamed.key(atMs);
    this.#heardAt(atMs);
  }

  #heardAt(atMs: number): void {
    this.#lastAtMs = atMs;
    this.#wait(SILENCE_MS, () => {
      const more = this.#patienceMs - SILENCE_MS;
      if (more > 0) this.#wait(more, () => this.#end());
      else this.#end();
    });
  }

  /** Does something after a silence. Held up by a busy page, it waits once more: keys may wait behind it. */
  #wait(forMs: number, then: () => void): void {
    clearTimeout(this.#timer);
    const dueAtMs = this.#now() + forMs;
    this.#timer = setTimeout(() => {
      if (this.#now() - dueAtMs > HELD_UP_MS) this.#timer = setTimeout(then, SILENCE_MS);
      else then();
    }, forMs);
  }

  #guard(event: KeyboardEvent): void {
    this.#guarded.add(event.key);
    this.#keepFromPage(event);
  }

  #keepFromPage(event: Event): void {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #restore(what: { restore(): void } | null): void {
    this.#isRestoring = true;
    what?.restore();
    this.#isRestoring = false;
  }

  /** The run is over: it is handed on if it was a scan, and forgotten. Tells whether it was one. */
  #end(): boolean {
    clearTimeout(this.#timer);
    const text = this.#burst.isScan ? this.#burst.text : null;
    this.#burst.clear();
    this.#before = null;
    const unnamed = this.#unnamed;
    this.#unnamed = null;
    if (text !== null) this.#listener.onText(text);
    return text !== null || (unnamed !== null && this.#endUnnamed(unnamed));
  }

  #endUnnamed(run: UnnamedRun): boolean {
    const isSink = this.#sink.is(run.field);
    const read = run.read(!isSink);
    if (isSink) this.#sink.empty();
    else if (read !== null) this.#restore(run);
    if (read?.kind === "text") this.#listener.onText(read.text);
    else if (read?.kind === "unread") this.#listener.onUnread();
    return read !== null;
  }
}
