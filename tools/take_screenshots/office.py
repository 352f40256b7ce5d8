"""What do the office's screens look like? A pass is taken on its way by its clerk and its governor, in Khmer."""

import math
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.e2e.counter import DEMO_PASSWORD, PATIENCE_MS, Desk, add_passkey, card_lines, give_passkeys

from borderpass.pictures.drawn_face import draw_face

from .office_studio import OFFICE, OfficeStudio
from .pictures import take

_OFFICE = f"/office/{OFFICE}/"
_OTHERS = ("en", "th")
_STROKES = 150
_CARD = card_lines("018203947", "920504", "F", "330504", "SOK<<SOPHEA")


def walk_office(studio: OfficeStudio) -> None:
    """Take the screens of the counter, of the governor, and of what is beside their way."""
    counter = studio.sign_in("clerk")
    _take(studio, counter, "", "desk")
    _in_others(studio, counter, "desk")
    _take_in(studio, counter)
    _decide(studio)
    _print_and_hand_over(studio, counter)
    _look_after(studio, counter)


def _take(studio: OfficeStudio, desk: Desk, path: str, name: str) -> None:
    desk.go(_OFFICE + path)
    take(studio.out, desk.page, f"office-{name}-km")


def _in_others(studio: OfficeStudio, desk: Desk, name: str) -> None:
    """Take the page that is open in the other languages too."""
    for language in (*_OTHERS, "km"):
        desk.page.locator(f"button[name=language][lang={language}]").click()
        desk.page.locator(f"html[lang={language}]").wait_for()
        if language != "km":
            take(studio.out, desk.page, f"office-{name}-{language}")


def _take_in(studio: OfficeStudio, desk: Desk) -> None:
    """Take in an application from the card, and its fee."""
    page = desk.page
    desk.go(f"{_OFFICE}new/")
    page.locator("#id_card").fill(_CARD)
    page.locator("#card .says").wait_for()
    page.locator("#id_name_khmer").fill("សុខ សុភា")
    page.locator("#id_place").press_sequentially("Nimit Muoy")
    page.locator("#places button").first.click()
    page.locator("#address .says").wait_for()
    page.locator("#id_occupation").fill("កសិករ")
    page.locator("#id_phone").fill("012345678")
    page.locator("#id_picture").set_input_files(_photo(studio.folder))
    page.locator("#photo-says .says").wait_for()
    page.evaluate("scrollTo(0, 300)")
    take(studio.out, page, "office-intake-km")
    page.locator("#take-in").click()
    page.locator("#done-title").wait_for()
    take(studio.out, page, "office-taken-in-km")
    page.locator(".next .act a[accesskey=m]").click()
    page.locator("#fee-title").wait_for()
    take(studio.out, page, "office-fee-km")
    page.locator(".fee form .main").first.click()
    page.locator("#receipt-title").wait_for()
    take(studio.out, page, "office-receipt-km")


def _photo(folder: Path) -> Path:
    made = folder / "photo.jpg"
    made.write_bytes(draw_face(2, 2, 34))
    return made


def _decide(studio: OfficeStudio) -> None:
    """Look at the queue and at one application as the governor; approve many with one touch."""
    desk = studio.sign_in("governor")
    page = desk.page
    give_passkeys(page)
    add_passkey(desk, DEMO_PASSWORD)
    _take(studio, desk, "governor/", "governor")
    _in_others(studio, desk, "governor")
    page.locator("table.waiting tbody th a").first.click()
    page.locator("#decide-title").wait_for()
    take(studio.out, page, "office-decide-km")
    _in_others(studio, desk, "decide")
    desk.go(f"{_OFFICE}governor/")
    page.locator("[data-choose-usual]").check()
    take(studio.out, page, "office-many-km")
    page.locator("form.choosing button.main").click()
    page.locator("form.touch .main").wait_for()
    take(studio.out, page, "office-sign-km")
    page.locator("form.touch .main").click()
    page.locator(".outcome").wait_for()
    take(studio.out, page, "office-approved-km")
    desk.go("/staff/")
    take(studio.out, page, "office-staff-km")


def _print_and_hand_over(studio: OfficeStudio, desk: Desk) -> None:
    page = desk.page
    desk.go(f"{_OFFICE}printing/")
    page.locator("[data-choose-all]").check()
    take(studio.out, page, "office-printing-km")
    desk.go(f"{_OFFICE}printing/check/")
    page.locator("#text").fill(studio.text)
    page.keyboard.press("Enter")
    page.locator(".printing-holds").wait_for()
    take(studio.out, page, "office-check-km")
    page.locator(".printing-holds a.quiet").click()
    page.locator("#hand-title").wait_for()
    _sign_with_the_finger(page)
    take(studio.out, page, "office-hand-over-km")


def _sign_with_the_finger(page: Page) -> None:
    """Draw loops that grow smaller, as names that are written often look."""
    pad = page.locator(".printing-pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    for step in range(_STROKES):
        turn, size = step / 5, 1 - step / _STROKES
        across = box["x"] + box["width"] * (0.25 + step / _STROKES / 3 + math.sin(turn) * size / 30)
        page.mouse.move(across, box["y"] + box["height"] * (0.5 - math.cos(turn) * size * 0.3))
        if step == 0:
            page.mouse.down()
    page.mouse.up()
    page.evaluate("scrollTo(0, 0)")


def _look_after(studio: OfficeStudio, desk: Desk) -> None:
    page = desk.page
    _take(studio, desk, f"passes/{studio.number}/", "pass")
    _take(studio, desk, "notices/", "notices")
    desk.go(f"{_OFFICE}imports/")
    page.locator("input[type=file]").set_input_files(studio.book)
    page.locator("form[enctype] .main").click()
    page.wait_for_load_state()
    page.wait_for_function("() => !document.querySelector('progress')", timeout=PATIENCE_MS)
    desk.go(f"{_OFFICE}imports/")
    page.locator("table.lines tbody th a").first.click()
    expect(page.locator("#faults-title")).to_be_visible(timeout=PATIENCE_MS)
    take(studio.out, page, "office-old-books-km")
    desk.go(f"{_OFFICE}till/close/")
    fields = page.locator(".notes input")
    for at, notes in ((2, "2"), (3, "4"), (4, "4")):
        fields.nth(at).fill(notes)
    page.locator("[name=handed_on_riel]").fill("250000")
    take(studio.out, page, "office-till-close-km")
