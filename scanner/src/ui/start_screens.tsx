// What fills the screen before there is work, or when there is none any more?

import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { sayLength } from "../words/dates.ts";
import type { Advice, Words } from "../words/words.ts";
import { CameraView, type CameraViewProps } from "./camera_view.tsx";
import { CrossIcon, PhoneIcon, WarningIcon } from "./icons.tsx";
import { AdviceText, Button, focusOnce } from "./parts.tsx";
import type { EnrolFailure } from "./state.ts";
import { formatCode, isWholeCode } from "./typed.ts";

/** The app is being opened. */
export function Starting({ words }: { readonly words: Words }): JSX.Element {
  return (
    <main class="full">
      <PhoneIcon />
      <p role="status">{words.common.starting}</p>
    </main>
  );
}

export interface StoppedProps {
  readonly advice: Advice;
  readonly retry: string;
  readonly onRetry: () => void;
}

/** The app cannot go on: why, and what to do. */
export function Stopped({ advice, retry, onRetry }: StoppedProps): JSX.Element {
  return (
    <main class="full device">
      <PhoneIcon />
      <div role="alert">
        <AdviceText advice={advice} />
      </div>
      <Button look="main" onTap={onRetry}>
        {retry}
      </Button>
    </main>
  );
}

export interface RevokedProps {
  readonly words: Words;
  readonly kept: number;
  readonly onEnrolAnew: () => void;
}

/** This phone may not scan any more; what it has not sent stays on it. */
export function Revoked({ words, kept, onEnrolAnew }: RevokedProps): JSX.Element {
  return (
    <main class="full refuse">
      <CrossIcon />
      <div role="alert">
        <h1>{words.start.revoked}</h1>
        <p class="why">{words.start.revokedKept(kept)}</p>
        <p>{words.start.revokedThen}</p>
      </div>
      <Button onTap={onEnrolAnew}>{words.start.enrolAnew}</Button>
    </main>
  );
}

export interface EnrolProps extends CameraViewProps {
  readonly asking: boolean;
  readonly failure: EnrolFailure | null;
  readonly onEnrol: (code: string) => void;
}

/** The camera reads the commander's code, or it is typed. */
export function Enrol(props: EnrolProps): JSX.Element {
  const { words, asking, failure } = props;
  return (
    <main class="ready">
      <header class="ready-top enrol-head">
        <h1 tabIndex={-1} ref={focusOnce}>
          {words.start.enrol}
        </h1>
        <p>{words.start.enrolHow}</p>
      </header>
      <CameraView {...props} />
      <div class="enrol-foot">
        {asking && (
          <p class="why" role="status">
            {words.start.enrolAsking}
          </p>
        )}
        {!asking && failure !== null && (
          <p class="failure" role="alert">
            <WarningIcon />
            <span>
              {words.start.enrolFailure[failure.why]}
              {failure.retryAfterS !== null &&
                ` ${words.start.retryAfter(sayLength(failure.retryAfterS, words.language))}`}
            </span>
          </p>
        )}
        <TypedCode {...props} />
      </div>
    </main>
  );
}

function TypedCode({ words, asking, onEnrol }: EnrolProps): JSX.Element {
  const [typed, setTyped] = useState<string | null>(null);
  if (typed === null) {
    return (
      <Button
        disabled={asking}
        onTap={() => {
          setTyped("");
        }}
      >
        {words.start.enrolType}
      </Button>
    );
  }
  return (
    <form
      class="own"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWholeCode(typed) && !asking) onEnrol(typed);
      }}
    >
      <label for="code">{words.start.enrolCode}</label>
      <input
        id="code"
        class="typed"
        ref={focusOnce}
        value={typed}
        placeholder="XXXX-XXXX-XXXX-XXXX"
        autoComplete="off"
        autoCapitalize="characters"
        spellcheck={false}
        enterKeyHint="go"
        onInput={(event) => {
          const code = formatCode(event.currentTarget.value);
          event.currentTarget.value = code;
          setTyped(code);
        }}
      />
      <button type="submit" class="button main" disabled={!isWholeCode(typed) || asking}>
        <span>{words.start.enrolSend}</span>
      </button>
    </form>
  );
}
