"""A villager's phone applies: without scripts, with few bytes, and with nothing that shuts anybody out."""

from io import BytesIO
from itertools import cycle

import pytest
import zxingcpp
from PIL import Image

from tests.e2e.chromium import VIEWPORT
from tests.e2e.test_accessible import audit

MOST_BYTES = 60_000
ANSWERS = (
    ("choose", "new"),
    ("choose", "01"),
    ("choose", "0110"),
    ("choose", "011001"),
    ("choose", "01100101"),
    ("write", "សុខ សុភា"),
    ("write", "SOK SOPHEA"),
    ("choose", "2"),
    ("day", "4 5 1992"),
    ("write", ""),
    ("choose", "id_card"),
    ("write", "018203947"),
    ("write", "កសិករ"),
    ("write", "012345678"),
    ("choose", "0"),
    ("leave", ""),
)


@pytest.fixture
def page(browser, served, request):
    """A page of a phone in Khmer, with scripts where the test asks for them."""
    marks = {"java_script_enabled": getattr(request, "param", False)}
    context = browser.new_context(viewport=VIEWPORT, locale="km", base_url=f"http://127.0.0.1:{served.port}", **marks)
    yield context.new_page()
    context.close()


def answer(page, how, what):
    """Answer the question that is asked, and go on."""
    if how == "choose":
        page.check(f'input[value="{what}"]')
    elif how == "write":
        page.fill("#answer", what)
    elif how == "day":
        for name, part in zip(("day", "month", "year"), what.split(), strict=True):
            page.fill(f"[name$=-{name}]", part)
    page.click("button.go")


def weigh(page, path):
    """Return how many bytes of files a page needs that was never opened before."""
    answers = []

    def note(answer):
        answers.append(answer)

    page.on("response", note)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    return {one.url.rsplit("/", 1)[-1]: len(one.body()) for one in answers}


def test_first_use_is_light_even_on_a_phone_without_a_khmer_font(page):
    weights = weigh(page, "/apply/")
    assert sum(weights.values()) < MOST_BYTES, weights
    assert set(weights) - {"", "icon.svg"} <= {"tokens.css", "applicant.css", "khmer.woff2"}


def test_a_phone_without_scripts_fills_in_the_form_and_keeps_its_code(page):
    page.goto("/apply/")
    page.click("a.go")
    for how, what in ANSWERS:
        answer(page, how, what)
    page.click("button.go")
    reference = page.inner_text(".reference")
    page.go_back()
    assert page.url.endswith("/apply/sent/")
    with page.expect_download() as saved:
        page.click("a.go")
    picture = Image.open(BytesIO(saved.value.path().read_bytes()))
    assert [one.text for one in zxingcpp.read_barcodes(picture.convert("L"))] == [reference]
    page.goto("/apply/follow/")
    page.fill("#reference", reference)
    for name, part in (("day", "4"), ("month", "5"), ("year", "1992")):
        page.fill(f"[name=born-{name}]", part)
    page.click("button.go")
    assert page.locator(".price").count() == 1


@pytest.mark.parametrize("page", [True], indirect=True)
def test_no_page_shuts_anybody_out_or_runs_over_the_edge(page):
    # The questions are of a few kinds: light and dark in turn is both for each.
    schemes = cycle(("light", "dark"))
    page.goto("/apply/")
    faults = audit(page, "start")
    page.click("a.go")
    for how, what in ANSWERS:
        page.emulate_media(color_scheme=next(schemes))
        if how == "day":
            page.click("button.go")
            faults += audit(page, "a day that is wrong")
        faults += audit(page, page.url.rsplit("/", 2)[-2])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
        answer(page, how, what)
    faults += audit(page, "review")
    page.click("button.go")
    faults += audit(page, "sent")
    page.goto("/apply/follow/")
    faults += audit(page, "follow")
    page.click("button.go")
    faults += audit(page, "follow, wrong")
    assert faults == []
