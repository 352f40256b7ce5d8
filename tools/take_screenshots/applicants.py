"""What do the pages for applicants look like? A phone fills in the form from home, in Khmer."""

from playwright.sync_api import Page
from tests.e2e.chromium import VIEWPORT

from .office_studio import OfficeStudio
from .pictures import take

_BORN = "4 5 1992"
_PLACE = ("01", "0110", "011001", "01100101")
_WHO = ("សុខ សុភា", "SOK SOPHEA", "2", _BORN, "", "id_card", "018203947", "កសិករ", "012345678")
_ANSWERS = ("new", *_PLACE, *_WHO, "0", "")
# Phones have letters of all three languages; the machine that takes the pictures may have none.
_PHONE_FONTS = """document.addEventListener("DOMContentLoaded", () => {
  const style = document.createElement("style");
  const font = (name) => `url("/static/fonts/${name.toLowerCase()}/NotoSans${name}%5Bwdth,wght%5D.ttf")`;
  style.textContent = ["Khmer", "Thai"].map((name) =>
    `@font-face { font-family: "Phone ${name}"; src: ${font(name)}; font-weight: 100 900; }`).join("") +
    `body, button, input { font-family: "Phone Khmer", "Phone Thai", sans-serif !important; }`;
  document.head.append(style);
});"""


def walk_apply(studio: OfficeStudio) -> None:
    """Take the first page, a question, and the code at the end."""
    with studio.browser.new_context(viewport=VIEWPORT, locale="km-KH", has_touch=True, bypass_csp=True) as context:
        context.add_init_script(_PHONE_FONTS)
        page = context.new_page()
        page.goto(f"{studio.address}/apply/")
        take(studio.out, page, "apply-start-km")
        page.locator("a.go").click()
        for answer in _ANSWERS:
            _type(page, answer)
            if answer == _BORN:
                take(studio.out, page, "apply-question-km")
            page.locator("form .go").click()
        page.locator("form .go").first.click()
        page.locator(".reference").wait_for()
        take(studio.out, page, "apply-sent-km")


def _type(page: Page, answer: str) -> None:
    """Answer the question that is asked: a day in its three fields, a choice by its value, anything else in letters."""
    if (choice := page.locator(f'input[type=radio][value="{answer}"]')).count():
        choice.check()
    elif answer == _BORN:
        for name, part in zip(("day", "month", "year"), answer.split(), strict=True):
            page.locator(f"[name$=-{name}]").fill(part)
    elif answer:
        page.locator("#answer").fill(answer)
