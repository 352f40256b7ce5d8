"""Do the papers about money say what happened, in the right numbers, and which of them is the original?"""

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.declined import Ground
from borderpass.domain.ledger import Method
from borderpass.services.check_khqr import check_khqr
from borderpass.services.describe_close import describe_close, print_close_report
from borderpass.services.open_till import open_till
from borderpass.services.print_khqr import print_khqr_slip
from borderpass.services.print_receipt import preview_fee_receipt, print_fee_receipt
from borderpass.services.print_refund import preview_refund_slip, print_refund_slip
from borderpass.services.record_print import record_print
from borderpass.services.return_fee import return_fee, return_payment
from borderpass.services.take_fee import take_fee
from borderpass.store.keys import new_id
from borderpass.store.models import AuditEntry, Receipt, SlipPrint, Staff, Till
from tests.cast import BOPHA, EVERYBODY, POIPET
from tests.installation import FEE_RIEL, NOW, declined, done, lodged, minutes_later, paid, row_counts
from tests.money import asked, bank_that_answers, closed, refused, withdrawn
from tests.printing.sample_papers import page_text

pytestmark = pytest.mark.usefixtures("installation")


def words(pdf: bytes) -> str:
    return " ".join(page_text(pdf).replace("\u2009", " ").split())


def receipt() -> Receipt:
    return Receipt.objects.get(application=paid())


class TestReceipt:
    def test_it_says_what_was_paid_and_when_the_pass_is_ready(self) -> None:
        said = words(print_fee_receipt(receipt()))
        for word in ("R0110-26-000001", "SOK SOKHA", "New border pass", "20 000 KHR", "BP-2016-01", "25 Nov 2026"):
            assert word in said
        assert "COPY" not in said

    def test_a_copy_says_so(self) -> None:
        assert "COPY" in words(print_fee_receipt(receipt(), copy=True))

    def test_it_names_the_clerk_in_full(self) -> None:
        Staff.objects.add("bopha", "a long password", BOPHA.role, POIPET, "ចាន់ បុប្ផា")
        assert "ចាន់" in words(print_fee_receipt(receipt()))

    def test_khqr_stands_on_it(self) -> None:
        request = asked()
        with bank_that_answers() as line:
            line.phone.pay_khqr(request.text)
            done(check_khqr(request.id, line.bank, BOPHA, NOW))
        assert "20 000 KHR · KHQR" in words(print_fee_receipt(Receipt.objects.get()))

    def test_it_is_shown_before_it_is_printed(self) -> None:
        assert preview_fee_receipt(receipt()).startswith(b"\x89PNG")


class TestSlip:
    def test_it_says_why_and_by_which_order(self) -> None:
        for number, (ended, why) in enumerate(((refused, "refused"), (withdrawn, "withdrawn")), 1):
            slip = done(return_fee(ended(number).id, Method.CASH, "", BOPHA, NOW))
            said = words(print_refund_slip(slip))
            for word in (slip.number, f"Application {why}", "20 000 KHR", "BP-2016-04", slip.receipt.number):  # type: ignore[union-attr]
                assert word in said

    def test_what_was_paid_in_another_currency_stands_as_it_was(self) -> None:
        request = asked()
        with bank_that_answers() as line:
            line.phone.pay(request.md5, 5, currency="USD")
            done(check_khqr(request.id, line.bank, BOPHA, NOW))
        slip = done(return_payment(request.id, Method.KHQR, "TRX 9", BOPHA, NOW))
        said = words(print_refund_slip(slip))
        for word in ("5 USD", "Another amount was paid", "TRX 9"):
            assert word in said
        assert preview_refund_slip(slip).startswith(b"\x89PNG")


class TestCode:
    def test_the_paper_says_what_the_code_says(self) -> None:
        request = asked()
        said = words(print_khqr_slip(request))
        for word in ("20 000 KHR", "owso_poipet@wing", request.application.reference, "Good until 09:10"):
            assert word in said


class TestClose:
    def test_it_is_the_sum_of_its_receipts(self) -> None:
        done(open_till(POIPET, 50_000, BOPHA, NOW))
        for number in (1, 2):
            done(take_fee(lodged(number).id, FEE_RIEL, BOPHA, NOW))
        request = asked(lodged(3))
        with bank_that_answers() as line:
            line.phone.pay_khqr(request.text)
            done(check_khqr(request.id, line.bank, BOPHA, minutes_later(1)))
        done(return_fee(refused(4).id, Method.CASH, "", BOPHA, NOW))
        till = closed(handed_on_riel=40_000, differs_by=-500)
        said = describe_close(till)
        assert (said.opening_riel, said.received_riel, said.returned_riel) == (50_000, 60_000, 20_000)
        assert (said.receipts, said.refunds, said.khqr_receipts, said.khqr_riel) == (3, 1, 1, 20_000)
        assert (said.first_receipt, said.last_receipt) == ("R0110-26-000001", "R0110-26-000004")
        assert (said.difference_riel, said.left_riel) == (-500, 49_500)
        paper = words(print_close_report(till))
        for word in ("90 000", "89 500", "−500", "Short", "a note was torn", "49 500"):
            assert word in paper

    def test_notes_stand_on_it_largest_first(self) -> None:
        paid()
        till = closed()
        till.counted = {"other": 500, "5000": 1, "20000": 2}
        assert describe_close(till).counted == ((20_000, 2), (5_000, 1))
        assert describe_close(till).other_riel == 500

    def test_an_open_till_has_no_report(self) -> None:
        paid()
        with pytest.raises(ValueError, match="is open"):
            describe_close(Till.objects.get())


class TestOriginalAndCopy:
    def test_the_first_print_is_the_original(self) -> None:
        paper = receipt()
        assert [done(record_print(new_id(), paper, BOPHA, NOW)).seq for _ in range(3)] == [1, 2, 3]
        assert AuditEntry.objects.filter(deed="print_again", about="R0110-26-000001").count() == 2

    def test_the_same_id_is_the_same_print(self) -> None:
        paper, id_ = receipt(), new_id()
        first = done(record_print(id_, paper, BOPHA, NOW))
        before = row_counts()
        assert done(record_print(id_, paper, BOPHA, NOW)) == first
        assert row_counts() == before

    def test_an_id_is_of_one_paper(self) -> None:
        id_ = new_id()
        done(record_print(id_, receipt(), BOPHA, NOW))
        slip = done(return_fee(refused(1).id, Method.CASH, "", BOPHA, NOW))
        assert declined(record_print(id_, slip, BOPHA, NOW)) is Ground.NOT_ALLOWED
        assert done(record_print(new_id(), slip, BOPHA, NOW)).seq == 1

    @pytest.mark.parametrize("actor", [one for one in EVERYBODY if one is not BOPHA], ids=lambda actor: actor.name)
    def test_only_the_clerk_of_the_office_prints(self, actor: Actor) -> None:
        paper = receipt()
        assert declined(record_print(new_id(), paper, actor, NOW)) is Ground.NOT_ALLOWED
        assert not SlipPrint.objects.exists()
