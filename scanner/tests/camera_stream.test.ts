// Does the camera run whenever an officer looks at it, and does the screen know why not?

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import type { CameraHost } from "../src/camera/ask.ts";
import {
  type Camera,
  type CameraState,
  listCameras,
  RETRY_AFTER_MS,
  startCamera,
  WATCH_EVERY_MS,
} from "../src/camera/stream.ts";
import { FakeDevices, FakePage, type FakeTrack, FakeVideo } from "./camera_fakes.ts";

let devices: FakeDevices;
let page: FakePage;
let video: FakeVideo;
let states: CameraState[];
let permission: EventTarget & { state: string };
let camera: Camera | null;

beforeEach(() => {
  vi.useFakeTimers();
  devices = new FakeDevices();
  page = new FakePage();
  video = new FakeVideo();
  states = [];
  permission = Object.assign(new EventTarget(), { state: "denied" });
  camera = null;
});

afterEach(() => {
  camera?.stop();
  vi.useRealTimers();
});

const host = (changed: Partial<CameraHost> = {}): CameraHost => ({
  devices: devices as unknown as MediaDevices,
  isSecure: true,
  page: page.asDocument,
  permissions: { query: () => Promise.resolve(permission) } as unknown as Permissions,
  ...changed,
});

async function start(
  wish: Parameters<typeof startCamera>[1] = { facing: "environment" },
  on = host(),
): Promise<Camera> {
  camera = startCamera(video.asElement, wish, (state) => states.push(state), on);
  await vi.advanceTimersByTimeAsync(0);
  return camera;
}

const kinds = () => states.map((state) => (state.kind === "off" ? state.reason : state.kind));

/** Time in which the camera delivers pictures. */
async function filmFor(ms: number): Promise<void> {
  for (let past = 0; past < ms; past += 500) {
    video.currentTime += 0.5;
    await vi.advanceTimersByTimeAsync(500);
  }
}

