// Can an officer find the way: to the camera, the last five, a number, the menu, and out?

import { describe, expect, test } from "vitest";

import { NOW_MS, POST } from "../preview/sample.ts";
import { Action } from "../src/domain/records.ts";
import { checkCharacter } from "../src/domain/pass_number.ts";
import { shortId } from "../src/ui/menu_page.tsx";
import { drawGate, gateState } from "./ui_hands.tsx";

const RIGHT = `0110-26-000001-${checkCharacter("011026000001")}`;

describe("the first start", () => {
  test("offers three languages by their own names, and asks for no camera yet", () => {
    const { screen, asked } = drawGate({ ...gateState("ready"), language: null });
    expect(screen.buttons).toEqual(["ខ្មែរ", "ไทย", "English"]);
    expect(screen.find("button").map((one) => one.getAttribute("lang"))).toEqual(["km", "th", "en"]);
    expect(screen.find("video")).toEqual([]);
    screen.tap("ไทย");
    expect(asked).toEqual([["onLanguage", "th"]]);
  });
});

describe("enrolment", () => {
  test("takes a code that is typed, in its printed form, once it is whole", () => {
    const { screen, asked } = drawGate(gateState("enrol"));
    screen.tap("Type the code instead").type("k7qx9m2d").tap("Enrol");
    expect(asked).toEqual([]);
    expect(screen.one("input").value).toBe("K7QX-9M2D");
    screen.type("k7qx9m2d4rta8whc").tap("Enrol");
    expect(asked).toEqual([["onEnrol", "K7QX-9M2D-4RTA-8WHC"]]);
  });

  test("says that it asks, and takes no second code meanwhile", () => {
    const { screen } = drawGate(gateState("enrol-asking"));
    expect(screen.text).toContain("Asking…");
    expect(screen.button("Type the code instead").disabled).toBe(true);
  });

  test("says why a code was not taken, and when to try again", () => {
    const { screen } = drawGate(gateState("enrol-too_many"));
    expect(screen.alerts).toEqual(["Too many wrong codes. Wait, then try again. Try again in 6 min."]);
  });
});

