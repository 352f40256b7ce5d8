"""/office/<office>/till/, .../closes/, .../money/ledger/: the drawer is opened, counted, closed, and read."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from borderpass.services.count import find_imbalances
from borderpass.services.share_fees import share_fees
from borderpass.store.models import LedgerEntry, Till
from tests.cast import BOPHA, DARA, MALEE, POIPET, PROVINCE, RITH, SEREI
from tests.installation import NOW, Installation, lodged, paid
from tests.money import closed, held
from tests.web.conftest import sign_in
from tests.web.forms import post

DAY = "2026-11-23"


def at(name: str, *arguments: Any, office: str = POIPET) -> str:
    return reverse(name, args=[office, *arguments])


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def bopha(world: Installation, client: Client) -> Client:
    """In the drawer is Sokha's fee, from two hours ago."""
    return sign_in(client, "bopha")


def till() -> Till:
    return Till.objects.get(office_id=POIPET)


@pytest.fixture
def tomorrow(bopha: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The next morning; yesterday's till is closed."""
    closed()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=1))
    return sign_in(bopha, "bopha")


class TestOpen:
    def test_it_says_what_is_left_and_takes_what_is_brought(self, tomorrow: Client) -> None:
        page = text(tomorrow.get(at("money_till")))
        assert "Left in it from the day before" in page
        assert "20,000 riel" in page
        assert post(tomorrow, at("money_till"), {"brought_riel": "៥០,000"}).status_code == 302
        assert Till.objects.get(closed_at=None, office_id=POIPET).opening_riel == 70_000
        assert "The till is open." in text(tomorrow.get(at("money_till")))

    def test_nothing_brought_opens_it_too_and_twice_is_once(self, tomorrow: Client) -> None:
        for _ in range(2):
            assert post(tomorrow, at("money_till"), {"brought_riel": ""}).status_code == 302
        assert Till.objects.filter(office_id=POIPET).count() == 2

    @pytest.mark.parametrize("brought", ["many", "-5", "1.5x", "9" * 15, "2000000001"])
    def test_what_is_no_amount_is_said(self, brought: str, tomorrow: Client) -> None:
        response = post(tomorrow, at("money_till"), {"brought_riel": brought})
        assert response.status_code == 422
        assert "Write a whole number, such as 20000." in text(response)
        assert Till.objects.filter(office_id=POIPET).count() == 1

    def test_a_closed_day_is_not_opened_again(self, bopha: Client) -> None:
        closed()
        response = post(bopha, at("money_till"), {"brought_riel": "5"})
        assert response.status_code == 422
        assert "cash is taken again tomorrow" in text(response)

    @pytest.mark.parametrize("actor", [DARA, PROVINCE, RITH], ids=lambda actor: actor.name)
    def test_readers_look_into_it_and_move_nothing(self, actor: Any, world: Installation, client: Client) -> None:
        browser = sign_in(client, actor.name)
        page = text(browser.get(at("money_till")))
        assert "R0110-26-000001" in page
        assert "Count and close" not in page
        assert post(browser, at("money_till"), {"brought_riel": "5"}).status_code == 403
        assert browser.get(at("money_till_close")).status_code == 403


