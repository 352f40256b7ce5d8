// Whose is this pass, when its code cannot be read? The register answers by the number, and verifies nothing.

import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { fromClock, localDay } from "../domain/local_time.ts";
import type { Words } from "../words/words.ts";
import { CrossIcon, TickIcon, WarningIcon } from "./icons.tsx";
import { Button, Page } from "./parts.tsx";
import { Companions, Face, Person, personOfRegister } from "./person.tsx";
import type { LookedUpPass, LookUpState } from "./state.ts";
import { formatNumber, judgeNumber } from "./typed.ts";
import { Term } from "./verdict_parts.tsx";

export interface NumberProps {
  readonly words: Words;
  readonly lookUp: LookUpState;
  readonly nowMs: number;
  readonly onLookUp: (number: string) => void;
  readonly onAgain: () => void;
  readonly onBack: () => void;
}

/** The number is typed; or what the register says of it. */
export function NumberPage(props: NumberProps): JSX.Element {
  if (props.lookUp.kind === "found")
    return <Found {...props} pass={props.lookUp.pass} photo={props.lookUp.photo} />;
  return <Typing {...props} />;
}

function Typing({ words, lookUp, onLookUp, onBack }: NumberProps): JSX.Element {
  const asked = lookUp.kind === "asking";
  const [typed, setTyped] = useState(asked ? lookUp.number : "");
  const judged = judgeNumber(typed);
  return (
    <Page words={words} title={words.lane.typeNumber} onBack={onBack}>
      <form
        class="own"
        onSubmit={(event) => {
          event.preventDefault();
          if (judged.kind === "right" && !asked) onLookUp(typed);
        }}
      >
        <label for="number">{words.number.how}</label>
        <input
          id="number"
          class="typed"
          value={typed}
          placeholder="0110-26-000001-A"
          autoComplete="off"
          autoCapitalize="characters"
          spellcheck={false}
          enterKeyHint="search"
          aria-describedby="number-state"
          onInput={(event) => {
            const number = formatNumber(event.currentTarget.value);
            event.currentTarget.value = number;
            setTyped(number);
          }}
        />
        <p id="number-state" class={`judged ${judged.kind}`} role="status">
          {judged.kind === "missing" && words.number.missing(judged.characters)}
          {judged.kind === "wrong" && <CrossIcon />}
          {judged.kind === "wrong" && words.number.wrong}
          {judged.kind === "right" && <TickIcon />}
          {judged.kind === "right" && words.number.right}
        </p>
        <button type="submit" class="button main" disabled={judged.kind !== "right" || asked}>
          <span>{asked ? words.number.asking : words.number.ask}</span>
        </button>
      </form>
      {lookUp.kind === "typing" && lookUp.failure !== null && (
        <p class="failure" role="alert">
          <WarningIcon />
          {words.number.failure[lookUp.failure]}
        </p>
      )}
    </Page>
  );
}

type FoundProps = NumberProps & { readonly pass: LookedUpPass; readonly photo: Blob | null };

/** What the register says, hatched all round: no verdict, and nothing that can be admitted by it. */
function Found({ words, pass, photo, nowMs, onAgain, onBack }: FoundProps): JSX.Element {
  const today = localDay(fromClock(nowMs));
  const person = personOfRegister(pass, words.language);
  return (
    <main class="unverified">
      <div class="verdict-head" role="alert">
        <WarningIcon />
        <div>
          <h1>{words.number.notVerified}</h1>
        </div>
      </div>
      <div class="verdict-body" tabIndex={0}>
        <p class="why">{words.number.notVerifiedThen}</p>
        <div class="holder">
          <Face
            words={words}
            name={person.nameLatin}
            octets={null}
            photo={photo}
            none={words.number.noPhoto}
          />
          <Person words={words} person={person} today={today} />
        </div>
        <Companions words={words} person={person} today={today} />
        <p class={pass.standing === "valid" ? "standing" : "standing wrong"}>
          {pass.standing !== "valid" && <CrossIcon />}
          {words.number.standing[pass.standing]}
          {pass.validUntil < today && ` · ${words.number.over}`}
          {pass.validFrom > today && ` · ${words.number.notYet}`}
        </p>
        <dl class="terms">
          <Term words={words} name={words.common.validFrom} day={pass.validFrom} />
          <Term words={words} name={words.common.validUntil} day={pass.validUntil} />
          <div>
            <dt>{words.common.passNumber}</dt>
            <dd>{pass.number}</dd>
          </div>
          <div>
            <dt>{words.common.issuer}</dt>
            <dd>{pass.office[words.language]}</dd>
          </div>
        </dl>
      </div>
      <footer class="verdict-foot">
        <Button onTap={onAgain}>{words.number.another}</Button>
        <Button onTap={onBack}>{words.common.back}</Button>
      </footer>
    </main>
  );
}
