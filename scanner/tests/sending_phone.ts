// What does a phone that keeps sending have in these tests? Two devices, a server that takes all, and a clock to move.

import { vi } from "vitest";

import { fromClock, type Instant } from "../src/domain/local_time.ts";
import { Devices } from "../src/store/devices.ts";
import { Outboxes } from "../src/store/outboxes.ts";
import { Sender, type SendState } from "../src/sync/keep_sending.ts";
import { Server } from "../src/sync/server.ts";
import { readBatch } from "../src/wire/records.ts";
import { acknowledging, FakeNetwork, FakeTiming, type Heard, problem, reached } from "./fake_server.ts";
import { DEVICE_ID, EARLIER_ID, newDevice, newStore, pointOf, START_MS } from "./gate_phone.ts";

export const isResting = (state: SendState): boolean => state.state !== "sending" && state.nextTryAt !== null;
export const isIdle = (state: SendState): boolean => state.state === "idle";
export const after = (ms: number): Instant => fromClock(START_MS + ms);

/** A phone that is a device, and was another before; the server takes all unless it is told otherwise. */
export async function newPhone() {
  const store = await newStore();
  const timing = new FakeTiming();
  const devices = new Devices(store);
  const [earlier, current] = [await newDevice(EARLIER_ID), await newDevice(DEVICE_ID)];
  await devices.keep(earlier);
  await devices.keep(current);
  const points = new Map([
    [EARLIER_ID, await pointOf(earlier.key)],
    [DEVICE_ID, await pointOf(current.key)],
  ]);
  const received: string[] = [];
  const takeAll = async ({ headers, body }: Heard): Promise<Response> => {
    const deviceId = headers.get("BorderPass-Device") ?? "";
    const read = await readBatch(body, points.get(deviceId) ?? new Uint8Array(64));
    if (!read.ok) return problem(400, "BATCH_REFUSED");
    received.push(`${deviceId.slice(-1)}: ${read.value.length}`);
    return acknowledging(
      read.value.map((_, at) => at),
      "recorded",
      timing.now(),
    );
  };
  const network = new FakeNetwork(takeAll);
  const outboxes = new Outboxes(store, timing.now);
  const [onHeard, onRevoked, report] = [vi.fn(), vi.fn(), vi.fn()];
  const server = new Server({ fetch: network.fetch, timing });
  const sender = new Sender({ server, devices, outboxes, timing, onHeard, onRevoked, report });
  const outbox = await outboxes.of(DEVICE_ID);
  return {
    timing,
    devices,
    network,
    takeAll,
    outboxes,
    outbox,
    sender,
    received,
    onHeard,
    onRevoked,
    report,
  };
}

/** Begins, and lets the first look pass. */
export async function started() {
  const phone = await newPhone();
  phone.sender.start();
  await phone.timing.advance(0);
  await reached(phone.sender, isIdle);
  return phone;
}
