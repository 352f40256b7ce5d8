"""Is the officer's phone quick? From the camera's frame to the verdict, its download, its start, and its day's records.

Each figure is held against what its users were promised; the sync against the same batches posted by Python. The
camera is Chromium's fake one (1280 x 720, ten frames a second): each pass is shown to it until its verdict is on the
screen. An ADMIT stands 0.8 s before a code in view takes its place: the phone's clock of the day is put forward by
that, while the clock that measures (`performance.now`) and all timers run on.
"""

from collections.abc import Iterator, Sequence
from statistics import median

from tests.e2e.gate_phone import GatePhone
from tests.e2e.papers import Hold, held

from bench.measure import Result
from bench.phone_browser import STEPS, Browser, phone_browser, slow_down
from bench.phone_day import DAY, measure_day
from bench.phone_land import Land, phone_land

SCANS = 100
SLOW = 4
VERDICT_MS, DECIDE_MS, START_MS, DOWNLOAD_KB = 150.0, 10.0, 1000.0, 900.0
STARTS = 5
_LEAST_SHOWN_MS = 800
_OUT_OF_VIEW_MS = 250
_HOLDS = (Hold(4.0), Hold(3.5, 7), Hold(4.5, -4), Hold(3.2, 12, (0.55, 0.5)))
# A code that is read and means nothing to a phone at work.
_NOBODY = "BP-ENROL:0000-0000-0000-0000"
_PAINTED = """() => Promise.race([
  probe.done.then(() => probe.marks),
  new Promise((_, reject) => { setTimeout(() => { reject(new Error(document.body.innerText)); }, 20000); }),
])"""
_STARTED = """async () => {
  while (probe.drawn === null || !("decoded" in probe.marks))
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  return [probe.drawn, probe.marks.decoded];
}"""
Marks = dict[str, float]


def measure_phone(scans: int = SCANS, day: int = DAY) -> Iterator[Result]:
    """Give the results one by one: download, frame to verdict (quick and slow), deciding, start, and the day."""
    with phone_land(2 * scans + 2 * day) as land, phone_browser(land.folder) as browser:
        phone = GatePhone(browser.context, land.relay.address, browser.context.pages[0])
        yield _download(phone, land)
        phone.choose_english().enrol(land.office.code())
        phone.device = land.ledger.newest_device()
        quick = _scan(phone, browser, land.take(scans))
        yield _verdict("phone_verdict", quick)
        yield _decide(quick)
        tool = slow_down(phone.page, SLOW)
        yield _verdict(f"phone_{SLOW}x", _scan(phone, browser, land.take(scans)))
        tool.detach()
        phone.page.reload()
        phone.finish()
        yield _start(phone, browser, land)
        yield from measure_day(phone, land, day)


def _download(phone: GatePhone, land: Land) -> Result:
    """Open the app for the first time, until it would open without a network."""
    land.relay.octets = 0
    phone.open()
    phone.button("English").wait_for()
    opened = land.relay.octets / 1000
    phone.wait_until_kept()
    phone.page.wait_for_load_state("networkidle")
    kilobytes = land.relay.octets / 1000
    note = f"{opened:.0f} kB until the first question is on the screen; the rest is kept for when there is no network"
    return Result("phone_load", kilobytes, DOWNLOAD_KB, DOWNLOAD_KB / kilobytes, "kB", 1.0, note)


def _scan(phone: GatePhone, browser: Browser, texts: Sequence[str]) -> list[Marks]:
    """Show one pass after the other; return the marks of each. Fail with what is on the screen where none comes."""
    scenes = [held((text, _HOLDS[index % len(_HOLDS)])) for index, text in enumerate(texts)]
    seen = []
    for scene in scenes:
        phone.page.evaluate("probe.begin()")
        browser.camera.show(scene)
        seen.append(phone.page.evaluate(_PAINTED))
        browser.camera.show_nothing()
        phone.page.evaluate(f"probe.ahead += {_LEAST_SHOWN_MS}")
        phone.page.wait_for_timeout(_OUT_OF_VIEW_MS)
    return seen


def _verdict(name: str, seen: Sequence[Marks]) -> Result:
    whole = [marks["painted"] - marks["captured"] for marks in seen]
    p99 = _at(whole, 0.99)
    shares = ", ".join(f"{step} {_taken(seen, step):.1f}" for step in STEPS[1:])
    note = f"p50 {median(whole):.0f} ms, worst {max(whole):.0f}; {len(seen)} passes; medians: {shares} ms"
    return Result(name, p99, VERDICT_MS, VERDICT_MS / p99, "ms p99", 1.0, note)


def _decide(seen: Sequence[Marks]) -> Result:
    taken = [marks["decided"] - marks["decoded"] for marks in seen]
    p99 = _at(taken, 0.99)
    note = f"verifying and deciding together; p50 {median(taken):.1f} ms"
    return Result("phone_decide", p99, DECIDE_MS, DECIDE_MS / p99, "ms p99", 1.0, note)


def _taken(seen: Sequence[Marks], step: str) -> float:
    """Return the median time from the step before to this one, ms."""
    before = STEPS[STEPS.index(step) - 1]
    return median(marks[step] - marks[before] for marks in seen)


def _at(times: Sequence[float], share: float) -> float:
    """Return the time within which that share of all lies."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _start(phone: GatePhone, browser: Browser, land: Land) -> Result:
    """Open the app from what lies on the phone, with the server down, slowed; the camera sees a code."""
    phone.page.goto("about:blank")
    land.served.stop()
    browser.camera.show(held((_NOBODY, Hold(8))))
    drawn, read = [], []
    for _ in range(STARTS):
        page = browser.context.new_page()
        slow_down(page, SLOW)
        page.goto(f"{land.relay.address}/gate/")
        on_screen, first_read = page.evaluate(_STARTED)
        drawn.append(on_screen)
        read.append(first_read)
        page.close()
    browser.camera.show_nothing()
    land.served.start()
    phone.open()
    value = median(drawn)
    note = f"at {SLOW}x, to the camera's screen, median of {STARTS}; a frame is read after {median(read):.0f} ms"
    return Result("phone_start", value, START_MS, START_MS / value, "ms", 1.0, note)
