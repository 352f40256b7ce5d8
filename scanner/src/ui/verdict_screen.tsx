// What does the officer see and do about one scan?

import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { REASONS } from "../domain/reasons.ts";
import { ActedBy, Action } from "../domain/records.ts";
import { agreeingAction, type ScanShown, type Shown } from "../gate/shown.ts";
import type { Words } from "../words/words.ts";
import { CallIcon, WarningIcon } from "./icons.tsx";
import { ActionIcon, Button } from "./parts.tsx";
import { DataAge, VerdictFacts, VerdictHead } from "./verdict_parts.tsx";

type Verdict = Extract<Shown, { kind: "verdict" }>;

export interface VerdictProps {
  readonly words: Words;
  readonly shown: Verdict;
  readonly nowMs: number;
  /** An action that agrees with the verdict. */
  readonly onAgree: (scan: ScanShown) => void;
  /** An action against the verdict: a ground is asked for. */
  readonly onDisagree: (scan: ScanShown, action: Action) => void;
  readonly onNext: () => void;
}

/** One scan on the whole screen: the word, who it is, until when, why, and in the thumb's reach what to do. */
export function VerdictScreen(props: VerdictProps): JSX.Element {
  const { words, shown } = props;
  const { scan } = shown;
  return (
    <main class={`verdict ${scan.tone}`}>
      <div class="verdict-top">
        <VerdictHead scan={scan} word={words.lane.verdict[scan.tone]} under={underWord(words, scan)} />
        {shown.nudges > 0 && (
          // Another key, another element: it is read out and shown anew each time.
          <p class="strip nudge" role="alert" key={shown.nudges}>
            <WarningIcon />
            {words.lane.decideFirst}
          </p>
        )}
      </div>
      <div class="verdict-body" key={scan.id} tabIndex={0}>
        {mustCall(scan) && (
          <p class="call">
            <CallIcon />
            {words.lane.comingHome}
          </p>
        )}
        <VerdictFacts words={words} scan={scan} />
        <DataAge words={words} scan={scan} />
      </div>
      <VerdictFoot {...props} />
    </main>
  );
}

function underWord(words: Words, scan: ScanShown): string | null {
  if (scan.taken !== null) return sayTaken(words, scan.taken, scan.takenBy);
  return scan.tone === "device" ? words.lane.deviceNotTraveller : null;
}

/** Says what was done, and where it was silence that did it. */
export function sayTaken(words: Words, taken: Action | null, takenBy: ActedBy | null): string {
  if (taken === null) return words.lane.notTaken;
  const said = words.lane.taken[taken];
  return takenBy === ActedBy.CLOCK ? `${said} (${words.lane.takenByClock})` : said;
}

/** Nobody is locked out of their own country: even with a false pass, a person comes home by way of the commander. */
function mustCall(scan: ScanShown): boolean {
  const isFalse = scan.reasons.some((reason) => REASONS[reason].reasonClass === "authenticity");
  return scan.direction === "entry" && isFalse;
}

function VerdictFoot({ words, shown, nowMs, onAgree, onDisagree, onNext }: VerdictProps): JSX.Element {
  const { scan, waitsFor, endsAtMs } = shown;
  if (waitsFor === "next") {
    return (
      <footer class="verdict-foot">
        <Button look="main" onTap={onNext}>
          {words.common.next}
        </Button>
      </footer>
    );
  }
  const agreeing = agreeingAction(scan);
  const others = [Action.ADMIT, Action.REFER, Action.TURN_BACK].filter((action) => action !== agreeing);
  return (
    <footer class="verdict-foot">
      {waitsFor === "clock" && endsAtMs !== null ? (
        <Silence key={scan.id} words={words} nowMs={nowMs} endsAtMs={endsAtMs} />
      ) : (
        <Button
          look="main"
          icon={<ActionIcon action={agreeing} />}
          onTap={() => {
            onAgree(scan);
          }}
        >
          {words.lane.action[agreeing]}
        </Button>
      )}
      {others.map((action) => (
        <Button
          key={action}
          stacked
          icon={<ActionIcon action={action} />}
          onTap={() => {
            onDisagree(scan, action);
          }}
        >
          {words.lane.action[action]}
        </Button>
      ))}
    </footer>
  );
}

interface SilenceProps {
  readonly words: Words;
  readonly nowMs: number;
  readonly endsAtMs: number;
}

/** How long silence still has before it admits: a bar that shrinks, and the seconds. */
function Silence({ words, nowMs, endsAtMs }: SilenceProps): JSX.Element {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const duration = Math.max(0, endsAtMs - nowMs);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    // Not a style in the page, which the content policy forbids; in steps where motion is not wanted.
    const easing = still ? `steps(${Math.max(1, Math.ceil(duration / 1000))})` : "linear";
    const shrink = [{ transform: "scaleX(1)" }, { transform: "scaleX(0)" }];
    const running = bar.current?.animate(shrink, { duration, easing, fill: "forwards" });
    return () => running?.cancel();
    // The bar runs by itself from the moment it appears: the seconds that pass must not start it again.
  }, [endsAtMs]);
  return (
    <div class="silence">
      <p>{words.lane.admittedIn(Math.max(1, Math.ceil((endsAtMs - nowMs) / 1000)))}</p>
      <div class="silence-track" aria-hidden="true">
        <div class="silence-bar" ref={bar} />
      </div>
    </div>
  );
}
