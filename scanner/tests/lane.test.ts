// What happens between a code and an action?

import { beforeEach, describe, expect, test } from "vitest";

import { fromClock } from "../src/domain/local_time.ts";
import { ActedBy, Action, type DeviceRecord, firstPrevious, type Link } from "../src/domain/records.ts";
import { Lane, type LaneParts, LEAST_SHOWN_MS, SILENCE_ADMITS_MS } from "../src/gate/lane.ts";
import type { Shown } from "../src/gate/shown.ts";
import { SAME_CODE_MS } from "../src/gate/sightings.ts";
import { type Fields, list, text } from "./strict.ts";
import { load, namedBundle } from "./vectors.ts";

function vectorText(group: string, name: string): string {
  const vectors = list((load(`${group}.json`) as Fields)["vectors"]) as Fields[];
  const found = vectors.find((one) => one["name"] === name);
  if (found === undefined) throw new Error(`no vector ${name} in ${group}`);
  return text(found["text"]);
}

const GOOD = vectorText("accepted", "usual-exit");
const OTHER = vectorText("accepted", "face-600");
const FORGED = vectorText("authenticity", "issuer-other");
const bundle = await namedBundle("usual");

/** Time that stands still until it is told to go on; what is due is run then. */
class Time {
  nowMs = Date.parse("2026-11-23T02:00:00Z");
  #due: { atMs: number; work: () => void }[] = [];

  readonly now = () => this.nowMs;
  readonly later = (work: () => void, ms: number) => {
    const one = { atMs: this.nowMs + ms, work };
    this.#due.push(one);
    return () => {
      this.#due = this.#due.filter((other) => other !== one);
    };
  };

  pass(ms: number): void {
    this.nowMs += ms;
    const due = this.#due.filter((one) => one.atMs <= this.nowMs);
    this.#due = this.#due.filter((one) => one.atMs > this.nowMs);
    for (const one of due) one.work();
  }
}

class Notebook {
  readonly records: DeviceRecord[] = [];
  failure: Error | null = null;

  appendAll(makes: readonly ((link: Link) => DeviceRecord)[]): Promise<readonly DeviceRecord[]> {
    if (this.failure !== null) return Promise.reject(this.failure);
    return Promise.resolve(makes.map((make) => this.#write(make)));
  }

  #write(make: (link: Link) => DeviceRecord): DeviceRecord {
    const deviceSeq = this.records.length + 1;
    const recordId = `00000000-0000-7000-8000-${String(deviceSeq).padStart(12, "0")}`;
    const deviceId = "00000000-0000-7000-8000-00000000dddd";
    const record = make({ recordId, deviceId, deviceSeq, previous: firstPrevious() });
    this.records.push(record);
    return record;
  }

  get story(): string[] {
    return this.records.map((one) =>
      one.type === "scan"
        ? `scan ${one.decision.verdict} ${one.decision.reasons.join(" ")}`.trim()
        : `${nameOf(one.action)} by ${one.actedBy === ActedBy.CLOCK ? "clock" : "officer"} ${one.ground}`.trim(),
    );
  }
}

let time: Time;
let notebook: Notebook;
let felt: string[];

function open(changes: Partial<LaneParts> = {}): Lane {
  return new Lane({
    now: time.now,
    later: time.later,
    bundle: () => bundle,
    clockFloorAt: () => null,
    journal: notebook,
    place: () => ({ checkpoint: "poipet", direction: "exit", category: "ordinary" }),
    admitNeedsTap: () => false,
    appVersion: "1.0.0",
    fetchPhoto: () => Promise.resolve(null),
    feel: (tone) => felt.push(tone),
    troubleOf: () => "storage_full",
    ...changes,
  });
}

function nameOf(action: Action): string {
  return Object.entries(Action).find(([, number]) => number === action)?.[0] ?? "?";
}

function latestOf(lane: Lane): string {
  const [scan] = lane.recent();
  if (scan === undefined) throw new Error("nothing was scanned");
  return scan.id;
}

function verdictOf(shown: Shown): Extract<Shown, { kind: "verdict" }> {
  if (shown.kind !== "verdict") throw new Error(`no verdict but ${shown.kind}`);
  return shown;
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  time = new Time();
  notebook = new Notebook();
  felt = [];
});

