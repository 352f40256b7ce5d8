"""Is every numbered blank accounted for: delivered, printed on, spoiled, void, counted?"""

from datetime import timedelta

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.audit import Deed
from borderpass.domain.blanks import Blank, Lot, Outcome, PaperForm
from borderpass.domain.declined import Ground
from borderpass.services.count import find_imbalances
from borderpass.services.count_blanks import count_blanks, figures_of
from borderpass.services.print_pass import print_pass
from borderpass.services.receive_blanks import receive_blanks, void_blanks
from borderpass.services.spoil_print import spoil_print
from borderpass.store.keys import new_id
from borderpass.store.models import AuditEntry, BlankCount, BlankDelivery, BlankUse, IssuedPass
from borderpass.store.queries.blanks import unused_blanks
from tests.cast import BOPHA, EVERYBODY, NEXT_CLERK, POIPET, SEREI
from tests.installation import NOW, Installation, declined, done, minutes_later, row_counts, signed

A6 = PaperForm.A6


def receive(first: int = 1, last: int = 10, series: str = "PB") -> BlankDelivery:
    return done(receive_blanks(new_id(), POIPET, A6, Lot(series, first, last), BOPHA, NOW))


def used() -> dict[int, str]:
    return dict(BlankUse.objects.values_list("number", "outcome"))


@pytest.fixture
def issued(installation: Installation) -> IssuedPass:
    return signed(installation)


class TestReceive:
    def test_the_same_delivery_twice_is_once_and_audited(self, installation: Installation) -> None:
        id_ = new_id()
        for _ in range(2):
            done(receive_blanks(id_, POIPET, A6, Lot("PB", 1, 10), BOPHA, NOW))
        assert BlankDelivery.objects.count() == 1
        said = AuditEntry.objects.get(deed=Deed.RECEIVE_BLANKS).detail
        assert said == {"form": "a6", "series": "PB", "first": 1, "last": 10}

    @pytest.mark.parametrize(("first", "last"), [(1, 10), (10, 20), (5, 6), (0, 4), (9, 8), (11, 1_000_000)])
    def test_a_number_is_delivered_once_wherever(self, first: int, last: int, installation: Installation) -> None:
        receive()
        before = row_counts()
        lot = Lot("PB", first, last)
        assert declined(receive_blanks(new_id(), SEREI, A6, lot, NEXT_CLERK, NOW)) is Ground.WRONG_BLANK
        assert row_counts() == before

    def test_an_id_of_another_offices_delivery_is_no_way_in(self, installation: Installation) -> None:
        id_ = receive().id
        answer = receive_blanks(id_, SEREI, A6, Lot("QC", 1, 2), NEXT_CLERK, NOW)
        assert declined(answer) is Ground.WRONG_BLANK


class TestPrint:
    def test_it_takes_the_next_number(self, issued: IssuedPass) -> None:
        receive()
        done(print_pass(issued.application_id, A6, BOPHA, NOW))
        use = BlankUse.objects.get()
        assert (use.series, use.number, use.outcome, use.by) == ("PB", 1, Outcome.PRINTED, "bopha")
        assert use.print is not None
        assert use.print.detail == {"form": "a6", "numbered": True}
        assert find_imbalances() == []

    def test_a_spoiled_paper_spoils_its_blank_and_the_next_takes_another(self, issued: IssuedPass) -> None:
        receive()
        done(print_pass(issued.application_id, A6, BOPHA, NOW, Blank("PB", 4)))
        done(spoil_print(issued.application_id, "smeared", BOPHA, NOW))
        done(print_pass(issued.application_id, A6, BOPHA, NOW, Blank("PB", 5)))
        assert used() == {4: Outcome.SPOILED, 5: Outcome.PRINTED}
        assert find_imbalances() == []

    def test_without_blanks_left_nothing_is_printed(self, issued: IssuedPass) -> None:
        receive(1, 1)
        done(void_blanks(POIPET, A6, Lot("PB", 1, 1), "torn", BOPHA, NOW))
        before = row_counts()
        assert declined(print_pass(issued.application_id, A6, BOPHA, NOW)) is Ground.WRONG_BLANK
        assert row_counts() == before

    def test_a_lot_that_is_used_up_is_followed_by_the_next(self, issued: IssuedPass) -> None:
        receive(1, 2)
        receive(5, 6)
        done(void_blanks(POIPET, A6, Lot("PB", 1, 2), "torn", BOPHA, NOW))
        done(print_pass(issued.application_id, A6, BOPHA, NOW))
        assert used()[5] == Outcome.PRINTED
        assert unused_blanks(POIPET, A6, 9) == [Blank("PB", 6)]
        assert unused_blanks(POIPET, A6, 9, Blank("PB", 2)) == [Blank("PB", 6)]

    def test_another_form_has_its_own_stock(self, issued: IssuedPass) -> None:
        receive()
        done(print_pass(issued.application_id, PaperForm.CARD, BOPHA, NOW))
        assert used() == {}


