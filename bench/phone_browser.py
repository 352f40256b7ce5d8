"""How is a phone watched, and made slow? Chromium with all it has on the disk, the app's marks, a quarter of the speed.

Slow is: the page's main thread by the browser's own throttling (Emulation.setCPUThrottlingRate), which does not reach
the decoding worker. The worker's answers are therefore held back by three times what they took; as the app gives it
one frame at a time, that is a worker four times as slow. The service worker and the GPU's process are not slowed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, CDPSession, Page, sync_playwright
from tests.e2e.chromium import VIEWPORT, Outside, find_chromium, flags
from tests.e2e.fake_camera import FakeCamera

STEPS = ("captured", "decoded", "verified", "decided", "recorded", "painted")
# The marks are watched from outside; the clock of the day can be put forward, and the worker held back.
_WATCH = """(() => {
  let painted = () => undefined;
  const probe = { marks: {}, drawn: null, ahead: 0, slower: 1,
    begin() { probe.marks = {}; probe.done = new Promise((resolve) => { painted = resolve; }); } };
  window.probe = probe;
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) probe.marks[name] ??= startTime;
    if ("painted" in probe.marks) painted();
  }).observe({ type: "mark" });
  const now = Date.now;
  Date.now = () => now() + probe.ahead;
  const look = new MutationObserver(() => {
    if (document.querySelector("main.ready .ready-foot") === null) return;
    look.disconnect();
    requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { probe.drawn = performance.now(); }; port2.postMessage(0); });
  });
  look.observe(document, { childList: true, subtree: true });
  window.Worker = class extends Worker {
    #since = performance.now();
    addEventListener(type, listener) {
      if (type !== "message") return super.addEventListener(type, listener);
      super.addEventListener("message", ({ data }) => {
        const tookMs = data.decodeMs ?? performance.now() - this.#since;
        const event = new MessageEvent("message", { data: { ...data, decodeMs: tookMs * probe.slower } });
        if (probe.slower === 1) listener(event);
        else setTimeout(() => { listener(event); }, tookMs * (probe.slower - 1));
      });
    }
  };
})();"""


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser with one phone in it, and its camera."""

    context: BrowserContext
    camera: FakeCamera


@contextmanager
def phone_browser(folder: Path) -> Iterator[Browser]:
    """Start a browser that keeps what it has on the disk, as a phone does."""
    camera = FakeCamera(folder / "view.y4m")
    with Outside().listening() as outside, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            folder / "browser",
            executable_path=find_chromium(),
            args=[*flags(camera.path, outside), "--enable-precise-memory-info"],
            viewport=VIEWPORT,
            has_touch=True,
        )
        context.add_init_script(_WATCH)
        yield Browser(context, camera)
        context.close()


def slow_down(page: Page, times: float) -> CDPSession:
    """Make a page so many times slower, from now on and after each load; return the tool that holds it."""
    tool = page.context.new_cdp_session(page)
    tool.send("Emulation.setCPUThrottlingRate", {"rate": times})
    page.add_init_script(f"probe.slower = {times};")
    page.evaluate("(times) => { if (window.probe) probe.slower = times; }", times)
    return tool


def heap(tool: CDPSession) -> float:
    """Return how much the page's JavaScript keeps once everything that can go is gone, MB."""
    tool.send("Performance.enable")
    tool.send("HeapProfiler.collectGarbage")
    metrics = tool.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "JSHeapUsedSize")) / 1e6
