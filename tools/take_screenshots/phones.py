"""What do the screens of the phones' apps look like? A phone is enrolled, and goes through them in one language."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Playwright
from tests.cli.demonstration import Demonstration
from tests.e2e.chromium import VIEWPORT, Outside, launch, put_on_home_screen, shorten_silence
from tests.e2e.fake_camera import FakeCamera
from tests.e2e.gate_phone import GatePhone
from tests.e2e.hostile_proxy import proxying
from tests.e2e.land import Land, settle_once
from tests.e2e.office import Office, working_office
from tests.e2e.papers import Hold, held
from tests.e2e.served_home import ServedHome
from tests.e2e.wedge import type_code

from .pictures import take

_DAY_S = 24 * 60 * 60
_LONG_MS = 600_000
_SEEN_MS = 1_000


@dataclass(frozen=True, slots=True)
class PhoneStudio:
    """Where pictures are taken, of whom, and where they go."""

    browser: Browser
    camera: FakeCamera
    land: Land
    office: Office
    address: str
    out: Path


@contextmanager
def phone_studio(folder: Path, demo: Demonstration, playwright: Playwright, out: Path) -> Iterator[PhoneStudio]:
    """Open a country with a served site, a camera and a browser in an empty folder; all of it ends with the block."""
    with ExitStack() as open_now:
        land = settle_once(folder / "land", demo)
        home = land.copy(folder)
        office = open_now.enter_context(working_office(home))
        served = open_now.enter_context(ServedHome(home))
        proxy = open_now.enter_context(proxying(served.port))
        outside = open_now.enter_context(Outside().listening())
        camera = FakeCamera(folder / "view.y4m")
        browser = launch(playwright, camera.path, outside)
        open_now.callback(browser.close)
        yield PhoneStudio(browser, camera, land, office, proxy.address, out)


def _new_context(studio: PhoneStudio) -> BrowserContext:
    context = studio.browser.new_context(viewport=VIEWPORT, has_touch=True, reduced_motion="reduce")
    put_on_home_screen(context)
    shorten_silence(context, _LONG_MS)
    return context


def walk_gate(studio: PhoneStudio, language: str) -> None:
    """Enrol a phone in one language and go through its screens."""
    with _new_context(studio) as context:
        phone = GatePhone(context, studio.address).open()
        page = phone.page
        page.locator(f"button[lang={language}]").click()
        studio.camera.show_nothing()
        page.locator(".frame").wait_for()
        take(studio.out, page, f"gate-enrol-{language}")
        type_code(page, f"BP-ENROL:{studio.office.code()}")
        phone.expect_ready()
        phone.wait_until_kept()
        page.locator(".strip.news button").click()
        # A pass that is just being held out: its code is not in view yet.
        studio.camera.show(held((_family(studio), Hold(2.2, 4, (0.5, 0.99)))))
        page.wait_for_timeout(_SEEN_MS)
        take(studio.out, page, f"gate-ready-{language}")
        _walk_verdicts(studio, phone, language)
        _walk_pages(studio, phone, language)
        _set_clock_back(studio, phone, language)


def _walk_verdicts(studio: PhoneStudio, phone: GatePhone, language: str) -> None:
    page, family = phone.page, _text_of(_family(studio))
    revoked = studio.land.demo.revoked.read_text("ascii").strip()
    phone.scan(family)
    phone.expect_verdict("admit")
    take(studio.out, page, f"gate-admit-{language}")
    page.locator(".verdict-foot .button").last.click()
    page.locator(".grounds").wait_for()
    take(studio.out, page, f"gate-ground-{language}")
    page.locator(".page-foot .button").last.click()
    page.locator(".verdict-foot .main").click()
    phone.expect_ready()
    phone.shift_clock(4)
    for text, tone in ((family, "refer"), (revoked, "refuse")):
        phone.scan(text)
        phone.expect_verdict(tone)
        take(studio.out, page, f"gate-{tone}-{language}")
        page.locator(".verdict-foot .main").click()
        phone.expect_ready()


def _set_clock_back(studio: PhoneStudio, phone: GatePhone, language: str) -> None:
    phone.page.locator(".verdict-foot .button").last.click()
    phone.expect_ready()
    phone.shift_clock(-_DAY_S)
    phone.scan(_text_of(studio.land.papers[-1]))
    phone.expect_verdict("device")
    take(studio.out, phone.page, f"gate-device-{language}")


def _walk_pages(studio: PhoneStudio, phone: GatePhone, language: str) -> None:
    page = phone.page
    phone.send_all()
    number, recents, menu = (page.locator(".ready-foot .tab").nth(at) for at in range(3))
    recents.click()
    page.locator(".recents").wait_for()
    take(studio.out, page, f"gate-recents-{language}")
    page.locator(".page-foot .button").last.click()
    menu.click()
    page.locator(".counts").wait_for()
    take(studio.out, page, f"gate-menu-{language}")
    page.locator(".page-foot .button").last.click()
    number.click()
    page.locator("#number").fill(studio.land.papers[0].stem)
    page.locator(".own .main").click()
    page.locator(".unverified .face img").wait_for()
    take(studio.out, page, f"gate-number-{language}")


def walk_check(studio: PhoneStudio, language: str) -> None:
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
            take(studio.out, page, f"check-{name}-{language}")


def _family(studio: PhoneStudio) -> Path:
    """Return the paper of a woman of Poipet who travels with a child."""
    return next(paper for paper in studio.land.papers if paper.stem.startswith("0110"))


def _text_of(paper: Path) -> str:
    return paper.with_suffix(".txt").read_text("ascii").strip()
