// How do values become a page, and when has it been painted?

/** Calls `draw` once for all changes between two pictures of the screen, just before the next one. */
export function drawTogether(draw: () => void): () => void {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      draw();
    });
  };
}

/** Calls `done` once what was just drawn stands on the screen. */
export function afterPaint(done: () => void): void {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });
}

/** Gives what cannot be done without in this browser, or null when all is there. */
export function missingInBrowser(): "storage" | "browser" | null {
  // Outside a secure context there is no subtle, whatever the types say.
  const { subtle } = globalThis.crypto as { subtle?: SubtleCrypto };
  if (subtle === undefined || !("WebAssembly" in globalThis) || !("serviceWorker" in navigator))
    return "browser";
  return "indexedDB" in globalThis ? null : "storage";
}

/**
 * Holds a name that only one page at a time can hold, for as long as this page lives; tells whether it was free.
 *
 * Two pages on one chain of records would be one officer's scans in another's lane.
 */
export function holdAlone(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise<never>(() => undefined);
    });
  });
}
