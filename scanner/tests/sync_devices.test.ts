// What becomes of the records of a device that the server will not hear, or that this phone no longer is?

import { describe, expect, test } from "vitest";

import { problem, reached } from "./fake_server.ts";
import { DEVICE_ID, EARLIER_ID, scanOf } from "./gate_phone.ts";
import { after, isIdle, isResting, newPhone, started } from "./sending_phone.ts";

describe("a device that the server will not hear", () => {
  test.each([
    ["refused", problem(400, "BATCH_REFUSED"), "BATCH_REFUSED"],
    ["refused", problem(404, "UNKNOWN_DEVICE"), "UNKNOWN_DEVICE"],
    ["revoked", problem(403, "DEVICE_REVOKED"), "DEVICE_REVOKED"],
  ])(
    "is %s, keeps everything, and is tried again after five minutes at the earliest",
    async (what, response, code) => {
      const { timing, network, sender, outbox } = await started();
      network.answer = () => response.clone();
      await outbox.append(scanOf("A"));
      await timing.advance(2000);
      expect(await reached(sender, isResting)).toMatchObject({ state: "waiting", problem: what, code });
      for (const why of ["online", "visible", "asked"] as const) {
        sender.wake(why);
        await timing.advance(0);
        await reached(sender, isResting);
      }
      await outbox.append(scanOf("B"));
      await timing.advance(2000);
      expect(await reached(sender, isResting)).toMatchObject({ problem: what, code });
      expect(network.heard).toHaveLength(1);
      await timing.advance(300_000);
      await network.reached(2);
      await reached(sender, isResting);
      expect(outbox.counts()).toEqual({ waiting: 2, sent: 0, acknowledged: 0 });
    },
  );

  test("is marked as revoked, once and for all", async () => {
    const { timing, network, sender, outbox, devices, onRevoked } = await started();
    network.answer = () => problem(403, "DEVICE_REVOKED");
    await outbox.append(scanOf("A"));
    await timing.advance(2000);
    await reached(sender, isResting);
    expect(await devices.current()).toMatchObject({ revokedAt: after(2000) });
    expect(onRevoked).toHaveBeenCalledOnce();
    expect(onRevoked.mock.calls[0]?.[0]).toMatchObject({ deviceId: DEVICE_ID, revokedAt: after(2000) });
  });

  test("does not keep another one's records back", async () => {
    const { timing, network, takeAll, outboxes, outbox, sender, received } = await newPhone();
    await (await outboxes.of(EARLIER_ID)).append(scanOf("A"));
    network.answer = (heard) =>
      heard.headers.get("BorderPass-Device") === EARLIER_ID ? problem(403, "DEVICE_REVOKED") : takeAll(heard);
    sender.start();
    await timing.advance(0);
    expect(await reached(sender, isResting)).toMatchObject({ problem: "revoked" });
    await outbox.append(scanOf("B"));
    await timing.advance(2000);
    expect(await reached(sender, isResting)).toMatchObject({ problem: "revoked" });
    expect(received).toEqual(["1: 1"]);
  });

  test("is heard again when the server changes its mind", async () => {
    const { timing, network, takeAll, sender, outbox, received } = await started();
    network.answer = () => problem(404, "UNKNOWN_DEVICE");
    await outbox.append(scanOf("A"));
    await timing.advance(2000);
    await reached(sender, isResting);
    network.answer = takeAll;
    await timing.advance(300_000);
    expect(await reached(sender, isIdle)).toMatchObject({ problem: null, code: null });
    expect(received).toEqual(["1: 1"]);
  });
});

describe("earlier devices of this phone", () => {
  test("have their records sent with their own key, after the current one's", async () => {
    const { timing, outboxes, outbox, sender, received } = await newPhone();
    await (await outboxes.of(EARLIER_ID)).append(scanOf("A"));
    await outbox.append(scanOf("B"));
    sender.start();
    await timing.advance(0);
    await reached(sender, isIdle);
    expect(received).toEqual(["1: 1", "2: 1"]);
  });

  test("are sent also when nobody is signed in", async () => {
    const { timing, devices, outbox, sender, received } = await newPhone();
    await outbox.append(scanOf("A"));
    await devices.leave();
    sender.start();
    await timing.advance(0);
    await reached(sender, isIdle);
    expect(received).toEqual(["1: 1"]);
  });
});
