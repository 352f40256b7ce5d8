// What does every screen of the phone look like? A picture book for whoever works on them; no part of the apps.
//
// `?screen=NAME&language=km` is one screen alone, worked as far as pages can be opened on it; without a name, all of them
// in small windows.

import { type ComponentChild, render } from "preact";

import { LANGUAGES } from "../src/domain/verdicts.ts";
import { CheckApp } from "../src/ui/check_app.tsx";
import { GateApp } from "../src/ui/gate_app.tsx";
import type { CameraHandlers, CheckState, GateState } from "../src/ui/state.ts";
import { type Picture, SCREENS } from "./screens.ts";

const asked = new URLSearchParams(location.search);
const language = LANGUAGES.find((one) => one === asked.get("language")) ?? "km";
const nothing = () => undefined;

/** A still picture in place of a camera: a paper with a code, on a table. */
function drawInto(video: HTMLVideoElement | null): void {
  if (video === null) return;
  const canvas = document.createElement("canvas");
  canvas.width = 720;
  canvas.height = 1280;
  const pen = canvas.getContext("2d");
  if (pen === null) return;
  pen.fillStyle = "#7a6a58";
  pen.fillRect(0, 0, 720, 1280);
  pen.fillStyle = "#e9eef5";
  pen.fillRect(120, 330, 480, 560);
  pen.fillStyle = "#111111";
  for (let at = 0; at < 900; at += 1) {
    if ((at * 7919) % 13 < 6) pen.fillRect(210 + (at % 30) * 10, 440 + Math.floor(at / 30) * 10, 10, 10);
  }
  video.srcObject = canvas.captureStream(1);
  void video.play();
}

const camera: CameraHandlers = {
  onVideo: drawInto,
  onCameraRetry: nothing,
  onTorch: nothing,
  onZoom: nothing,
  onFlip: nothing,
};

function showGate(state: GateState, change: (state: GateState) => void): ComponentChild {
  const others = {
    ...{ onEnrol: nothing, onAct: nothing, onCorrect: nothing, onNext: nothing, onLookUp: nothing },
    ...{ onLookUpAgain: nothing, onSound: nothing, onSendNow: nothing, onUpdate: nothing },
    ...{ onCloseNotice: nothing, onLeaveGate: nothing, onEnrolAnew: nothing, onRetry: nothing },
  };
  return (
    <GateApp
      {...state}
      {...camera}
      {...others}
      onLanguage={(chosen) => {
        change({ ...state, language: chosen });
      }}
      onGo={(page) => {
        change({ ...state, page });
      }}
    />
  );
}

function showCheck(state: CheckState, change: (state: CheckState) => void): ComponentChild {
  return (
    <CheckApp
      {...state}
      {...camera}
      {...{ onNext: nothing, onUpdate: nothing, onCloseNotice: nothing, onRetry: nothing }}
      onLanguage={(chosen) => {
        change({ ...state, language: chosen });
      }}
      onGo={(page) => {
        change({ ...state, page });
      }}
      onGate={(gate) => {
        change({ ...state, gate });
      }}
    />
  );
}

function show(picture: Picture, root: HTMLElement): void {
  const again = (next: Picture) => {
    show(next, root);
  };
  render(
    picture.app === "gate"
      ? showGate(picture.state, (state) => {
          again({ app: "gate", state });
        })
      : showCheck(picture.state, (state) => {
          again({ app: "check", state });
        }),
    root,
  );
}

/** In the language that was asked for; a phone on which none was chosen yet stays so. */
function inLanguage(picture: Picture): Picture {
  if (picture.app === "check") return { app: "check", state: { ...picture.state, language } };
  const chosen = picture.state.language === null ? null : language;
  return { app: "gate", state: { ...picture.state, language: chosen } };
}

function Book() {
  return (
    <div class="book">
      <header>
        <h1>Every screen of the phone</h1>
        <p>
          {LANGUAGES.map((one) => (
            <a key={one} href={`?language=${one}`}>
              {one}{" "}
            </a>
          ))}
        </p>
      </header>
      {Object.keys(SCREENS).map((name) => (
        <figure key={name}>
          <figcaption>
            <a href={`?screen=${name}&language=${language}`}>{name}</a>
          </figcaption>
          <iframe title={name} loading="lazy" src={`?screen=${name}&language=${language}`} />
        </figure>
      ))}
    </div>
  );
}

const root = document.getElementById("app");
const picture = SCREENS[asked.get("screen") ?? ""];
if (root !== null && picture !== undefined) show(inLanguage(picture), root);
else if (root !== null) render(<Book />, root);
