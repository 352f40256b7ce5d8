// Does every code that the camera sees reach the lane, whatever happens to the page and to the decoder?

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import type { Code, Sighting } from "../src/camera/codes.ts";
import { ANSWER_WITHIN_MS, RESTART_AFTER_MS, START_WITHIN_MS } from "../src/camera/decoder.ts";
import { type FrameReader, readFrames, type ReaderState } from "../src/camera/frames.ts";
import { IDLE_AFTER_MS, IDLE_EVERY_MS } from "../src/camera/pace.ts";
import { bitmap, FakePage, FakeVideo, settled, Workers } from "./camera_fakes.ts";

const corners: Code["points"] = [
  { x: 500, y: 200 },
  { x: 800, y: 200 },
  { x: 800, y: 500 },
  { x: 500, y: 500 },
];
const PASS: Code = { text: "PASS", points: corners };

let workers: Workers;
let video: FakeVideo;
let page: FakePage;
let sightings: Sighting[];
let states: ReaderState[];
let reader: FrameReader;
const cropped: number[][] = [];

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  cropped.length = 0;
  vi.stubGlobal("createImageBitmap", (_: unknown, ...area: number[]) => {
    cropped.push(area);
    return Promise.resolve(bitmap());
  });
  workers = new Workers();
  video = new FakeVideo();
  page = new FakePage();
  sightings = [];
  states = [];
  reader = start();
});