class TestVoid:
    def test_each_number_has_its_row_and_its_reason(self, installation: Installation) -> None:
        receive()
        assert done(void_blanks(POIPET, A6, Lot("PB", 3, 5), " torn ", BOPHA, NOW)) == 3
        assert used() == dict.fromkeys([3, 4, 5], Outcome.VOID)
        assert set(BlankUse.objects.values_list("reason", flat=True)) == {"torn"}

    @pytest.mark.parametrize(("first", "last"), [(10, 11), (20, 21), (3, 3), (5, 4), (1, 900)])
    def test_only_what_is_in_the_stock_and_free(self, first: int, last: int, installation: Installation) -> None:
        receive()
        done(void_blanks(POIPET, A6, Lot("PB", 3, 3), "torn", BOPHA, NOW))
        before = row_counts()
        answer = void_blanks(POIPET, A6, Lot("PB", first, last), "torn", BOPHA, NOW)
        assert declined(answer) is Ground.WRONG_BLANK
        assert row_counts() == before

    def test_it_needs_a_reason(self, installation: Installation) -> None:
        receive()
        assert declined(void_blanks(POIPET, A6, Lot("PB", 3, 3), " ", BOPHA, NOW)) is Ground.BAD_FORM


class TestCount:
    def test_a_day_that_balances(self, issued: IssuedPass) -> None:
        receive()
        done(print_pass(issued.application_id, A6, BOPHA, minutes_later(1)))
        done(void_blanks(POIPET, A6, Lot("PB", 10, 10), "torn", BOPHA, minutes_later(2)))
        count = done(count_blanks(new_id(), POIPET, A6, 8, "no need", BOPHA, minutes_later(3)))
        assert (count.opening, count.received, count.printed, count.spoiled, count.void) == (0, 10, 1, 0, 1)
        assert (figures_of(count), count.reason) == ((8, 0), "")

    def test_the_next_day_opens_with_what_was_left(self, issued: IssuedPass) -> None:
        receive()
        done(print_pass(issued.application_id, A6, BOPHA, NOW))
        count = done(count_blanks(new_id(), POIPET, A6, 9, "", BOPHA, NOW + timedelta(days=1)))
        assert (count.opening, count.received, count.printed) == (9, 0, 0)

    def test_a_difference_needs_a_reason_and_is_told(self, installation: Installation) -> None:
        receive()
        before = row_counts()
        assert declined(count_blanks(new_id(), POIPET, A6, 9, " ", BOPHA, NOW)) is Ground.OUT_OF_BALANCE
        assert row_counts() == before
        count = done(count_blanks(new_id(), POIPET, A6, 9, "one is missing", BOPHA, NOW))
        assert (figures_of(count), count.reason) == ((10, -1), "one is missing")
        assert AuditEntry.objects.get(deed=Deed.COUNT_BLANKS).detail["difference"] == -1

    def test_what_was_counted_stays_true_whatever_comes_in_the_same_instant(self, issued: IssuedPass) -> None:
        receive()
        done(count_blanks(new_id(), POIPET, A6, 10, "", BOPHA, NOW))
        done(print_pass(issued.application_id, A6, BOPHA, NOW))
        done(spoil_print(issued.application_id, "smeared", BOPHA, NOW))
        assert find_imbalances() == []

    def test_twice_is_once(self, installation: Installation) -> None:
        receive()
        id_ = new_id()
        for counted in (10, 3):
            assert done(count_blanks(id_, POIPET, A6, counted, "x", BOPHA, NOW)).counted == 10
        assert BlankCount.objects.count() == 1

    def test_without_numbered_blanks_there_is_nothing_to_count(self, installation: Installation) -> None:
        assert declined(count_blanks(new_id(), POIPET, A6, 0, "", BOPHA, NOW)) is Ground.WRONG_BLANK


class TestProof:
    @pytest.fixture
    def world(self, issued: IssuedPass) -> None:
        receive()
        done(print_pass(issued.application_id, A6, BOPHA, NOW))
        done(count_blanks(new_id(), POIPET, A6, 9, "", BOPHA, NOW))
        assert find_imbalances() == []

    def test_a_blank_that_vanished_is_found(self, world: None) -> None:
        BlankUse.objects.all().delete()
        assert any("numbered prints" in one for one in find_imbalances())

    def test_a_blank_said_to_be_spoiled_is_found(self, world: None) -> None:
        BlankUse.objects.update(outcome=Outcome.SPOILED)
        assert any("without a spoiled paper" in one for one in find_imbalances())

    def test_a_number_that_never_came_is_found(self, world: None) -> None:
        BlankUse.objects.update(number=77)
        assert any("never delivered" in one for one in find_imbalances())

    def test_a_number_that_came_twice_is_found(self, world: None) -> None:
        twice = {"office_id": SEREI, "form": "a6", "series": "PB", "first": 5, "last": 20}
        BlankDelivery.objects.create(id=new_id(), **twice, received_at=NOW, received_by="x")
        assert any("delivered twice" in one for one in find_imbalances())

    def test_a_count_that_was_changed_is_found(self, world: None) -> None:
        BlankCount.objects.update(printed=0)
        assert any("count of blanks" in one for one in find_imbalances())


@pytest.mark.parametrize("actor", [one for one in EVERYBODY if one is not BOPHA], ids=lambda actor: actor.name)
def test_only_the_offices_clerk_keeps_the_stock(actor: Actor, installation: Installation) -> None:
    receive()
    before = row_counts()
    for answer in (
        receive_blanks(new_id(), POIPET, A6, Lot("QC", 1, 2), actor, NOW),
        void_blanks(POIPET, A6, Lot("PB", 1, 2), "torn", actor, NOW),
        count_blanks(new_id(), POIPET, A6, 10, "", actor, NOW),
    ):
        assert declined(answer) is Ground.NOT_ALLOWED
    assert row_counts() == before
