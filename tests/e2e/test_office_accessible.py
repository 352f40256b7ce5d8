"""Every page of the office that its people can reach can be read out, seen and worked with keys alone, and fits."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.e2e.counter import DEMO_PASSWORD, Desk
from tests.e2e.served_home import ServedHome
from tests.e2e.test_accessible import audit

LAPTOP: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
# What names one thing among many: one page of its kind is enough.
_NAMES = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/)[A-Z]?\d{4}-\d{2}-\d{6}-\w|(?<=/)\d{4}-\d\d-\d\d(?=/)"
)
_LINKS = "() => [...document.querySelectorAll('a[href]')].map((one) => one.getAttribute('href'))"
_WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def pages(page: Page, address: str, start: str, within: str) -> Iterator[tuple[str, int]]:
    """Open every page that links lead to from `start`, one of each kind, if its path matches `within`.

    Give path and status; it is open then.
    """
    waiting, seen = [start], {_NAMES.sub("*", start)}
    while waiting:
        path = waiting.pop(0)
        answer = page.request.get(address + path)
        if "text/html" not in answer.headers["content-type"]:
            continue
        page.goto(address + path)
        yield path, answer.status
        for link in page.evaluate(_LINKS):
            found = urlsplit(urljoin(address + path, link))
            kind = _NAMES.sub("*", found.path)
            is_ours = found.netloc == urlsplit(address).netloc
            if is_ours and kind not in seen and re.match(within, found.path):
                seen.add(kind)
                waiting.append(found.path)


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody's browser, in Khmer."""
    with browser.new_context(locale="km-KH", viewport=LAPTOP) as context:
        yield context


@pytest.mark.parametrize(
    ("name", "size", "within", "least"),
    [
        ("clerk-0110", LAPTOP, "/(office/0110/|account)", 25),
        ("governor-0110", PHONE, "/(office/0110/governor/|account|staff)", 6),
    ],
    ids=["clerk", "governor on a phone"],
)
def test_no_page_of_the_office_shuts_anybody_out(
    visitor: BrowserContext, served: ServedHome, name: str, size: ViewportSize, within: str, least: int
) -> None:
    address = f"http://localhost:{served.port}"
    desk = Desk(visitor, address, name, DEMO_PASSWORD)
    desk.page.set_viewport_size(size)
    faults, found = [], 0
    for path, status in pages(desk.page, address, "/office/0110/", within):
        found += 1
        faults += audit(desk.page, path)
        if status != HTTPStatus.OK:
            faults.append(f"{path}: {status}")
        if desk.page.evaluate(_WIDER) > 0:
            faults.append(f"{path}: wider than the screen")
    assert faults == []
    assert found >= least
