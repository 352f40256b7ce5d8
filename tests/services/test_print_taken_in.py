"""Does the slip name what was taken in, its price and its day, and does its code hold the reference alone?"""

from datetime import date
from io import BytesIO

import pypdfium2 as pdfium
import pytest

from borderpass.pictures.read_codes import read_codes
from borderpass.printing.print_taken_in import TakenInPaper, draw_taken_in
from borderpass.services.print_taken_in import print_taken_in_slip
from tests.installation import lodged

PAPER = TakenInPaper(
    reference="A0110-26-000123-K",
    office_km="សាលាក្រុងប៉ោយប៉ែត",
    office_latin="Poipet City Hall",
    name_khmer="សុខ សុខា",
    name_latin="SOK SOKHA",
    purpose_km="ប័ណ្ណព្រំដែនថ្មី",
    purpose_latin="New border pass",
    taken_in_on=date(2026, 11, 23),
    amount_riel=20_000,
    fee_order_number="BP-2016-01",
    ready_on=date(2026, 11, 25),
)


def text_of(pdf: bytes) -> str:
    document = pdfium.PdfDocument(BytesIO(pdf))
    assert len(document) == 1
    return str(document[0].get_textpage().get_text_range())


@pytest.mark.usefixtures("installation")
def test_a_slip_says_reference_price_order_and_day() -> None:
    application = lodged()
    said = text_of(print_taken_in_slip(application))
    for word in (application.reference, "SOK SOKHA", "BP-2016-01", "New border pass", "25 Nov 2026"):
        assert word in said
    assert application.document_number not in said


@pytest.mark.usefixtures("installation")
def test_the_same_application_gives_the_same_slip() -> None:
    application = lodged()
    assert print_taken_in_slip(application) == print_taken_in_slip(application)


def test_the_code_holds_the_reference_alone() -> None:
    assert read_codes(draw_taken_in(PAPER, 150)) == ["A0110-26-000123-K"]
