"""The pass on paper: its sizes, its symbol as a scanner sees it, and that nothing sticks out."""

import threading
from dataclasses import replace
from datetime import date
from io import BytesIO
from math import dist

import pytest
from PIL import Image, ImageFilter
from tests.printing.sample_papers import (
    CHILDREN,
    MM_PER_INCH,
    QR_TEXT,
    base45_text,
    letter_boxes_mm,
    page_picture,
    page_sizes_mm,
    page_text,
    portrait,
    read_symbol,
    read_text,
    sokhas_pass,
)

from borderpass.printing.papers import PaperError
from borderpass.printing.print_pass import (
    A6_SYMBOL_MAX_MM,
    A6_SYMBOL_MM,
    CARD_SYMBOL_MM,
    MIN_MODULE_MM,
    a6_symbol_mm,
    draw_pass_a6,
    draw_pass_card,
    print_pass_a6,
    print_pass_a6_sheet,
    print_pass_card,
)
from borderpass.printing.qr_symbol import SymbolError, make_symbol

HOSTILE = '#panic("x") *bold* _em_ $x$ \\ [y] <b> &amp; @ref `raw` // -- ~'


@pytest.fixture(scope="module")
def a6() -> bytes:
    return print_pass_a6(sokhas_pass())


@pytest.fixture(scope="module")
def card() -> bytes:
    return print_pass_card(sokhas_pass())


def measured_module_mm(picture: Image.Image, dpi: float, modules: int) -> float:
    """The module as a ruler would give it: the mean side of the symbol over its modules."""
    symbol = read_symbol(picture)
    assert symbol is not None
    where = symbol.position
    corners = [where.top_left, where.top_right, where.bottom_right, where.bottom_left]
    points = [(corner.x, corner.y) for corner in corners]
    sides = [dist(points[index], points[(index + 1) % 4]) for index in range(4)]
    return sum(sides) / 4 / modules / dpi * MM_PER_INCH


def test_the_pages_have_their_standard_sizes(a6: bytes, card: bytes) -> None:
    assert page_sizes_mm(a6) == [(105.0, 148.0)]
    assert page_sizes_mm(card) == [(85.6, 53.98), (85.6, 53.98)]


def test_on_a6_the_longest_pass_measures_at_least_50_mm_and_0_4_mm_a_module(a6: bytes) -> None:
    module = measured_module_mm(page_picture(a6, 300), 300, 117)
    assert module == pytest.approx(A6_SYMBOL_MM / 125, abs=0.002)
    assert module >= MIN_MODULE_MM
    assert module * 125 >= 50.0


def test_on_the_card_the_longest_pass_still_has_0_4_mm_a_module(card: bytes) -> None:
    module = measured_module_mm(page_picture(card, 300, page=1), 300, 117)
    assert module == pytest.approx(CARD_SYMBOL_MM / 125, abs=0.002)
    assert module >= MIN_MODULE_MM


def test_a_short_pass_gets_larger_modules_not_a_smaller_symbol() -> None:
    paper = sokhas_pass(qr_text=base45_text(465))
    module = measured_module_mm(page_picture(print_pass_a6(paper), 300), 300, 69)
    assert module * (69 + 8) == pytest.approx(A6_SYMBOL_MM, abs=0.3)


def test_a_denser_symbol_grows_and_keeps_its_modules() -> None:
    dense = base45_text(2050)
    modules = make_symbol(dense).modules
    pdf = print_pass_a6(sokhas_pass(qr_text=dense, companions=CHILDREN))
    assert A6_SYMBOL_MM < a6_symbol_mm(modules) <= A6_SYMBOL_MAX_MM
    assert measured_module_mm(page_picture(pdf, 300), 300, modules) >= MIN_MODULE_MM - 0.002
    assert read_text(page_picture(pdf, 300)) == dense


def test_a_symbol_too_dense_for_the_page_is_refused() -> None:
    with pytest.raises(PaperError, match=r"pass 0110-26-000417-K: 2400 characters need a QR of \d+ mm"):
        print_pass_a6(sokhas_pass(qr_text=base45_text(2400)))


@pytest.mark.parametrize("dpi", [100, 150, 200, 300])
def test_the_a6_page_scans_to_the_exact_text(a6: bytes, dpi: int) -> None:
    assert read_text(page_picture(a6, dpi)) == QR_TEXT


@pytest.mark.parametrize("dpi", [100, 150, 200, 300])
def test_the_back_of_the_card_scans_to_the_exact_text(card: bytes, dpi: int) -> None:
    assert read_text(page_picture(card, dpi, page=1)) == QR_TEXT


