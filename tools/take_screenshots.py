"""What do the screens of the phones' apps look like? docs/screens, taken from the apps as they were built.

    python -m tools.take_screenshots            writes docs/screens (about a minute; needs chromium and make phone)
    python -m tools.take_screenshots --out DIR  writes them elsewhere

The demo is told in a folder that is thrown away, and served; a browser walks through each screen in each language. Days
and ages on the pictures are those of the day they are taken on; everything else is the same each time.
"""

import argparse
import io
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.cli.demonstration import tell_once
from tests.e2e.chromium import VIEWPORT, Outside, launch, put_on_home_screen, shorten_silence
from tests.e2e.fake_camera import FakeCamera
from tests.e2e.gate_phone import GatePhone
from tests.e2e.hostile_proxy import proxying
from tests.e2e.land import Land, settle_once
from tests.e2e.office import Office, working_office
from tests.e2e.papers import Hold, held
from tests.e2e.served_home import ServedHome
from tests.e2e.wedge import type_code

LANGUAGES = ("km", "th", "en")
MOST_BYTES = 60_000
_COLOURS = (256, 128, 64, 32)
_DAY_S = 24 * 60 * 60
_LONG_MS = 600_000
_SEEN_MS = 1_000


@dataclass(frozen=True, slots=True)
class Studio:
    """Where pictures are taken, of whom, and where they go."""

    browser: Browser
    camera: FakeCamera
    land: Land
    office: Office
    address: str
    out: Path


def main(arguments: list[str]) -> int:
    """Take all pictures."""
    parser = argparse.ArgumentParser(prog="take_screenshots", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--out", metavar="DIR", type=Path, default=Path("docs") / "screens")
    out: Path = parser.parse_args(arguments).out
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="borderpass-screens-") as folder, ExitStack() as open_now:
        studio = _open_studio(Path(folder), out, open_now)
        for language in LANGUAGES:
            _walk_gate(studio, language)
            _walk_check(studio, language)
    sys.stdout.write(f"{len(list(out.glob('*.png')))} pictures in {out}\n")
    return 0


def _open_studio(folder: Path, out: Path, open_now: ExitStack) -> Studio:
    land = settle_once(folder / "land", tell_once(folder / "demonstration"))
    home = land.copy(folder)
    office = open_now.enter_context(working_office(home))
    served = open_now.enter_context(ServedHome(home))
    proxy = open_now.enter_context(proxying(served.port))
    outside = open_now.enter_context(Outside().listening())
    camera = FakeCamera(folder / "view.y4m")
    browser = launch(open_now.enter_context(sync_playwright()), camera.path, outside)
    open_now.callback(browser.close)
    return Studio(browser, camera, land, office, proxy.address, out)


def _new_context(studio: Studio) -> BrowserContext:
    context = studio.browser.new_context(viewport=VIEWPORT, has_touch=True, reduced_motion="reduce")
    put_on_home_screen(context)
    shorten_silence(context, _LONG_MS)
    return context


def _walk_gate(studio: Studio, language: str) -> None:
    """Enrol a phone in one language and go through its screens."""
    with _new_context(studio) as context:
        phone = GatePhone(context, studio.address).open()
        page = phone.page
        page.locator(f"button[lang={language}]").click()
        studio.camera.show_nothing()
        page.locator(".frame").wait_for()
        _take(studio, page, f"gate-enrol-{language}")
        type_code(page, f"BP-ENROL:{studio.office.code()}")
        phone.expect_ready()
        phone.wait_until_kept()
        page.locator(".strip.news button").click()
        # A pass that is just being held out: its code is not in view yet.
        studio.camera.show(held((_family(studio), Hold(2.2, 4, (0.5, 0.99)))))
        page.wait_for_timeout(_SEEN_MS)
        _take(studio, page, f"gate-ready-{language}")
        _walk_verdicts(studio, phone, language)
        _walk_pages(studio, phone, language)
        _set_clock_back(studio, phone, language)


