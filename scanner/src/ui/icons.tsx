// Which shape goes with which meaning? Drawn here, so that no file has to be fetched and no font to hold them.
//
// Nothing is told by a shape alone: a word stands beside it, so every icon is hidden from screen readers.

import type { ComponentChildren, JSX } from "preact";

import type { Freshness } from "../domain/bundle.ts";
import type { Direction } from "../domain/verdicts.ts";
import type { Tone } from "../gate/shown.ts";

function Icon({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

/** A line drawing of one path. */
function Line({ path }: { readonly path: string }): JSX.Element {
  return (
    <Icon>
      <path d={path} class="line" />
    </Icon>
  );
}

/** The shape of a verdict: tick in a circle, triangle, octagon; clock or phone where the device is the trouble. */
export function ToneIcon({ tone, clock }: { readonly tone: Tone; readonly clock: boolean }): JSX.Element {
  if (tone === "device") return clock ? <ClockIcon /> : <PhoneIcon />;
  return (
    <Icon>
      {tone === "admit" && (
        <path class="line" d="M12 1.5a10.5 10.5 0 1 0 0 21 10.5 10.5 0 0 0 0-21zM7 12.5l3.5 3.5L17 8.5" />
      )}
      {tone === "refer" && <path class="line" d="M12 2.5 1.8 21.5h20.4zM12 9.5v5.5M12 18v.6" />}
      {tone === "refuse" && <path class="line" d="M7.5 1.5h9l6 6v9l-6 6h-9l-6-6v-9zM8 8l8 8M16 8l-8 8" />}
    </Icon>
  );
}

export function ClockIcon(): JSX.Element {
  return <Line path="M12 1.5a10.5 10.5 0 1 0 0 21 10.5 10.5 0 0 0 0-21zM12 6v6.5l4.5 2.5" />;
}

export function PhoneIcon(): JSX.Element {
  return (
    <Line path="M7 1.5h10a1.5 1.5 0 0 1 1.5 1.5v18a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 21V3A1.5 1.5 0 0 1 7 1.5zM12 6.5v6M12 16v.6" />
  );
}

/** Which way the traveller goes: out of the house, or back into it. */
export function DirectionIcon({ direction }: { readonly direction: Direction }): JSX.Element {
  return <Line path={direction === "exit" ? "M3 12h18M14 5l7 7-7 7" : "M21 12H3M10 5l-7 7 7 7"} />;
}

/** How old the data is: a full circle, a half one, an empty ring. */
export function FreshnessIcon({ freshness }: { readonly freshness: Freshness }): JSX.Element {
  return (
    <Icon>
      <circle cx="12" cy="12" r="9" class="line" />
      {freshness === "green" && <circle cx="12" cy="12" r="9" class="full" />}
      {freshness === "amber" && <path d="M12 3a9 9 0 0 1 0 18z" class="full" />}
    </Icon>
  );
}

export function BackIcon(): JSX.Element {
  return <Line path="M15 4l-8 8 8 8" />;
}

export function MenuIcon(): JSX.Element {
  return <Line path="M3 6h18M3 12h18M3 18h18" />;
}

/** A keypad: type the number. */
export function KeysIcon(): JSX.Element {
  return <Line path="M5 5h.6M12 5h.6M19 5h.6M5 12h.6M12 12h.6M19 12h.6M5 19h.6M12 19h.6M19 19h.6" />;
}

/** A clock turned back: the last scans. */
export function RecentIcon(): JSX.Element {
  return <Line path="M3.5 9a9.5 9.5 0 1 1-1 4M2.5 3.5V9H8M12 7v5.5l4 2.5" />;
}

export function TorchIcon({ on }: { readonly on: boolean }): JSX.Element {
  return (
    <Line
      path={on ? "M7 9h10l-2 4v9H9v-9zM12 1v4M4 3l3 3M20 3l-3 3" : "M7 6h10v3l-2 4v9H9v-9L7 9zM3 3l18 18"}
    />
  );
}

export function FlipIcon(): JSX.Element {
  return <Line path="M3 12a9 9 0 0 1 15-6.7L21 8M21 3v5h-5M21 12a9 9 0 0 1-15 6.7L3 16M3 21v-5h5" />;
}

export function SoundIcon(): JSX.Element {
  return <Line path="M3 9h4l6-5v16l-6-5H3zM16.5 8.5a5 5 0 0 1 0 7M19 5.5a9 9 0 0 1 0 13" />;
}

/** An arrow up out of the phone: records on their way. */
export function SendIcon(): JSX.Element {
  return <Line path="M12 20V4M5 11l7-7 7 7" />;
}

/** Mind this. */
export function WarningIcon(): JSX.Element {
  return <ToneIcon tone="refer" clock={false} />;
}

export function TickIcon(): JSX.Element {
  return <Line path="M4 12.5l5.5 5.5L20 6.5" />;
}

export function CrossIcon(): JSX.Element {
  return <Line path="M5 5l14 14M19 5L5 19" />;
}

/** Call somebody. */
export function CallIcon(): JSX.Element {
  return (
    <Line path="M4 3h4l2 5-2.5 2a13 13 0 0 0 6.5 6.5l2-2.5 5 2v4c0 .6-.4 1-1 1C10.5 21 3 13.5 3 4c0-.6.4-1 1-1z" />
  );
}

/** Turned round and sent back. */
export function TurnIcon(): JSX.Element {
  return <Line path="M4 9h11a5.5 5.5 0 0 1 0 11H8M9 3.5 3.5 9 9 14.5" />;
}