@pytest.mark.parametrize("angle", [-7, 3, 90])
@pytest.mark.parametrize("blur", [0.6, 1.0])
def test_both_papers_scan_at_200_dpi_turned_and_blurred(a6: bytes, card: bytes, angle: int, blur: float) -> None:
    for pdf, page in ((a6, 0), (card, 1)):
        turned = page_picture(pdf, 200, page).rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
        assert read_text(turned.filter(ImageFilter.GaussianBlur(blur))) == QR_TEXT


def test_the_quiet_zone_is_pure_white_on_both_papers(a6: bytes, card: bytes) -> None:
    # Four modules inside the symbol's box, short of the hairline around it on A6.
    for pdf, page, left, top, side in ((a6, 0, 7, 77.5, A6_SYMBOL_MM), (card, 1, 0.99, 0.99, CARD_SYMBOL_MM)):
        picture = page_picture(pdf, 300, page)
        quiet = 4 * side / 125 - 0.1
        right, bottom = left + side, top + side
        edges = [
            (left + 0.2, top + 0.2, right - 0.2, top + quiet),
            (left + 0.2, bottom - quiet, right - 0.2, bottom - 0.2),
            (left + 0.2, top + 0.2, left + quiet, bottom - 0.2),
            (right - quiet, top + 0.2, right - 0.2, bottom - 0.2),
        ]
        for edge in edges:
            box = tuple(round(mm / MM_PER_INCH * 300) for mm in edge)
            assert picture.crop((box[0], box[1], box[2], box[3])).getextrema() == (255, 255)


def test_the_portrait_goes_in_without_being_encoded_again(a6: bytes, card: bytes) -> None:
    assert portrait() in a6
    assert portrait() in card


