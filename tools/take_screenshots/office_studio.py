"""Where are the office's pictures taken? On a served copy of the demo, by people who sign in at a laptop."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

from playwright.sync_api import Browser, Playwright, ViewportSize
from tests.cli.demonstration import Demonstration
from tests.cli.running import ROOT, environment
from tests.cli.serving import free_port, serving
from tests.e2e.chromium import Outside, launch
from tests.e2e.counter import DEMO_PASSWORD, Desk
from tests.e2e.fake_camera import FakeCamera
from tests.notices.stand_ins import http_gateway

OFFICE = "0110"
LAPTOP: ViewportSize = {"width": 1366, "height": 768}


@dataclass(frozen=True, slots=True)
class OfficeStudio:
    """Where pictures are taken, and where they go. `text` is the code of a pass that waits to be fetched, `number` that
    of one that is out, `book` an old book with mistakes.
    """

    browser: Browser
    address: str
    folder: Path
    out: Path
    text: str
    number: str
    book: Path

    def sign_in(self, role: str) -> Desk:
        """Return somebody of the office at a laptop, in Khmer: `clerk` or `governor`."""
        context = self.browser.new_context(viewport=LAPTOP, locale="km-KH", reduced_motion="reduce")
        return Desk(context, self.address, f"{role}-{OFFICE}", DEMO_PASSWORD)


@contextmanager
def office_studio(folder: Path, demo: Demonstration, playwright: Playwright, out: Path) -> Iterator[OfficeStudio]:
    """Lay out an office's day on a copy of a demo's home, and serve it; all of it ends with the block."""
    demo.ran.done()
    home = Path(copytree(demo.home, folder / "office"))
    with ExitStack() as open_now:
        gateway = open_now.enter_context(http_gateway())
        settings = {
            "BORDERPASS_KEY_PASSPHRASE": "",
            "BORDERPASS_KEY_PASSPHRASE_FILE": str(home / "passphrase"),
            "BORDERPASS_SMS_URL": f"json://127.0.0.1:{gateway.port}/?:to={{to}}&:message=text&:title=&:version=&:type=",
            "BORDERPASS_BAKONG_TOKEN": "of-the-pictures",
            "BORDERPASS_BAKONG_ADDRESS": f"http://127.0.0.1:{gateway.port}",
        }
        laid = _lay_out(home, settings)
        port = free_port()
        open_now.enter_context(serving(home, port, "serve", "--port", str(port), **settings))
        outside = open_now.enter_context(Outside().listening())
        browser = launch(playwright, FakeCamera(folder / "counter.y4m").path, outside)
        open_now.callback(browser.close)
        address = f"http://localhost:{port}"
        yield OfficeStudio(browser, address, folder, out, laid["text"], laid["number"], Path(laid["book"]))


def _lay_out(home: Path, settings: dict[str, str]) -> dict[str, str]:
    words = [sys.executable, "-m", "tools.take_screenshots.lay_out_office"]
    done = subprocess.run(words, cwd=ROOT, env=environment(home, **settings), check=True, stdout=subprocess.PIPE)
    laid: dict[str, str] = json.loads(done.stdout)
    return laid
