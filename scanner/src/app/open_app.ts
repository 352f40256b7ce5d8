// How does an app come to life on its page? Drawn when something changed, four times a second for what counts down.

import { type ComponentChild, render } from "preact";

import { drawTogether } from "./pages.ts";

const TICK_MS = 250;

/** An app: what it shows follows from what it knows. */
export interface App {
  draw(): ComponentChild;
  start(): Promise<void>;
  touched(): void;
}

/** Opens the app that `make` gives; `make` is handed what to call when there is something new to draw. */
export function openApp(make: (onChange: () => void) => App): void {
  const root = document.getElementById("app");
  if (root === null) throw new Error("the page has no place for the app");
  const redraw = drawTogether(() => {
    render(app.draw(), root);
  });
  const app = make(redraw);
  for (const touch of ["pointerdown", "keydown"]) {
    window.addEventListener(touch, () => {
      app.touched();
    });
  }
  setInterval(redraw, TICK_MS);
  redraw();
  void app.start();
}