@pytest.mark.parametrize("jpeg", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_a_portrait_that_is_no_jpeg_is_refused(jpeg: bytes) -> None:
    with pytest.raises(PaperError, match="not a JPEG picture: take the photo in again"):
        print_pass_a6(sokhas_pass(print_jpeg=jpeg))


def test_a_portrait_of_another_shape_is_refused() -> None:
    with pytest.raises(PaperError, match="960x960, not 4:5"):
        print_pass_card(sokhas_pass(print_jpeg=portrait(960, 960)))


def test_a_text_that_is_not_base45_is_refused() -> None:
    with pytest.raises(SymbolError):
        print_pass_card(sokhas_pass(qr_text="lower case"))


def test_five_children_are_refused_rather_than_left_out() -> None:
    with pytest.raises(PaperError, match="names 5 children and has room for 4"):
        print_pass_a6(sokhas_pass(companions=(*CHILDREN, CHILDREN[0])))


def test_the_same_pass_is_the_same_file_and_another_is_not(a6: bytes, card: bytes) -> None:
    print_pass_a6(sokhas_pass(name_latin="SOMEONE ELSE"))
    assert print_pass_a6(sokhas_pass()) == a6
    assert print_pass_card(sokhas_pass()) == card
    assert print_pass_a6(sokhas_pass(issued_on=date(2026, 11, 23))) != a6


def test_threads_that_print_at_once_each_get_their_own_pass() -> None:
    papers = [sokhas_pass(number=f"0110-26-{n:06}-K", qr_text=base45_text(465, seed=n)) for n in range(6)]
    printed: dict[str, bytes] = {}
    threads = [
        threading.Thread(target=lambda paper=paper: printed.update({paper.number: print_pass_a6(paper)}))
        for paper in papers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for paper in papers:
        assert read_text(page_picture(printed[paper.number], 150)) == paper.qr_text


def test_a_sheet_has_a_page_a_pass_in_the_order_given() -> None:
    papers = [sokhas_pass(number=f"0110-26-{n:06}-K", qr_text=base45_text(465, seed=n)) for n in range(3)]
    pdf = print_pass_a6_sheet(papers)
    assert page_sizes_mm(pdf) == [(105.0, 148.0)] * 3
    for page, paper in enumerate(papers):
        assert paper.number in page_text(pdf, page)
        assert read_text(page_picture(pdf, 150, page)) == paper.qr_text


def test_a_sheet_of_nothing_is_refused() -> None:
    with pytest.raises(PaperError, match="no pass to print"):
        print_pass_a6_sheet([])


def test_the_page_says_who_until_when_and_under_which_order(a6: bytes) -> None:
    text = page_text(a6)
    for words in (
        "0110-26-000417-K",
        "CHAN SOKHA",
        "7 Mar 1989",
        "22 Nov 2028",
        "Governor of Poipet",
        "012/26",
        "None",
    ):
        assert words in text


def test_the_card_names_the_holder_in_front_and_the_children_behind() -> None:
    pdf = print_pass_card(sokhas_pass(companions=CHILDREN))
    assert "CHAN SOKHA" in page_text(pdf, 0)
    assert "22 Nov 2028" in page_text(pdf, 0)
    assert "CHAN Sreyneang" in page_text(pdf, 1)
    assert "31 Dec 2021" in page_text(pdf, 1)


def test_what_looks_like_markup_is_printed_as_it_stands() -> None:
    child = replace(CHILDREN[0], name="#set *x*")
    paper = sokhas_pass(name_latin=HOSTILE, order_number='#read("/etc/hosts")', number="#1*2_3", companions=(child,))
    for pdf, pages in ((print_pass_a6(paper), (0,)), (print_pass_card(paper), (0, 1))):
        text = "".join("".join(page_text(pdf, page) for page in pages).split())  # Lines may break anywhere.
        for words in (HOSTILE, '#read("/etc/hosts")', "#1*2_3", "#set *x*"):
            assert "".join(words.split()) in text


LONG_KHMER = "ព្រះអង្គម្ចាស់ សុវណ្ណវិជ្ជាធរឧត្តមពិសិដ្ឋនរោត្តមរតនៈស្ត្រីក្សត្រិយានីធម្មវិស្វកម្មព្រហ្មវិហារឧត្តរមានជ័យឫទ្ធិសែន"
LONG_LATIN = "PREAHANGMCHAS SOVANNAVICHEATHORUTTAMPISETHNOROTTAMRATTANAKSTREYKSATRIYEANI MAXIMILIANA FITZGERALD"


@pytest.mark.parametrize(
    ("khmer", "latin"),
    [
        (LONG_KHMER, LONG_LATIN),
        ("ក" * 120, "W" * 100),
        ("ក្ត្រី" * 60, "I" * 300),
        ("ស្ត្រី" * 30, "W " * 50),
        (LONG_KHMER * 3, LONG_LATIN * 3),
    ],
)
def test_long_names_shrink_or_wrap_and_never_stick_out(khmer: str, latin: str) -> None:
    paper = sokhas_pass(
        name_khmer=khmer,
        name_latin=latin,
        home_km=khmer,
        home_latin=latin,
        governor_title_km=khmer,
        governor_title_latin=latin,
        companions=tuple(replace(child, name=khmer if child.sex == "male" else latin) for child in CHILDREN),
        order_number=latin,
    )
    a6, card = print_pass_a6(paper), print_pass_card(paper)
    symbol_right, symbol_bottom = 7 + A6_SYMBOL_MM, 77.5 + A6_SYMBOL_MM
    for left, top, right, bottom in letter_boxes_mm(a6, fine_print_mm=74.4):
        assert left >= 6.8
        assert right <= 98.4
        assert bottom <= 144
        assert left >= symbol_right or bottom <= 77.5 or top >= symbol_bottom
    for left, _, right, bottom in letter_boxes_mm(card, fine_print_mm=43.0):
        assert left >= 3.3
        assert right <= 83.2
        assert bottom <= 53.98
    assert all(left >= CARD_SYMBOL_MM + 1.98 for left, *_ in letter_boxes_mm(card, 1))
    assert read_text(page_picture(a6, 200)) == QR_TEXT
    assert read_text(page_picture(card, 200, page=1)) == QR_TEXT


def test_a_specimen_says_so_across_every_page_and_still_scans() -> None:
    paper = sokhas_pass(specimen=True, companions=CHILDREN)
    a6, card = print_pass_a6(paper), print_pass_card(paper)
    for pdf, page in ((a6, 0), (card, 0), (card, 1)):
        assert "SPECIMEN" in "".join(page_text(pdf, page).split())
    assert read_text(page_picture(a6, 200)) == QR_TEXT
    assert read_text(page_picture(card, 200, page=1)) == QR_TEXT


def test_only_a_specimen_is_marked(a6: bytes) -> None:
    assert "SPECIMEN" not in "".join(page_text(a6).split())


@pytest.mark.parametrize(("kind", "note"), [("extension", "EXTENDED"), ("one_time", "SINGLE USE")])
def test_a_pass_of_another_kind_says_so(kind: str, note: str) -> None:
    assert note in page_text(print_pass_a6(sokhas_pass(kind=kind)))
    assert note in page_text(print_pass_card(sokhas_pass(kind=kind)))


def test_pages_are_drawn_as_pictures_at_the_resolution_asked_for() -> None:
    page = Image.open(BytesIO(draw_pass_a6(sokhas_pass(), ppi=300)))
    front, back = (Image.open(BytesIO(side)) for side in draw_pass_card(sokhas_pass(), ppi=300))
    assert page.format == front.format == back.format == "PNG"
    assert page.size == (1240, 1748)
    assert front.size == back.size == (1011, 638)
    assert read_text(page.convert("L")) == QR_TEXT
    assert read_text(back.convert("L")) == QR_TEXT
