"""The papers about money beside the receipt: what is given back, a code to pay by, a day's close."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from tests.printing.sample_papers import letter_boxes_mm, page_sizes_mm, page_text

from borderpass.printing.money_papers import ClosePaper, KhqrPaper, RefundPaper
from borderpass.printing.papers import PaperError
from borderpass.printing.print_close import draw_close, print_close
from borderpass.printing.print_khqr import draw_khqr, print_khqr
from borderpass.printing.print_refund import draw_refund, print_refund
from borderpass.printing.qr_symbol import SymbolError, make_text_symbol
from borderpass.wire.khqr import Khqr, Merchant, write_khqr

AT = datetime(2026, 11, 23, 2, 5, tzinfo=UTC)
NO_ZONE = datetime(2026, 11, 23, 9, 5)  # noqa: DTZ001
OFFICE_KM, OFFICE_LATIN = "ក្រុងប៉ោយប៉ែត", "Poipet Municipality"
LONGEST = Khqr(
    account="a" * 27 + "@wing",
    amount_riel=9_999_999,
    name="N" * 25,
    city="C" * 15,
    bill_number="A0110-26-000001-X",
    created_at=AT,
    expires_at=AT + timedelta(minutes=10),
    merchant=Merchant("1" * 25, "B" * 25),
    name_khmer="ក្រុងប៉ោយប៉ែតខេត្តបន្ទាយ",
)

REFUND = RefundPaper(
    number="B0110-26-000003",
    office_km=OFFICE_KM,
    office_latin=OFFICE_LATIN,
    payee_km="សុខ សុខា",
    payee_latin="SOK SOKHA",
    reason_km="ពាក្យសុំត្រូវបានបដិសេធ",
    reason_latin="Application refused",
    amount_riel=20_000,
    method="cash",
    given_at=AT,
    clerk="បុប្ផា Bopha",
    application_reference="A0110-26-000001-X",
    paid_how="R0110-26-000001",
    order_number="BP-2016-04",
)
CODE = KhqrPaper(
    text=write_khqr(LONGEST),
    office_km=OFFICE_KM,
    office_latin=OFFICE_LATIN,
    payer_km="សុខ សុខា",
    payer_latin="SOK SOKHA",
    application_reference="A0110-26-000001-X",
    account=LONGEST.account,
    account_name=LONGEST.name,
    amount_riel=20_000,
    order_number="BP-2016-01",
    expires_at=LONGEST.expires_at,
)
CLOSE = ClosePaper(
    office_km=OFFICE_KM,
    office_latin=OFFICE_LATIN,
    day=date(2026, 11, 23),
    opened_at=AT,
    opened_by="Bopha",
    closed_at=AT + timedelta(hours=8),
    closed_by="Bopha",
    opening_riel=50_000,
    received_riel=440_000,
    receipts=22,
    first_receipt="R0110-26-000981",
    last_receipt="R0110-26-001002",
    returned_riel=20_000,
    refunds=1,
    counted=((20_000, 20), (10_000, 5), (5_000, 3)),
    other_riel=4_500,
    counted_riel=469_500,
    reason="a note was torn",
    handed_on_riel=400_000,
    khqr_riel=60_000,
    khqr_receipts=3,
)


def words(pdf: bytes) -> str:
    return " ".join(page_text(pdf).replace("\u2009", " ").split())


class TestRefund:
    def test_it_is_one_a6_page_laid_wide(self) -> None:
        assert page_sizes_mm(print_refund(REFUND)) == [(148.0, 105.0)]

    def test_it_says_how_much_to_whom_why_and_by_which_order(self) -> None:
        said = words(print_refund(REFUND))
        for word in ("B0110-26-000003", "SOK SOKHA", "Application refused", "20 000 KHR", "R0110-26-000001"):
            assert word in said
        assert "BP-2016-04" in said
        assert "23 Nov 2026, 09:05" in said

    def test_a_transfer_and_another_currency_stand_as_they_are(self) -> None:
        said = words(
            print_refund(replace(REFUND, method="khqr", reference="TRX 9", amount_riel=0, other_amount="5 USD"))
        )
        assert "5 USD" in said
        assert "TRX 9" in said

    def test_a_copy_says_so(self) -> None:
        assert "COPY" in words(print_refund(replace(REFUND, copy=True)))

    @pytest.mark.parametrize("changes", [{"amount_riel": -1}, {"given_at": NO_ZONE}])
    def test_what_cannot_be_is_refused(self, changes: dict[str, object]) -> None:
        with pytest.raises(PaperError):
            print_refund(replace(REFUND, **changes))  # type: ignore[arg-type]

    @pytest.mark.parametrize("text", ["ក" * 150, "W" * 150])
    def test_long_texts_stay_on_the_paper(self, text: str) -> None:
        paper = replace(REFUND, payee_km=text, reason_km=text, clerk=text, office_km=text, reference=text)
        for left, _, right, bottom in letter_boxes_mm(print_refund(paper)):
            assert left >= 7.8
            assert right <= 140.4
            assert bottom <= 101

    def test_it_is_drawn_as_a_picture(self) -> None:
        assert Image.open(BytesIO(draw_refund(REFUND, ppi=100))).size == (583, 413)


class TestKhqr:
    def test_it_is_one_a6_page(self) -> None:
        assert page_sizes_mm(print_khqr(CODE)) == [(105.0, 148.0)]

    def test_the_longest_code_is_read_back_from_paper(self) -> None:
        picture = Image.open(BytesIO(draw_khqr(CODE, ppi=150)))
        assert [one.text for one in zxingcpp.read_barcodes(picture)] == [CODE.text]

    def test_it_says_how_much_and_until_when(self) -> None:
        said = words(print_khqr(CODE))
        assert "20 000 KHR" in said
        assert "Good until 09:15 on 23 Nov 2026" in said

    def test_an_expiry_without_its_zone_is_refused(self) -> None:
        with pytest.raises(PaperError):
            print_khqr(replace(CODE, expires_at=NO_ZONE))


class TestSymbol:
    def test_khmer_is_written_as_plain_utf_8(self) -> None:
        """Without an ECI designator, which the apps of some banks do not understand: symbology identifier ]Q1."""
        symbol = make_text_symbol(CODE.text)
        side = symbol.modules
        picture = Image.frombytes("L", (side, side), b"".join(symbol.rows))
        whole = Image.new("L", (side + 8, side + 8), 255)
        whole.paste(picture, (4, 4))
        [read] = zxingcpp.read_barcodes(whole.resize((8 * (side + 8), 8 * (side + 8)), Image.Resampling.NEAREST))
        assert (read.text, read.symbology_identifier, read.ec_level) == (CODE.text, "]Q1", "M")

    @pytest.mark.parametrize("text", ["", "x" * 2_332])
    def test_what_no_symbol_holds_is_refused(self, text: str) -> None:
        with pytest.raises(SymbolError):
            make_text_symbol(text)


class TestClose:
    def test_it_is_one_a4_page(self) -> None:
        assert page_sizes_mm(print_close(CLOSE)) == [(210.0, 297.0)]

    def test_it_says_each_figure(self) -> None:
        said = words(print_close(CLOSE))
        for word in (
            "50 000",
            "440 000",
            "470 000",
            "469 500",
            "−500",
            "400 000",
            "69 500",
            "60 000",
            "R0110-26-001002",
        ):
            assert word in said
        assert "Short" in said
        assert "a note was torn" in said

    @pytest.mark.parametrize(("counted", "word"), [(470_000, "It balances"), (470_500, "Over")])
    def test_it_says_whether_it_balances(self, counted: int, word: str) -> None:
        assert word in words(print_close(replace(CLOSE, counted_riel=counted, reason="")))

    def test_a_day_without_anything_is_a_page_too(self) -> None:
        nothing = {"receipts": 0, "first_receipt": "", "last_receipt": "", "received_riel": 0, "returned_riel": 0}
        empty = replace(CLOSE, **nothing, counted=(), other_riel=0, counted_riel=50_000, reason="")  # type: ignore[arg-type]
        assert page_sizes_mm(print_close(empty)) == [(210.0, 297.0)]

    def test_all_notes_and_a_long_reason_stay_on_one_page(self) -> None:
        many = tuple((10 ** (one % 5) * 50, 1) for one in range(14))
        assert len(page_sizes_mm(print_close(replace(CLOSE, counted=many, reason="មូលហេតុ " * 37)))) == 1

    def test_it_is_drawn_as_a_picture(self) -> None:
        assert Image.open(BytesIO(draw_close(CLOSE, ppi=50))).size[0] in (413, 414)
