// What does a verdict say? The parts that the gate and the other side's checker share.

import type { JSX } from "preact";

import { type Day, lastValidDay, localDay } from "../domain/local_time.ts";
import { type Reason, REASONS } from "../domain/reasons.ts";
import type { ScanShown } from "../gate/shown.ts";
import { daysBetween, sayDay, sayDays, sayLength, sayWeekday } from "../words/dates.ts";
import type { Words } from "../words/words.ts";
import { FreshnessIcon, ToneIcon } from "./icons.tsx";
import { Companions, Face, Person, personOfPass } from "./person.tsx";

export interface HeadProps {
  readonly scan: ScanShown;
  readonly word: string;
  readonly under: string | null;
}

/** The word of the verdict, large, with its shape; read out at once. */
export function VerdictHead({ scan, word, under }: HeadProps): JSX.Element {
  return (
    <div class="verdict-head" role="alert">
      <ToneIcon tone={scan.tone} clock={scan.reasons.includes("CLOCK_WRONG")} />
      <div>
        <h1>{word}</h1>
        {under !== null && <p>{under}</p>}
      </div>
    </div>
  );
}

export interface ScanProps {
  readonly words: Words;
  readonly scan: ScanShown;
}

/**
 * What the pass says and what speaks against it; of a pass that is not authentic, nothing that it says.
 *
 * Whoever may go is told until when; of whoever is stopped, the reasons come first, to be seen without scrolling.
 */
export function VerdictFacts({ words, scan }: ScanProps): JSX.Element {
  const reasons = <Reasons words={words} reasons={scan.reasons} />;
  return (
    <>
      <Holder words={words} scan={scan} />
      {scan.verdict !== "ADMIT" && reasons}
      <Terms words={words} scan={scan} />
      {scan.verdict === "ADMIT" && reasons}
      {scan.credential === null && <p class="soft">{words.lane.noData}</p>}
    </>
  );
}

function Holder({ words, scan }: ScanProps): JSX.Element | null {
  if (scan.credential === null) return null;
  const { holder } = scan.credential.pass;
  const person = personOfPass(scan.credential.pass, words.language);
  return (
    <div class="holder">
      <Face
        words={words}
        name={person.nameLatin}
        octets={holder.face}
        photo={scan.photo}
        none={words.common.noFace}
      />
      <Person words={words} person={person} today={localDay(scan.scannedAt)} />
    </div>
  );
}

/** Until when the pass is valid, by when its holder has to be back, and who travels along. */
function Terms({ words, scan }: ScanProps): JSX.Element | null {
  if (scan.credential === null) return null;
  const { pass } = scan.credential;
  const today = localDay(scan.scannedAt);
  return (
    <>
      <dl class="terms">
        {pass.validFromAt > scan.scannedAt && (
          <Term name={words.common.validFrom} day={localDay(pass.validFromAt)} words={words} />
        )}
        <Term name={words.common.validUntil} day={lastValidDay(pass.expiresAt)} words={words} />
        {scan.backBy !== null && <BackBy words={words} backBy={scan.backBy} today={today} />}
      </dl>
      <Companions words={words} person={personOfPass(pass, words.language)} today={today} />
    </>
  );
}

/** Until when: a day. */
export function Term({
  words,
  name,
  day,
}: {
  readonly words: Words;
  readonly name: string;
  readonly day: Day;
}): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{sayDay(day, words.language)}</dd>
    </div>
  );
}

/** What the traveller is told: the day to be back by, and how many days that is. */
function BackBy({
  words,
  backBy,
  today,
}: {
  readonly words: Words;
  readonly backBy: Day;
  readonly today: Day;
}): JSX.Element {
  return (
    <div class="back-by">
      <dt>{words.lane.backBy}</dt>
      <dd class="days">{sayDays(daysBetween(today, backBy), words.language)}</dd>
      <dd>{sayWeekday(backBy, words.language)}</dd>
    </div>
  );
}

/** Why, in sentences, and what to do next; what is to be done is said once, though two reasons ask for it. */
function Reasons({
  words,
  reasons,
}: {
  readonly words: Words;
  readonly reasons: readonly Reason[];
}): JSX.Element | null {
  if (reasons.length === 0) return null;
  const said = new Set<string>();
  return (
    <ul class="reasons">
      {reasons.map((reason) => {
        const { text, nextStep } = REASONS[reason];
        const next = nextStep[words.language];
        const isNew = !said.has(next);
        said.add(next);
        return (
          <li key={reason}>
            <p class="why">{text[words.language]}</p>
            {isNew && <p>{next}</p>}
          </li>
        );
      })}
    </ul>
  );
}

/** How old what the verdict rests on was at the scan: a shape, and words. */
export function DataAge({ words, scan }: { readonly words: Words; readonly scan: ScanShown }): JSX.Element {
  const age = sayLength(scan.scannedAt - scan.bundleIssuedAt, words.language);
  return (
    <p class={`data-age ${scan.freshness}`}>
      <FreshnessIcon freshness={scan.freshness} />
      <span>
        {words.common.dataOf(age)}
        {scan.freshness !== "green" && <b> · {words.common.freshness[scan.freshness]}</b>}
      </span>
    </p>
  );
}
