"""Is the fee taken once, in the amount of the order, against a numbered receipt?"""

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.application import Event, State
from borderpass.domain.declined import Ground
from borderpass.domain.provisions import Purpose
from borderpass.services.close_application import close_application
from borderpass.services.take_fee import take_fee
from borderpass.store.keys import new_id
from borderpass.store.models import ApplicationEvent, Receipt
from tests.cases.clock import local
from tests.cast import BOPHA, DARA, EVERYBODY, NEXT_CLERK, POIPET, RITH, SEREI
from tests.installation import FEE_RIEL, NOW, declined, done, fresh, lodged, row_counts, settle_till

pytestmark = pytest.mark.usefixtures("installation")


def test_receipt_says_what_was_paid_how_by_which_order_and_to_whom() -> None:
    application = lodged()
    receipt = done(take_fee(application.id, FEE_RIEL, BOPHA, NOW))
    assert (receipt.amount_riel, receipt.method, receipt.order_number) == (20_000, "cash", "BP-2016-01")
    assert (receipt.taken_at, receipt.taken_by, receipt.office_id) == (NOW, "bopha", "0110")
    assert fresh(application).state == State.PAID


def test_payment_is_an_event_with_the_receipt_in_it() -> None:
    application = lodged()
    receipt = done(take_fee(application.id, FEE_RIEL, BOPHA, NOW))
    event = ApplicationEvent.objects.get(application=application, event=Event.PAY)
    assert (event.seq, event.by, event.role, event.at) == (2, "bopha", "clerk", NOW)
    assert event.detail == {"receipt": receipt.number, "amount_riel": 20_000, "order": "BP-2016-01", "method": "cash"}


def test_receipts_are_numbered_without_gaps_by_office_and_local_year() -> None:
    last_second, first_second = local("2026-12-31 23:59:59"), local("2027-01-01")
    numbers = [done(take_fee(lodged(one).id, FEE_RIEL, BOPHA, last_second)).number for one in (1, 2)]
    settle_till(POIPET, first_second)
    numbers.append(done(take_fee(lodged(3).id, FEE_RIEL, BOPHA, first_second)).number)
    numbers.append(done(take_fee(lodged(4, office=SEREI).id, FEE_RIEL, NEXT_CLERK, first_second)).number)
    assert numbers == ["R0110-26-000001", "R0110-26-000002", "R0110-27-000001", "R0106-27-000001"]


def test_fee_taken_again_gives_the_same_receipt_and_takes_nothing() -> None:
    application = lodged()
    first = done(take_fee(application.id, FEE_RIEL, BOPHA, NOW))
    before = row_counts()
    assert done(take_fee(application.id, FEE_RIEL, BOPHA, NOW)) == first
    assert row_counts() == before


@pytest.mark.parametrize("amount", [0, -20_000, 19_999, 40_000])
def test_another_amount_is_declined_and_the_right_one_is_named(amount: int) -> None:
    application = lodged()
    before = row_counts()
    answer = take_fee(application.id, amount, BOPHA, NOW)
    assert declined(answer) is Ground.WRONG_AMOUNT
    assert "20,000 riel (order BP-2016-01)" in answer.message  # type: ignore[union-attr]
    assert (row_counts(), fresh(application).state) == (before, State.LODGED)


def test_correction_of_the_offices_own_mistake_costs_nothing_and_is_receipted_too() -> None:
    application = lodged(purpose=Purpose.CORRECTION)
    assert done(take_fee(application.id, 0, BOPHA, NOW)).amount_riel == 0


def test_fee_is_declined_before_any_order_sets_one() -> None:
    application = lodged()
    assert declined(take_fee(application.id, FEE_RIEL, BOPHA, local("2015-12-31"))) is Ground.NO_RULE


@pytest.mark.parametrize("event", [Event.WITHDRAW, Event.REFUSE])
def test_application_that_ended_unpaid_cannot_be_paid_for(event: Event) -> None:
    application = lodged()
    done(close_application(application.id, event, "a reason", BOPHA if event is Event.WITHDRAW else DARA, NOW))
    before = row_counts()
    assert declined(take_fee(application.id, FEE_RIEL, BOPHA, NOW)) is Ground.WRONG_STATE
    assert row_counts() == before
    assert not Receipt.objects.exists()


def test_number_of_a_receipt_that_was_not_given_is_given_to_the_next() -> None:
    application = lodged(1)
    done(close_application(application.id, Event.WITHDRAW, "", BOPHA, NOW))
    declined(take_fee(application.id, FEE_RIEL, BOPHA, NOW))
    assert done(take_fee(lodged(2).id, FEE_RIEL, BOPHA, NOW)).number == "R0110-26-000001"


@pytest.mark.parametrize("actor", [one for one in EVERYBODY if one is not BOPHA], ids=lambda actor: actor.name)
def test_only_the_clerk_of_the_office_takes_the_fee(actor: Actor) -> None:
    application = lodged()
    before = row_counts()
    ground = declined(take_fee(application.id, FEE_RIEL, actor, NOW))
    assert ground in (Ground.NOT_ALLOWED, Ground.UNKNOWN_APPLICATION)
    assert row_counts() == before


def test_application_of_another_office_is_as_unknown_as_none() -> None:
    application = lodged()
    theirs = take_fee(application.id, FEE_RIEL, NEXT_CLERK, NOW)
    none = take_fee(new_id(), FEE_RIEL, BOPHA, NOW)
    assert declined(theirs) is declined(none) is Ground.UNKNOWN_APPLICATION
    assert declined(take_fee(application.id, FEE_RIEL, RITH, NOW)) is Ground.NOT_ALLOWED
