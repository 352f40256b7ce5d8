// How is this phone, and what can be set on it?

import type { ComponentChildren, JSX } from "preact";

import { sayAgo, sayLength, sayMoment } from "../words/dates.ts";
import type { Words } from "../words/words.ts";
import { DirectionIcon, FreshnessIcon, WarningIcon } from "./icons.tsx";
import { Button, Fact, isNews, Page } from "./parts.tsx";
import type { GateHandlers, GateState, PostState } from "./state.ts";

export interface MenuProps extends GateState, GateHandlers {
  readonly words: Words;
  readonly post: PostState;
}

/** Everything there is to know about the phone, in three short lists; and what can be changed. */
export function MenuPage(props: MenuProps): JSX.Element {
  const { words, notices, onGo } = props;
  return (
    <Page
      words={words}
      title={words.lane.menu}
      onBack={() => {
        onGo({ kind: "lane" });
      }}
    >
      {notices.map((notice) => (
        <p class={isNews(notice) ? "why" : "failure"} key={notice}>
          {!isNews(notice) && <WarningIcon />}
          {words.menu.notice[notice]}
        </p>
      ))}
      {notices.includes("update_ready") && (
        <Button
          look="main"
          onTap={() => {
            onGo({ kind: "update" });
          }}
        >
          {words.menu.updateNow}
        </Button>
      )}
      <Sending {...props} />
      <Data {...props} />
      <Phone {...props} />
      <Settings {...props} />
    </Page>
  );
}

function Group({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Sending({ words, sending, nowMs, onSendNow }: MenuProps): JSX.Element {
  const { menu, language } = words;
  const { lastContactAt, nextTryAtMs } = sending;
  return (
    <>
      <Group title={menu.records}>
        <dl class="counts">
          <Fact name={menu.waiting}>{sending.waiting}</Fact>
          <Fact name={menu.sent}>{sending.sent}</Fact>
          <Fact name={menu.acknowledged}>{sending.acknowledged}</Fact>
        </dl>
        {sending.trouble !== null && (
          <p class="failure">
            <WarningIcon />
            {words.lane.sendingTrouble[sending.trouble]}
          </p>
        )}
        <dl>
          <Fact name={menu.lastContact}>
            {lastContactAt === null ? menu.never : sayAgo(lastContactAt, nowMs, language)}
          </Fact>
          {nextTryAtMs !== null && nextTryAtMs > nowMs && (
            <Fact name={menu.nextTry}>{menu.inTime(sayLength((nextTryAtMs - nowMs) / 1000, language))}</Fact>
          )}
        </dl>
      </Group>
      <Button disabled={sending.busy} onTap={onSendNow}>
        {sending.busy ? menu.sendingNow : menu.sendNow}
      </Button>
    </>
  );
}

function Data({ words, bundle, nowMs }: MenuProps): JSX.Element {
  const { menu, common, language } = words;
  return (
    <Group title={menu.data}>
      {bundle === null ? (
        <p>{menu.none}</p>
      ) : (
        <>
          <p class={`data-age ${bundle.freshness}`}>
            <FreshnessIcon freshness={bundle.freshness} />
            {common.freshness[bundle.freshness]} · {sayAgo(bundle.issuedAt, nowMs, language)}
          </p>
          <dl>
            <Fact name={menu.age}>{sayMoment(bundle.issuedAt, language)}</Fact>
            <Fact name={menu.serial}>{bundle.serial}</Fact>
          </dl>
        </>
      )}
    </Group>
  );
}

function Phone({ words, post, space, appVersion }: MenuProps): JSX.Element {
  const { menu, common, language } = words;
  return (
    <Group title={menu.phone}>
      <p class="way">
        {post.checkpoint.names[language]} {common.lane(post.lane)}{" "}
        <DirectionIcon direction={post.direction} />
        {common.direction[post.direction]}
      </p>
      <dl>
        <Fact name={menu.space}>
          {menu.spaceLevel[space.level]}, {space.kept ? menu.keptForUs : menu.mayBeCleared}
        </Fact>
        <Fact name={menu.device}>{shortId(post.deviceId)}</Fact>
        <Fact name={menu.version}>{appVersion}</Fact>
      </dl>
    </Group>
  );
}

/** Gives the end of a device's id: the beginning of a UUIDv7 is only a time, alike for phones enrolled together. */
export function shortId(deviceId: string): string {
  return deviceId.slice(-8);
}

function Settings({ words, sound, onSound, onGo }: MenuProps): JSX.Element {
  const { menu } = words;
  const says = { on: menu.soundOn, off: menu.soundOff, locked: menu.soundLocked }[sound];
  return (
    <div class="settings">
      <Button
        pressed={sound !== "off"}
        onTap={() => {
          onSound(sound === "off");
        }}
      >
        {menu.sound} · {says}
      </Button>
      <Button
        onTap={() => {
          onGo({ kind: "language" });
        }}
      >
        {words.common.language}
      </Button>
      <Button
        look="quiet"
        onTap={() => {
          onGo({ kind: "leave", asked: 1 });
        }}
      >
        {menu.leave}
      </Button>
    </div>
  );
}
