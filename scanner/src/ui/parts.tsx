// Which pieces do several screens share?

import type { ComponentChildren, JSX } from "preact";

import { Action } from "../domain/records.ts";
import type { Language } from "../domain/verdicts.ts";
import { LANGUAGE_NAMES } from "../words/say.ts";
import type { Advice, Words } from "../words/words.ts";
import { BackIcon, CrossIcon, ToneIcon, TurnIcon, WarningIcon } from "./icons.tsx";
import type { Notice } from "./state.ts";

export interface ButtonProps {
  readonly onTap: () => void;
  readonly children: ComponentChildren;
  /** `main` is the one that is meant; a screen has at most one. */
  readonly look?: "main" | "plain" | "quiet";
  readonly icon?: JSX.Element;
  /** The shape above the word: for two beside each other. */
  readonly stacked?: boolean;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly lang?: Language;
}

/** A big target with a word, and where there is one a shape beside it. */
export function Button({
  onTap,
  children,
  look = "plain",
  icon,
  stacked,
  disabled,
  pressed,
  lang,
}: ButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class={stacked === true ? `button ${look} stacked` : `button ${look}`}
      onClick={() => {
        onTap();
      }}
      disabled={disabled === true}
      {...(pressed === undefined ? {} : { "aria-pressed": pressed })}
      {...(lang === undefined ? {} : { lang })}
    >
      {icon}
      <span>{children}</span>
    </button>
  );
}

export interface PageProps {
  readonly words: Words;
  readonly title: string;
  /** What leads back; a page without it must be left by one of its own buttons. */
  readonly onBack?: () => void;
  readonly children: ComponentChildren;
  /** What stays in the thumb's reach while the rest scrolls. */
  readonly foot?: ComponentChildren;
}

/** A page that is read: a title, what there is, and at the foot, where the thumb is, what can be done and the way back. */
export function Page({ words, title, onBack, children, foot }: PageProps): JSX.Element {
  return (
    <main class="page">
      <header class="page-head">
        <h1 tabIndex={-1} ref={focusOnce}>
          {title}
        </h1>
      </header>
      <div class="page-body">{children}</div>
      {(foot !== undefined || onBack !== undefined) && (
        <footer class="page-foot">
          {foot}
          {onBack !== undefined && (
            <Button icon={<BackIcon />} onTap={onBack}>
              {words.common.back}
            </Button>
          )}
        </footer>
      )}
    </main>
  );
}

/**
 * Brings the focus to the head of a screen when it opens: screen readers read it, and the keyboard goes on from there.
 *
 * Never to a button: a hand scanner ends what it types with Enter, and must not press anything by that.
 */
export function focusOnce(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
}

/** What is the matter in bold, and what to do about it. */
export function AdviceText({ advice }: { readonly advice: Advice }): JSX.Element {
  return (
    <div class="advice">
      <p class="why">{advice.what}</p>
      <p>{advice.then}</p>
    </div>
  );
}

export interface StripProps {
  readonly words: Words;
  readonly notices: readonly Notice[];
  readonly onUpdate: () => void;
  readonly onClose: (notice: Notice) => void;
}

/** Whether a notice is good news, and no trouble. */
export function isNews(notice: Notice): boolean {
  return notice === "update_ready" || notice === "offline_ready";
}

/** Whether a notice may be put away for this shift: it was read, and what it tells stays in the menu. */
export function isClosable(notice: Notice): boolean {
  return notice === "offline_ready" || notice === "storage_not_kept";
}

/** Tells the weightiest notice, and how many more there are. */
export function NoticeStrip({ words, notices, onUpdate, onClose }: StripProps): JSX.Element | null {
  const [notice] = notices;
  if (notice === undefined) return null;
  const news = isNews(notice);
  return (
    <div class={news ? "strip news" : "strip"} role="status">
      {!news && <WarningIcon />}
      <p>
        {words.menu.notice[notice]}
        {notices.length > 1 && <small>{words.lane.moreNotices(notices.length - 1)}</small>}
      </p>
      {notice === "update_ready" && (
        <Button look="quiet" onTap={onUpdate}>
          {words.menu.update}
        </Button>
      )}
      {isClosable(notice) && (
        <button
          type="button"
          class="button quiet"
          aria-label={words.common.close}
          onClick={() => {
            onClose(notice);
          }}
        >
          <CrossIcon />
        </button>
      )}
    </div>
  );
}

/** The shape of an action: those of the verdicts it agrees with, but for the way back. */
export function ActionIcon({ action }: { readonly action: Action }): JSX.Element {
  if (action === Action.TURN_BACK) return <TurnIcon />;
  return <ToneIcon tone={action === Action.ADMIT ? "admit" : "refer"} clock={false} />;
}

export interface LanguageProps {
  readonly chosen: Language | null;
  readonly onLanguage: (language: Language) => void;
}

/** Three big buttons, each in its own language. */
export function LanguageChoice({ chosen, onLanguage }: LanguageProps): JSX.Element {
  return (
    <div class="choice" role="group" aria-label="ភាសា · ภาษา · Language">
      {LANGUAGE_NAMES.map(([language, name]) => (
        <Button
          key={language}
          lang={language}
          pressed={language === chosen}
          onTap={() => {
            onLanguage(language);
          }}
        >
          {name}
        </Button>
      ))}
    </div>
  );
}

/** A fact with its name, in a list of such. */
export function Fact({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
