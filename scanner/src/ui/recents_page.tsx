// Who went through just now, and was it right?

import type { JSX } from "preact";

import { Action } from "../domain/records.ts";
import { type Tone } from "../gate/shown.ts";
import { sayAgo, sayLength } from "../words/dates.ts";
import type { Words } from "../words/words.ts";
import { ToneIcon } from "./icons.tsx";
import { ActionIcon, Button, Page } from "./parts.tsx";
import { Face } from "./person.tsx";
import type { RecentScan } from "./state.ts";
import { sayTaken } from "./verdict_screen.tsx";

const ACTIONS = [Action.ADMIT, Action.REFER, Action.TURN_BACK] as const;

export interface RecentsProps {
  readonly words: Words;
  readonly recents: readonly RecentScan[];
  readonly nowMs: number;
  readonly onCorrect: (recent: RecentScan, action: Action) => void;
  readonly onBack: () => void;
}

/** The last five scans, the newest first; within two minutes what was done can be corrected. */
export function RecentsPage({ words, recents, nowMs, onCorrect, onBack }: RecentsProps): JSX.Element {
  return (
    <Page words={words} title={words.lane.recents} onBack={onBack}>
      {recents.length === 0 && <p>{words.lane.noRecents}</p>}
      <ol class="recents">
        {recents.map((recent) => (
          <li key={recent.scan.id}>
            <Recent words={words} recent={recent} nowMs={nowMs} />
            <Corrections words={words} recent={recent} nowMs={nowMs} onCorrect={onCorrect} />
          </li>
        ))}
      </ol>
    </Page>
  );
}

type RecentProps = Pick<RecentsProps, "words" | "nowMs"> & { readonly recent: RecentScan };

function Recent({ words, recent, nowMs }: RecentProps): JSX.Element {
  const { scan, actedBy } = recent;
  const holder = scan.credential?.pass.holder ?? null;
  return (
    <div class="recent">
      {holder !== null && (
        <Face
          words={words}
          name={holder.nameLatin}
          octets={holder.face}
          photo={scan.photo}
          none={words.common.noFace}
        />
      )}
      <div>
        {holder !== null && (
          <p class="recent-name" lang="km">
            {holder.nameKhmer}
          </p>
        )}
        <p class={`tag ${scan.tone}`}>
          <ToneIcon tone={scan.tone satisfies Tone} clock={scan.reasons.includes("CLOCK_WRONG")} />
          {words.lane.verdict[scan.tone]}
        </p>
        <p>{sayTaken(words, scan.taken, actedBy)}</p>
        <p class="soft">{sayAgo(scan.scannedAt, nowMs, words.language)}</p>
      </div>
    </div>
  );
}

function Corrections({
  words,
  recent,
  nowMs,
  onCorrect,
}: RecentProps & Pick<RecentsProps, "onCorrect">): JSX.Element | null {
  const { scan, correctableUntilMs } = recent;
  if (correctableUntilMs === null || nowMs > correctableUntilMs || scan.taken === null) return null;
  const left = sayLength((correctableUntilMs - nowMs) / 1000, words.language);
  return (
    <div class="corrections">
      <p class="soft">
        <b>{words.lane.correctTo}</b> · {words.lane.correctable(left)}
      </p>
      {ACTIONS.filter((action) => action !== scan.taken).map((action) => (
        <Button
          key={action}
          stacked
          icon={<ActionIcon action={action} />}
          onTap={() => {
            onCorrect(recent, action);
          }}
        >
          {words.lane.action[action]}
        </Button>
      ))}
    </div>
  );
}
