// Is what this device writes down what everybody else reads? And what it sends?

import { describe, expect, test } from "vitest";

import { REASON_CODES } from "../src/domain/reasons.ts";
import { ActedBy, Action, type DeviceRecord, firstPrevious, type Link } from "../src/domain/records.ts";
import { VERDICTS } from "../src/domain/verdicts.ts";
import { encode } from "../src/wire/cbor.ts";
import { fromHex, joinOctets, kidOf, toHex } from "../src/wire/keys.ts";
import {
  digestOfRecord,
  readBatch,
  readRecord,
  recordableText,
  writeBatch,
  writeRecord,
} from "../src/wire/records.ts";
import { signWith } from "../src/wire/signed.ts";
import { day, exactly, type Fields, instant, list, oneOf, orNull, text, truth, whole } from "./strict.ts";
import { fromBase64, load, scanOf, vectorsOf } from "./vectors.ts";

const LINK_FIELDS = ["type", "record_id", "device_id", "device_seq", "previous"];
const SCAN_FIELDS = ["scan", "scanned_at", "bundle_serial", "app_version", "text", "decision"];
const ACTION_FIELDS = ["scan_id", "action", "acted_at", "acted_by", "ground"];

const VECTORS = vectorsOf("records.json", ["name", "description", "octets", "expect"], ["device", "batch"]);
const CHAIN = VECTORS.filter((vector) => truth((vector["expect"] as Fields)["read"]));
const { device, batch } = load("records.json") as { device: unknown; batch: unknown };

function recordOf(value: unknown): DeviceRecord {
  const type = oneOf((value as Fields)["type"], ["scan", "action"]);
  const given = exactly(value, [...LINK_FIELDS, ...(type === "scan" ? SCAN_FIELDS : ACTION_FIELDS)], type);
  const link: Link = {
    recordId: text(given["record_id"]),
    deviceId: text(given["device_id"]),
    deviceSeq: whole(given["device_seq"]),
    previous: fromHex(text(given["previous"])),
  };
  if (type === "action") {
    return {
      type,
      link,
      scanId: text(given["scan_id"]),
      action: Action[oneOf(given["action"], ["ADMIT", "REFER", "TURN_BACK"])],
      actedAt: instant(given["acted_at"]),
      actedBy: ActedBy[oneOf(given["acted_by"], ["OFFICER", "CLOCK"])],
      ground: text(given["ground"]),
    };
  }
  const said = exactly(given["decision"], ["verdict", "reasons", "back_by"], "decision");
  return {
    type,
    link,
    scan: scanOf(given["scan"]),
    scannedAt: instant(given["scanned_at"]),
    bundleSerial: whole(given["bundle_serial"]),
    appVersion: text(given["app_version"]),
    qrText: text(given["text"]),
    decision: {
      verdict: oneOf(said["verdict"], VERDICTS),
      reasons: list(said["reasons"]).map((code) => oneOf(code, REASON_CODES)),
      backBy: orNull(said["back_by"], day),
    },
  };
}

describe("records", () => {
  test.each(VECTORS.map((vector) => [text(vector["name"]), vector] as const))("%s", async (name, vector) => {
    const octets = fromBase64(text(vector["octets"]));
    const wanted = vector["expect"] as Fields;
    if (!truth(wanted["read"])) {
      exactly(wanted, ["read"], name);
      expect(readRecord(octets)).toMatchObject({ ok: false, reason: "RECORD_UNUSABLE" });
      return;
    }
    exactly(wanted, ["read", "digest", "record"], name);
    const record = recordOf(wanted["record"]);
    expect(readRecord(octets)).toEqual({ ok: true, value: record });
    expect(toHex(writeRecord(record))).toBe(toHex(octets));
    expect(toHex(await digestOfRecord(octets))).toBe(wanted["digest"]);
  });

  test("each record names the one before", () => {
    let previous = toHex(firstPrevious());
    CHAIN.forEach((vector, at) => {
      const { link } = recordOf((vector["expect"] as Fields)["record"]);
      expect([link.deviceSeq, toHex(link.previous)]).toEqual([at + 1, previous]);
      previous = text((vector["expect"] as Fields)["digest"]);
    });
  });

  test("a text that no record can hold is written as far as it can be", () => {
    expect(recordableText("7".repeat(7089))).toBe("7".repeat(4296));
    expect(recordableText("A\0B")).toBe("A\ufffdB");
    expect(recordableText("\u{1f6c2}".repeat(4297))).toBe("\u{1f6c2}".repeat(4296));
  });
});

describe("batches", () => {
  const parts = exactly(batch, ["octets", "records"], "batch");
  const key = exactly(device, ["x", "y", "kid"], "device");
  const point = joinOctets([fromHex(text(key["x"])), fromHex(text(key["y"]))]);
  const octets = fromBase64(text(parts["octets"]));
  const records = CHAIN.map((vector) => fromBase64(text(vector["octets"])));

  test("the batch of the vectors holds the chain", async () => {
    expect(parts["records"]).toEqual(CHAIN.map((vector) => vector["name"]));
    expect(toHex(await kidOf(point))).toBe(key["kid"]);
    expect(await readBatch(octets, point)).toEqual({ ok: true, value: records });
  });

  test("a batch is the same bytes but for its signature", async () => {
    const signature = octets.slice(-64);
    const again = await writeBatch(records, fromHex(text(key["kid"])), () => Promise.resolve(signature));
    expect(toHex(again)).toBe(toHex(octets));
  });

  test("a key that cannot be taken out of the device signs what is read again", async () => {
    const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, [
      "sign",
      "verify",
    ]);
    const own = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)).slice(1);
    const sign = signWith(pair.privateKey);
    expect(await readBatch(await writeBatch(records, await kidOf(own), sign), own)).toEqual({
      ok: true,
      value: records,
    });
    const refused = { ok: false, reason: "BATCH_UNUSABLE" };
    expect(await readBatch(await writeBatch([], await kidOf(own), sign), own)).toMatchObject(refused);
    const many = Array.from({ length: 1001 }, () => encode(0));
    expect(await readBatch(await writeBatch(many, await kidOf(own), sign), own)).toMatchObject(refused);
    expect(await readBatch(octets, own)).toMatchObject(refused);
  });
});
