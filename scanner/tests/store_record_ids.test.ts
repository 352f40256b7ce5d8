// Are records named as RFC 9562 says, and no two alike?

import fc from "fast-check";
import { expect, test } from "vitest";

import { RecordIds } from "../src/store/record_ids.ts";
import { START_MS } from "./gate_phone.ts";

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("an id begins with the milliseconds of the clock", () => {
  const id = new RecordIds(() => START_MS).next();
  expect(id).toMatch(UUID_V7);
  expect(parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(START_MS);
});

test("ten thousand in one millisecond ascend, and no two are alike", () => {
  const ids = new RecordIds(() => START_MS);
  const all = Array.from({ length: 10_000 }, () => ids.next());
  expect(all.every((id) => UUID_V7.test(id))).toBe(true);
  expect([...all].sort()).toEqual(all);
  expect(new Set(all).size).toBe(10_000);
});

test("they ascend whatever the clock shows", () => {
  const times = fc.array(fc.oneof(fc.double(), fc.integer({ min: START_MS - 10, max: START_MS + 10 })), {
    minLength: 2,
    maxLength: 50,
  });
  fc.assert(
    fc.property(times, (shown) => {
      let at = 0;
      const ids = new RecordIds(() => shown[at++] ?? START_MS);
      const all = shown.map(() => ids.next());
      expect(all.every((id) => UUID_V7.test(id))).toBe(true);
      expect([...all].sort()).toEqual(all);
      expect(new Set(all).size).toBe(all.length);
    }),
  );
});
