"""What do a clerk and a governor do in the browser? The way of one pass through the office, by the words in Khmer."""

import gettext
import re
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect

from borderpass.wire.mrz import check_digit
from tests.cli.running import ROOT

_KHMER = gettext.translation("django", ROOT / "src" / "borderpass" / "locale", ["km"])
PATIENCE_MS = 15_000
DEMO_PASSWORD = "border-pass-demo"


def km(words: str) -> str:
    """Return how the site says it in Khmer. There must be Khmer for it."""
    said = _KHMER.gettext(words)
    assert said != words, f"no Khmer for {words!r}"
    return said


def card_lines(number: str, born: str, sex: str, expires: str, name: str) -> str:
    """Return the three lines of an identity card (ICAO 9303 part 5), as a reader types them; days as YYMMDD."""
    upper = f"IDKHM{number}{check_digit(number)}".ljust(30, "<")
    middle = f"{born}{check_digit(born)}{sex}{expires}{check_digit(expires)}KHM".ljust(29, "<")
    digits = upper[5:30] + middle[0:7] + middle[8:15] + middle[18:29]
    return "\n".join((upper, middle + check_digit(digits), name.ljust(30, "<")))


class Desk:
    """Somebody of an office at a computer, signed in."""

    def __init__(self, context: BrowserContext, address: str, name: str, password: str) -> None:
        self.address = address
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.goto(f"{address}/sign-in/")
        self.page.locator("[name=username]").fill(name)
        self.page.locator("input[type=password]").first.fill(password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(re.compile("/(office|home)/"))

    def go(self, path: str) -> None:
        """Open a page of the site."""
        self.page.goto(f"{self.address}{path}")

    def button(self, words: str) -> Locator:
        """Return the button or link that says this, in Khmer, with or without its key after it."""
        named = re.compile(re.escape(km(words)))
        main = self.page.locator("main")
        return main.get_by_role("button", name=named).or_(main.get_by_role("link", name=named)).first

    def press(self, words: str) -> None:
        """Put the focus on what says this and press Enter, as who works without a mouse."""
        place = self.button(words)
        place.focus()
        self.page.keyboard.press("Enter")

    def expect_says(self, words: str) -> None:
        """Wait until the page says this, in Khmer."""
        expect(self.page.locator("main")).to_contain_text(km(words), timeout=PATIENCE_MS)

    def expect_focus(self, words: str) -> None:
        """Wait until what says this has the focus: Enter does it."""
        expect(self.button(words)).to_be_focused(timeout=PATIENCE_MS)

    def open_line(self, name: str) -> None:
        """Open the line of a list with a name in it."""
        line = self.page.locator("main").get_by_role("link", name=name)
        line.focus()
        self.page.keyboard.press("Enter")

    def type_into(self, field: str, text: str) -> None:
        """Type into the field of a name."""
        self.page.locator(f"[name={field}]:visible").first.focus()
        self.page.keyboard.type(text)


def give_passkeys(page: Page) -> None:
    """Give the browser of a page an authenticator that is touched whenever it is asked."""
    tool = page.context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    made = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": made})


def add_passkey(desk: Desk, password: str) -> None:
    """Add a passkey to the account, as its page says."""
    desk.go("/account/")
    desk.page.locator("#passkey-name").fill("laptop")
    desk.page.locator("#passkey-password").fill(password)
    desk.press("Add a passkey")
    expect(desk.page.get_by_role("rowheader", name="laptop")).to_be_visible(timeout=PATIENCE_MS)


def photo_file(folder: Path) -> Path:
    """Return a photo, as the camera of the counter makes one."""
    from borderpass.pictures.drawn_face import draw_face

    made = folder / "photo.jpg"
    made.write_bytes(draw_face(2, 1, 30))
    return made