describe("the ready screen", () => {
  test("says gate, lane and direction, and how fresh the data is", () => {
    const { screen } = drawGate(gateState("ready"));
    expect(screen.one(".post").textContent).toContain("Poipet Lane 3Exit");
    expect(screen.one(".fresh").getAttribute("aria-label")).toBe("Data is fresh");
    expect(screen.find(".post-word")).toEqual([]);
  });

  test("has a word for data that is not fresh, and another shape", () => {
    const { screen } = drawGate(gateState("ready-stale"));
    expect(screen.one(".post-word").textContent).toBe("Data is getting old");
    const full = (name: string) =>
      drawGate(gateState(name))
        .screen.one(".fresh")
        .all()
        .filter((one) => one.hasClass("full"))
        .map((one) => one.localName);
    expect([full("ready"), full("ready-stale"), full("ready-expired")]).toEqual([["circle"], ["path"], []]);
  });

  test("counts what waits, with a word only when something is wrong", () => {
    expect(drawGate(gateState("ready")).screen.one(".waiting").textContent).toBe("3");
    const { text } = drawGate(gateState("ready-unsent")).screen;
    expect(text).toContain("Not sent for long · 57 records wait to be sent");
    expect(drawGate(gateState("ready-entry")).screen.find(".waiting")).toEqual([]);
  });

  test("works the light, the zoom and the other camera", () => {
    const { screen, asked } = drawGate(gateState("ready"));
    screen.tap("Light on").tap("1×Zoom").tap("Flip");
    expect(asked).toEqual([["onTorch", true], ["onZoom", 1.5], ["onFlip"]]);
    expect(drawGate(gateState("ready-entry")).screen.buttons).toContain("Light off");
  });

  test("opens the number, the last five and the menu", () => {
    const { screen, asked } = drawGate(gateState("ready"));
    screen.tap("Type the number").tap("Last five").tap("Menu");
    const pages = ["number", "recents", "menu"].map((kind) => ["onGo", { kind }]);
    expect(asked).toEqual(pages);
  });

  test("opens the last five by a swipe upwards, and by no other", () => {
    const { screen, asked } = drawGate(gateState("ready"));
    screen.swipe(30).swipe(-30).swipe(200);
    expect(asked).toEqual([]);
    screen.swipe(-90);
    expect(asked).toEqual([["onGo", { kind: "recents" }]]);
  });

  test("says what to do where the camera gives no picture", () => {
    const { screen, asked } = drawGate(gateState("camera-denied"));
    expect(screen.alerts[0]).toContain("Allow it in the browser's settings");
    screen.tap("Try again");
    expect(asked).toEqual([["onCameraRetry"]]);
  });

  test("tells the weightiest notice, and that there are more", () => {
    const { screen } = drawGate(gateState("ready", { notices: ["clock_wrong", "storage_low"] }));
    expect(screen.one(".strip").textContent).toContain("The clock of this phone is wrong.");
    expect(screen.one(".strip").textContent).toContain("1 more in the menu");
  });

  test("asks before a new version is taken, and lets the good news be closed", () => {
    const update = drawGate(gateState("notice-update_ready"));
    update.screen.tap("Update");
    expect(update.asked).toEqual([["onGo", { kind: "update" }]]);
    const offline = drawGate(gateState("notice-offline_ready"));
    offline.screen.tap("Close");
    expect(offline.asked).toEqual([["onCloseNotice", "offline_ready"]]);
  });

  test("keeps the one video under every page", () => {
    const drawn = drawGate(gateState("enrol"));
    const video = drawn.screen.one("video");
    for (const name of ["ready", "refer", "menu", "recents", "ready"]) drawGate(gateState(name), drawn);
    expect(drawn.screen.one("video")).toBe(video);
  });
});

describe("the last five", () => {
  test("say the verdict, what was done, by whom, and how long ago", () => {
    const { text } = drawGate(gateState("recents")).screen;
    expect(text).toContain("AdmitAdmitted (automatically)now");
    expect(text).toContain("RefuseTurned back1 min ago");
  });

  test("can be corrected to what was not done, with a ground", () => {
    const { screen, asked } = drawGate(gateState("recents"));
    expect(
      screen
        .one(".page-body")
        .all()
        .filter((one) => one.localName === "button"),
    ).toHaveLength(4);
    screen.tap("Refer");
    const page = { kind: "ground", scanId: "5", action: Action.REFER, direction: "exit", correcting: true };
    expect(asked).toEqual([["onGo", page]]);
  });

  test("can no longer be corrected once their two minutes are over", () => {
    const { screen } = drawGate(gateState("recents", { nowMs: NOW_MS + 81_000 }));
    expect(screen.buttons).toEqual(["Back"]);
  });

  test("are corrected with the grounds of a mistake first", () => {
    const { screen, asked } = drawGate(gateState("ground-correct"));
    screen.tap("Touched the wrong button");
    expect(asked).toEqual([["onCorrect", "1", Action.ADMIT, "Touched the wrong button"]]);
    screen.tap("Cancel");
    expect(asked[1]).toEqual(["onGo", { kind: "recents" }]);
  });
});

