"""Many passes as one PDF: the sizes of the pages, each code as a scanner reads it, and marks to cut at."""

from dataclasses import replace
from typing import Any

import pytest
import zxingcpp
from tests.printing.sample_papers import base45_text, page_picture, page_sizes_mm, portrait, sokhas_pass

from borderpass.printing.papers import PaperError, PassPaper
from borderpass.printing.print_pass import print_pass_a6, print_pass_card
from borderpass.printing.print_sheet import Layout, check_paper_fits, print_sheet

MARK_MM = 1.5


@pytest.fixture(scope="module")
def papers() -> list[PassPaper]:
    return [sokhas_pass(number=f"0110-26-00000{n}-K", qr_text=base45_text(1200, seed=n)) for n in range(5)]


def codes(pdf: bytes, page: int) -> list[Any]:
    """The codes of a page, from the top left on in rows."""
    found = zxingcpp.read_barcodes(page_picture(pdf, 150, page))
    return sorted(found, key=lambda one: (round(one.position.top_left.y, -2), one.position.top_left.x))


def test_four_leaves_lie_on_an_a4_sheet_in_their_order(papers: list[PassPaper]) -> None:
    pdf = print_sheet(papers, Layout.A4)
    assert page_sizes_mm(pdf) == [(210.0, 297.0), (210.0, 297.0)]
    assert [one.text for one in codes(pdf, 0)] == [paper.qr_text for paper in papers[:4]]
    assert [one.text for one in codes(pdf, 1)] == [papers[4].qr_text]


def test_marks_to_cut_at_are_outside_of_every_leaf(papers: list[PassPaper]) -> None:
    picture = page_picture(print_sheet(papers[:4], Layout.A4), 300).convert("L")
    dots = 300 / 25.4
    for x, y in ((105, MARK_MM), (105, 297 - MARK_MM), (MARK_MM, 148.5), (210 - MARK_MM, 148.5), (105, 148.5)):
        around = (round(x * dots) - 4, round(y * dots) - 4, round(x * dots) + 5, round(y * dots) + 5)
        assert any(picture.crop(around).histogram()[:200]), (x, y)


@pytest.mark.parametrize(("layout", "size", "pages"), [(Layout.A6, (105.0, 148.0), 1), (Layout.CARD, (85.6, 53.98), 2)])
def test_leaves_and_cards_come_one_after_the_other(
    papers: list[PassPaper], layout: Layout, size: tuple[float, float], pages: int
) -> None:
    assert page_sizes_mm(print_sheet(papers, layout)) == [size] * (5 * pages)


def test_one_alone_is_the_same_paper() -> None:
    assert print_sheet([sokhas_pass()], Layout.A6) == print_pass_a6(sokhas_pass())
    assert print_sheet([sokhas_pass()], Layout.CARD) == print_pass_card(sokhas_pass())


@pytest.mark.parametrize("layout", Layout)
def test_nothing_and_what_does_not_fit_are_refused(layout: Layout) -> None:
    with pytest.raises(PaperError):
        print_sheet([], layout)
    square = replace(sokhas_pass(), print_jpeg=portrait(960, 960))
    with pytest.raises(PaperError):
        check_paper_fits(square, layout)
    check_paper_fits(sokhas_pass(), layout)
