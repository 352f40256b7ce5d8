// How does a test look at a screen? A page just real enough for Preact to draw on, and a hand to touch it with.
//
// Not a browser: no layout and no styles. Those are looked at in the picture book (preview/) and in tests/e2e.

import { type ComponentChild, render } from "preact";
import { act } from "preact/test-utils";

type Listener = (this: PageNode, event: PageEvent) => void;
type PageEvent = Readonly<Record<string, unknown>> & { readonly type: string };

/** An element, a text or the root. */
export class PageNode {
  readonly nodeType: number;
  readonly localName: string;
  readonly namespaceURI = "http://www.w3.org/1999/xhtml";
  readonly attributes: { name: string; value: string }[] = [];
  readonly childNodes: PageNode[] = [];
  parentNode: PageNode | null = null;
  data = "";
  value = "";
  disabled = false;
  tabIndex = 0;
  focused = false;
  onclick = null;
  oninput = null;
  onsubmit = null;
  ontouchstart = null;
  ontouchend = null;
  readonly #listeners = new Map<string, Listener>();

  constructor(nodeType: number, localName: string) {
    this.nodeType = nodeType;
    this.localName = localName;
  }

  get firstChild(): PageNode | null {
    return this.childNodes[0] ?? null;
  }

  get nextSibling(): PageNode | null {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }

  get textContent(): string {
    return this.nodeType === 3 ? this.data : this.childNodes.map((child) => child.textContent).join("");
  }

  insertBefore(node: PageNode, before: PageNode | null): PageNode {
    node.remove();
    const at = before === null ? this.childNodes.length : this.childNodes.indexOf(before);
    this.childNodes.splice(at, 0, node);
    node.parentNode = this;
    return node;
  }

  appendChild(node: PageNode): PageNode {
    return this.insertBefore(node, null);
  }

  removeChild(node: PageNode): PageNode {
    this.childNodes.splice(this.childNodes.indexOf(node), 1);
    node.parentNode = null;
    return node;
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }

  contains(node: PageNode | null): boolean {
    return node !== null && (node === this || this.contains(node.parentNode));
  }

  setAttribute(name: string, value: unknown): void {
    this.removeAttribute(name);
    this.attributes.push({ name, value: String(value) });
  }

  removeAttribute(name: string): void {
    const at = this.attributes.findIndex((one) => one.name === name);
    if (at >= 0) this.attributes.splice(at, 1);
  }

  getAttribute(name: string): string | null {
    return this.attributes.find((one) => one.name === name)?.value ?? null;
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type.toLowerCase(), listener);
  }

  removeEventListener(type: string): void {
    this.#listeners.delete(type.toLowerCase());
  }

  focus(): void {
    this.focused = true;
  }

  animate(): { cancel: () => void } {
    return { cancel: () => undefined };
  }

  /** Lets something happen here, and to all that this lies in. */
  happen(type: string, more: Readonly<Record<string, unknown>> = {}): void {
    const event = { type, target: this, currentTarget: this, preventDefault: () => undefined, ...more };
    this.#listeners.get(type)?.call(this, event);
    this.parentNode?.happen(type, more);
  }

  /** Every element below, in the order of the page. */
  all(): PageNode[] {
    return this.childNodes.filter((one) => one.nodeType === 1).flatMap((one) => [one, ...one.all()]);
  }

  hasClass(name: string): boolean {
    return (this.getAttribute("class") ?? "").split(" ").includes(name);
  }
}

const page = {
  createElementNS: (_namespace: string, name: string) => new PageNode(1, name),
  createTextNode: (data: string) => Object.assign(new PageNode(3, ""), { data }),
};
Object.assign(globalThis, { document: page, matchMedia: () => ({ matches: false }) });

/** A screen that is drawn, with what a reader would find on it. */
export class Screen {
  readonly root = new PageNode(1, "div");

  /** Draws, or draws anew over what is there. */
  draw(what: ComponentChild): this {
    void act(() => {
      render(what, this.root);
    });
    return this;
  }

  get text(): string {
    return this.root.textContent;
  }

  /** All elements of a name, or with a class where it begins with a dot. */
  find(what: string): PageNode[] {
    const fits = (node: PageNode) =>
      what.startsWith(".") ? node.hasClass(what.slice(1)) : node.localName === what;
    return this.root.all().filter(fits);
  }

  /** The one element of a name or class. */
  one(what: string): PageNode {
    const [found, ...more] = this.find(what);
    if (found === undefined || more.length > 0)
      throw new Error(`${more.length + 1} ${what} on: ${this.text}`);
    return found;
  }

  /** What is read out at once. */
  get alerts(): string[] {
    return this.root
      .all()
      .filter((one) => one.getAttribute("role") === "alert")
      .map((one) => one.textContent);
  }

  get buttons(): string[] {
    return this.find("button").map(nameOf);
  }

  /** The first button of this name. */
  button(name: string): PageNode {
    const button = this.find("button").find((one) => nameOf(one) === name);
    if (button === undefined) throw new Error(`no button ${name}: ${this.buttons.join(" | ")}`);
    return button;
  }

  /** Touches the button of this name; one that is disabled does nothing. */
  tap(name: string): this {
    const button = this.button(name);
    if (button.disabled) return this;
    this.#let(() => {
      if (button.getAttribute("type") === "submit") this.one("form").happen("submit");
      else button.happen("click");
    });
    return this;
  }

  /** Types into the one field, as a whole. */
  type(text: string): this {
    const field = [...this.find("input"), ...this.find("textarea")][0];
    if (field === undefined) throw new Error(`no field on: ${this.text}`);
    field.value = text;
    this.#let(() => {
      field.happen("input");
    });
    return this;
  }

  /** Moves a finger over the screen by so many pixels; up is negative. */
  swipe(by: number): this {
    const at = (clientY: number) => ({ item: () => ({ clientY }) });
    this.#let(() => {
      this.one("main").happen("touchstart", { touches: at(400) });
      this.one("main").happen("touchend", { changedTouches: at(400 + by) });
    });
    return this;
  }

  #let(happen: () => void): void {
    void act(happen);
  }
}

/** What a button is called: its label, or else what stands on it. */
export function nameOf(button: PageNode): string {
  return button.getAttribute("aria-label") ?? button.textContent;
}