describe("starting", () => {
  test("asks for the rear camera at 720 lines and shows it, silent and in its place", async () => {
    const { state } = await start();
    expect(devices.asked).toMatchObject([
      { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
    ]);
    expect(video).toMatchObject({ muted: true, playsInline: true });
    expect(video.srcObject).not.toBeNull();
    expect(video.play).toHaveBeenCalled();
    expect(kinds()).toEqual(["starting", "on"]);
    expect(state).toEqual({
      kind: "on",
      facing: "environment",
      deviceId: "back",
      torchAvailable: false,
      zoomRange: null,
    });
  });

  test("keeps the focus moving where there is one that moves", async () => {
    devices.prepare = (track) => (track.capabilities = { focusMode: ["manual", "continuous"] });
    await start();
    expect(devices.last.applied).toEqual([{ focusMode: "continuous" }]);
  });

  test("takes a chosen camera, and any when that one is gone", async () => {
    devices.failures = ["OverconstrainedError"];
    await start({ facing: "environment", deviceId: "usb" });
    expect(devices.asked).toMatchObject([
      { deviceId: { exact: "usb" } },
      { facingMode: { ideal: "environment" } },
    ]);
    expect(kinds()).toEqual(["starting", "on"]);
  });

  test("waits for a chosen camera that is only busy", async () => {
    devices.failures = ["NotReadableError"];
    await start({ facing: "environment", deviceId: "usb" });
    expect(kinds()).toEqual(["starting", "in_use"]);
    await vi.advanceTimersByTimeAsync(RETRY_AFTER_MS[0] ?? 0);
    expect(devices.asked[1]).toMatchObject({ deviceId: { exact: "usb" } });
  });

  test.each([
    ["NotAllowedError", "denied", false],
    ["SecurityError", "denied", false],
    ["NotFoundError", "none", true],
    ["OverconstrainedError", "none", true],
    ["NotReadableError", "in_use", true],
    ["AbortError", "in_use", true],
    ["SomethingNew", "unknown", true],
  ])("%s is the value %s (tried again by itself: %s)", async (name, reason, retries) => {
    devices.failures = [name];
    const { state } = await start();
    expect(state).toMatchObject({ kind: "off", reason, retries });
    await vi.advanceTimersByTimeAsync(RETRY_AFTER_MS[0] ?? 0);
    expect(kinds()).toEqual(retries ? ["starting", reason, "starting", "on"] : ["starting", reason]);
  });

  test("without HTTPS there are no cameras, and that is said", async () => {
    const { state } = await start(undefined, host({ devices: undefined, isSecure: false }));
    expect(state).toMatchObject({ kind: "off", reason: "insecure", retries: false });
  });

  test("a camera that others hold is tried ever more slowly", async () => {
    devices.failures = Array<string>(7).fill("NotReadableError");
    await start();
    for (const [i, wait] of RETRY_AFTER_MS.entries()) {
      await vi.advanceTimersByTimeAsync(wait - 1);
      expect(devices.asked).toHaveLength(i + 1);
      await vi.advanceTimersByTimeAsync(1);
      expect(devices.asked).toHaveLength(i + 2);
    }
    await vi.advanceTimersByTimeAsync(15_000);
    expect(kinds().at(-1)).toBe("on");
  });

  test("a camera that is plugged in is taken at once", async () => {
    devices.failures = ["NotFoundError"];
    await start();
    devices.dispatchEvent(new Event("devicechange"));
    await vi.advanceTimersByTimeAsync(0);
    expect(kinds()).toEqual(["starting", "none", "starting", "on"]);
  });

  test("who said no and says yes in the settings need not reload", async () => {
    devices.failures = ["NotAllowedError"];
    await start();
    permission.state = "granted";
    permission.dispatchEvent(new Event("change"));
    await vi.advanceTimersByTimeAsync(0);
    expect(kinds()).toEqual(["starting", "denied", "starting", "on"]);
  });

  test("a browser that cannot tell permissions is no trouble", async () => {
    const permissions = { query: () => Promise.reject(new TypeError("camera")) } as unknown as Permissions;
    await start(undefined, host({ permissions }));
    expect(kinds()).toEqual(["starting", "on"]);
  });

  test("while the browser asks the person, a page that comes back does not ask twice", async () => {
    const given = devices.getUserMedia;
    Object.assign(devices, { getUserMedia: () => new Promise(() => undefined) });
    await start();
    Object.assign(devices, { getUserMedia: given });
    page.show("hidden");
    page.show("visible");
    await vi.advanceTimersByTimeAsync(0);
    expect(devices.asked).toHaveLength(0);
  });
});

describe("a running camera", () => {
  test("is left alone", async () => {
    await start();
    await filmFor(60_000);
    expect(devices.tracks).toHaveLength(1);
  });

  test("that ends is started again", async () => {
    await start();
    await filmFor(4000);
    devices.last.end();
    await vi.advanceTimersByTimeAsync(RETRY_AFTER_MS[0] ?? 0);
    expect(devices.tracks).toHaveLength(2);
    expect(kinds()).toEqual(["starting", "on", "starting", "on"]);
  });

  test("that ends now and then is started at once each time", async () => {
    await start();
    for (const cameras of [2, 3, 4, 5]) {
      await filmFor(6000);
      devices.last.end();
      await vi.advanceTimersByTimeAsync(RETRY_AFTER_MS[0] ?? 0);
      expect(devices.tracks).toHaveLength(cameras);
    }
  });

  test("that a phone call mutes is started again", async () => {
    await start();
    await filmFor(4000);
    devices.last.muted = true;
    await filmFor(2 * WATCH_EVERY_MS + (RETRY_AFTER_MS[0] ?? 0));
    expect(devices.tracks).toHaveLength(2);
  });

  test("whose picture stands still is started again, after playing it did not help", async () => {
    await start();
    await filmFor(4000);
    video.play.mockClear();
    await vi.advanceTimersByTimeAsync(2 * WATCH_EVERY_MS + (RETRY_AFTER_MS[0] ?? 0));
    expect(video.play).toHaveBeenCalled();
    expect(devices.tracks).toHaveLength(2);
  });

  test("that never shows a picture is started again ever more slowly", async () => {
    await start();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(devices.tracks.length).toBeGreaterThan(4);
    expect(devices.tracks.length).toBeLessThan(14);
  });

  test("that ended behind a locked screen is started when the screen is back, not before", async () => {
    await start();
    page.show("hidden");
    devices.last.end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(devices.tracks).toHaveLength(1);
    page.show("visible");
    await vi.advanceTimersByTimeAsync(0);
    expect(devices.tracks).toHaveLength(2);
  });

  test("that the browser paused behind a locked screen is played again", async () => {
    await start();
    page.show("hidden");
    video.play.mockClear();
    page.show("visible");
    expect(video.play).toHaveBeenCalledOnce();
    expect(devices.tracks).toHaveLength(1);
  });

  test("is off when it is stopped, whatever comes later", async () => {
    const started = await start();
    const track = devices.last;
    started.stop();
    expect(track.readyState).toBe("ended");
    expect(video.srcObject).toBeNull();
    started.retry();
    page.show("visible");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(kinds()).toEqual(["starting", "on", "stopped"]);
    expect(devices.tracks).toHaveLength(1);
  });

  test("that comes after it was stopped is put out", async () => {
    camera = startCamera(video.asElement, { facing: "environment" }, (state) => states.push(state), host());
    camera.stop();
    await vi.advanceTimersByTimeAsync(0);
    expect(devices.last.readyState).toBe("ended");
    expect(kinds()).toEqual(["starting", "stopped"]);
  });

  test("is flipped to the other side, and the one before is put out", async () => {
    const started = await start();
    devices.prepare = (track) => (track.settings = { facingMode: "user", deviceId: "front" });
    started.flip();
    await vi.advanceTimersByTimeAsync(0);
    expect(devices.asked[1]).toMatchObject({ facingMode: { ideal: "user" } });
    expect(devices.tracks[0]?.readyState).toBe("ended");
    expect(started.state).toMatchObject({ kind: "on", facing: "user", deviceId: "front" });
  });
});

describe("light and zoom", () => {
  const able = (track: FakeTrack) => {
    track.capabilities = { torch: true, zoom: { min: 1, max: 4, step: 0.5 }, focusMode: ["continuous"] };
  };

  test("are offered where the camera has them", async () => {
    devices.prepare = able;
    const started = await start();
    expect(started).toMatchObject({
      torchAvailable: true,
      torchOn: false,
      zoomRange: { min: 1, max: 4, step: 0.5 },
    });
    expect(started.state).toMatchObject({ torchAvailable: true, zoomRange: { min: 1, max: 4, step: 0.5 } });
  });

  test("one does not undo the other, nor the focus", async () => {
    devices.prepare = able;
    const started = await start();
    expect(await started.setTorch(true)).toBe(true);
    expect(await started.setZoom(9)).toBe(true);
    expect(started.torchOn).toBe(true);
    expect(devices.last.applied.at(-1)).toEqual({ focusMode: "continuous", torch: true, zoom: 4 });
  });

  test("a camera without them says so", async () => {
    const started = await start();
    expect(await started.setTorch(true)).toBe(false);
    expect(await started.setZoom(2)).toBe(false);
    expect(devices.last.applied).toEqual([]);
  });

  test("a camera that refuses is not believed to shine", async () => {
    devices.prepare = able;
    const started = await start();
    devices.last.refuses = true;
    expect(await started.setTorch(true)).toBe(false);
    expect(started.torchOn).toBe(false);
  });

  test("are as they were after the camera was started again", async () => {
    devices.prepare = able;
    const started = await start();
    await started.setTorch(true);
    await started.setZoom(2);
    devices.last.end();
    await vi.advanceTimersByTimeAsync(RETRY_AFTER_MS[0] ?? 0);
    expect(devices.tracks).toHaveLength(2);
    expect(devices.last.applied.at(-1)).toEqual({ focusMode: "continuous", torch: true, zoom: 2 });
    expect(started.torchOn).toBe(true);
  });

  test("a browser without capabilities has neither", async () => {
    devices.prepare = (track) => Object.assign(track, { getCapabilities: undefined });
    expect(await start()).toMatchObject({ torchAvailable: false, zoomRange: null });
  });
});

describe("the cameras there are", () => {
  test("are listed without microphones and without those that are not named yet", async () => {
    devices.cameras = [
      { kind: "audioinput", deviceId: "mic", label: "microphone" },
      { kind: "videoinput", deviceId: "", label: "" },
      { kind: "videoinput", deviceId: "back", label: "rear" },
    ];
    expect(await listCameras(host().devices)).toEqual([{ deviceId: "back", label: "rear" }]);
  });

  test("are none where the browser does not tell", async () => {
    Object.assign(devices, { enumerateDevices: () => Promise.reject(new Error("no")) });
    expect(await listCameras(host().devices)).toEqual([]);
  });
});
