"""How somebody wants to be told: asked at home and at the counter, kept with the application, and never in its way."""

from typing import Any

import pytest
from django.test import Client

from borderpass.domain.notices import Channel, Language
from borderpass.store.models import Application, Contact
from tests.cast import BOPHA
from tests.installation import Installation
from tests.web.apply import ANSWERS, answer, fill_in, sent_form, text_of
from tests.web.apply import send as send_answer
from tests.web.conftest import sign_in
from tests.web.intake import SOPHEA, form_url, send, take_photo
from tests.web.test_intake_form import chosen, value

SMS, EMAIL = "json://127.0.0.1:9/{to}", "mailto://127.0.0.1:9?to={to}"
BY_EMAIL = {"tell": "email", "tell-email": "sokha@example.org"}


@pytest.fixture(autouse=True)
def offered(settings: Any) -> None:
    settings.NOTICE_GATEWAYS = {"sms": SMS, "email": EMAIL}


@pytest.fixture
def phone(world: Installation) -> Client:
    return Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture
def bopha(world: Installation, client: Client) -> Client:
    return sign_in(client, BOPHA.name)


def lodge(client: Client, **more: str) -> Any:
    url = form_url()
    take_photo(client, url)
    return send(client, url, **{**SOPHEA, **more})


def kept() -> tuple[str, str, str] | None:
    one = Contact.objects.filter(application__name_latin="SOK SOPHEA").first()
    return (one.channel, one.address, one.language) if one else None


class TestAtTheCounter:
    def test_who_says_nothing_is_told_by_sms_in_khmer(self, bopha: Client) -> None:
        lodge(bopha, tell_by="sms", tell_in="km")
        assert Application.objects.filter(name_latin="SOK SOPHEA").exists()
        assert kept() is None

    @pytest.mark.parametrize(
        ("typed", "contact"),
        [
            ({"tell_by": "sms", "tell_in": "th"}, (Channel.SMS, "+85512345678", Language.THAI)),
            (
                {"tell_by": "sms", "tell_where": "០១២ 999 888", "tell_in": "km"},
                (Channel.SMS, "+85512999888", Language.KHMER),
            ),
            (
                {"tell_by": "email", "tell_where": "sokha@example.org", "tell_in": "en"},
                (Channel.EMAIL, "sokha@example.org", Language.ENGLISH),
            ),
            ({"tell_by": "none", "tell_in": "km"}, (Channel.NONE, "", Language.KHMER)),
            ({"tell_by": "sms", "tell_in": "th", "phone": ""}, None),
        ],
    )
    def test_what_is_said_is_kept_with_the_application(
        self, bopha: Client, typed: dict[str, str], contact: tuple[str, str, str] | None
    ) -> None:
        lodge(bopha, **typed)
        assert Application.objects.filter(name_latin="SOK SOPHEA").exists()
        assert kept() == contact

    @pytest.mark.parametrize("where", ["", "no address", "a@b.org\nBcc: c@d.org"])
    def test_what_is_no_address_stands_at_its_field(self, bopha: Client, where: str) -> None:
        response = lodge(bopha, tell_by="email", tell_where=where, tell_in="km")
        assert response.status_code == 422
        assert "Write the whole address" in text_of(response)
        assert not Application.objects.filter(name_latin="SOK SOPHEA").exists()

    @pytest.mark.parametrize(
        "typed", [{"tell_by": "telegram"}, {"tell_by": "pigeon"}, {"tell_by": "sms", "tell_in": "fr"}]
    )
    def test_what_is_not_offered_is_refused(self, bopha: Client, typed: dict[str, str]) -> None:
        assert lodge(bopha, **typed).status_code == 422

    def test_where_no_sms_is_sent_nothing_is_chosen_for_anybody(self, bopha: Client, settings: Any) -> None:
        settings.NOTICE_GATEWAYS = {"email": EMAIL}
        assert chosen(bopha.get(form_url()), "tell_by") == ""
        lodge(bopha, tell_by="", tell_in="km")
        assert Application.objects.filter(name_latin="SOK SOPHEA").exists()
        assert kept() is None

    def test_without_gateways_it_is_not_asked(self, bopha: Client, settings: Any) -> None:
        settings.NOTICE_GATEWAYS = {}
        assert "tell_by" not in text_of(bopha.get(form_url()))


class TestAtHome:
    def test_it_is_asked_and_may_be_left_out(self, phone: Client) -> None:
        fill_in(phone, until="photo")
        response = send_answer(phone, "/apply/tell/")
        assert response.headers["Location"] == "/apply/photo/"
        answer(phone, "photo")
        assert send_answer(phone, "/apply/review/").headers["Location"] == "/apply/sent/"

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"tell": "email", "tell-email": "nobody"}, "Write the whole address"),
            ({"tell": "email"}, "Write the whole address"),
            ({"tell": "telegram"}, "Choose one."),
        ],
    )
    def test_what_is_no_way_to_be_told_is_said(self, phone: Client, typed: dict[str, str], said: str) -> None:
        fill_in(phone, until="photo")
        response = send_answer(phone, "/apply/tell/", **typed)
        assert response.status_code == 422
        assert said in text_of(response)

    def test_sms_needs_a_phone_number(self, phone: Client) -> None:
        fill_in(phone, until="photo", phone={"phone": ""})
        response = send_answer(phone, "/apply/tell/", tell="sms")
        assert response.status_code == 422
        assert "no phone number" in text_of(response)

    def test_the_review_says_it_and_it_comes_to_the_counter_in_the_language_of_the_page(
        self, phone: Client, bopha: Client
    ) -> None:
        fill_in(phone, until="photo")
        send_answer(phone, "/apply/tell/", **BY_EMAIL)
        answer(phone, "photo")
        assert "sokha@example.org" in text_of(phone.get("/apply/review/"))
        send_answer(phone, "/apply/review/")
        form = _at_the_counter(bopha, phone)
        assert (chosen(form, "tell_by"), value(form, "tell_where"), chosen(form, "tell_in")) == (
            "email",
            "sokha@example.org",
            "en",
        )

    def test_by_sms_it_goes_to_the_phone_that_the_clerk_has_compared(self, phone: Client, bopha: Client) -> None:
        fill_in(phone, until="photo")
        send_answer(phone, "/apply/tell/", tell="sms")
        answer(phone, "photo")
        send_answer(phone, "/apply/review/")
        form = _at_the_counter(bopha, phone)
        assert (chosen(form, "tell_by"), value(form, "tell_where")) == ("sms", "")

    def test_without_gateways_it_is_not_asked(self, phone: Client, settings: Any) -> None:
        settings.NOTICE_GATEWAYS = {}
        assert "tell" not in ANSWERS
        assert sent_form(phone).form.get("wanted") is None
        assert phone.get("/apply/tell/").status_code == 302


def _at_the_counter(bopha: Client, phone: Client) -> Any:
    from borderpass.store.models import PreApplication

    reference = PreApplication.objects.get().reference
    return bopha.get(bopha.get(f"/office/0110/new/?reference={reference}").headers["Location"])