afterEach(() => {
  reader.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function start(startWorker = workers.start): FrameReader {
  return readFrames(video.asElement, {
    onCodes: (sighting) => sightings.push(sighting),
    onState: (state) => states.push(state),
    startWorker,
    now: () => Date.now(),
    page: page.asDocument,
  });
}

async function ready(): Promise<void> {
  workers.last.ready();
  await settled();
}

describe("frames", () => {
  test("none is read before the decoder is ready", async () => {
    await video.frame();
    expect(workers.last.requests).toEqual([]);
    expect(reader.state).toBe("starting");
    await ready();
    await video.frame();
    expect(workers.last.requests).toHaveLength(1);
    expect(states).toEqual(["reading"]);
  });

  test("only one is in the decoder's hands at a time, and the next is a fresh one", async () => {
    await ready();
    await video.frame();
    await video.frame();
    await video.frame();
    expect(cropped).toHaveLength(1);
    expect(workers.last.requests).toHaveLength(1);
    workers.last.answer();
    await settled();
    await video.frame();
    expect(workers.last.requests).toHaveLength(2);
  });

  test("a code is handed on with the time of its frame's capture and how long decoding took", async () => {
    await ready();
    vi.setSystemTime(1000);
    await video.frame(960);
    vi.setSystemTime(1020);
    workers.last.answer([PASS], 9);
    await settled();
    expect(sightings).toEqual([
      { codes: [PASS], capturedAtMs: 960, decodeMs: 9, frame: { width: 1280, height: 720 } },
    ]);
  });

  test.each([undefined, 90_000, -5000])(
    "a capture time of %s is not believed: the frame's arrival counts",
    async (told) => {
      await ready();
      vi.setSystemTime(3000);
      await video.frame(told);
      workers.last.answer([PASS]);
      await settled();
      expect(sightings[0]?.capturedAtMs).toBe(3000);
    },
  );

  test("two codes come in one sighting, the one that is meant first", async () => {
    await ready();
    await video.frame();
    const label: Code = {
      text: "LABEL",
      points: [
        { x: 0, y: 0 },
        { x: 40, y: 0 },
        { x: 40, y: 40 },
        { x: 0, y: 40 },
      ],
    };
    workers.last.answer([label, PASS]);
    await settled();
    expect(sightings.map(({ codes }) => codes.map(({ text }) => text))).toEqual([["PASS", "LABEL"]]);
  });

  test("a frame without a code is no sighting", async () => {
    await ready();
    await video.frame();
    workers.last.answer([]);
    await settled();
    expect(sightings).toEqual([]);
  });

  test("a video that shows nothing yet is waited for", async () => {
    await ready();
    video.videoWidth = video.videoHeight = 0;
    await video.frame();
    expect(cropped).toEqual([]);
    video.videoWidth = 1280;
    video.videoHeight = 720;
    await video.frame();
    expect(cropped).toEqual([[0, 0, 1280, 720]]);
  });

  test("the video's own frame is sent where the browser hands it out, and copied where it does not", async () => {
    await ready();
    const own = { close: vi.fn() };
    let handsOut = true;
    vi.stubGlobal("VideoFrame", function (source: unknown) {
      expect(source).toBe(video.asElement);
      if (!handsOut) throw new DOMException("no frame", "InvalidStateError");
      return own;
    });
    await video.frame();
    expect(workers.last.requests[0]?.picture).toBe(own);
    expect(cropped).toEqual([]);
    workers.last.answer([], 10);
    await settled();

    handsOut = false;
    await video.frame();
    expect(workers.last.requests).toHaveLength(2);
    expect(cropped).toEqual([[0, 0, 1280, 720]]);
  });

  test("a picture that cannot be taken costs one frame", async () => {
    await ready();
    vi.stubGlobal("createImageBitmap", () => Promise.reject(new Error("InvalidStateError")));
    await video.frame();
    vi.stubGlobal("createImageBitmap", () => Promise.resolve(bitmap()));
    await video.frame();
    expect(workers.last.requests).toHaveLength(1);
  });

  test("a picture that never comes is given up after a while, and closed if it comes after all", async () => {
    await ready();
    let deliver: (late: ImageBitmap) => void = () => undefined;
    vi.stubGlobal("createImageBitmap", () => new Promise<ImageBitmap>((resolve) => (deliver = resolve)));
    await video.frame();
    vi.stubGlobal("createImageBitmap", () => Promise.resolve(bitmap()));
    vi.setSystemTime(2 * ANSWER_WITHIN_MS + 1);
    await video.frame();
    expect(workers.last.requests).toHaveLength(1);
    const close = vi.fn();
    deliver({ close } as unknown as ImageBitmap);
    await settled();
    expect(close).toHaveBeenCalledOnce();
    expect(workers.last.requests).toHaveLength(1);
  });

  test("a slow phone is sent the middle square", async () => {
    await ready();
    await video.frame();
    workers.last.answer([], 120);
    await settled();
    await video.frame();
    expect(cropped).toEqual([
      [0, 0, 1280, 720],
      [280, 0, 720, 720],
    ]);
    expect(workers.last.requests[1]?.region.origin).toEqual({ x: 280, y: 0 });
  });

  test("an old browser without frame callbacks is read by its animation frames", async () => {
    reader.stop();
    let draw: () => void = () => undefined;
    vi.stubGlobal("requestAnimationFrame", (callback: () => void) => {
      draw = callback;
      return 1;
    });
    vi.stubGlobal("cancelAnimationFrame", () => undefined);
    const old = { videoWidth: 640, videoHeight: 480 } as HTMLVideoElement;
    reader = readFrames(old, {
      onCodes: () => undefined,
      startWorker: workers.start,
      now: () => 0,
      page: page.asDocument,
    });
    await ready();
    draw();
    await settled();
    expect(workers.last.requests).toHaveLength(1);
  });
});

describe("the battery", () => {
  test("after a minute with no code, five frames a second; a code brings the full speed back", async () => {
    await ready();
    vi.setSystemTime(IDLE_AFTER_MS);
    await video.frame();
    expect(states).toEqual(["reading", "idle"]);
    workers.last.answer();
    await settled();
    vi.setSystemTime(IDLE_AFTER_MS + 33);
    await video.frame();
    expect(workers.last.requests).toHaveLength(1);
    vi.setSystemTime(IDLE_AFTER_MS + IDLE_EVERY_MS);
    await video.frame();
    expect(workers.last.requests).toHaveLength(2);
    workers.last.answer([PASS]);
    await settled();
    expect(states).toEqual(["reading", "idle", "reading"]);
  });

  test("a touch wakes it too", async () => {
    await ready();
    vi.setSystemTime(IDLE_AFTER_MS);
    reader.wake();
    expect(reader.state).toBe("reading");
  });

  test("nothing is read while the page is hidden, and all again when it is back", async () => {
    await ready();
    page.show("hidden");
    expect(video.isListenedTo).toBe(false);
    expect(reader.state).toBe("hidden");
    vi.setSystemTime(IDLE_AFTER_MS * 5);
    page.show("visible");
    expect(reader.state).toBe("reading");
    await video.frame();
    expect(workers.last.requests).toHaveLength(1);
  });

  test("a code read as the page was hidden is not handed on", async () => {
    await ready();
    await video.frame();
    page.show("hidden");
    workers.last.answer([PASS]);
    await settled();
    expect(sightings).toEqual([]);
  });
});

describe("the decoder", () => {
  test("that dies is started again at once, and the frame in its hands is forgotten", async () => {
    await ready();
    await video.frame();
    workers.last.crash();
    expect(workers.made[0]?.isTerminated).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(workers.made).toHaveLength(2);
    await ready();
    await video.frame();
    workers.last.answer([PASS]);
    await settled();
    expect(sightings).toHaveLength(1);
  });

  test("that does not answer within five seconds is started again", async () => {
    await ready();
    await video.frame();
    await vi.advanceTimersByTimeAsync(ANSWER_WITHIN_MS - 1);
    expect(workers.made).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2);
    expect(workers.made).toHaveLength(2);
  });

  test("is not blamed for sleeping while the page is hidden", async () => {
    await ready();
    await video.frame();
    page.show("hidden");
    await vi.advanceTimersByTimeAsync(ANSWER_WITHIN_MS * 3);
    page.show("visible");
    workers.last.answer([PASS]);
    await settled();
    expect(workers.made).toHaveLength(1);
    expect(sightings).toHaveLength(1);
  });

  test("owes its answer within five seconds of the page's return", async () => {
    await ready();
    await video.frame();
    page.show("hidden");
    page.show("visible");
    await vi.advanceTimersByTimeAsync(ANSWER_WITHIN_MS + 1);
    expect(workers.made).toHaveLength(2);
  });

  test("that cannot be loaded is tried ever more slowly, and the officer is told", async () => {
    for (const [i, wait] of RESTART_AFTER_MS.entries()) {
      workers.last.say({ kind: "unusable", detail: "no WebAssembly" });
      await settled();
      expect(reader.state).toBe(i < 2 ? "starting" : "failing");
      await vi.advanceTimersByTimeAsync(wait);
      expect(workers.made).toHaveLength(i + 2);
    }
    await ready();
    expect(reader.state).toBe("reading");
    expect(states).toEqual(["failing", "reading"]);
  });

  test("that does not become ready is started again", async () => {
    await vi.advanceTimersByTimeAsync(START_WITHIN_MS + 1);
    expect(workers.made).toHaveLength(2);
  });

  test("that cannot even be made is a state and no exception", async () => {
    reader.stop();
    reader = start(() => {
      throw new Error("module workers are not supported");
    });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(reader.state).toBe("failing");
  });

  test("answers of one that was replaced are not heard", async () => {
    await ready();
    await video.frame();
    const [first] = workers.made;
    first?.crash();
    await vi.advanceTimersByTimeAsync(0);
    first?.answer([PASS]);
    first?.crash();
    await settled();
    expect(sightings).toEqual([]);
    expect(workers.made).toHaveLength(2);
  });

  test("is not heard on a frame that nobody asked for", async () => {
    await ready();
    await video.frame();
    workers.last.say({ kind: "read", frameId: 999, codes: [PASS], decodeMs: 1 });
    await settled();
    expect(sightings).toEqual([]);
  });

  test("that died behind a hidden page may sleep too when it is started again", async () => {
    await ready();
    page.show("hidden");
    workers.last.crash();
    await vi.advanceTimersByTimeAsync(START_WITHIN_MS * 2);
    expect(workers.made).toHaveLength(2);
    page.show("visible");
    await vi.advanceTimersByTimeAsync(START_WITHIN_MS + (RESTART_AFTER_MS[1] ?? 0));
    expect(workers.made).toHaveLength(3);
  });

  test("is ended with the reader", async () => {
    await ready();
    reader.stop();
    expect(workers.last.isTerminated).toBe(true);
    expect(video.isListenedTo).toBe(false);
    await vi.advanceTimersByTimeAsync(START_WITHIN_MS);
    expect(workers.made).toHaveLength(1);
  });
});