describe("an ADMIT", () => {
  test("is written down before it is shown, and admitted by silence after five seconds", async () => {
    const lane = open();
    const seen: string[] = [];
    lane.subscribe(() => seen.push(`${lane.shown.kind} after ${notebook.records.length} records`));
    await lane.see(GOOD);
    expect(seen[0]).toBe("verdict after 1 records");
    expect(verdictOf(lane.shown)).toMatchObject({
      waitsFor: "clock",
      endsAtMs: time.nowMs + SILENCE_ADMITS_MS,
    });
    time.pass(SILENCE_ADMITS_MS - 1);
    await settled();
    expect(notebook.story).toEqual(["scan ADMIT"]);
    time.pass(1);
    await settled();
    expect(notebook.story).toEqual(["scan ADMIT", "ADMIT by clock"]);
    expect(lane.shown.kind).toBe("ready");
    expect(felt).toEqual(["admit"]);
  });

  test("is admitted when the next code is seen", async () => {
    const lane = open();
    await lane.see(GOOD);
    time.pass(LEAST_SHOWN_MS);
    await lane.see(OTHER);
    expect(notebook.story).toEqual(["scan ADMIT", "ADMIT by clock", "scan ADMIT"]);
  });

  test("stands for a moment before a code that came into view by chance takes its place", async () => {
    const lane = open();
    await lane.see(GOOD);
    time.pass(LEAST_SHOWN_MS - 1);
    await lane.see(OTHER);
    expect(notebook.story).toEqual(["scan ADMIT"]);
    time.pass(1);
    await lane.see(OTHER);
    expect(notebook.story).toEqual(["scan ADMIT", "ADMIT by clock", "scan ADMIT"]);
  });

  test("makes room at once for a code that the officer triggered", async () => {
    const lane = open();
    await lane.see(GOOD, true);
    await lane.see(OTHER, true);
    expect(notebook.story).toEqual(["scan ADMIT", "ADMIT by clock", "scan ADMIT"]);
  });

  test("waits for a tap once the officer began something else", async () => {
    const lane = open();
    await lane.see(GOOD);
    lane.hold();
    time.pass(60_000);
    await settled();
    const { scan, waitsFor } = verdictOf(lane.shown);
    expect(waitsFor).toBe("tap");
    await lane.act(scan.id, Action.TURN_BACK, "another face");
    expect(notebook.story).toEqual(["scan ADMIT", "TURN_BACK by officer another face"]);
  });

  test("waits for a tap where the gate orders it", async () => {
    const lane = open({ admitNeedsTap: () => true });
    await lane.see(GOOD);
    time.pass(60_000);
    await settled();
    await lane.act(verdictOf(lane.shown).scan.id, Action.ADMIT);
    expect(notebook.story).toEqual(["scan ADMIT", "ADMIT by officer"]);
  });
});

describe("the same code", () => {
  test("in sight all the time is one scan", async () => {
    const lane = open();
    for (let elapsed = 0; elapsed < 20_000; elapsed += 100) {
      await lane.see(GOOD);
      time.pass(100);
    }
    await settled();
    expect(notebook.story).toEqual(["scan ADMIT", "ADMIT by clock"]);
  });

  test("shown again after three seconds is another scan, and the pass is across already", async () => {
    const lane = open();
    await lane.see(GOOD);
    time.pass(SILENCE_ADMITS_MS);
    await settled();
    await lane.see(GOOD);
    expect(notebook.story).toEqual(["scan ADMIT", "ADMIT by clock", "scan REFER ALREADY_ACROSS"]);
    expect(SAME_CODE_MS).toBeLessThan(SILENCE_ADMITS_MS);
  });

  test("counts as new after a clock was set back", async () => {
    const lane = open();
    await lane.see(GOOD);
    time.pass(SILENCE_ADMITS_MS);
    await settled();
    time.nowMs -= 3_600_000;
    await lane.see(GOOD);
    expect(notebook.records).toHaveLength(3);
  });
});