class TestClose:
    def test_it_is_counted_note_by_note(self, bopha: Client) -> None:
        page = text(bopha.get(at("money_till_close")))
        assert "20,000 riel" in page
        fields = {
            "till_id": str(till().id),
            "note_10000": "1",
            "note_5000": "១",
            "note_1000": " 5 ",
            "handed_on_riel": "15,000",
        }
        response = post(bopha, at("money_till_close"), fields)
        assert response.headers["Location"] == at("money_close", DAY)
        assert (till().counted_riel, till().handed_on_riel) == (20_000, 15_000)
        assert till().counted == {"10000": 1, "5000": 1, "1000": 5}
        page = text(bopha.get(at("money_close", DAY)))
        for words in ("It balances.", "15,000 riel", "5,000 riel", "Monday 23 November 2026"):
            assert words in page
        assert find_imbalances() == []

    def test_a_difference_is_told_and_asks_for_a_reason(self, bopha: Client) -> None:
        fields = {"till_id": str(till().id), "other_riel": "19500"}
        response = post(bopha, at("money_till_close"), fields)
        assert response.status_code == 422
        page = text(response)
        assert "19,500 riel were counted, 20,000 riel should be there: −500 riel." in page
        assert 'value="19500"' in page, "what was typed stays"
        assert till().closed_at is None
        post(bopha, at("money_till_close"), {**fields, "reason": "a note was torn"})
        assert till().reason == "a note was torn"
        page = text(bopha.get(at("money_close", DAY)))
        assert "▲ Difference: −500 riel" in page
        assert "a note was torn" in page

    def test_a_double_click_closes_it_once_and_leads_to_it(self, bopha: Client) -> None:
        fields = {"till_id": str(till().id), "other_riel": "20000"}
        locations = {post(bopha, at("money_till_close"), fields).headers["Location"] for _ in range(2)}
        assert locations == {at("money_close", DAY)}
        assert LedgerEntry.objects.filter(till=till(), kind="difference").count() == 0

    def test_the_count_of_another_till_closes_none(self, tomorrow: Client) -> None:
        paid(8, NOW + timedelta(days=1))
        yesterdays = Till.objects.get(day=DAY, office_id=POIPET)
        response = post(tomorrow, at("money_till_close"), {"till_id": str(yesterdays.id), "other_riel": "20000"})
        assert response.headers["Location"] == at("money_close", DAY)
        assert Till.objects.filter(office_id=POIPET, closed_at=None).count() == 1

    @pytest.mark.parametrize("till_id", ["", "x", "00000000-0000-7000-8000-000000000001"])
    def test_a_form_of_no_till_closes_none(self, till_id: str, bopha: Client) -> None:
        response = post(bopha, at("money_till_close"), {"till_id": till_id, "other_riel": "20000"})
        assert response.headers["Location"] == at("money_till")
        assert till().closed_at is None

    @pytest.mark.parametrize(
        "changes",
        [{"note_20000": "x"}, {"note_100": "100001"}, {"handed_on_riel": "20001"}, {"reason": "a\0b" * 200}],
    )
    def test_what_cannot_have_been_counted_closes_none(self, changes: dict[str, str], bopha: Client) -> None:
        fields = {"till_id": str(till().id), "other_riel": "20000", **changes}
        assert post(bopha, at("money_till_close"), fields).status_code == 422
        assert till().closed_at is None

    def test_where_none_is_open_there_is_none_to_close(self, tomorrow: Client) -> None:
        assert tomorrow.get(at("money_till_close")).headers["Location"] == at("money_till")

    def test_yesterdays_is_closed_today(self, bopha: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=1))
        sign_in(bopha, "bopha")
        assert "This till is of an earlier day." in text(bopha.get(at("money_till")))
        post(bopha, at("money_till_close"), {"till_id": str(till().id), "other_riel": "20000"})
        assert till().closed_at == NOW + timedelta(days=1)

    def test_it_needs_the_token_of_the_form(self, bopha: Client) -> None:
        fields = {"till_id": str(till().id), "other_riel": "20000"}
        assert bopha.post(at("money_till_close"), fields).status_code == 403
        assert till().closed_at is None


class TestCloses:
    @pytest.mark.parametrize("actor", [BOPHA, DARA, PROVINCE, RITH], ids=lambda actor: actor.name)
    def test_they_are_listed_with_their_differences(self, actor: Any, world: Installation, client: Client) -> None:
        closed(differs_by=-500)
        page = text(sign_in(client, actor.name).get(at("money_closes")))
        assert at("money_close", DAY) in page
        assert "▲ −500 riel" in page

    def test_the_province_sees_the_last_of_each_of_its_offices(self, world: Installation, client: Client) -> None:
        closed(SEREI)
        page = text(sign_in(client, PROVINCE.name).get(at("money_closes")))
        assert at("money_close", DAY, office=SEREI) in page
        assert "The last close of each office" in page
        assert "The last close of each office" not in text(sign_in(client, "dara").get(at("money_closes")))

    def test_one_can_be_had_on_paper(self, bopha: Client) -> None:
        closed()
        response = bopha.get(at("money_close_report", DAY))
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF")

    @pytest.mark.parametrize("day", ["2026-11-24", "2026-13-01", "yesterday", "%00", "20261123x"])
    def test_a_day_that_was_not_closed_is_not_found(self, day: str, bopha: Client) -> None:
        closed()
        for name in ("money_close", "money_close_report"):
            assert bopha.get(at(name, day)).status_code == 404

    def test_an_open_day_has_no_close(self, bopha: Client) -> None:
        assert bopha.get(at("money_close", DAY)).status_code == 404

    def test_methods(self, bopha: Client) -> None:
        for name in ("money_closes", "money_ledger", "money_receipts"):
            assert post(bopha, at(name)).status_code == 405


class TestLedger:
    def test_it_says_where_the_money_is_and_whose(self, bopha: Client) -> None:
        lodged(7)
        share_fees(NOW)
        assert held() == {"drawer": 20_000, "district": -17_000, "province": -3_000}
        page = text(bopha.get(at("money_ledger")))
        for words in ("+20,000 riel", "−17,000 riel", "−3,000 riel", "Paoy Paet", "Banteay Meanchey", "Fee shared"):
            assert words in page

    def test_it_sums_to_zero(self, bopha: Client) -> None:
        assert "All together</dt><dd>0 riel" in text(bopha.get(at("money_ledger")))

    @pytest.mark.parametrize(("actor", "status"), [(DARA, 200), (PROVINCE, 200), (RITH, 200), (MALEE, 403)])
    def test_who_reads_it(self, actor: Any, status: int, world: Installation, client: Client) -> None:
        assert sign_in(client, actor.name).get(at("money_ledger")).status_code == status
