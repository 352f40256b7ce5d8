"""/office/<office>/money/khqr/: the code on the screen, what the bank says of it, and the account that it leads to."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from borderpass.banking.stand_in import Mood
from borderpass.domain.khqr_payments import KhqrState, OwedGround
from borderpass.services.take_fee import take_fee
from borderpass.store.keys import new_id
from borderpass.store.models import Application, KhqrRequest, OfficeAccount, Receipt, Refund
from tests.cast import BOPHA, COMMANDER, DARA, MALEE, MINISTRY, POIPET, PROVINCE, RITH
from tests.installation import FEE_RIEL, NOW, Installation, done, lodged
from tests.money import TOKEN, Line, account, asked, bank_that_answers
from tests.web.conftest import sign_in
from tests.web.forms import post

HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/"}


def at(name: str, *arguments: Any) -> str:
    return reverse(name, args=[POIPET, *arguments])


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def line(settings: Any) -> Iterator[Line]:
    with bank_that_answers() as line_to_a_stand_in:
        settings.BAKONG_TOKEN, settings.BAKONG_ADDRESS = TOKEN, line_to_a_stand_in.address
        yield line_to_a_stand_in


@pytest.fixture
def bopha(world: Installation, client: Client) -> Client:
    return sign_in(client, "bopha")


@pytest.fixture
def sokha(world: Installation) -> Application:
    return lodged(7)


@pytest.fixture
def code(world: Installation, line: Line) -> KhqrRequest:
    return asked(lodged(7))


class TestOffer:
    def test_without_a_token_nobody_is_offered_khqr(self, bopha: Client, sokha: Application, settings: Any) -> None:
        settings.BAKONG_TOKEN = ""
        account()
        assert "KHQR" not in text(bopha.get(at("money_fee", sokha.id))).split("</nav>")[-1]
        post(bopha, at("money_begin_khqr", sokha.id), {"request_id": str(new_id())})
        assert not KhqrRequest.objects.exists()

    def test_without_an_account_the_page_says_who_sets_it(self, bopha: Client, sokha: Application, line: Line) -> None:
        page = text(bopha.get(at("money_fee", sokha.id)))
        assert "the governor has not set the office&#x27;s account" in page or "has not set the office's" in page
        assert at("money_begin_khqr", sokha.id) not in page
        response = post(bopha, at("money_begin_khqr", sokha.id), {"request_id": str(new_id())})
        assert response.status_code == 409

    def test_the_clerk_asks_and_sees_the_code(self, bopha: Client, sokha: Application, line: Line) -> None:
        account()
        assert at("money_begin_khqr", sokha.id) in text(bopha.get(at("money_fee", sokha.id)))
        id_ = str(new_id())
        for _ in range(2):
            response = post(bopha, at("money_begin_khqr", sokha.id), {"request_id": id_})
            assert response.headers["Location"] == at("money_khqr", id_)
        assert KhqrRequest.objects.count() == 1
        page = text(bopha.get(at("money_khqr", id_)))
        for words in ("<svg ", "20,000 riel", "owso_poipet@wing", "Good until 09:10", "10 min 00 s", "every 3s"):
            assert words in page

    @pytest.mark.parametrize("request_id", ["", "x", "1" * 33])
    def test_a_form_without_an_id_asks_nothing(
        self, request_id: str, bopha: Client, sokha: Application, line: Line
    ) -> None:
        account()
        response = post(bopha, at("money_begin_khqr", sokha.id), {"request_id": request_id})
        assert response.headers["Location"] == at("money_fee", sokha.id)
        assert not KhqrRequest.objects.exists()

    @pytest.mark.parametrize("actor", [DARA, PROVINCE, RITH, MALEE], ids=lambda actor: actor.name)
    def test_nobody_else_asks_or_looks(self, actor: Any, client: Client, code: KhqrRequest) -> None:
        browser = sign_in(client, actor.name)
        assert post(browser, at("money_begin_khqr", code.application_id)).status_code == 403
        assert browser.get(at("money_khqr", code.id)).status_code == 403
        assert post(browser, at("money_khqr_state", code.id)).status_code == 403

    def test_the_code_can_be_had_on_paper(self, bopha: Client, code: KhqrRequest) -> None:
        response = bopha.get(at("money_khqr_slip", code.id))
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF")


class TestWaiting:
    def test_the_page_hears_that_it_is_not_paid_yet(self, bopha: Client, code: KhqrRequest) -> None:
        response = post(bopha, at("money_khqr_state", code.id), **HTMX)
        assert response.status_code == 200
        assert "not paid yet" in text(response)

    def test_it_leads_to_the_receipt_as_soon_as_it_is_paid(self, bopha: Client, code: KhqrRequest, line: Line) -> None:
        line.phone.pay_khqr(code.text)
        response = post(bopha, at("money_khqr_state", code.id), **HTMX)
        receipt = Receipt.objects.get(application=code.application)
        assert (response.status_code, response.headers["HX-Redirect"]) == (204, at("money_receipt", receipt.number))
        assert receipt.method == "khqr"
        assert bopha.get(at("money_khqr", code.id)).headers["Location"] == at("money_receipt", receipt.number)

    def test_without_scripts_a_button_asks(self, bopha: Client, code: KhqrRequest, line: Line) -> None:
        assert post(bopha, at("money_khqr_state", code.id)).headers["Location"] == at("money_khqr", code.id)
        line.phone.pay_khqr(code.text)
        assert "/receipts/" in post(bopha, at("money_khqr_state", code.id)).headers["Location"]

    def test_a_bank_without_an_answer_is_said_so(self, bopha: Client, code: KhqrRequest, line: Line) -> None:
        line.phone.mood = Mood.FAILING
        page = text(post(bopha, at("money_khqr_state", code.id), **HTMX))
        assert "The bank gives no answer now" in page
        assert KhqrRequest.objects.get().state == KhqrState.WAITING

    def test_an_expired_code_is_not_shown_any_more(
        self, bopha: Client, code: KhqrRequest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(minutes=11))
        page = text(bopha.get(at("money_khqr", code.id)))
        assert "<svg xmlns" not in page.split("khqr-code")[1].split("khqr-said")[0]
        assert "This code cannot be paid any more." in page
        assert "A new code, or cash" in page

    def test_a_code_that_lapsed_is_asked_about_no_more(
        self, bopha: Client, code: KhqrRequest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(minutes=15))
        response = post(bopha, at("money_khqr_state", code.id), **HTMX)
        assert response.status_code == 286, "htmx stops asking"
        assert "Not paid in time" in text(response)

    def test_asking_takes_a_post(self, bopha: Client, code: KhqrRequest) -> None:
        assert bopha.get(at("money_khqr_state", code.id)).status_code == 405
        assert bopha.post(at("money_khqr_state", code.id)).status_code == 403, "and the token of the page"


class TestCashInstead:
    def test_it_is_taken_while_the_code_waits(self, bopha: Client, code: KhqrRequest) -> None:
        page = text(bopha.get(at("money_fee", code.application_id)))
        assert at("money_khqr", code.id) in page
        post(bopha, at("money_fee", code.application_id), {"amount_riel": "20000"})
        assert Receipt.objects.get(application=code.application).method == "cash"

    def test_the_bank_is_asked_first_whether_it_was_paid(self, bopha: Client, code: KhqrRequest, line: Line) -> None:
        line.phone.pay_khqr(code.text)
        response = post(bopha, at("money_fee", code.application_id), {"amount_riel": "20000"})
        receipt = Receipt.objects.get(application=code.application)
        assert receipt.method == "khqr", "nobody pays twice"
        assert response.headers["Location"] == at("money_receipt", receipt.number)

    def test_a_bank_that_is_silent_does_not_hold_it_up(self, bopha: Client, code: KhqrRequest, line: Line) -> None:
        line.phone.mood = Mood.FAILING
        post(bopha, at("money_fee", code.application_id), {"amount_riel": "20000"})
        assert Receipt.objects.get(application=code.application).method == "cash"


class TestPaidInVain:
    @pytest.fixture
    def owed(self, code: KhqrRequest, line: Line, bopha: Client) -> KhqrRequest:
        """The code was paid after the cash was taken."""
        done(take_fee(code.application_id, FEE_RIEL, BOPHA, NOW))
        line.phone.pay_khqr(code.text)
        post(bopha, at("money_khqr_state", code.id), **HTMX)
        code.refresh_from_db()
        assert code.ground == OwedGround.PAID_BEFORE
        return code

    def test_another_amount_is_told_and_not_receipted(self, bopha: Client, code: KhqrRequest, line: Line) -> None:
        line.phone.pay(code.md5, 40_000)
        page = text(post(bopha, at("money_khqr_state", code.id), **HTMX))
        assert "Another amount was paid than was asked for: 40,000 riel" in page
        assert not Receipt.objects.filter(application=code.application).exists()

    def test_it_stands_on_the_page_of_the_money_until_it_is_given_back(self, bopha: Client, owed: KhqrRequest) -> None:
        assert at("money_return_payment", owed.id) in text(bopha.get(at("money")))
        page = text(bopha.get(at("money_return_payment", owed.id)))
        assert "It had been paid already" in page
        response = post(bopha, at("money_return_payment", owed.id), {"method": "khqr", "reference": "TRX 9"})
        slip = Refund.objects.get()
        assert response.headers["Location"] == at("money_refund", slip.number)
        assert at("money_return_payment", owed.id) not in text(bopha.get(at("money")))
        assert bopha.get(at("money_return_payment", owed.id)).headers["Location"] == at("money_refund", slip.number)
        assert slip.number in text(bopha.get(at("office_application", owed.application_id)))

    def test_a_code_that_is_not_owed_leads_back(self, bopha: Client, code: KhqrRequest) -> None:
        assert bopha.get(at("money_return_payment", code.id)).headers["Location"] == at("money_khqr", code.id)

    def test_it_needs_a_way_and_a_clerk(self, bopha: Client, owed: KhqrRequest) -> None:
        assert post(bopha, at("money_return_payment", owed.id), {"method": "khqr"}).status_code == 422
        sign_in(bopha, "dara")
        assert post(bopha, at("money_return_payment", owed.id), {"method": "cash"}).status_code == 403
        assert not Refund.objects.exists()


FILLED = {"account": "owso_poipet@wing", "name": "OWSO POIPET", "city": "Poipet", "name_khmer": "ក្រុងប៉ោយប៉ែត"}


class TestAccount:
    def test_the_governor_sets_it(self, world: Installation, client: Client) -> None:
        dara = sign_in(client, "dara")
        response = post(dara, at("money_account"), FILLED)
        assert response.headers["Location"] == at("money_account")
        page = text(dara.get(at("money_account")))
        assert "owso_poipet@wing" in page
        assert "The account was set." in page
        assert OfficeAccount.objects.get().set_by == "dara"

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"account": ""}, "Fill this in."),
            ({"account": "no bank"}, "This does not fit into a KHQR."),
            ({"name": "ក្រុង"}, "This does not fit into a KHQR."),
            ({"city": "x" * 16}, "This is too long."),
            ({"merchant_id": "7"}, "This does not fit into a KHQR."),
        ],
    )
    def test_what_cannot_be_one_is_said_and_what_was_typed_stays(
        self, changes: dict[str, str], words: str, world: Installation, client: Client
    ) -> None:
        response = post(sign_in(client, "dara"), at("money_account"), FILLED | changes)
        assert response.status_code == 422
        assert words in text(response)
        assert "owso_poipet@wing" in text(response) or "account" in changes
        assert not OfficeAccount.objects.exists()

    @pytest.mark.parametrize("actor", [BOPHA, PROVINCE, RITH], ids=lambda actor: actor.name)
    def test_others_of_the_office_read_it(self, actor: Any, world: Installation, client: Client) -> None:
        account()
        browser = sign_in(client, actor.name)
        page = text(browser.get(at("money_account")))
        assert "owso_poipet@wing" in page
        assert "Another account" not in page
        assert post(browser, at("money_account"), FILLED | {"account": "mine@bank"}).status_code == 403
        assert OfficeAccount.objects.get().account == "owso_poipet@wing"

    def test_the_ministry_may_set_it_too(self, world: Installation, client: Client) -> None:
        post(sign_in(client, MINISTRY.name), at("money_account"), FILLED)
        assert OfficeAccount.objects.get().set_by == MINISTRY.name

    def test_gates_see_none_of_it(self, world: Installation, client: Client) -> None:
        assert sign_in(client, COMMANDER.name).get(at("money_account")).status_code == 403
