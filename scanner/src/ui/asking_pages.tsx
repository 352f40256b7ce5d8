// What is asked before something is done that cannot be taken back by a tap?

import type { JSX } from "preact";

import type { Words } from "../words/words.ts";
import { Button, Page } from "./parts.tsx";

export interface UpdateProps {
  readonly words: Words;
  readonly onUpdate: () => void;
  readonly onLater: () => void;
}

/** The new version is taken when the officer says so, never by itself. */
export function UpdatePage({ words, onUpdate, onLater }: UpdateProps): JSX.Element {
  return (
    <Page
      words={words}
      title={words.menu.update}
      foot={
        <>
          <Button look="main" onTap={onUpdate}>
            {words.menu.updateNow}
          </Button>
          <Button onTap={onLater}>{words.common.later}</Button>
        </>
      }
    >
      <p>{words.menu.updateAsk}</p>
    </Page>
  );
}

export interface LeaveProps {
  readonly words: Words;
  readonly asked: 1 | 2;
  readonly unsent: number;
  readonly onGoOn: () => void;
  readonly onLeave: () => void;
  readonly onCancel: () => void;
}

/** Leaving a gate is asked twice; what is unsent stays, and is said. */
export function LeavePage({ words, asked, unsent, onGoOn, onLeave, onCancel }: LeaveProps): JSX.Element {
  const { menu } = words;
  const cancel = (
    <Button key="cancel" look="main" onTap={onCancel}>
      {words.common.cancel}
    </Button>
  );
  const goOn = (
    <Button key="go-on" onTap={asked === 1 ? onGoOn : onLeave}>
      {asked === 1 ? menu.leaveGoOn : menu.leaveYes}
    </Button>
  );
  return (
    <Page
      // Another key, another page: the second question is read out.
      key={asked}
      words={words}
      title={asked === 1 ? menu.leave : menu.leaveLast}
      // Changed places: who taps twice in one spot has cancelled.
      foot={asked === 1 ? [cancel, goOn] : [goOn, cancel]}
    >
      <p>{menu.leaveAsk}</p>
      <p class="why">{menu.leaveKeeps(unsent)}</p>
    </Page>
  );
}
