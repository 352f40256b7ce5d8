"""How is Chromium started for a phone: with which camera, and seen by nobody outside this machine?"""

import os
import re
import shutil
import signal
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Playwright, Request, ViewportSize

VIEWPORT: ViewportSize = {"width": 360, "height": 740}
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)
# What Chromium asks on its own account, whatever page is open: who is signed in, what the time is, forms to fill.
_ASKED_BY_CHROMIUM = re.compile(r"(?<!fonts)\.(google|googleapis|gvt1)\.com[:/ ]")
_SHORTEN = """{
  const wait = window.setTimeout;
  window.setTimeout = (work, ms, ...rest) => wait(work, ms === 5000 ? SILENCE_MS : ms, ...rest);
}"""


def find_chromium() -> str | None:
    """Return where Debian's Chromium is, or None."""
    return shutil.which("chromium")


def flags(camera: Path, outside: "Outside") -> list[str]:
    """Return Chromium's flags: a camera that looks at a file, and every other machine by way of `outside`."""
    return [
        *_QUIET,
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={camera}",
        f"--proxy-server=http://127.0.0.1:{outside.port}",
        "--proxy-bypass-list=localhost;127.0.0.1",
    ]


def launch(playwright: Playwright, camera: Path, outside: "Outside") -> Browser:
    """Start a browser whose contexts forget everything when they are closed."""
    return playwright.chromium.launch(executable_path=find_chromium(), args=flags(camera, outside))


def launch_kept(playwright: Playwright, folder: Path, camera: Path, outside: "Outside") -> BrowserContext:
    """Start a browser with a folder of its own, in which everything is still there the next time."""
    return playwright.chromium.launch_persistent_context(
        folder, executable_path=find_chromium(), args=flags(camera, outside), viewport=VIEWPORT, has_touch=True
    )


def put_on_home_screen(context: BrowserContext) -> None:
    """Have the browser promise what it promises to an app on the home screen: never to clear what it keeps."""
    assert context.browser is not None
    page = context.new_page()
    own = context.new_cdp_session(page).send("Target.getTargetInfo")["targetInfo"]["browserContextId"]
    permissions = ["durableStorage", "videoCapture"]
    # The promise holds as long as this session, which ends with the browser.
    tool = context.browser.new_browser_cdp_session()
    tool.send("Browser.grantPermissions", {"permissions": permissions, "browserContextId": own})
    page.close()


def shorten_silence(context: BrowserContext, ms: int) -> None:
    """Have silence admit after so many milliseconds. Only the one timer is another; the screen counts down as ever."""
    context.add_init_script(_SHORTEN.replace("SILENCE_MS", str(ms)))


def kill(folder: Path) -> None:
    """Kill the browser that runs in a folder, at once and all of it, as a phone does whose battery is taken out."""
    word = f"--user-data-dir={folder}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if word in (process / "cmdline").read_bytes().split(b"\0"):
                os.kill(int(process.name), signal.SIGKILL)


class Outside:
    """The rest of the world: whatever a browser asks of another host comes here, is written down and gets no answer."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        outside = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                asked = self.rfile.readline(2000).decode("latin-1").strip()
                if _ASKED_BY_CHROMIUM.search(asked) is None:
                    outside.asked.append(asked)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]

    def watch(self, context: BrowserContext, address: str) -> None:
        """Write down, too, what the pages of a browser ask of anybody but one address, and be it refused."""

        def hear(request: Request) -> None:
            if not request.url.startswith((f"{address}/", f"blob:{address}/", "data:")):
                self.asked.append(request.url)

        context.on("request", hear)

    @contextmanager
    def listening(self) -> Iterator["Outside"]:
        """Listen until the block ends."""
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()
