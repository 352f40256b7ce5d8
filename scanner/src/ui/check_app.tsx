// Which screen does the other side's checker see? It knows no post, records nothing and has no action to take.

import type { JSX } from "preact";

import type { ScanShown } from "../gate/shown.ts";
import { sayAgo } from "../words/dates.ts";
import { WORDS } from "../words/say.ts";
import type { Words } from "../words/words.ts";
import { UpdatePage } from "./asking_pages.tsx";
import { CameraView } from "./camera_view.tsx";
import { BackIcon, FreshnessIcon } from "./icons.tsx";
import { Button, LanguageChoice, NoticeStrip, Page } from "./parts.tsx";
import { Starting, Stopped } from "./start_screens.tsx";
import type { CheckHandlers, CheckPage, CheckState } from "./state.ts";
import { DataAge, VerdictFacts, VerdictHead } from "./verdict_parts.tsx";

export type CheckProps = CheckState & CheckHandlers;
type Spoken = CheckProps & { readonly words: Words };

/** The other side's phone. The camera is asked for when somebody wants to check, not before. */
export function CheckApp(props: CheckProps): JSX.Element {
  const { language, page, ready, onVideo } = props;
  const sees = page === "scan" && ready === "ready";
  return (
    <div class="app" lang={language}>
      {sees && <video class="camera" ref={onVideo} muted playsInline aria-hidden="true" />}
      <Screen {...props} words={WORDS[language]} />
    </div>
  );
}

function Screen(props: Spoken): JSX.Element {
  const { words, ready, page, language, onRetry, onGo } = props;
  const toIntro = () => {
    onGo("intro");
  };
  if (ready === "starting") return <Starting words={words} />;
  if (ready === "cannot_start") {
    return <Stopped advice={words.check.cannotStart} retry={words.common.tryAgain} onRetry={onRetry} />;
  }
  switch (page) {
    case "intro":
      return <Intro {...props} />;
    case "scan":
      return <Scan {...props} />;
    case "gates":
      return <Gates {...props} />;
    case "language":
      return (
        <Page words={words} title={words.common.language} onBack={toIntro}>
          <LanguageChoice chosen={language} onLanguage={props.onLanguage} />
        </Page>
      );
    case "update":
      return <UpdatePage words={words} onUpdate={props.onUpdate} onLater={toIntro} />;
  }
}

function Intro(props: Spoken): JSX.Element {
  const { words, ready, gate, language, notices, onGo, onCloseNotice, appVersion } = props;
  const go = (page: CheckPage) => () => {
    onGo(page);
  };
  return (
    <Page
      words={words}
      title={words.check.title}
      foot={
        <Button look="main" disabled={ready !== "ready"} onTap={go("scan")}>
          {words.check.begin}
        </Button>
      }
    >
      <NoticeStrip words={words} notices={notices} onUpdate={go("update")} onClose={onCloseNotice} />
      <p>{words.check.what}</p>
      <p class="why">{words.check.nothingKept}</p>
      {ready === "no_bundle" && (
        <p class="failure" role="status">
          {words.check.noBundle.what} {words.check.noBundle.then}
        </p>
      )}
      <div class="settings">
        <Button onTap={go("gates")}>
          {words.check.gate} · {gate === null ? words.check.noGate : gate.names[language]}
        </Button>
        <Button onTap={go("language")}>{words.common.language}</Button>
      </div>
      <Root {...props} />
      <p class="soft">
        {words.menu.version} {appVersion}
      </p>
    </Page>
  );
}

/** What all belief rests on: the root's fingerprint, in fours to be compared aloud, and how old the data is. */
function Root({ words, bundle, nowMs }: Spoken): JSX.Element | null {
  if (bundle === null) return null;
  return (
    <section>
      <h2>{words.check.root}</h2>
      <p class="soft">{words.check.rootHow}</p>
      <p class="fingerprint">{bundle.fingerprint.match(/.{1,4}/g)?.join(" ")}</p>
      <p class={`data-age ${bundle.freshness}`}>
        <FreshnessIcon freshness={bundle.freshness} />
        <span>
          {words.common.freshness[bundle.freshness]} · {sayAgo(bundle.issuedAt, nowMs, words.language)}
        </span>
      </p>
    </section>
  );
}

function Gates({ words, language, gates, gate, onGate, onGo }: Spoken): JSX.Element {
  const choose = (chosen: CheckState["gate"]) => () => {
    onGate(chosen);
    onGo("intro");
  };
  return (
    <Page
      words={words}
      title={words.check.gate}
      onBack={() => {
        onGo("intro");
      }}
    >
      <p>{words.check.gateWhy}</p>
      <div class="choice">
        <Button pressed={gate === null} onTap={choose(null)}>
          {words.check.noGate}
        </Button>
        {gates.map((one) => (
          <Button key={one.id} pressed={one.id === gate?.id} onTap={choose(one)}>
            {one.names[language]}
          </Button>
        ))}
      </div>
    </Page>
  );
}

function Scan(props: Spoken): JSX.Element {
  const { words, scan, gate, language, onGo } = props;
  if (scan !== null) return <CheckVerdict {...props} scan={scan} />;
  return (
    <main class="ready">
      <header class="ready-top">
        <div class="post">
          <h1>{gate === null ? words.check.noGate : gate.names[language]}</h1>
        </div>
      </header>
      <CameraView {...props} />
      <footer class="enrol-foot">
        <p>{words.check.nothingKept}</p>
        <Button
          icon={<BackIcon />}
          onTap={() => {
            onGo("intro");
          }}
        >
          {words.common.back}
        </Button>
      </footer>
    </main>
  );
}

/** The same verdict in a checker's words: is this a good pass? */
function CheckVerdict(props: Spoken & { readonly scan: ScanShown }): JSX.Element {
  const { words, scan, gate, onNext } = props;
  const isDevice = scan.tone === "device";
  return (
    <main class={`verdict ${scan.tone}`}>
      <div class="verdict-top">
        <VerdictHead
          scan={scan}
          word={isDevice ? words.check.deviceTrouble : words.check.verdict[scan.verdict]}
          under={isDevice ? words.lane.deviceNotTraveller : null}
        />
      </div>
      <div class="verdict-body" key={scan.id} tabIndex={0}>
        <VerdictFacts words={words} scan={scan} />
        {gate === null && <p class="soft">{words.check.withoutGate}</p>}
        <DataAge words={words} scan={scan} />
      </div>
      <footer class="verdict-foot">
        <Button look="main" onTap={onNext}>
          {words.common.next}
        </Button>
      </footer>
    </main>
  );
}
