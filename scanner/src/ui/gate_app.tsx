// Which screen of the gate's phone is seen? The root: what the state says, and nothing else.

import type { JSX } from "preact";

import { agreeingAction } from "../gate/shown.ts";
import { WORDS } from "../words/say.ts";
import type { Words } from "../words/words.ts";
import { LeavePage, UpdatePage } from "./asking_pages.tsx";
import { GroundPage } from "./ground_page.tsx";
import { MenuPage } from "./menu_page.tsx";
import { NumberPage } from "./number_page.tsx";
import { LanguageChoice, Page } from "./parts.tsx";
import { ReadyScreen } from "./ready_screen.tsx";
import { RecentsPage } from "./recents_page.tsx";
import { Enrol, Revoked, Starting, Stopped } from "./start_screens.tsx";
import type { GateHandlers, GatePage, GateState, PostState } from "./state.ts";
import { VerdictScreen } from "./verdict_screen.tsx";

export type GateProps = GateState & GateHandlers;
type Spoken = GateProps & { readonly words: Words };
type AtWork = Spoken & { readonly post: PostState };

/** The officer's phone. The video lies under all screens and stays, so that the camera is open between two people. */
export function GateApp(props: GateProps): JSX.Element {
  const { language, stage, onVideo, onLanguage } = props;
  // Which language was chosen is known once the store is open; until then nobody is asked anew.
  const spoken = language ?? (stage.kind === "starting" ? "km" : null);
  const words = spoken === null ? null : WORDS[spoken];
  const sees = words !== null && (stage.kind === "enrol" || stage.kind === "at_work");
  return (
    <div class="app" lang={language ?? "km"}>
      {sees && <video class="camera" ref={onVideo} muted playsInline aria-hidden="true" />}
      {words === null ? (
        <main class="full">
          <LanguageChoice chosen={null} onLanguage={onLanguage} />
        </main>
      ) : (
        <Stage {...props} words={words} />
      )}
    </div>
  );
}

function Stage(props: Spoken): JSX.Element {
  const { words, stage, onRetry, onEnrol, onEnrolAnew } = props;
  const { start, common } = words;
  switch (stage.kind) {
    case "starting":
      return <Starting words={words} />;
    case "cannot_start":
      return <Stopped advice={start.cannotStart[stage.why]} retry={common.tryAgain} onRetry={onRetry} />;
    case "other_tab":
      return <Stopped advice={start.otherTab} retry={start.useHere} onRetry={onRetry} />;
    case "enrol":
      return <Enrol {...props} asking={stage.asking} failure={stage.failure} onEnrol={onEnrol} />;
    case "revoked":
      return <Revoked words={words} kept={stage.kept} onEnrolAnew={onEnrolAnew} />;
    case "at_work":
      return <WorkPage {...props} post={stage.post} />;
  }
}

function WorkPage(props: AtWork): JSX.Element {
  const { words, page, sending, onGo } = props;
  const go = (next: GatePage) => () => {
    onGo(next);
  };
  const toLane = go({ kind: "lane" });
  switch (page.kind) {
    case "lane":
      return <LanePage {...props} />;
    case "ground":
      return <Ground {...props} page={page} />;
    case "recents":
      return <Recents {...props} />;
    case "number":
      return <NumberPage {...props} onAgain={props.onLookUpAgain} onBack={toLane} />;
    case "menu":
      return <MenuPage {...props} />;
    case "language":
      return (
        <Page words={words} title={words.common.language} onBack={go({ kind: "menu" })}>
          <LanguageChoice chosen={props.language} onLanguage={props.onLanguage} />
        </Page>
      );
    case "update":
      return <UpdatePage words={words} onUpdate={props.onUpdate} onLater={toLane} />;
    case "leave":
      return (
        <LeavePage
          words={words}
          asked={page.asked}
          unsent={sending.waiting + sending.sent}
          onGoOn={go({ kind: "leave", asked: 2 })}
          onLeave={props.onLeaveGate}
          onCancel={go({ kind: "menu" })}
        />
      );
  }
}

function LanePage(props: AtWork): JSX.Element {
  const { words, shown, nowMs, onAct, onGo, onNext } = props;
  switch (shown.kind) {
    case "ready":
      return <ReadyScreen {...props} />;
    case "trouble":
      return (
        <Stopped advice={words.lane.trouble[shown.trouble]} retry={words.common.tryAgain} onRetry={onNext} />
      );
    case "verdict":
      return (
        <VerdictScreen
          words={words}
          shown={shown}
          nowMs={nowMs}
          onAgree={(scan) => {
            onAct(scan.id, agreeingAction(scan), null);
          }}
          onDisagree={({ id, direction }, action) => {
            onGo({ kind: "ground", scanId: id, action, direction, correcting: false });
          }}
          onNext={onNext}
        />
      );
  }
}

function Ground(props: AtWork & { readonly page: Extract<GatePage, { kind: "ground" }> }): JSX.Element {
  const { words, page, onAct, onCorrect, onGo } = props;
  return (
    <GroundPage
      words={words}
      action={page.action}
      direction={page.direction}
      correcting={page.correcting}
      onGround={(ground) => {
        (page.correcting ? onCorrect : onAct)(page.scanId, page.action, ground);
      }}
      onCancel={() => {
        onGo({ kind: page.correcting ? "recents" : "lane" });
      }}
    />
  );
}

function Recents({ words, recents, nowMs, onGo }: AtWork): JSX.Element {
  return (
    <RecentsPage
      words={words}
      recents={recents}
      nowMs={nowMs}
      onCorrect={({ scan }, action) => {
        onGo({ kind: "ground", scanId: scan.id, action, direction: scan.direction, correcting: true });
      }}
      onBack={() => {
        onGo({ kind: "lane" });
      }}
    />
  );
}
