"""What can be seen and done on the officer's phone? Its screens by the words that stand on them, in English."""

import re
from collections.abc import Sequence

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.browser_storage import RECORDS_KEPT
from tests.e2e.wedge import scan_many, type_code

PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)


class GatePhone:
    """A phone that opens /gate/ of an address."""

    def __init__(self, context: BrowserContext, address: str, page: Page | None = None) -> None:
        self.context, self.address = context, address
        self.device = ""
        self.page = page if page is not None else context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)

    def open(self) -> "GatePhone":
        """Open the app."""
        self.page.goto(f"{self.address}/gate/")
        return self

    def choose_english(self) -> "GatePhone":
        """Answer the first question of a new phone."""
        self.button("English").click()
        return self

    def type_enrolment(self, code: str) -> None:
        """Type an enrolment code and send it."""
        field = self.page.get_by_label("Code, 16 characters")
        self.button("Type the code instead").or_(field).wait_for()
        if not field.is_visible():
            self.tap("Type the code instead")
        field.fill(code)
        self.tap("Enrol")

    def enrol(self, code: str) -> "GatePhone":
        """Type an enrolment code, and wait for the gate."""
        self.type_enrolment(code)
        self.expect_ready()
        return self

    def wait_until_kept(self) -> None:
        """Wait until the app lies on the phone and opens without a network."""
        self._until("navigator.serviceWorker.getRegistration().then((one) => one?.active)", "a service worker is there")
        self._until("caches.match('/gate/index.html', { ignoreSearch: true })", "the app lies on the phone")

    def scan(self, text: str) -> None:
        """Read a code with a hand scanner."""
        type_code(self.page, text)

    def scan_many(self, texts: Sequence[str]) -> list[str]:
        """Read many codes, one traveller after the other; return the tones of the verdicts."""
        return scan_many(self.page, texts)

    def button(self, name: str) -> Locator:
        """Return the button of a name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def tap(self, name: str) -> None:
        """Touch a button."""
        self.button(name).click()

    def expect_ready(self) -> None:
        """Wait for the picture of the camera."""
        expect(self.page.locator("main.ready .ready-foot")).to_be_visible()

    def expect_verdict(self, tone: str, *words: str) -> Locator:
        """Wait for a verdict of a tone that says these words."""
        verdict = self.page.locator("main.verdict")
        expect(verdict).to_have_class(re.compile(rf"\b{tone}\b"))
        for word in words:
            expect(verdict).to_contain_text(word)
        return verdict

    def expect_somebody_else(self, name: str) -> str:
        """Wait for a verdict on another person than the one of a name; return who it is."""
        self.page.wait_for_function(_ANOTHER_NAME, arg=name)
        return self.page.locator(".verdict .name.latin").inner_text()

    def expect_words(self, *words: str) -> None:
        """Wait until these words stand on the screen, whichever it is."""
        for word in words:
            expect(self.page.locator("#app main")).to_contain_text(word)

    def expect_waiting(self, records: int) -> None:
        """Wait until so many records wait to be sent."""
        waiting = self.page.locator(".waiting")
        if records:
            expect(waiting).to_have_text(str(records))
        else:
            expect(waiting).to_have_count(0)

    def call_network(self) -> None:
        """Have the browser say that there is a network again: the phone tries at once."""
        self.page.evaluate("window.dispatchEvent(new Event('online'))")

    def call_network_on_and_on(self) -> None:
        """Have the browser say so again and again: the phone is deaf to a call while it looks."""
        self.page.evaluate("setInterval(() => window.dispatchEvent(new Event('online')), 100)")

    def expect_serial(self, serial: int) -> None:
        """Have the phone look for a newer bundle until it runs on the one of a serial."""
        self.tap("Menu")
        shown = "[...document.querySelectorAll('.fact')].find((one) => one.innerText.startsWith('Serial'))"
        self.keep_calling(f"{shown}?.querySelector('dd').innerText === '{serial}'", f"serial {serial} is in use")
        self.tap("Back")

    def serial(self) -> int:
        """Return the serial of the bundle in use, as the menu says."""
        self.tap("Menu")
        serial = self.page.locator(".fact", has_text="Serial").locator("dd").inner_text()
        self.tap("Back")
        return int(serial)

    def keep_calling(self, condition: str, what: str) -> None:
        """Have the phone look again and again, as it is deaf to calls while it looks, until something is true."""
        self._until(f"(window.dispatchEvent(new Event('online')), {condition})", what)

    def shift_clock(self, seconds: int) -> None:
        """Set the phone's clock."""
        self.page.evaluate("(s) => { const real = Date.now; Date.now = () => real() + s * 1000; }", seconds)

    def records_kept(self) -> int:
        """Return how many records lie on the phone."""
        return int(self.page.evaluate(RECORDS_KEPT))

    def send_all(self) -> None:
        """Have the phone send, and wait until the server has acknowledged everything."""
        self.call_network()
        self._until(f"{RECORDS_KEPT}.then((records) => records === 0)", "every record is acknowledged")

    def finish(self) -> None:
        """Wait until nobody stands at the gate any more, then until everything was acknowledged."""
        self.expect_ready()
        self.send_all()

    def _until(self, promise: str, what: str) -> None:
        """Wait until a promise of the page's gives something true."""
        self.page.evaluate(
            f"""async ([what, patience]) => {{
              const end = performance.now() + patience;
              while (!(await {promise})) {{
                if (performance.now() > end) throw new Error(`it never came true that ${{what}}`);
                await new Promise((resolve) => {{ setTimeout(resolve, 50); }});
              }}
            }}""",
            [what, PATIENCE_MS],
        )


_ANOTHER_NAME = """(name) => {
  const shown = document.querySelector(".verdict .name.latin");
  return shown !== null && shown.innerText !== name;
}"""