describe("a REFUSE", () => {
  test("shows nothing of the pass and waits for a tap, however long", async () => {
    const lane = open();
    await lane.see(FORGED);
    time.pass(3_600_000);
    await settled();
    expect(verdictOf(lane.shown)).toMatchObject({
      waitsFor: "tap",
      scan: { tone: "refuse", credential: null },
    });
    expect(notebook.story).toEqual(["scan REFUSE ISSUER_MISMATCH"]);
  });

  test("holds other codes back, says so once each, and takes them when it is done", async () => {
    const lane = open();
    await lane.see(FORGED);
    for (let frame = 0; frame < 10; frame += 1) {
      time.pass(50);
      await lane.see(GOOD);
    }
    expect(verdictOf(lane.shown).nudges).toBe(1);
    expect(felt).toEqual(["refuse", "nudge"]);
    await lane.act(verdictOf(lane.shown).scan.id, Action.TURN_BACK);
    await lane.see(GOOD);
    expect(notebook.story).toEqual(["scan REFUSE ISSUER_MISMATCH", "TURN_BACK by officer", "scan ADMIT"]);
  });

  test("is overruled with a ground alone", async () => {
    const lane = open();
    await lane.see(FORGED);
    const { id } = verdictOf(lane.shown).scan;
    const trouble = { kind: "trouble", trouble: "storage_full" };
    expect(() => lane.act(id, Action.ADMIT, "  ")).toThrow(RangeError);
    expect(lane.shown).not.toEqual(trouble);
    await lane.act(id, Action.REFER, "the paper looks genuine");
    expect(notebook.story).toEqual([
      "scan REFUSE ISSUER_MISMATCH",
      "REFER by officer the paper looks genuine",
    ]);
  });
});

test("who comes home with what is no pass is referred, and turned back with a ground alone", async () => {
  const lane = open({ place: () => ({ checkpoint: "poipet", direction: "entry", category: "ordinary" }) });
  await lane.see(FORGED);
  const { id } = verdictOf(lane.shown).scan;
  expect(() => lane.act(id, Action.TURN_BACK)).toThrow(RangeError);
  await lane.act(id, Action.REFER);
  expect(notebook.story).toEqual(["scan REFUSE ISSUER_MISMATCH", "REFER by officer"]);
});

describe("a correction", () => {
  test("is one more action on the same scan", async () => {
    const lane = open();
    await lane.see(GOOD);
    time.pass(SILENCE_ADMITS_MS);
    await settled();
    time.pass(60_000);
    expect(await lane.correct(latestOf(lane), Action.TURN_BACK, "turned round")).toBe(true);
    expect(notebook.story.at(-1)).toBe("TURN_BACK by officer turned round");
    expect(lane.recent()[0]).toMatchObject({ taken: Action.TURN_BACK });
    await lane.see(GOOD);
    expect(notebook.story.at(-1)).toBe("scan ADMIT");
  });

  test("is what becomes of an action on a scan that the next traveller has pushed away", async () => {
    const lane = open();
    await lane.see(GOOD, true);
    const { id } = verdictOf(lane.shown).scan;
    const next = lane.see(OTHER, true);
    await lane.act(id, Action.TURN_BACK, "another face");
    await next;
    expect(notebook.story).toEqual([
      "scan ADMIT",
      "ADMIT by clock",
      "scan ADMIT",
      "TURN_BACK by officer another face",
    ]);
    expect(verdictOf(lane.shown).scan.id).not.toBe(id);
  });

  test("comes too late after two minutes", async () => {
    const lane = open();
    await lane.see(GOOD);
    time.pass(121_000);
    await settled();
    expect(await lane.correct(latestOf(lane), Action.REFER, "late")).toBe(false);
    expect(notebook.story).toEqual(["scan ADMIT", "ADMIT by clock"]);
  });
});

