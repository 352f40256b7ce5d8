// Is a newer version of the app ready, and who decides when it is taken? The officer, never the app.

import { registerSW } from "virtual:pwa-register";

const LOOK_EVERY_MS = 60 * 60 * 1000;

/** What there is to tell: a newer version waits, or everything lies on the phone for the first time. */
export interface Versions {
  readonly updateReady: boolean;
  readonly offlineReady: boolean;
}

/** Watches for versions; `take` ends this page and opens the newer one. */
export function watchVersions(onChange: (versions: Versions) => void): { take: () => Promise<void> } {
  let versions: Versions = { updateReady: false, offlineReady: false };
  const change = (news: Partial<Versions>) => {
    versions = { ...versions, ...news };
    onChange(versions);
  };
  const update = registerSW({
    onNeedRefresh: () => {
      change({ updateReady: true });
    },
    onOfflineReady: () => {
      change({ offlineReady: true });
    },
    onRegisteredSW: (_url, registration) => {
      if (registration === undefined) return;
      // Without a network the look fails, and the next one comes in an hour.
      setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY_MS);
    },
  });
  return { take: () => update(true) };
}