def _walk_verdicts(studio: Studio, phone: GatePhone, language: str) -> None:
    page, family = phone.page, _text_of(_family(studio))
    revoked = studio.land.demo.revoked.read_text("ascii").strip()
    phone.scan(family)
    phone.expect_verdict("admit")
    _take(studio, page, f"gate-admit-{language}")
    page.locator(".verdict-foot .button").last.click()
    page.locator(".grounds").wait_for()
    _take(studio, page, f"gate-ground-{language}")
    page.locator(".page-foot .button").last.click()
    page.locator(".verdict-foot .main").click()
    phone.expect_ready()
    phone.shift_clock(4)
    for text, tone in ((family, "refer"), (revoked, "refuse")):
        phone.scan(text)
        phone.expect_verdict(tone)
        _take(studio, page, f"gate-{tone}-{language}")
        page.locator(".verdict-foot .main").click()
        phone.expect_ready()


def _set_clock_back(studio: Studio, phone: GatePhone, language: str) -> None:
    phone.page.locator(".verdict-foot .button").last.click()
    phone.expect_ready()
    phone.shift_clock(-_DAY_S)
    phone.scan(_text_of(studio.land.papers[-1]))
    phone.expect_verdict("device")
    _take(studio, phone.page, f"gate-device-{language}")


def _walk_pages(studio: Studio, phone: GatePhone, language: str) -> None:
    page = phone.page
    phone.send_all()
    number, recents, menu = (page.locator(".ready-foot .tab").nth(at) for at in range(3))
    recents.click()
    page.locator(".recents").wait_for()
    _take(studio, page, f"gate-recents-{language}")
    page.locator(".page-foot .button").last.click()
    menu.click()
    page.locator(".counts").wait_for()
    _take(studio, page, f"gate-menu-{language}")
    page.locator(".page-foot .button").last.click()
    number.click()
    page.locator("#number").fill(studio.land.papers[0].stem)
    page.locator(".own .main").click()
    page.locator(".unverified .face img").wait_for()
    _take(studio, page, f"gate-number-{language}")


def _walk_check(studio: Studio, language: str) -> None:
    """Open the other side's checker in one language, and check a pass and something else."""
    with _new_context(studio) as context:
        page = context.new_page()
        page.goto(f"{studio.address}/check/")
        page.locator(".page-foot .main:enabled").wait_for()
        page.locator(".settings .button").last.click()
        page.locator(f"button[lang={language}]").click()
        page.locator(".page-foot .button").last.click()
        for text, name in (
            (_text_of(studio.land.papers[0]), "valid"),
            (studio.land.demo.revoked.read_text("ascii").strip(), "refuse"),
        ):
            type_code(page, text)
            page.locator("main.verdict." + {"valid": "admit", "refuse": "refuse"}[name]).wait_for()
            _take(studio, page, f"check-{name}-{language}")


def _family(studio: Studio) -> Path:
    """Return the paper of a woman of Poipet who travels with a child."""
    return next(paper for paper in studio.land.papers if paper.stem.startswith("0110"))


def _text_of(paper: Path) -> str:
    return paper.with_suffix(".txt").read_text("ascii").strip()


def _take(studio: Studio, page: Page, name: str) -> None:
    """Take one picture once everything on it stands still, in few colours."""
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_load_state("networkidle")
    page.mouse.move(0, 0)
    shot = Image.open(io.BytesIO(page.screenshot(caret="hide"))).convert("RGB")
    for colours in _COLOURS:
        octets = io.BytesIO()
        shot.quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(octets, "PNG", optimize=True)
        if octets.tell() <= MOST_BYTES:
            (studio.out / f"{name}.png").write_bytes(octets.getvalue())
            return
    raise SystemExit(f"{name} is larger than {MOST_BYTES:,} bytes: show less before the camera")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
