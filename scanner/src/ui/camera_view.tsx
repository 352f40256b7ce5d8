// What lies over the picture of the camera? A thin frame, what can be worked, and words where there is no picture.

import type { JSX } from "preact";

import type { Words } from "../words/words.ts";
import { FlipIcon, TorchIcon, WarningIcon } from "./icons.tsx";
import { AdviceText, Button } from "./parts.tsx";
import type { CameraHandlers, CameraState } from "./state.ts";

const ZOOM_STEPS = [1, 1.5, 2, 3, 4];

export interface CameraViewProps extends Omit<CameraHandlers, "onVideo"> {
  readonly words: Words;
  readonly camera: CameraState;
}

/** The frame over the picture; or what is the matter with the camera, and what to do. */
export function CameraView(props: CameraViewProps): JSX.Element {
  const { words, camera, onCameraRetry } = props;
  if (camera.phase === "running") {
    return (
      <div class="camera-view">
        <div class="frame-space">
          <div class="frame" aria-hidden="true" />
        </div>
        <CameraTools {...props} />
      </div>
    );
  }
  return (
    <div class="camera-view without">
      {camera.phase === "starting" && <p role="status">{words.camera.starting}</p>}
      {camera.phase !== "starting" && (
        <div class="camera-trouble" role="alert">
          <WarningIcon />
          {camera.trouble === null ? (
            <p>{words.camera.off}</p>
          ) : (
            <AdviceText advice={words.camera.trouble[camera.trouble]} />
          )}
          <Button look="main" onTap={onCameraRetry}>
            {camera.trouble === null ? words.camera.start : words.common.tryAgain}
          </Button>
        </div>
      )}
    </div>
  );
}

function CameraTools({ words, camera, onTorch, onZoom, onFlip }: CameraViewProps): JSX.Element {
  const { torch, zoom } = camera;
  const steps = zoom === null ? [] : zoomSteps(zoom.least, zoom.most);
  return (
    <div class="camera-tools">
      {torch !== null && (
        <button
          type="button"
          class="tool"
          aria-pressed={torch === "on"}
          onClick={() => {
            onTorch(torch === "off");
          }}
        >
          <TorchIcon on={torch === "on"} />
          <span>{torch === "on" ? words.camera.torchOff : words.camera.torchOn}</span>
        </button>
      )}
      {zoom !== null && steps.length > 1 && (
        <button
          type="button"
          class="tool"
          onClick={() => {
            onZoom(nextZoom(zoom.at, steps));
          }}
        >
          <b>{zoom.at}×</b>
          <span>{words.camera.zoom}</span>
        </button>
      )}
      {camera.canFlip && (
        <button
          type="button"
          class="tool"
          onClick={() => {
            onFlip();
          }}
        >
          <FlipIcon />
          <span>{words.camera.flip}</span>
        </button>
      )}
    </div>
  );
}

/** Gives the factors that a camera of this range is offered at. */
export function zoomSteps(least: number, most: number): number[] {
  return ZOOM_STEPS.filter((step) => step >= least && step <= most);
}

/** Gives the step after a factor; after the last comes the first again. */
export function nextZoom(at: number, steps: readonly number[]): number {
  return steps.find((step) => step > at) ?? steps[0] ?? at;
}
