// What did the officer choose? Language, sound, and which camera.

import { type Language, LANGUAGES } from "../domain/verdicts.ts";
import type { Store } from "./database.ts";

const NAME = "settings";
const FACINGS = ["environment", "user"] as const;

/**
 * What may be chosen. `language` is null until one was; `facing` is the camera's side as the media capture standard
 * names it.
 */
export interface Settings {
  readonly language: Language | null;
  readonly sound: boolean;
  readonly facing: (typeof FACINGS)[number];
}

/** Gives what was chosen, and `fallback` for what was not. Rejects with StorageFailed. */
export async function readSettings(store: Store, fallback: Settings): Promise<Settings> {
  const kept = await store.read(["values"], (transaction) => transaction.objectStore("values").get(NAME));
  return settingsIn(kept, fallback);
}

/** Keeps some choices beside the others. Rejects with StorageFull or StorageFailed. */
export function saveSettings(store: Store, changes: Partial<Settings>): Promise<void> {
  return store.write(["values"], async (transaction) => {
    const values = transaction.objectStore("values");
    const before = await values.get(NAME);
    await values.put({ ...(isFields(before) ? before : {}), ...changes }, NAME);
  });
}

/** What another version of the app kept may be anything. */
function settingsIn(kept: unknown, fallback: Settings): Settings {
  if (!isFields(kept)) return fallback;
  return {
    language: LANGUAGES.find((one) => one === kept["language"]) ?? fallback.language,
    sound: typeof kept["sound"] === "boolean" ? kept["sound"] : fallback.sound,
    facing: FACINGS.find((one) => one === kept["facing"]) ?? fallback.facing,
  };
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
