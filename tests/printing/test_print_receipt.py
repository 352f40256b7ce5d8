"""The receipt on paper."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image
from tests.printing.sample_papers import letter_boxes_mm, page_sizes_mm, page_text, sokhas_receipt

from borderpass.printing.papers import PaperError
from borderpass.printing.print_receipt import draw_receipt, print_receipt, print_receipts


def test_the_receipt_is_one_a6_page_laid_wide() -> None:
    assert page_sizes_mm(print_receipt(sokhas_receipt())) == [(148.0, 105.0)]


def test_the_receipt_says_how_much_from_whom_what_for_and_under_which_order() -> None:
    text = page_text(print_receipt(sokhas_receipt())).replace("\u2009", " ")
    for words in ("0110-26-R-000981", "CHAN SOKHA", "Border pass fee", "20 000 KHR", "BP-7K3M-94", "012/26"):
        assert words in text
    assert "២០០០០" in "".join(text.split())
    assert "24 Nov 2026" in text


def test_the_time_of_payment_is_local() -> None:
    late = datetime(2026, 11, 30, 17, 5, tzinfo=UTC)  # Five past midnight in Phnom Penh, in the next month.
    text = page_text(print_receipt(sokhas_receipt(paid_at=late)))
    assert "1 Dec 2026, 00:05" in text
    assert "០០:០៥" in text


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(PaperError, match="lacks its time zone"):
        print_receipt(sokhas_receipt(paid_at=datetime(2026, 11, 22, 9, 41)))  # noqa: DTZ001


def test_an_amount_below_zero_is_refused() -> None:
    with pytest.raises(PaperError, match="-1 riel is no amount"):
        print_receipt(sokhas_receipt(amount_riel=-1))


def test_a_free_pass_has_a_receipt_over_nothing() -> None:
    assert "0 KHR" in page_text(print_receipt(sokhas_receipt(amount_riel=0)))


def test_a_second_print_says_that_it_is_a_copy() -> None:
    assert "COPY" not in "".join(page_text(print_receipt(sokhas_receipt())).split())
    assert "COPY" in "".join(page_text(print_receipt(sokhas_receipt(copy=True))).split())


def test_the_same_receipt_is_the_same_file() -> None:
    assert print_receipt(sokhas_receipt()) == print_receipt(sokhas_receipt())


def test_many_receipts_are_one_file_with_a_page_each() -> None:
    pdf = print_receipts([sokhas_receipt(), sokhas_receipt(number="R2"), sokhas_receipt(number="R3")])
    assert page_sizes_mm(pdf) == [(148.0, 105.0)] * 3
    with pytest.raises(PaperError, match="choose at least one"):
        print_receipts([])


def test_what_looks_like_markup_is_printed_as_it_stands() -> None:
    hostile = '#panic("x") *b* $x$ \\'
    assert hostile in page_text(print_receipt(sokhas_receipt(clerk=hostile)))


@pytest.mark.parametrize("text", ["ក" * 150, "W" * 150, "ឧត្តរមានជ័យ" * 12])
def test_long_texts_stay_on_the_paper(text: str) -> None:
    paper = sokhas_receipt(payer_km=text, purpose_km=text, clerk=text, office_km=text, amount_riel=999_999_999)
    for left, _, right, bottom in letter_boxes_mm(print_receipt(paper)):
        assert left >= 7.8
        assert right <= 140.4
        assert bottom <= 101


def test_nothing_to_collect_is_a_dash() -> None:
    assert "—" in page_text(print_receipt(sokhas_receipt(collect_on=None)))


def test_the_receipt_is_drawn_as_a_picture() -> None:
    assert Image.open(BytesIO(draw_receipt(sokhas_receipt(), ppi=100))).size == (583, 413)
