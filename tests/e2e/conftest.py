"""What do the browser tests share? A land, a server with a bad network in front of it, a browser and its camera."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from tests.cli.demonstration import Demonstration, tell_once
from tests.cli.running import ROOT
from tests.e2e.chromium import VIEWPORT, Outside, find_chromium, launch, put_on_home_screen, shorten_silence
from tests.e2e.fake_camera import FRAMES_A_SECOND, SLOW_FRAMES_A_SECOND, FakeCamera
from tests.e2e.gate_phone import GatePhone
from tests.e2e.hostile_proxy import HostileProxy, proxying
from tests.e2e.land import IssuedPass, Land, settle_once
from tests.e2e.ledger import Ledger
from tests.e2e.office import Office, working_office
from tests.e2e.served_home import ServedHome

_APPS = ROOT / "src" / "borderpass" / "web" / "phone"


@pytest.fixture(scope="session", autouse=True)
def browser_is_there() -> None:
    """Skip where there is no Chromium, unless this run must have one; fail where the apps were not built."""
    if find_chromium() is None:
        if os.environ.get("CI_REQUIRES_BROWSER"):
            pytest.fail("there is no chromium: install Debian's package chromium", pytrace=False)
        pytest.skip("there is no chromium: install Debian's package chromium to test the phones' apps")
    for app in ("gate", "check"):
        if not (_APPS / app / "index.html").is_file():
            pytest.fail(f"the phone's app {app} was not built: run make phone", pytrace=False)


def _shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """The demo, told once a run, whatever the number of workers; its folder is only read."""
    return tell_once(_shared(tmp_path_factory) / "demonstration")


@pytest.fixture(scope="session")
def land(demo: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Land:
    """The home that all are copied from."""
    return settle_once(_shared(tmp_path_factory) / "browser-tests", demo)


@pytest.fixture(scope="module")
def home(land: Land, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home for the tests of one file."""
    return land.copy(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def ledger(home: Path) -> Ledger:
    """What the server has."""
    return Ledger(home)


@pytest.fixture(scope="module")
def office(home: Path) -> Iterator[Office]:
    """Who makes codes, revokes passes and publishes bundles meanwhile."""
    with working_office(home) as at_work:
        yield at_work


@pytest.fixture(scope="module")
def served(home: Path) -> Iterator[ServedHome]:
    """The server."""
    with ServedHome(home) as running:
        yield running


@pytest.fixture(scope="module")
def proxy(served: ServedHome) -> Iterator[HostileProxy]:
    """The network: all that a browser ever talks to."""
    with proxying(served.port) as listening:
        yield listening


@pytest.fixture(scope="session")
def outside() -> Iterator[Outside]:
    """The rest of the world, which hears nothing."""
    with Outside().listening() as listening:
        yield listening


@pytest.fixture(scope="module")
def camera(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> FakeCamera:
    """The camera of the browser of one file: a slow one where the file's tests do not look through it."""
    is_used = getattr(request.module, "USES_CAMERA", False)
    path = tmp_path_factory.mktemp("camera") / "view.y4m"
    return FakeCamera(path, FRAMES_A_SECOND if is_used else SLOW_FRAMES_A_SECOND)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Playwright, ended with the file: while it lives, Django takes this thread for an asynchronous one."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright, camera: FakeCamera, outside: Outside) -> Iterator[Browser]:
    """One browser for a file; each test has a context of its own in it."""
    running = launch(playwright, camera.path, outside)
    yield running
    running.close()


@pytest.fixture
def silence_ms() -> int:
    """After how long silence admits: five seconds for officers, less for tests that are about something else."""
    return 900


@pytest.fixture
def context(
    browser: Browser, proxy: HostileProxy, outside: Outside, camera: FakeCamera, silence_ms: int
) -> Iterator[BrowserContext]:
    """A phone's browser with nothing in it yet, on a network that behaves. Nothing is ever asked of anybody else."""
    proxy.behave()
    proxy.forget()
    camera.show_nothing()
    fresh = browser.new_context(viewport=VIEWPORT, has_touch=True)
    outside.watch(fresh, proxy.address)
    put_on_home_screen(fresh)
    shorten_silence(fresh, silence_ms)
    yield fresh
    proxy.behave()
    fresh.close()
    assert outside.asked == []


@dataclass(slots=True)
class Travellers:
    """Passes that nobody has crossed with yet, each given out once a file."""

    waiting: list[IssuedPass]

    def next(self) -> IssuedPass:
        return self.waiting.pop()

    def some(self, count: int) -> list[IssuedPass]:
        return [self.next() for _ in range(count)]


@pytest.fixture(scope="module")
def travellers(land: Land) -> Travellers:
    """Who comes to the gate."""
    return Travellers(list(land.passes))


@pytest.fixture
def new_phone(context: BrowserContext, proxy: HostileProxy) -> GatePhone:
    """A phone that asks for its enrolment, in English."""
    return GatePhone(context, proxy.address).open().choose_english()


Enrol = Callable[..., GatePhone]


@pytest.fixture
def enrol(office: Office, ledger: Ledger) -> Enrol:
    """Enrol a phone at Poipet with a code that is typed; the phone then knows its device's id."""

    def at_poipet(phone: GatePhone, direction: str = "exit") -> GatePhone:
        phone.enrol(office.code(direction=direction))
        phone.device = ledger.newest_device()
        return phone

    return at_poipet


@pytest.fixture
def phone(new_phone: GatePhone, enrol: Enrol) -> GatePhone:
    """A phone at work at Poipet, exit."""
    return enrol(new_phone)
