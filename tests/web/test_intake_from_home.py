"""A form that was filled in at home: does its code fill the form of the counter, with its photo, for its own office?"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from borderpass.domain.actors import Actor
from borderpass.domain.declined import Declined, Ground
from borderpass.store.models import Application
from borderpass.web.office.intake import preapplication
from tests.cast import BOPHA
from tests.installation import Installation, photo
from tests.web.conftest import sign_in
from tests.web.intake import NEW, card, form_url, send, text_of
from tests.web.test_intake_form import chosen, value

REFERENCE = "P0110-26-000001-X"
URL = form_url()
KEPT = {
    "name_latin": "SOK SOPHEA",
    "name_khmer": "សុខ សុភា",
    "born_on": "1992-05-04",
    "sex": 2,
    "document_kind": "id_card",
    "document_number": "018203947",
    "home_code": "01100101",
    "phone": "012345678",
    "companions": [["SOK CHENDA", "2019-05-04", 2]],
}


@dataclass
class FromHome:
    reference: str = REFERENCE
    form: dict[str, Any] = field(default_factory=lambda: dict(KEPT))
    photo: bytes | None = field(default_factory=photo)


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What is kept from home, by reference."""
    at_home: dict[str, Any] = {REFERENCE: FromHome()}

    def load(reference: str, actor: Actor, now: datetime) -> Any:
        return at_home.get(reference, Declined(Ground.UNKNOWN_APPLICATION, "there is none"))

    monkeypatch.setattr(preapplication, "load_preapplication", load)
    return at_home


@pytest.fixture
def bopha(client: Client, world: Installation, at_home: dict[str, Any]) -> Client:
    return sign_in(client, BOPHA.name)


def test_its_code_fills_the_form_with_its_photo_and_its_children(bopha: Client) -> None:
    response = send(bopha, URL, "card", card=f"{REFERENCE}\n")
    assert value(response, "name_khmer") == KEPT["name_khmer"]
    assert value(response, "born_on") == "04/05/1992"
    assert (chosen(response, "village"), value(response, "child1_name")) == ("01100101", "SOK CHENDA")
    assert value(response, "reference") == REFERENCE
    assert 'class="frame"' in text_of(response)


def test_it_can_be_opened_by_its_address(bopha: Client) -> None:
    location = bopha.get(f"{NEW}?reference={REFERENCE}").headers["Location"]
    assert value(bopha.get(location), "name_latin") == KEPT["name_latin"]


def test_taken_in_it_says_where_it_came_from(bopha: Client) -> None:
    page = send(bopha, URL, "card", card=REFERENCE)
    typed = {
        name: value(page, name) for name in ("name_latin", "name_khmer", "born_on", "document_number", "reference")
    }
    places = {name: chosen(page, name) for name in ("province", "district", "commune", "village", "sex")}
    send(bopha, URL, **typed, **places, nationality="KHM", document_kind="id_card", purpose="new")
    application = Application.objects.get(name_latin="SOK SOPHEA")
    assert application.history.get().detail["from_home"] == REFERENCE


def test_one_of_another_office_is_told(bopha: Client, at_home: dict[str, Any]) -> None:
    at_home[REFERENCE] = Declined(Ground.OUTSIDE_JURISDICTION, "it is for office 0106")
    page = text_of(send(bopha, URL, "card", card=REFERENCE, name_latin="TYPED"))
    assert "for another office" in page
    assert "TYPED" in page


@pytest.mark.parametrize("sent", ["P0110-26-000009-A", "p0110-26-000009-a"])
def test_one_that_is_not_there_is_told(bopha: Client, sent: str) -> None:
    assert "no form from home under P0110-26-000009-A" in text_of(send(bopha, URL, "card", card=sent))


def test_one_that_was_taken_in_before_is_told(bopha: Client, at_home: dict[str, Any]) -> None:
    at_home[REFERENCE] = Declined(Ground.WRONG_STATE, "it was taken in as A0110-26-000001-X")
    assert f"The form {REFERENCE} was taken in before." in text_of(send(bopha, URL, "card", card=REFERENCE))


def typed_from_home(client: Client) -> dict[str, str]:
    """Scan the code of a form from home whose applicant wants an e-mail; return what stands in the form then."""
    page = send(client, URL, "card", card=REFERENCE)
    names = ("name_latin", "name_khmer", "born_on", "document_number", "reference", "tell_where")
    return {**{name: value(page, name) for name in names}, "tell_by": chosen(page, "tell_by")}


@pytest.fixture
def by_email(at_home: dict[str, Any], settings: Any) -> None:
    settings.NOTICE_GATEWAYS = {"sms": "json://127.0.0.1:9/{to}", "email": "mailto://127.0.0.1:9?to={to}"}
    at_home[REFERENCE].form["wanted"] = ["email", "sokha@example.org", "th"]


def test_the_card_of_somebody_else_lets_go_of_the_form_from_home_and_of_whom_to_tell(
    bopha: Client, by_email: None
) -> None:
    typed = typed_from_home(bopha)
    assert (typed["tell_by"], typed["tell_where"]) == ("email", "sokha@example.org")
    other = card(number="019999999", born="600101", names="CHAN<<DARA")
    page = send(bopha, URL, "card", **{**typed, "card": other})
    assert (value(page, "reference"), value(page, "tell_where"), chosen(page, "tell_by")) == ("", "", "")


def test_the_card_of_the_same_person_does_not(bopha: Client, by_email: None) -> None:
    typed = typed_from_home(bopha)
    page = send(bopha, URL, "card", **{**typed, "card": card(number="018203948")})
    assert (value(page, "reference"), value(page, "tell_where")) == (REFERENCE, "sokha@example.org")


def test_another_form_from_home_brings_its_own_wish_or_none(
    bopha: Client, by_email: None, at_home: dict[str, Any]
) -> None:
    typed = typed_from_home(bopha)
    at_home["P0110-26-000002-X"] = FromHome("P0110-26-000002-X")
    page = send(bopha, URL, "card", **{**typed, "card": "P0110-26-000002-X"})
    assert (value(page, "reference"), value(page, "tell_where")) == ("P0110-26-000002-X", "")
