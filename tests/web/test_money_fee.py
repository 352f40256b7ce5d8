"""/office/<office>/money/, .../fee/: who pays is found, pays in cash once, and gets a receipt that is printed once."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from borderpass.domain.application import Event, State
from borderpass.domain.ledger import Method
from borderpass.services.close_application import close_application
from borderpass.services.return_fee import return_fee
from borderpass.store.keys import new_id
from borderpass.store.models import Application, AuditEntry, Receipt, Refund, SlipPrint
from tests.cast import BOPHA, DARA, MALEE, POIPET, PROVINCE, RITH
from tests.installation import NOW, Installation, done, fresh, lodged, paid
from tests.money import asked, closed, refused, withdrawn
from tests.web.conftest import sign_in
from tests.web.forms import post

READERS, STRANGERS = (DARA, PROVINCE, RITH), (MALEE,)


def at(name: str, *arguments: Any) -> str:
    return reverse(name, args=[POIPET, *arguments])


@pytest.fixture
def bopha(world: Installation, client: Client) -> Client:
    return sign_in(client, "bopha")


@pytest.fixture
def sokha(world: Installation) -> Application:
    return lodged(7)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


class TestHome:
    def test_who_has_to_pay_stands_there_with_the_fee(self, bopha: Client, sokha: Application) -> None:
        page = text(bopha.get(at("money")))
        assert sokha.reference in page
        assert "20,000 riel" in page
        assert at("money_fee", sokha.id) in page

    def test_the_latest_come_first(self, bopha: Client) -> None:
        first, second = lodged(7, NOW - timedelta(minutes=9)), lodged(8, NOW - timedelta(minutes=1))
        page = text(bopha.get(at("money")))
        assert page.index(second.reference) < page.index(first.reference)

    def test_a_reference_leads_to_the_fee_at_once(self, bopha: Client, sokha: Application) -> None:
        response = bopha.get(at("money"), {"q": f" {sokha.reference.lower()} "})
        assert (response.status_code, response.headers["Location"]) == (302, at("money_fee", sokha.id))

    def test_a_name_narrows_the_list(self, bopha: Client, sokha: Application) -> None:
        other = lodged(8)
        page = text(bopha.get(at("money"), {"q": sokha.name_latin}))
        assert sokha.reference in page
        assert other.reference not in page

    @pytest.mark.parametrize("asked_for", ["NOBODY", "\0", "A0110-26-000001-", "x" * 5_000, "A0106-26-000001-X"])
    def test_whoever_is_not_there_is_not_found(self, asked_for: str, bopha: Client, sokha: Application) -> None:
        response = bopha.get(at("money"), {"q": asked_for})
        assert response.status_code == 200
        assert at("money_fee", sokha.id) not in text(response)

    def test_the_drawer_and_what_is_owed_stand_beside(self, bopha: Client) -> None:
        owed = refused(8)
        code = asked(lodged(9))
        page = text(bopha.get(at("money")))
        assert "40,000 riel" in page, "Sokha's fee, and that of who was refused"
        assert at("money_return_fee", owed.id) in page
        assert at("money_khqr", code.id) in page

    def test_what_was_given_back_is_not_owed_any_more(self, bopha: Client) -> None:
        owed = refused(8)
        done(return_fee(owed.id, Method.CASH, "", BOPHA, NOW))
        assert at("money_return_fee", owed.id) not in text(bopha.get(at("money")))

    @pytest.mark.parametrize("actor", READERS, ids=lambda actor: actor.name)
    def test_who_reads_the_office_reads_its_money_and_takes_none(
        self, actor: Any, client: Client, sokha: Application
    ) -> None:
        page = text(sign_in(client, actor.name).get(at("money")))
        assert sokha.reference in page
        assert at("money_fee", sokha.id) not in page

    def test_it_takes_no_post(self, bopha: Client) -> None:
        assert post(bopha, at("money")).status_code == 405


class TestCash:
    def test_enter_takes_it_and_shows_the_receipt(self, bopha: Client, sokha: Application) -> None:
        page = text(bopha.get(at("money_fee", sokha.id)))
        assert 'name="amount_riel" value="20000"' in page
        assert "autofocus>Taken in cash" in page
        response = post(bopha, at("money_fee", sokha.id), {"amount_riel": "20000"})
        receipt = Receipt.objects.get(application=sokha)
        assert (response.status_code, response.headers["Location"]) == (302, at("money_receipt", receipt.number))
        assert (receipt.method, fresh(sokha).state) == ("cash", State.PAID)

    def test_a_double_click_takes_it_once(self, bopha: Client, sokha: Application) -> None:
        for _ in range(2):
            assert post(bopha, at("money_fee", sokha.id), {"amount_riel": "20000"}).status_code == 302
        assert Receipt.objects.filter(application=sokha).count() == 1

    @pytest.mark.parametrize("amount", ["", "0", "19999", "-20000", "20,000", "២០០០០", "9" * 30, "x"])
    def test_another_amount_takes_nothing_and_shows_the_right_one(
        self, amount: str, bopha: Client, sokha: Application
    ) -> None:
        response = post(bopha, at("money_fee", sokha.id), {"amount_riel": amount})
        assert response.status_code == 409
        assert "The fee has changed since this page was loaded" in text(response)
        assert not Receipt.objects.filter(application=sokha).exists()

    def test_who_has_paid_is_shown_the_receipt(self, bopha: Client) -> None:
        receipt = Receipt.objects.get(application=paid(7))
        assert bopha.get(at("money_fee", receipt.application_id)).headers["Location"] == at(
            "money_receipt", receipt.number
        )

    def test_a_closed_day_takes_none_and_says_so(self, bopha: Client, sokha: Application) -> None:
        closed()
        page = text(bopha.get(at("money_fee", sokha.id)))
        assert "Today&#x27;s till is closed" in page or "Today's till is closed" in page
        assert "Taken in cash" not in page
        assert post(bopha, at("money_fee", sokha.id), {"amount_riel": "20000"}).status_code == 409

    def test_yesterdays_till_comes_first(
        self, bopha: Client, sokha: Application, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(hours=20))
        sign_in(bopha, "bopha")
        page = text(bopha.get(at("money_fee", sokha.id)))
        assert "The till of an earlier day is still open: Monday 23 November 2026" in page
        assert at("money_till_close") in page

    def test_what_ended_unpaid_has_no_fee(self, bopha: Client, sokha: Application) -> None:
        done(close_application(sokha.id, Event.WITHDRAW, "", BOPHA, NOW))
        assert "There is no fee to take now." in text(bopha.get(at("money_fee", sokha.id)))
        assert post(bopha, at("money_fee", sokha.id), {"amount_riel": "20000"}).status_code == 409

    @pytest.mark.parametrize("actor", [*READERS, *STRANGERS], ids=lambda actor: actor.name)
    def test_nobody_else_takes_it(self, actor: Any, client: Client, sokha: Application) -> None:
        browser = sign_in(client, actor.name)
        assert browser.get(at("money_fee", sokha.id)).status_code == 403
        assert post(browser, at("money_fee", sokha.id), {"amount_riel": "20000"}).status_code == 403
        assert not Receipt.objects.filter(application=sokha).exists()

    def test_it_needs_the_token_of_the_form(self, bopha: Client, sokha: Application) -> None:
        assert bopha.post(at("money_fee", sokha.id), {"amount_riel": "20000"}).status_code == 403
        assert not Receipt.objects.filter(application=sokha).exists()


class TestReceipts:
    @pytest.fixture
    def receipt(self, world: Installation) -> Receipt:
        return Receipt.objects.get(application=paid(7))

    def test_they_are_listed_newest_first_and_found(self, bopha: Client, receipt: Receipt) -> None:
        page = text(bopha.get(at("money_receipts")))
        assert page.index("R0110-26-000002") < page.index("R0110-26-000001")
        for asked_for in (receipt.number, receipt.application.reference, receipt.application.name_latin.lower()):
            page = text(bopha.get(at("money_receipts"), {"q": asked_for}))
            assert receipt.number in page
            assert "R0110-26-000001" not in page
        assert "There is no such receipt here." in text(bopha.get(at("money_receipts"), {"q": "\0nothing"}))

    def test_one_is_shown_as_the_paper_that_it_is(self, bopha: Client, receipt: Receipt) -> None:
        assert receipt.number in text(bopha.get(at("money_receipt", receipt.number)))
        picture = bopha.get(at("money_receipt_preview", receipt.number))
        assert picture.headers["Content-Type"] == "image/png"
        assert picture.content.startswith(b"\x89PNG")

    def test_the_first_print_is_the_original_and_the_next_a_copy(self, bopha: Client, receipt: Receipt) -> None:
        ids = [str(new_id()), str(new_id())]
        pages = [post(bopha, at("money_receipt_print", receipt.number), {"print_id": one}) for one in ids]
        assert [one.headers["Location"] for one in pages] == [at("money_print", one) for one in ids]
        papers = [bopha.get(at("money_print", one)) for one in ids]
        assert {one.headers["Content-Type"] for one in papers} == {"application/pdf"}
        assert papers[0].content != papers[1].content
        assert AuditEntry.objects.filter(deed="print_again").count() == 1

    def test_a_double_click_prints_the_original_again(self, bopha: Client, receipt: Receipt) -> None:
        id_ = str(new_id())
        for _ in range(2):
            post(bopha, at("money_receipt_print", receipt.number), {"print_id": id_})
        assert SlipPrint.objects.count() == 1

    @pytest.mark.parametrize("print_id", ["", "x", "0" * 40])
    def test_a_print_without_an_id_gets_one(self, print_id: str, bopha: Client, receipt: Receipt) -> None:
        assert post(bopha, at("money_receipt_print", receipt.number), {"print_id": print_id}).status_code == 302
        assert SlipPrint.objects.count() == 1

    def test_readers_look_and_do_not_print(self, client: Client, receipt: Receipt) -> None:
        dara = sign_in(client, "dara")
        assert dara.get(at("money_receipt", receipt.number)).status_code == 200
        assert post(dara, at("money_receipt_print", receipt.number)).status_code == 403
        assert not SlipPrint.objects.exists()

    def test_a_number_that_is_none_is_not_found(self, bopha: Client) -> None:
        for number in ("R0110-26-999999", "x", "%00", "R0106-26-000001"):
            assert bopha.get(at("money_receipt", number)).status_code == 404

    def test_methods(self, bopha: Client, receipt: Receipt) -> None:
        assert bopha.get(at("money_receipt_print", receipt.number)).status_code == 405
        assert post(bopha, at("money_receipt", receipt.number)).status_code == 405


class TestGiveBack:
    @pytest.mark.parametrize("ended", [refused, withdrawn])
    def test_the_page_says_how_much_why_and_by_which_order(self, ended: Any, bopha: Client) -> None:
        page = text(bopha.get(at("money_return_fee", ended(7).id)))
        for words in ("20,000 riel", "the fee is given back", "BP-2016-04"):
            assert words in page

    def test_in_cash(self, bopha: Client) -> None:
        application = refused(7)
        response = post(bopha, at("money_return_fee", application.id), {"method": "cash"})
        slip = Refund.objects.get()
        assert response.headers["Location"] == at("money_refund", slip.number)
        assert slip.number in text(bopha.get(at("money_refund", slip.number)))
        assert bopha.get(at("money_refund_preview", slip.number)).content.startswith(b"\x89PNG")
        printed = post(bopha, at("money_refund_print", slip.number), {"print_id": str(new_id())})
        assert bopha.get(printed.headers["Location"]).content.startswith(b"%PDF")

    def test_by_transfer_with_its_reference(self, bopha: Client) -> None:
        application = refused(7)
        response = post(bopha, at("money_return_fee", application.id), {"method": "khqr", "reference": ""})
        assert response.status_code == 422
        assert "Transfer it first" in text(response)
        post(bopha, at("money_return_fee", application.id), {"method": "khqr", "reference": "TRX 7"})
        assert Refund.objects.get().reference == "TRX 7"

    def test_a_double_click_gives_it_back_once(self, bopha: Client) -> None:
        application = refused(7)
        locations = {
            post(bopha, at("money_return_fee", application.id), {"method": "cash"}).headers["Location"]
            for _ in range(2)
        }
        assert locations == {at("money_refund", "B0110-26-000001")}

    @pytest.mark.parametrize("method", ["", "gold", "CASH"])
    def test_it_needs_a_way(self, method: str, bopha: Client) -> None:
        assert post(bopha, at("money_return_fee", refused(7).id), {"method": method}).status_code == 422
        assert not Refund.objects.exists()

    def test_an_empty_drawer_says_so(self, bopha: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        application = refused(7)
        closed(handed_on_riel=40_000)
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(hours=20))
        sign_in(bopha, "bopha")
        response = post(bopha, at("money_return_fee", application.id), {"method": "cash"})
        assert response.status_code == 422
        assert "There is not enough in the drawer" in text(response)

    def test_nothing_is_owed_while_a_pass_may_come(self, bopha: Client) -> None:
        assert bopha.get(at("money_return_fee", paid(7).id)).status_code == 409

    def test_nobody_else_gives_it_back(self, client: Client, world: Installation) -> None:
        application = refused(7)
        dara = sign_in(client, "dara")
        assert post(dara, at("money_return_fee", application.id), {"method": "cash"}).status_code == 403
        assert not Refund.objects.exists()


class TestOnTheApplication:
    def test_what_comes_next_is_the_fee(self, bopha: Client, sokha: Application) -> None:
        assert at("money_fee", sokha.id) in text(bopha.get(at("office_application", sokha.id)))

    def test_what_is_owed_back_and_was_given_back_stands_there(self, bopha: Client) -> None:
        application = refused(7)
        page = text(bopha.get(at("office_application", application.id)))
        assert at("money_return_fee", application.id) in page
        slip = done(return_fee(application.id, Method.CASH, "", BOPHA, NOW))
        page = text(bopha.get(at("office_application", application.id)))
        assert at("money_return_fee", application.id) not in page
        assert at("money_refund", slip.number) in page

    def test_the_receipt_leads_to_its_paper(self, bopha: Client) -> None:
        receipt = Receipt.objects.get(application=paid(7))
        page = text(bopha.get(at("office_application", receipt.application_id)))
        assert at("money_receipt", receipt.number) in page
