// What does a hand do on a picture of the book? Draws it and writes down what it asks the controller for.

import { type Picture, SCREENS } from "../preview/screens.ts";
import type { Language } from "../src/domain/verdicts.ts";
import { CheckApp } from "../src/ui/check_app.tsx";
import { GateApp } from "../src/ui/gate_app.tsx";
import type { CheckHandlers, GateHandlers, GateState } from "../src/ui/state.ts";
import { Screen } from "./ui_page.ts";

/** What was asked for: the handler's name and what it was given. */
export type Asked = readonly [name: string, ...given: unknown[]];

export interface Drawn {
  readonly screen: Screen;
  readonly asked: Asked[];
}

/** Gives the picture of this name. */
export function pictureOf(name: string): Picture {
  const picture = SCREENS[name];
  if (picture === undefined) throw new Error(`no picture ${name}`);
  return picture;
}

/** Draws a picture of the book in a language. */
export function drawPicture(name: string, language: Language): Drawn {
  const picture = pictureOf(name);
  if (picture.app === "gate") {
    return drawGate(picture.state.language === null ? picture.state : { ...picture.state, language });
  }
  const asked: Asked[] = [];
  const handlers = handlersOf<CheckHandlers>(asked, CHECK_HANDLERS);
  const screen = new Screen().draw(<CheckApp {...picture.state} language={language} {...handlers} />);
  return { screen, asked };
}

/** Draws the gate's phone in a state; over what is there, where a screen is given. */
export function drawGate(state: GateState, on: Drawn = { screen: new Screen(), asked: [] }): Drawn {
  const handlers = handlersOf<GateHandlers>(on.asked, GATE_HANDLERS);
  on.screen.draw(<GateApp {...state} {...handlers} />);
  return on;
}

/** Gives the state of a picture of the gate's phone, in English, changed. */
export function gateState(name: string, change: Partial<GateState> = {}): GateState {
  const picture = pictureOf(name);
  if (picture.app !== "gate") throw new Error(`${name} is not of the gate`);
  return { ...picture.state, language: "en", ...change };
}

const CAMERA_HANDLERS = ["onVideo", "onCameraRetry", "onTorch", "onZoom", "onFlip"] as const;
const CHECK_HANDLERS = [
  ...CAMERA_HANDLERS,
  ...(["onLanguage", "onGo", "onGate", "onNext", "onUpdate", "onCloseNotice", "onRetry"] as const),
];
const GATE_HANDLERS = [
  ...CAMERA_HANDLERS,
  ...([
    "onLanguage",
    "onGo",
    "onEnrol",
    "onAct",
    "onCorrect",
    "onNext",
    "onLookUp",
    "onLookUpAgain",
  ] as const),
  ...([
    "onSound",
    "onSendNow",
    "onUpdate",
    "onCloseNotice",
    "onLeaveGate",
    "onEnrolAnew",
    "onRetry",
  ] as const),
];

/** Handlers that only write down that they were called; the video is nobody's wish. */
function handlersOf<Handlers>(asked: Asked[], names: readonly (keyof Handlers & string)[]): Handlers {
  const note =
    (name: string) =>
    (...given: unknown[]) => {
      if (name !== "onVideo") asked.push([name, ...given]);
    };
  return Object.fromEntries(names.map((name) => [name, note(name)])) as Handlers;
}
