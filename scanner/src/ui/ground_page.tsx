// Why does the officer act otherwise than the verdict says, or otherwise than before?

import type { JSX } from "preact";
import { useState } from "preact/hooks";

import type { Action } from "../domain/records.ts";
import type { Direction } from "../domain/verdicts.ts";
import type { Words } from "../words/words.ts";
import { Button, Page } from "./parts.tsx";

/** A ground has at most so many characters (spec/scan.cddl). */
export const GROUND_MAX = 300;
const GROUNDS_SHOWN = 6;

export interface GroundProps {
  readonly words: Words;
  readonly action: Action;
  readonly direction: Direction;
  readonly correcting: boolean;
  readonly onGround: (ground: string) => void;
  readonly onCancel: () => void;
}

/** The common grounds as big buttons, and a field for any other. */
export function GroundPage({
  words,
  action,
  direction,
  correcting,
  onGround,
  onCancel,
}: GroundProps): JSX.Element {
  const [own, setOwn] = useState("");
  const { lane } = words;
  return (
    <Page
      words={words}
      title={lane.groundFor[action]}
      foot={
        <Button look="plain" onTap={onCancel}>
          {words.common.cancel}
        </Button>
      }
    >
      <div class="grounds">
        {groundsFor(words, action, direction, correcting).map((ground) => (
          <Button
            key={ground}
            onTap={() => {
              onGround(ground);
            }}
          >
            {ground}
          </Button>
        ))}
      </div>
      <form
        class="own"
        onSubmit={(event) => {
          event.preventDefault();
          if (own.trim() !== "") onGround(own.trim());
        }}
      >
        <label for="own-ground">{lane.groundOwn}</label>
        <textarea
          id="own-ground"
          rows={3}
          maxLength={GROUND_MAX}
          value={own}
          aria-describedby="own-left"
          onInput={(event) => {
            setOwn(event.currentTarget.value);
          }}
        />
        <p class="soft" id="own-left">
          {lane.charactersLeft(GROUND_MAX - own.length)}
        </p>
        <button type="submit" class="button main" disabled={own.trim() === ""}>
          <span>{lane.groundGive}</span>
        </button>
      </form>
    </Page>
  );
}

/** Gives the common grounds: for a correction first those of a mistake. */
export function groundsFor(
  words: Words,
  action: Action,
  direction: Direction,
  correcting: boolean,
): readonly string[] {
  const grounds = words.lane.grounds[direction][action];
  return [...(correcting ? words.lane.groundsOfCorrection : []), ...grounds].slice(0, GROUNDS_SHOWN);
}
