"""/office/<office>/notices/, .../applications/<id>/notices/: what failed stands first, and is sent again."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from borderpass.domain.notices import Channel, NoticeKind, NoticeState
from borderpass.store.keys import new_id
from borderpass.store.models import Application, AuditEntry, Contact, Notice
from tests.cast import DARA, MALEE, POIPET, PROVINCE, RITH, SEREI
from tests.installation import NOW, Installation, lodged
from tests.web.conftest import sign_in
from tests.web.forms import post
from tests.web.notices_addresses import told

EMAIL = {"channel": "email", "address": "sokha@example.org", "language": "th"}


@pytest.fixture(autouse=True)
def offered(settings: Any) -> None:
    settings.NOTICE_GATEWAYS = {"sms": "json://127.0.0.1:9/{to}", "email": "mailto://127.0.0.1:9?to={to}"}


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


class TestList:
    def test_what_failed_stands_first_with_why(self, bopha: Client, sokha: Application) -> None:
        told(sokha, kind=NoticeKind.PAID, state=NoticeState.SENT, failure="", sent_at=NOW)
        waiting = lodged(8)
        told(waiting, state=NoticeState.WAITING, failure="unreached 503", next_try_at=NOW)
        failed = lodged(9)
        told(failed)
        page = text(bopha.get(at("notices")))
        places = [page.index(one.reference) for one in (failed, waiting, sokha)]
        assert places == sorted(places)
        assert "refused it" in page
        assert "(503)" in page
        assert "1 message was not sent" in page

    def test_a_number_is_not_shown_whole(self, bopha: Client, sokha: Application) -> None:
        told(sokha)
        page = text(bopha.get(at("notices")))
        assert "…678" in page
        assert "12345678" not in page
        assert sokha.name_latin not in page

    def test_another_office_sees_none_of_it(self, client: Client, world: Installation, sokha: Application) -> None:
        told(sokha)
        page = text(sign_in(client, "vichea").get(reverse("notices", args=[SEREI])))
        assert sokha.reference not in page

    @pytest.mark.parametrize("reader", [DARA, PROVINCE, RITH])
    def test_who_reads_the_office_reads_them_and_sends_nothing(
        self, reader: Any, client: Client, sokha: Application
    ) -> None:
        notice = told(sokha)
        sign_in(client, reader.name)
        assert at("notices_again", notice.id) not in text(client.get(at("notices")))
        assert post(client, at("notices_again", notice.id)).status_code == 403

    def test_an_installation_without_gateways_says_so(self, bopha: Client, settings: Any) -> None:
        settings.NOTICE_GATEWAYS = {}
        assert "nobody is told anything" in text(bopha.get(at("notices")))

    def test_wrong_method_and_no_session(self, bopha: Client, sokha: Application) -> None:
        notice = told(sokha)
        assert post(bopha, at("notices")).status_code == 405
        assert bopha.get(at("notices_again", notice.id)).status_code == 405
        bopha.logout()
        assert bopha.get(at("notices")).status_code == 302

    def test_an_officer_of_the_gate_has_no_business_there(self, client: Client, world: Installation) -> None:
        assert sign_in(client, MALEE.name).get(at("notices")).status_code == 403


class TestAgain:
    def test_it_is_sent_anew_to_where_the_applicant_is_now(self, bopha: Client, sokha: Application) -> None:
        notice = told(sokha)
        post(bopha, at("notices_application", sokha.id), EMAIL)
        response = post(bopha, at("notices_again", notice.id))
        assert response.headers["Location"] == at("notices")
        notice.refresh_from_db()
        assert (notice.state, notice.tries, notice.failure, notice.next_try_at) == ("waiting", 0, "", NOW)
        assert (notice.channel, notice.address, notice.language) == ("email", "sokha@example.org", "th")
        assert sokha.reference in notice.text
        assert "คำขอ" in notice.text
        assert AuditEntry.objects.filter(deed="send_again").count() == 1

    def test_asking_twice_is_asking_once(self, bopha: Client, sokha: Application) -> None:
        notice = told(sokha)
        for _ in range(2):
            assert post(bopha, at("notices_again", notice.id), {"from": "application"}).status_code == 302
        assert AuditEntry.objects.filter(deed="send_again").count() == 1
        assert Notice.objects.count() == 1

    def test_without_an_address_it_leads_to_where_one_is_given(self, bopha: Client, sokha: Application) -> None:
        Application.objects.filter(id=sokha.id).update(phone="")
        notice = told(sokha)
        response = post(bopha, at("notices_again", notice.id))
        assert response.headers["Location"] == at("notices_application", sokha.id)
        notice.refresh_from_db()
        assert notice.state == NoticeState.GIVEN_UP

    def test_what_waits_already_is_left_to_wait(self, bopha: Client, sokha: Application) -> None:
        notice = told(sokha, state=NoticeState.WAITING, next_try_at=NOW, given_up_at=None)
        post(bopha, at("notices_again", notice.id))
        notice.refresh_from_db()
        assert (notice.tries, notice.next_try_at) == (8, NOW)
        assert not AuditEntry.objects.filter(deed="send_again").exists()

    def test_one_that_is_not_there(self, bopha: Client) -> None:
        assert post(bopha, at("notices_again", new_id())).status_code == 404


class TestOfApplication:
    def test_without_a_word_it_is_the_telephone(self, bopha: Client, sokha: Application) -> None:
        page = text(bopha.get(at("notices_application", sokha.id)))
        assert "SMS" in page
        assert sokha.phone in page

    def test_the_clerk_keeps_another_way(self, bopha: Client, sokha: Application) -> None:
        response = post(bopha, at("notices_application", sokha.id), EMAIL)
        assert response.headers["Location"] == at("notices_application", sokha.id)
        kept = Contact.objects.get(application=sokha)
        assert (kept.channel, kept.address, kept.language, kept.set_by) == (*EMAIL.values(), "bopha")
        entry = AuditEntry.objects.get(deed="set_contact")
        assert entry.detail == {"channel": "email", "language": "th"}

    def test_what_waits_goes_there_too(self, bopha: Client, sokha: Application) -> None:
        waiting = told(sokha, state=NoticeState.WAITING, next_try_at=NOW, given_up_at=None)
        sent = told(sokha, kind=NoticeKind.READY, state=NoticeState.SENT, sent_at=NOW, given_up_at=None)
        post(bopha, at("notices_application", sokha.id), EMAIL)
        waiting.refresh_from_db()
        assert (waiting.channel, waiting.address, waiting.language) == tuple(EMAIL.values())
        assert (waiting.state, waiting.next_try_at, waiting.tries) == (NoticeState.WAITING, NOW, 8)
        post(bopha, at("notices_application", sokha.id), {"channel": "none", "address": "", "language": "km"})
        waiting.refresh_from_db()
        assert (waiting.state, waiting.next_try_at) == (NoticeState.UNNEEDED, None)
        sent.refresh_from_db()
        assert (sent.state, sent.channel) == (NoticeState.SENT, "sms")

    def test_or_that_nothing_is_to_be_told(self, bopha: Client, sokha: Application) -> None:
        post(bopha, at("notices_application", sokha.id), {"channel": "none", "address": "", "language": "km"})
        assert Contact.objects.get(application=sokha).channel == Channel.NONE

    @pytest.mark.parametrize(
        "wrong",
        [
            {"address": "sokha"},
            {"address": ""},
            {"address": "a" * 121},
            {"address": "a\0@example.org"},
            {"channel": "telegram", "address": "12345678"},
            {"channel": "pigeon"},
            {"language": "xx"},
            {"channel": "sms", "address": "12"},
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(
        self, wrong: dict[str, str], bopha: Client, sokha: Application
    ) -> None:
        response = post(bopha, at("notices_application", sokha.id), {**EMAIL, **wrong})
        assert response.status_code == 422
        assert "field-error" in text(response)
        assert not Contact.objects.exists()
        assert wrong.get("address", EMAIL["address"]).replace("\0", "") in text(response).replace("\0", "")

    def test_who_only_reads_changes_nothing(self, client: Client, sokha: Application) -> None:
        sign_in(client, DARA.name)
        assert 'name="channel"' not in text(client.get(at("notices_application", sokha.id)))
        assert post(client, at("notices_application", sokha.id), EMAIL).status_code == 403
        assert not Contact.objects.exists()

    def test_the_page_of_the_application_says_what_was_told(self, bopha: Client, sokha: Application) -> None:
        told(sokha)
        page = text(bopha.get(at("office_application", sokha.id)))
        assert at("notices_application", sokha.id) in page
        assert "Not sent" in page

    def test_where_there_is_a_bot_a_code_links_a_chat(self, bopha: Client, sokha: Application, settings: Any) -> None:
        assert "QR code" not in text(bopha.get(at("notices_application", sokha.id)))
        gateway = {"telegram": "tgram://123456789:abcdefghijklmnopqrstuvwxyz012345678/{to}"}
        settings.NOTICE_GATEWAYS, settings.TELEGRAM_BOT = gateway, "a_bot"
        page = text(bopha.get(at("notices_application", sokha.id)))
        assert "QR code that opens Telegram" in page
        assert "<svg" in page
