"""Does the drawer begin and end each day with what the ledger says, and is no cash moved outside of a day?"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.declined import Ground
from borderpass.domain.ledger import Method
from borderpass.domain.provisions import Purpose
from borderpass.domain.till import Counted
from borderpass.services.close_till import close_till
from borderpass.services.count import find_imbalances
from borderpass.services.open_till import open_till
from borderpass.services.return_fee import return_fee
from borderpass.services.take_fee import take_fee
from borderpass.store.keys import new_id
from borderpass.store.models import AuditEntry, Receipt, Till
from tests.cases.clock import local
from tests.cast import BOPHA, EVERYBODY, NEXT_CLERK, POIPET, RITH, SEREI
from tests.installation import FEE_RIEL, NOW, Installation, declined, done, lodged, paid, row_counts
from tests.money import closed, held, refused

pytestmark = pytest.mark.usefixtures("installation")
TOMORROW = NOW + timedelta(days=1)
WHY = "a note was torn"


def till() -> Till:
    return Till.objects.get(office_id=POIPET)


def pay(number: int = 0, now: datetime = NOW, **changes: Any) -> Any:
    return take_fee(lodged(number, now, **changes).id, FEE_RIEL, BOPHA, now)


class TestOpen:
    def test_it_opens_with_the_change_that_is_brought(self) -> None:
        opened = done(open_till(POIPET, 50_000, BOPHA, NOW))
        assert (opened.day, opened.opening_riel, opened.opened_by) == (date(2026, 11, 23), 50_000, "bopha")
        assert held() == {"drawer": 50_000, "treasurer": -50_000}
        assert find_imbalances() == []

    def test_the_first_cash_of_a_day_opens_it(self) -> None:
        done(pay())
        assert (till().opening_riel, till().opened_at) == (0, NOW)
        assert held() == {"drawer": 20_000, "unearned": -20_000}

    def test_opening_it_again_changes_nothing(self) -> None:
        first = done(open_till(POIPET, 50_000, BOPHA, NOW))
        before = row_counts()
        assert done(open_till(POIPET, 10_000, BOPHA, NOW)) == first
        assert row_counts() == before

    def test_it_begins_with_what_was_left(self) -> None:
        done(open_till(POIPET, 50_000, BOPHA, NOW))
        done(pay())
        closed(handed_on_riel=60_000)
        assert done(open_till(POIPET, 5_000, BOPHA, TOMORROW)).opening_riel == 15_000
        assert find_imbalances() == []

    def test_each_office_has_its_own(self) -> None:
        done(pay())
        paid(1, office=SEREI)
        assert held(POIPET) == held(SEREI) == {"drawer": 20_000, "unearned": -20_000}
        assert find_imbalances() == []

    @pytest.mark.parametrize("riel", [-1, 2_000_000_001])
    def test_change_that_nobody_brings_is_declined(self, riel: int) -> None:
        assert declined(open_till(POIPET, riel, BOPHA, NOW)) is Ground.BAD_FORM
        assert not Till.objects.exists()


class TestADayHasOneTill:
    def test_a_closed_day_takes_no_cash(self) -> None:
        done(pay(1))
        closed()
        before = row_counts()
        assert declined(take_fee(lodged(2).id, FEE_RIEL, BOPHA, NOW)) is Ground.TILL_CLOSED
        assert declined(open_till(POIPET, 0, BOPHA, NOW)) is Ground.TILL_CLOSED
        assert Receipt.objects.count() == 1
        assert row_counts()["Till"] == before["Till"]

    def test_the_next_day_takes_it_again(self) -> None:
        done(pay(1))
        closed()
        done(pay(2, TOMORROW))
        assert [one.opening_riel for one in Till.objects.order_by("day")] == [0, 20_000]
        assert find_imbalances() == []

    def test_no_cash_before_yesterdays_till_is_closed(self) -> None:
        done(pay(1))
        answer = pay(2, TOMORROW)
        assert declined(answer) is Ground.TILL_NOT_CLOSED
        assert answer.message == "the till of 2026-11-23 is still open: count and close it first"
        closed(now=TOMORROW)
        done(pay(3, TOMORROW))
        assert find_imbalances() == []

    def test_the_day_is_the_local_one(self) -> None:
        done(pay(1, local("2026-11-23 23:59:59")))
        assert declined(pay(2, local("2026-11-24 00:00:00"))) is Ground.TILL_NOT_CLOSED

    def test_what_costs_nothing_needs_no_till(self) -> None:
        done(take_fee(lodged(purpose=Purpose.CORRECTION).id, 0, BOPHA, NOW))
        assert not Till.objects.exists()
        assert held() == {}


class TestClose:
    @pytest.fixture(autouse=True)
    def a_days_work(self, installation: Installation) -> None:
        done(open_till(POIPET, 50_000, BOPHA, NOW))
        for number in (1, 2, 3):
            done(pay(number))
        done(return_fee(refused(4).id, Method.CASH, "", BOPHA, NOW))

    def test_it_balances(self) -> None:
        counted = Counted({20_000: 5, 10_000: 1}, 0)
        one = done(close_till(till().id, counted, 60_000, "", BOPHA, NOW))
        assert (one.opening_riel, one.received_riel, one.returned_riel) == (50_000, 80_000, 20_000)
        assert (one.counted_riel, one.handed_on_riel, one.reason) == (110_000, 60_000, "")
        assert (one.counted, one.closed_by, one.closed_at) == ({"20000": 5, "10000": 1}, "bopha", NOW)
        assert held() == {"drawer": 50_000, "treasurer": 10_000, "unearned": -60_000}
        assert find_imbalances() == []

    @pytest.mark.parametrize("differs_by", [-500, 1_000])
    def test_a_difference_is_stated_and_booked(self, differs_by: int) -> None:
        one = closed(differs_by=differs_by)
        assert (one.counted_riel, one.reason) == (110_000 + differs_by, WHY)
        assert (held()["drawer"], held()["over_short"]) == (110_000 + differs_by, -differs_by)
        assert done(open_till(POIPET, 0, BOPHA, TOMORROW)).opening_riel == 110_000 + differs_by
        assert find_imbalances() == []

    def test_a_difference_without_a_reason_closes_nothing(self) -> None:
        before = row_counts()
        answer = close_till(till().id, Counted({}, 109_500), 0, " ", BOPHA, NOW)
        assert declined(answer) is Ground.OUT_OF_BALANCE
        assert (row_counts(), till().closed_at) == (before, None)

    @pytest.mark.parametrize("reason", ["x" * 301, "a\x00b"])
    def test_a_reason_that_cannot_be_kept_is_declined(self, reason: str) -> None:
        assert declined(close_till(till().id, Counted({}, 0), 0, reason, BOPHA, NOW)) is Ground.BAD_FORM

    def test_closing_it_again_changes_nothing(self) -> None:
        first = closed()
        before = row_counts()
        assert done(close_till(first.id, Counted({}, 1), 0, WHY, BOPHA, NOW)).counted_riel == 110_000
        assert row_counts() == before

    def test_it_is_audited(self) -> None:
        closed(differs_by=-500, handed_on_riel=100_000)
        entry = AuditEntry.objects.filter(deed="close_till").get()
        assert (entry.actor, entry.kind, entry.about) == ("bopha", "office", POIPET)
        assert entry.detail == {
            "day": "2026-11-23",
            "counted_riel": 109_500,
            "difference_riel": -500,
            "handed_on_riel": 100_000,
        }

    def test_a_closed_day_gives_nothing_back_in_cash(self) -> None:
        application = refused(5)
        closed()
        assert declined(return_fee(application.id, Method.CASH, "", BOPHA, NOW)) is Ground.TILL_CLOSED
        assert done(return_fee(application.id, Method.KHQR, "transfer 17", BOPHA, NOW)).method == "khqr"
        assert find_imbalances() == []


@pytest.mark.parametrize("actor", [one for one in EVERYBODY if one is not BOPHA], ids=lambda actor: actor.name)
def test_only_the_clerk_of_the_office_opens_and_closes(actor: Actor) -> None:
    before = row_counts()
    assert declined(open_till(POIPET, 0, actor, NOW)) is Ground.NOT_ALLOWED
    assert row_counts() == before
    done(pay())
    before = row_counts()
    answers: list[Callable[[], object]] = [partial(close_till, till().id, Counted({}, 20_000), 0, "", actor, NOW)]
    assert [declined(answer()) for answer in answers] == [Ground.NOT_ALLOWED]
    assert row_counts() == before


def test_another_offices_till_is_as_unknown_as_none() -> None:
    done(pay())
    theirs = close_till(till().id, Counted({}, 20_000), 0, "", NEXT_CLERK, NOW)
    none = close_till(new_id(), Counted({}, 20_000), 0, "", NEXT_CLERK, NOW)
    assert theirs == none
    assert declined(close_till(till().id, Counted({}, 20_000), 0, "", RITH, NOW)) is Ground.NOT_ALLOWED
