"""What happens to money when two people move it at the same moment? It moves once."""

from collections.abc import Callable
from functools import partial
from threading import Barrier
from typing import Any

import pytest

from borderpass.banking.bank import Payment
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.khqr_payments import KhqrState
from borderpass.domain.ledger import Method
from borderpass.domain.till import Counted
from borderpass.services import begin_khqr as asking
from borderpass.services import check_khqr as checking
from borderpass.services import close_till as closing
from borderpass.services import return_fee as returning
from borderpass.services import take_fee as paying
from borderpass.services.begin_khqr import begin_khqr
from borderpass.services.count import find_imbalances
from borderpass.store.keys import new_id
from borderpass.store.models import KhqrRequest, LedgerEntry, Receipt, Refund, Till
from tests.cast import BOPHA, POIPET
from tests.installation import FEE_RIEL, NOW, Installation, done, lodged, paid
from tests.money import account, asked, bank_that_answers, refused
from tests.services.test_two_at_once import SECONDS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def both_look_first(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], None]:
    """Let the first two who have come back from a function wait there for each other."""

    def arrange(module: Any, name: str) -> None:
        barrier, comers, original = Barrier(2), iter(range(2)), getattr(module, name)

        def look_and_wait(*arguments: Any, **named: Any) -> Any:
            found = original(*arguments, **named)
            if next(comers, None) is not None:
                barrier.wait(SECONDS)
            return found

        monkeypatch.setattr(module, name, look_and_wait)

    return arrange


Arrange = Callable[[Any, str], None]


class PaidBank:
    """A bank that says to both at the same moment that it was paid."""

    def __init__(self, payment: Payment) -> None:
        self.payment, self.barrier = payment, Barrier(2)

    def find_payment(self, md5: str) -> Payment:
        self.barrier.wait(SECONDS)
        return self.payment


def payment_of(request: KhqrRequest) -> Payment:
    with bank_that_answers() as line:
        line.phone.pay_khqr(request.text)
        found = line.bank.find_payment(request.md5)
    assert found is not None
    return found


def test_two_pages_hear_of_one_payment(installation: Installation) -> None:
    request = asked()
    bank = PaidBank(payment_of(request))
    act = partial(checking.check_khqr, request.id, bank, BOPHA, NOW)
    answers = at_once(act, act)
    assert [answer.state for answer in answers] == [KhqrState.RECEIPTED] * 2
    assert Receipt.objects.count() == LedgerEntry.objects.count() == 1
    assert find_imbalances() == []


def test_two_codes_of_one_application_are_heard_of_as_paid(installation: Installation) -> None:
    first = asked()
    second = done(begin_khqr(new_id(), first.application_id, BOPHA, first.expires_at))
    bank = PaidBank(payment_of(first))
    at_once(*(partial(checking.check_khqr, one.id, bank, BOPHA, NOW) for one in (first, second)))
    states = sorted(KhqrRequest.objects.values_list("state", flat=True))
    assert states == [KhqrState.OWED_BACK, KhqrState.RECEIPTED]
    assert find_imbalances() == []


def test_cash_is_taken_while_the_bank_says_paid(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    request = asked()
    bank = PaidBank(payment_of(request))

    def look_and_wait(*arguments: Any, original: Any = paying.find_fee) -> Any:
        bank.barrier.wait(SECONDS)
        return original(*arguments)

    monkeypatch.setattr(paying, "find_fee", look_and_wait)
    at_once(
        partial(paying.take_fee, request.application_id, FEE_RIEL, BOPHA, NOW),
        partial(checking.check_khqr, request.id, bank, BOPHA, NOW),
    )
    assert Receipt.objects.count() == 1
    assert find_imbalances() == []


def test_the_first_cash_of_a_day_is_taken_twice_at_once(installation: Installation, both_look_first: Arrange) -> None:
    one, other = lodged(1), lodged(2)
    both_look_first(paying, "find_fee")
    at_once(*(partial(paying.take_fee, each.id, FEE_RIEL, BOPHA, NOW) for each in (one, other)))
    assert (Till.objects.count(), Receipt.objects.count()) == (1, 2)
    assert find_imbalances() == []


def test_the_till_is_closed_while_cash_is_taken(installation: Installation, both_look_first: Arrange) -> None:
    paid(1)
    application, till = lodged(2), Till.objects.get()
    both_look_first(paying, "find_fee")
    close = partial(closing.close_till, till.id, Counted({}, 20_000), 0, "", BOPHA, NOW)

    def close_when_it_was_looked_at() -> Any:
        paying.find_fee(application, NOW)
        return close()

    take, closed = at_once(partial(paying.take_fee, application.id, FEE_RIEL, BOPHA, NOW), close_when_it_was_looked_at)
    if isinstance(take, Declined):
        assert take.ground is Ground.TILL_CLOSED
        assert isinstance(closed, Till)
    else:
        assert isinstance(closed, Declined)
        assert closed.ground is Ground.OUT_OF_BALANCE
    assert find_imbalances() == []


def test_two_close_one_till(installation: Installation, both_look_first: Arrange) -> None:
    paid()
    both_look_first(closing, "check_words")
    act = partial(closing.close_till, Till.objects.get().id, Counted({}, 19_000), 0, "a note is missing", BOPHA, NOW)
    assert all(isinstance(one, Till) for one in at_once(act, act))
    assert LedgerEntry.objects.filter(kind="difference").count() == 1
    assert find_imbalances() == []


def test_two_give_one_fee_back(installation: Installation, both_look_first: Arrange) -> None:
    application = refused()
    both_look_first(returning, "find_due_back")
    act = partial(returning.return_fee, application.id, Method.CASH, "", BOPHA, NOW)
    one, other = at_once(act, act)
    assert one == other
    assert Refund.objects.count() == 1
    assert find_imbalances() == []


def test_two_ask_for_one_application(installation: Installation, both_look_first: Arrange) -> None:
    application = lodged()
    account()
    both_look_first(asking, "find_fee")
    first, second = at_once(*(partial(begin_khqr, new_id(), application.id, BOPHA, NOW) for _ in range(2)))
    assert first == second, "the same second, the same account: one code"
    assert KhqrRequest.objects.filter(office_id=POIPET).count() == 1
