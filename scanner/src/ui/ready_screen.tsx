// What does the officer see between two travellers? The picture of the camera, and one line on how things stand.

import type { JSX } from "preact";
import { useRef } from "preact/hooks";

import type { Words } from "../words/words.ts";
import { CameraView } from "./camera_view.tsx";
import {
  DirectionIcon,
  FreshnessIcon,
  KeysIcon,
  MenuIcon,
  RecentIcon,
  SendIcon,
  SoundIcon,
  WarningIcon,
} from "./icons.tsx";
import { NoticeStrip } from "./parts.tsx";
import type { GateHandlers, GateState, PostState } from "./state.ts";

/** A finger that went up by so much meant to see the last scans, CSS pixels. */
const SWIPE_PX = 60;

export interface ReadyProps extends GateState, GateHandlers {
  readonly words: Words;
  readonly post: PostState;
}

/** The camera fills the screen; all that can be touched is at the foot. */
export function ReadyScreen(props: ReadyProps): JSX.Element {
  const { words, notices, sound, onGo, onCloseNotice } = props;
  const startedAt = useRef<number | null>(null);
  return (
    <main
      class="ready"
      onTouchStart={(event) => {
        startedAt.current = event.touches.item(0)?.clientY ?? null;
      }}
      onTouchEnd={(event) => {
        const endedAt = event.changedTouches.item(0)?.clientY;
        if (startedAt.current === null || endedAt === undefined) return;
        if (startedAt.current - endedAt > SWIPE_PX) onGo({ kind: "recents" });
      }}
    >
      <div class="ready-top">
        <Post {...props} />
        <NoticeStrip
          words={words}
          notices={notices}
          onUpdate={() => {
            onGo({ kind: "update" });
          }}
          onClose={onCloseNotice}
        />
        {sound === "locked" && notices.length === 0 && (
          <p class="strip news">
            <SoundIcon />
            {words.lane.touchForSound}
          </p>
        )}
      </div>
      <CameraView {...props} />
      <nav class="ready-foot">
        <button
          type="button"
          class="tab"
          onClick={() => {
            onGo({ kind: "number" });
          }}
        >
          <KeysIcon />
          <span>{words.lane.typeNumber}</span>
        </button>
        <button
          type="button"
          class="tab"
          onClick={() => {
            onGo({ kind: "recents" });
          }}
        >
          <RecentIcon />
          <span>{words.lane.recentsShort}</span>
        </button>
        <button
          type="button"
          class="tab"
          onClick={() => {
            onGo({ kind: "menu" });
          }}
        >
          <MenuIcon />
          <span>{words.lane.menu}</span>
        </button>
      </nav>
    </main>
  );
}

/** Where this phone stands and how it is: gate, lane, direction, freshness, what waits to be sent. */
function Post({ words, post, bundle, sending }: ReadyProps): JSX.Element {
  const { language, common, lane } = words;
  return (
    <>
      <header class="post">
        <h1>
          {post.checkpoint.names[language]} <span>{common.lane(post.lane)}</span>
        </h1>
        <p class="way">
          <DirectionIcon direction={post.direction} />
          {common.direction[post.direction]}
        </p>
        <div class="state">
          {bundle !== null && (
            <p class={`fresh ${bundle.freshness}`} aria-label={common.freshness[bundle.freshness]} role="img">
              <FreshnessIcon freshness={bundle.freshness} />
            </p>
          )}
          {sending.waiting > 0 && (
            <p class="waiting" aria-label={lane.waiting(sending.waiting)} role="img">
              <SendIcon />
              {sending.waiting}
            </p>
          )}
        </div>
      </header>
      {bundle !== null && bundle.freshness !== "green" && (
        <p class="post-word">{common.freshness[bundle.freshness]}</p>
      )}
      {sending.trouble !== null && (
        <p class="post-word" role="status">
          <WarningIcon />
          {lane.sendingTrouble[sending.trouble]} · {lane.waiting(sending.waiting)}
        </p>
      )}
    </>
  );
}