describe("a number", () => {
  test("is looked up once it fits together", () => {
    const { screen, asked } = drawGate(gateState("number"));
    expect(screen.text).toContain("13 characters are missing");
    screen.type("0110260000").tap("Look it up");
    expect(screen.text).toContain("3 characters are missing");
    screen.type(RIGHT.toLowerCase()).tap("Look it up");
    expect(asked).toEqual([["onLookUp", RIGHT]]);
  });

  test("with a slip is never asked about", () => {
    const { screen, asked } = drawGate(gateState("number"));
    screen.type(RIGHT.replace("000001", "000007")).tap("Look it up");
    expect(screen.text).toContain("A character is wrong. Compare it with the pass.");
    expect(asked).toEqual([]);
  });

  test("that nobody has, or that cannot be asked about, says what to do", () => {
    expect(drawGate(gateState("number-not-found")).screen.alerts[0]).toContain(
      "No pass was issued under this number.",
    );
    expect(drawGate(gateState("number-no-answer")).screen.alerts[0]).toContain("Without one, refer.");
  });

  test("that is known shows who it is, as not verified, with nothing to admit by", () => {
    const { screen, asked } = drawGate(gateState("number-found"));
    expect(screen.alerts).toEqual(["Not verified"]);
    expect(screen.find("img")).toHaveLength(1);
    expect(screen.text).toContain("SOK SOKHA");
    expect(screen.text).toContain("0110-26-000001-A");
    expect(screen.buttons).toEqual(["Another number", "Back"]);
    screen.tap("Another number");
    expect(asked).toEqual([["onLookUpAgain"]]);
  });

  test("of a revoked pass says so", () => {
    expect(drawGate(gateState("number-revoked")).screen.one(".standing").textContent).toContain("Revoked");
  });
});

describe("the menu", () => {
  test("says how records, data and phone are", () => {
    const { text } = drawGate(gateState("menu")).screen;
    for (const fact of [
      "waiting3",
      "received418",
      "Last contact1 min ago",
      "Next tryin 25 s",
      "Serial412",
      "enough, kept safe",
      "Version1.0.0",
    ]) {
      expect(text).toContain(fact);
    }
    expect(text).toContain(shortId(POST.deviceId));
  });

  test("lists every notice", () => {
    const { text } = drawGate(gateState("menu-trouble")).screen;
    expect(text).toContain("No data on this phone yet.");
    expect(text).toContain("Put the app on the home screen.");
    expect(text).toContain("The server does not know this phone");
  });

  test("sends now, turns the sound off and on, and leads to the languages", () => {
    const { screen, asked } = drawGate(gateState("menu"));
    screen.tap("Send now").tap("Sound · on").tap("Language");
    expect(asked).toEqual([["onSendNow"], ["onSound", false], ["onGo", { kind: "language" }]]);
  });

  test("asks twice before the phone leaves its gate; the same spot tapped twice cancels", () => {
    const first = drawGate(gateState("leave"));
    expect(first.screen.text).toContain(
      "3 records are unsent: they stay on this phone and will still be sent.",
    );
    expect(first.screen.buttons).toEqual(["Cancel", "Go on"]);
    first.screen.tap("Go on");
    expect(first.asked).toEqual([["onGo", { kind: "leave", asked: 2 }]]);
    const second = drawGate(gateState("leave-again"));
    expect(second.screen.buttons).toEqual(["Leave this gate", "Cancel"]);
    second.screen.tap("Leave this gate");
    expect(second.asked).toEqual([["onLeaveGate"]]);
  });

  test("takes a new version only when told to", () => {
    const { screen, asked } = drawGate(gateState("update"));
    screen.tap("Later").tap("Take it now");
    expect(asked).toEqual([["onGo", { kind: "lane" }], ["onUpdate"]]);
  });

  test("brings the focus to its heading when it opens", () => {
    expect(drawGate(gateState("menu")).screen.one("h1").focused).toBe(true);
  });
});

describe("a phone that cannot work", () => {
  test("that was revoked says how many records it keeps", () => {
    const { screen, asked } = drawGate(gateState("revoked"));
    expect(screen.alerts[0]).toContain("This phone was revoked");
    expect(screen.alerts[0]).toContain("14 records are kept on it.");
    screen.tap("Enrol it anew");
    expect(asked).toEqual([["onEnrolAnew"]]);
  });

  test("that is open in another window says so", () => {
    const { screen, asked } = drawGate(gateState("other-tab"));
    expect(screen.alerts[0]).toContain("This gate is open in another window.");
    screen.tap("Use it here");
    expect(asked).toEqual([["onRetry"]]);
  });
});