describe("what cannot be written down", () => {
  test("is not shown as a verdict: the phone is the trouble", async () => {
    const lane = open();
    notebook.failure = new Error("full");
    await lane.see(GOOD);
    expect(lane.shown).toEqual({ kind: "trouble", trouble: "storage_full" });
    notebook.failure = null;
    lane.dismiss();
    await lane.see(GOOD);
    expect(notebook.story).toEqual(["scan ADMIT"]);
  });

  test("leaves an action due, which comes back with its scan", async () => {
    const lane = open();
    await lane.see(GOOD);
    notebook.failure = new Error("full");
    time.pass(SILENCE_ADMITS_MS);
    await settled();
    expect(lane.shown.kind).toBe("trouble");
    notebook.failure = null;
    lane.dismiss();
    await lane.act(verdictOf(lane.shown).scan.id, Action.ADMIT);
    expect(notebook.story).toEqual(["scan ADMIT", "ADMIT by officer"]);
  });

  test("has nothing to be decided with before the first bundle", async () => {
    const lane = open({ bundle: () => null });
    await lane.see(GOOD);
    expect(lane.shown).toEqual({ kind: "trouble", trouble: "no_bundle" });
  });
});

describe("a scan that was left without an action when the app was closed", () => {
  test("is admitted by the clock, and known to be across", async () => {
    await open().see(GOOD);
    const [left] = notebook.records;
    if (left?.type !== "scan") throw new Error("no scan");
    const lane = open();
    await lane.resume(left);
    expect(notebook.story).toEqual(["scan ADMIT", "ADMIT by clock"]);
    time.nowMs += 60_000;
    await lane.see(GOOD);
    expect(notebook.story.at(-1)).toBe("scan REFER ALREADY_ACROSS");
  });

  test("is shown again when it was not admitted", async () => {
    await open().see(FORGED);
    const [left] = notebook.records;
    if (left?.type !== "scan") throw new Error("no scan");
    const lane = open();
    await lane.resume(left);
    expect(verdictOf(lane.shown)).toMatchObject({
      waitsFor: "tap",
      scan: { credential: null, verdict: "REFUSE" },
    });
  });
});

test("the full-size photo replaces the small one without being waited for", async () => {
  let bring: (photo: Blob) => void = () => undefined;
  const lane = open({ fetchPhoto: () => new Promise((resolve) => (bring = resolve)) });
  await lane.see(GOOD);
  expect(verdictOf(lane.shown).scan.photo).toBeNull();
  const photo = new Blob(["x"]);
  bring(photo);
  await settled();
  expect(verdictOf(lane.shown).scan.photo).toBe(photo);
});

test("whoever only looks writes nothing down and goes on with the next code", async () => {
  const lane = open({ journal: null });
  await lane.see(GOOD);
  expect(verdictOf(lane.shown).waitsFor).toBe("next");
  time.pass(LEAST_SHOWN_MS);
  await lane.see(FORGED);
  expect(verdictOf(lane.shown).scan.verdict).toBe("REFUSE");
  lane.dismiss();
  expect(lane.shown.kind).toBe("ready");
  expect(notebook.records).toEqual([]);
});

test("a phone whose clock is behind what it knows is the trouble, not the traveller", async () => {
  const lane = open({ clockFloorAt: () => fromClock(time.nowMs + 86_400_000) });
  await lane.see(GOOD);
  expect(verdictOf(lane.shown).scan).toMatchObject({ tone: "device", verdict: "REFER" });
  expect(verdictOf(lane.shown).scan.reasons[0]).toBe("CLOCK_WRONG");
});
