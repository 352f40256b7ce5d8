"""One resident's way through the office, in Khmer and by the keyboard: from the card to the pass in the hand."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, ViewportSize, expect

from borderpass.pictures.read_codes import read_codes
from tests.cli.running import run_process
from tests.e2e.counter import DEMO_PASSWORD, Desk, add_passkey, card_lines, give_passkeys, photo_file
from tests.e2e.office import Office
from tests.e2e.served_home import ServedHome

LAPTOP: ViewportSize = {"width": 1366, "height": 768}
TWO_MINUTES_S = 120
OU_CHROV = "ភូមិអូរជ្រៅ សង្កាត់អូរជ្រៅ ក្រុងប៉ោយប៉ែត"


@pytest.fixture
def computer(browser: Browser) -> Iterator[BrowserContext]:
    """A computer of the office, in Khmer."""
    with browser.new_context(locale="km-KH", viewport=LAPTOP) as context:
        yield context


@pytest.fixture
def tablet(browser: Browser) -> Iterator[BrowserContext]:
    """The governor's, in Khmer."""
    with browser.new_context(locale="km-KH", viewport=LAPTOP) as context:
        yield context


class Printer:
    """What comes out of the printer of a computer: the papers whose window was opened."""

    def __init__(self, context: BrowserContext, folder: Path) -> None:
        self._folder = folder
        self.papers: list[Path] = []
        context.route(re.compile("/print/$"), self._take)

    def _take(self, route: Route) -> None:
        answer = route.fetch()
        if answer.headers.get("content-type") == "application/pdf":
            self.papers.append(self._folder / f"{len(self.papers)}.pdf")
            self.papers[-1].write_bytes(answer.body())
        route.fulfill(response=answer)


def test_from_the_card_to_the_pass_in_the_hand(
    computer: BrowserContext, tablet: BrowserContext, served: ServedHome, office: Office, tmp_path: Path
) -> None:
    address = f"http://localhost:{served.port}"
    clerk = Desk(computer, address, "clerk-0110", DEMO_PASSWORD)
    governor = Desk(tablet, address, "governor-0110", DEMO_PASSWORD)
    give_passkeys(governor.page)
    add_passkey(governor, DEMO_PASSWORD)
    printer = Printer(computer, tmp_path)
    begun = monotonic()
    take_in(clerk, photo_file(tmp_path))
    clerk.press("Take the fee")
    clerk.expect_focus("Taken in cash")
    clerk.page.keyboard.press("Enter")
    clerk.expect_says("Receipt")
    approve(governor, "SOK SOPHEA")
    clerk.go("/office/0110/printing/")
    clerk.open_line("SOK SOPHEA")
    clerk.expect_focus("Print on A6")
    with computer.expect_page():
        clerk.page.keyboard.press("Enter")
    clerk.press("It is printed: go on")
    scan(clerk, read_codes(printer.papers[0].read_bytes())[0])
    clerk.expect_says("This is the pass that was signed. It may leave the desk.")
    sign(clerk)
    clerk.press("It is this person: hand it over")
    clerk.expect_says("Handed over.")
    assert monotonic() - begun < TWO_MINUTES_S
    assert verdict_on(printer.papers[0], served, office, tmp_path) == "ADMIT"


def take_in(clerk: Desk, photo: Path) -> None:
    """Read the card, type what it does not say, and take the application in."""
    clerk.go("/office/0110/new/")
    clerk.type_into("card", card_lines("018203947", "920504", "F", "310101", "SOK<<SOPHEA"))
    expect(clerk.page.locator("[name=name_latin]")).to_have_value("SOK SOPHEA")
    clerk.type_into("name_khmer", "សុខ សុភា")
    clerk.type_into("born_at", "ប៉ោយប៉ែត")
    clerk.type_into("place", "អូរជ្រៅ")
    clerk.page.locator(".places-found button", has_text=OU_CHROV).focus()
    clerk.page.keyboard.press("Enter")
    clerk.expect_says("This office signs for this address.")
    clerk.type_into("occupation", "កសិករ")
    clerk.type_into("phone", "012345678")
    clerk.page.locator("#id_picture").set_input_files(photo)
    clerk.expect_says("One face, light and sharp.")
    clerk.press("Take in")
    clerk.expect_says("Taken in")


def approve(governor: Desk, name: str) -> None:
    """Look at one application, and approve it with a touch."""
    governor.go("/office/0110/governor/")
    governor.open_line(name)
    governor.press("Approve and sign")
    expect(governor.page.locator("main .outcome")).to_be_visible()
    expect(governor.page.locator("main .troubles li")).to_contain_text(name)


def scan(clerk: Desk, text: str) -> None:
    """Read a code with the hand scanner: it types into the field that waits for it, and ends the line."""
    expect(clerk.page.locator("#text")).to_be_focused()
    clerk.page.keyboard.insert_text(text)
    clerk.page.keyboard.press("Enter")


def sign(clerk: Desk) -> None:
    """Sign on the screen, as the holder does with a finger."""
    pad = clerk.page.locator("canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    mouse = clerk.page.mouse
    mouse.move(box["x"] + 40, box["y"] + 60)
    mouse.down()
    for step in range(12):
        mouse.move(box["x"] + 40 + 15 * step, box["y"] + 60 + 20 * (step % 2))
    mouse.up()


def verdict_on(paper: Path, served: ServedHome, office: Office, folder: Path) -> str:
    """Return what a gate that knows of the pass says of the paper."""
    office.publish()
    bundle = folder / "bundle.cbor"
    bundle.write_bytes(served.file("/api/v1/bundle"))
    root = served.home / "root.pem"
    gate = ("--checkpoint", "poipet", "--direction", "exit")
    ran = run_process("verify", "--json", "--bundle", bundle, "--root", root, *gate, paper, home=served.home)
    return str(json.loads(ran.out)["verdict"])
