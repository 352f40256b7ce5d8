"""Is what is paid by KHQR receipted once, and is what was paid in vain owed back, whatever the bank does?"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from borderpass.banking.bakong import Bakong
from borderpass.banking.bank import RIEL
from borderpass.banking.stand_in import Mood, StandInBank
from borderpass.domain.actors import Actor
from borderpass.domain.application import Event, State
from borderpass.domain.declined import Ground
from borderpass.domain.khqr_payments import GOOD_FOR, SETTLES_WITHIN, KhqrState, OwedGround
from borderpass.domain.ledger import Method
from borderpass.domain.provisions import Purpose
from borderpass.services.begin_khqr import begin_khqr
from borderpass.services.check_khqr import check_khqr, check_left_khqr, check_waiting_khqr
from borderpass.services.close_application import close_application
from borderpass.services.count import find_imbalances
from borderpass.services.return_fee import return_fee, return_payment
from borderpass.services.take_fee import take_fee
from borderpass.store.keys import new_id
from borderpass.store.models import ApplicationEvent, KhqrRequest, LedgerEntry, Receipt, Refund
from borderpass.wire.khqr import md5_of, read_khqr
from tests.cast import BOPHA, DARA, EVERYBODY, NEXT_CLERK
from tests.installation import (
    FEE_RIEL,
    NOW,
    declined,
    done,
    fresh,
    lodged,
    minutes_later,
    paid,
    row_counts,
)
from tests.money import TOKEN, Line, SilentBank, account, asked, bank_that_answers, held

pytestmark = pytest.mark.usefixtures("installation")


@pytest.fixture
def line() -> Iterator[Line]:
    with bank_that_answers() as line_to_a_stand_in:
        yield line_to_a_stand_in


@pytest.fixture
def bank(line: Line) -> Bakong:
    return line.bank


@pytest.fixture
def phone(line: Line) -> StandInBank:
    return line.phone


def check(request: KhqrRequest, bank: Any, minutes: int = 1) -> KhqrRequest:
    return done(check_khqr(request.id, bank, BOPHA, minutes_later(minutes)))


class TestAsk:
    def test_the_code_says_the_fee_the_account_and_the_application(self) -> None:
        application = lodged()
        request = asked(application)
        khqr = read_khqr(request.text)
        assert (khqr.amount_riel, khqr.bill_number, khqr.account) == (20_000, application.reference, "owso_poipet@wing")
        assert (khqr.name, khqr.city, khqr.name_khmer) == ("OWSO POIPET", "Poipet", "ក្រុងប៉ោយប៉ែត")
        assert (khqr.created_at, khqr.expires_at) == (NOW, NOW + timedelta(minutes=10))
        assert (request.amount_riel, request.order_number) == (20_000, "BP-2016-01")
        assert (request.md5, request.state) == (md5_of(request.text), KhqrState.WAITING)

    def test_the_same_id_gives_the_same_code(self) -> None:
        request = asked()
        before = row_counts()
        assert done(begin_khqr(request.id, request.application_id, BOPHA, NOW)) == request
        assert row_counts() == before

    def test_a_code_that_is_still_good_is_shown_again(self) -> None:
        request = asked()
        assert done(begin_khqr(new_id(), request.application_id, BOPHA, minutes_later(7))) == request

    def test_an_old_one_is_followed_by_a_new_one(self) -> None:
        request = asked()
        newer = done(begin_khqr(new_id(), request.application_id, BOPHA, minutes_later(9)))
        assert newer != request
        assert newer.md5 != request.md5

    def test_a_new_account_makes_a_new_code(self) -> None:
        request = asked()
        one = account()
        one.account = "other@bank"
        one.save()
        newer = done(begin_khqr(new_id(), request.application_id, BOPHA, NOW + timedelta(seconds=1)))
        assert read_khqr(newer.text).account == "other@bank"

    def test_an_office_without_an_account_offers_none(self) -> None:
        assert declined(begin_khqr(new_id(), lodged().id, BOPHA, NOW)) is Ground.NO_ACCOUNT

    def test_nothing_is_asked_for_what_is_paid_or_costs_nothing(self) -> None:
        account()
        assert declined(begin_khqr(new_id(), paid(1).id, BOPHA, NOW)) is Ground.WRONG_STATE
        free = lodged(2, purpose=Purpose.CORRECTION)
        assert declined(begin_khqr(new_id(), free.id, BOPHA, NOW)) is Ground.WRONG_AMOUNT

    def test_an_id_is_of_one_application(self) -> None:
        request = asked(lodged(1))
        assert declined(begin_khqr(request.id, lodged(2).id, BOPHA, NOW)) is Ground.NOT_ALLOWED

    @pytest.mark.parametrize("actor", [one for one in EVERYBODY if one is not BOPHA], ids=lambda actor: actor.name)
    def test_only_the_clerk_of_the_office_asks(self, actor: Actor) -> None:
        application = lodged()
        account()
        before = row_counts()
        ground = declined(begin_khqr(new_id(), application.id, actor, NOW))
        assert ground in (Ground.NOT_ALLOWED, Ground.UNKNOWN_APPLICATION)
        assert row_counts() == before


class TestPaid:
    def test_it_is_receipted(self, bank: Bakong, phone: StandInBank) -> None:
        request = asked()
        phone.pay_khqr(request.text)
        settled = check(request, bank)
        receipt = Receipt.objects.get()
        assert (receipt.method, receipt.amount_riel, receipt.number) == ("khqr", 20_000, "R0110-26-000001")
        assert (settled.state, settled.paid_amount, settled.paid_currency) == (KhqrState.RECEIPTED, "20000", "KHR")
        assert settled.paid_at == NOW
        assert settled.transaction_hash
        assert settled.payer_hash
        assert fresh(request.application).state == State.PAID
        assert held() == {"bank": 20_000, "unearned": -20_000}
        assert find_imbalances() == []

    def test_the_history_says_how(self, bank: Bakong, phone: StandInBank) -> None:
        request = asked()
        phone.pay_khqr(request.text)
        check(request, bank)
        event = ApplicationEvent.objects.get(event=Event.PAY)
        assert (event.by, event.detail["method"], event.detail["receipt"]) == ("bopha", "khqr", "R0110-26-000001")

    def test_asking_again_changes_nothing(self, bank: Bakong, phone: StandInBank) -> None:
        request = asked()
        phone.pay_khqr(request.text)
        check(request, bank)
        before = row_counts()
        check(request, bank)
        assert row_counts() == before

    def test_a_payment_in_the_last_second_counts_when_it_is_heard_of_later(
        self, bank: Bakong, phone: StandInBank
    ) -> None:
        request = asked()
        phone.pay_khqr(request.text)
        assert check(request, bank, minutes=60 * 24).state == KhqrState.RECEIPTED

    def test_numbers_run_on_with_those_of_cash(self, bank: Bakong, phone: StandInBank) -> None:
        paid(1)
        request = asked(lodged(2))
        phone.pay_khqr(request.text)
        check(request, bank)
        paid(3)
        assert sorted(Receipt.objects.values_list("number", flat=True)) == [f"R0110-26-00000{one}" for one in (1, 2, 3)]
        assert find_imbalances() == []


class TestNotPaid:
    def test_it_waits(self, bank: Bakong) -> None:
        request = check(asked(), bank)
        assert (request.state, request.asked_at, request.trouble) == (KhqrState.WAITING, minutes_later(1), "")

    def test_it_lapses_once_it_cannot_be_paid_any_more(self, bank: Bakong) -> None:
        request = asked()
        late = (GOOD_FOR + SETTLES_WITHIN).seconds // 60
        assert check(request, bank, late - 1).state == KhqrState.WAITING
        assert check(request, bank, late).state == KhqrState.LAPSED
        assert find_imbalances() == []

    @pytest.mark.parametrize("mood", [Mood.FAILING, Mood.GARBAGE, Mood.LOCKED_OUT])
    def test_a_bank_that_cannot_say_is_asked_again(self, mood: Mood, bank: Bakong, phone: StandInBank) -> None:
        request = asked()
        phone.mood = mood
        waiting = check(request, bank, 60)
        assert waiting.state == KhqrState.WAITING, "no answer is no answer, however late it is"
        assert "the bank" in waiting.trouble
        phone.mood = Mood.WELL
        phone.pay_khqr(request.text)
        assert check(request, bank, 61).state == KhqrState.RECEIPTED

    def test_cash_can_be_taken_meanwhile(self) -> None:
        request = asked()
        check(request, SilentBank())
        done(take_fee(request.application_id, FEE_RIEL, BOPHA, NOW))
        assert Receipt.objects.get().method == "cash"


class TestPaidInVain:
    @pytest.mark.parametrize("amount", [19_999, 40_000, 0.5])
    def test_another_amount_is_owed_back_and_not_receipted(
        self, amount: float, bank: Bakong, phone: StandInBank
    ) -> None:
        request = asked()
        phone.pay(request.md5, amount)
        owed = check(request, bank)
        assert (owed.state, owed.ground) == (KhqrState.OWED_BACK, OwedGround.OTHER_AMOUNT)
        assert fresh(request.application).state == State.LODGED
        assert not Receipt.objects.exists()
        whole = int(amount)
        assert held() == ({"bank": whole, "owed_back": -whole} if whole else {})
        assert find_imbalances() == []

    def test_another_currency_stands_as_it_was_paid(self, bank: Bakong, phone: StandInBank) -> None:
        request = asked()
        phone.pay(request.md5, 5, currency="USD")
        owed = check(request, bank)
        assert (owed.ground, owed.paid_amount, owed.paid_currency) == (OwedGround.OTHER_AMOUNT, "5", "USD")
        assert declined(return_payment(owed.id, Method.CASH, "", BOPHA, NOW)) is Ground.BAD_FORM
        refund = done(return_payment(owed.id, Method.KHQR, "transfer 9", BOPHA, NOW))
        assert refund.amount_riel == 0
        assert find_imbalances() == []

    def test_cash_first_and_the_code_after_it_is_owed_back(self, bank: Bakong, phone: StandInBank) -> None:
        request = asked()
        done(take_fee(request.application_id, FEE_RIEL, BOPHA, NOW))
        phone.pay_khqr(request.text)
        assert check(request, bank).ground == OwedGround.PAID_BEFORE
        assert held() == {"drawer": 20_000, "bank": 20_000, "unearned": -20_000, "owed_back": -20_000}
        assert find_imbalances() == []

    def test_of_two_codes_paid_one_is_owed_back(self, bank: Bakong, phone: StandInBank) -> None:
        first = asked()
        second = done(begin_khqr(new_id(), first.application_id, BOPHA, minutes_later(9)))
        phone.pay_khqr(first.text)
        phone.pay_khqr(second.text)
        assert check(second, bank, 10).state == KhqrState.RECEIPTED
        assert check(first, bank, 10).ground == OwedGround.PAID_BEFORE
        assert Receipt.objects.count() == 1
        assert find_imbalances() == []

    def test_what_was_withdrawn_before_it_was_paid_is_owed_back(self, bank: Bakong, phone: StandInBank) -> None:
        request = asked()
        done(close_application(request.application_id, Event.WITHDRAW, "", BOPHA, NOW))
        phone.pay_khqr(request.text)
        assert check(request, bank).ground == OwedGround.APPLICATION_ENDED

    def test_it_is_given_back_once_with_a_slip(self, bank: Bakong, phone: StandInBank) -> None:
        request = asked()
        done(take_fee(request.application_id, FEE_RIEL, BOPHA, NOW))
        phone.pay_khqr(request.text)
        check(request, bank)
        assert declined(return_payment(request.id, Method.KHQR, " ", BOPHA, NOW)) is Ground.BAD_FORM
        refund = done(return_payment(request.id, Method.KHQR, " transfer  9 ", BOPHA, NOW))
        assert (refund.number, refund.amount_riel, refund.reference) == ("B0110-26-000001", 20_000, "transfer 9")
        before = row_counts()
        assert done(return_payment(request.id, Method.CASH, "", BOPHA, NOW)) == refund
        assert row_counts() == before
        assert held() == {"drawer": 20_000, "unearned": -20_000}
        assert find_imbalances() == []

    def test_what_is_not_owed_is_not_given_back(self, bank: Bakong) -> None:
        request = asked()
        assert declined(return_payment(request.id, Method.CASH, "", BOPHA, NOW)) is Ground.NOTHING_OWED
        assert declined(return_payment(new_id(), Method.CASH, "", BOPHA, NOW)) is Ground.UNKNOWN_PAYMENT

    def test_fee_by_khqr_of_what_is_refused_can_be_transferred_back(self, bank: Bakong, phone: StandInBank) -> None:
        request = asked()
        phone.pay_khqr(request.text)
        check(request, bank)
        done(close_application(request.application_id, Event.REFUSE, "the document is forged", DARA, NOW))
        done(return_fee(request.application_id, Method.KHQR, "transfer 9", BOPHA, NOW))
        assert held() == {}
        assert find_imbalances() == []


class TestPagesThatWereLeft:
    def test_each_that_waits_is_asked_about_once(self, bank: Bakong, phone: StandInBank) -> None:
        one, other = asked(lodged(1)), asked(lodged(2))
        phone.pay_khqr(other.text)
        assert check_waiting_khqr(bank, minutes_later(20)) == 2
        states = dict(KhqrRequest.objects.values_list("id", "state"))
        assert states == {one.id: KhqrState.LAPSED, other.id: KhqrState.RECEIPTED}
        assert ApplicationEvent.objects.get(event=Event.PAY).by == "bopha", "it was asked for in her name"
        assert check_waiting_khqr(bank, minutes_later(21)) == 0

    def test_a_bank_that_is_silent_is_left_in_peace(self) -> None:
        asked(lodged(1))
        asked(lodged(2))
        assert check_waiting_khqr(SilentBank(), minutes_later(1)) == 0
        assert KhqrRequest.objects.filter(asked_at=None).count() == 1

    def test_the_longest_unasked_comes_first(self, bank: Bakong) -> None:
        first, second = asked(lodged(1)), asked(lodged(2))
        check(first, bank)
        check_waiting_khqr(SilentBank(), minutes_later(2))
        assert [KhqrRequest.objects.get(id=one.id).asked_at for one in (first, second)] == [
            minutes_later(1),
            minutes_later(2),
        ]

    def test_without_a_token_nobody_is_asked(self, settings: Any) -> None:
        asked()
        settings.BAKONG_TOKEN = ""
        assert check_left_khqr(minutes_later(1)) == 0

    def test_the_bank_of_the_settings_is_asked(self, settings: Any, line: Line) -> None:
        line.phone.pay_khqr(asked().text)
        settings.BAKONG_TOKEN, settings.BAKONG_ADDRESS = TOKEN, line.address
        assert check_left_khqr(minutes_later(1)) == 1
        assert Receipt.objects.get().method == "khqr"


def test_request_of_another_office_is_as_unknown_as_none(bank: Bakong) -> None:
    request = asked()
    assert declined(check_khqr(request.id, bank, NEXT_CLERK, NOW)) is Ground.UNKNOWN_PAYMENT
    assert declined(return_payment(request.id, Method.CASH, "", NEXT_CLERK, NOW)) is Ground.UNKNOWN_PAYMENT
    assert declined(return_payment(request.id, Method.CASH, "", DARA, NOW)) is Ground.NOT_ALLOWED
    assert not LedgerEntry.objects.exists()
    assert not Refund.objects.exists()


def test_currency_of_the_bank_is_riel() -> None:
    assert RIEL == "KHR"
