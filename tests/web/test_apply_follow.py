"""Following one application from home: the state and nothing else; what is wrong is answered as what is not there."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from borderpass.domain.application import Event, State
from borderpass.domain.pass_number import check_character
from borderpass.services.close_application import close_application
from borderpass.services.limit_tries import LIMITS, Tried
from borderpass.services.lodge_application import lodge_application
from borderpass.store.models import Application, PreApplication, PublicTry
from borderpass.web.applicant.wording import _NEXT
from tests.cast import BOPHA, DARA
from tests.installation import NOW, Installation, done, form, lodged, paid, photo
from tests.web.apply import send, sent_form, text_of

URL = "/apply/follow/"
BORN = {"born-day": "2", "born-month": "1", "born-year": "1990"}


@pytest.fixture
def phone(world: Installation) -> Client:
    return Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="en")


def ask(phone: Client, reference: str, **born: str) -> Any:
    return send(phone, URL, reference=reference, **{**BORN, **born})


def unknown_reference() -> str:
    body = "A0110" + "26" + "999999"
    return f"A0110-26-999999-{check_character(body)}"


def body_of(response: Any) -> str:
    """Return the part of a page that differs from one visit to the next only by what it tells."""
    text = text_of(response)
    return "".join(
        line for line in text.splitlines() if "csrfmiddlewaretoken" not in line and 'id="reference"' not in line
    )


def test_says_the_state_what_comes_next_and_by_when(phone: Client) -> None:
    page = text_of(ask(phone, paid(7).reference))
    assert "The fee is paid." in page
    assert "The governor decides." in page
    assert "Usually ready on" in page
    assert "at the latest on" in page


def test_says_nothing_else(phone: Client) -> None:
    application = paid(7)
    page = text_of(ask(phone, application.reference))
    for secret in (application.name_latin, application.name_khmer, application.document_number, application.phone):
        assert secret not in page
    assert str(application.id) not in page


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{bare}"])
def test_a_reference_may_be_typed_in_any_way(phone: Client, typed: str) -> None:
    reference = lodged(7).reference
    written = typed.format(reference, lower=reference.lower(), bare=reference.replace("-", " "))
    assert "The fee is not paid yet." in text_of(ask(phone, written))


def test_a_wrong_birth_date_and_a_wrong_reference_are_answered_alike(phone: Client) -> None:
    application = lodged(7)
    wrong_day = ask(phone, application.reference, **{"born-day": "3"})
    unknown = ask(phone, unknown_reference(), **{"born-day": "3"})
    assert (wrong_day.status_code, unknown.status_code) == (404, 404)
    assert body_of(wrong_day) == body_of(unknown)


def test_a_mistyped_reference_is_said_at_its_field_and_not_counted(phone: Client) -> None:
    response = ask(phone, "A0110-26-000001-0")
    assert response.status_code == 422
    assert "This is not a reference." in text_of(response)
    assert PublicTry.objects.count() == 0


@pytest.mark.parametrize("reference", ["", "\0", "x" * 39, "SOK SOKHA", "0110-26-000001-X", "P0110"])
def test_what_is_no_reference_is_said(phone: Client, reference: str) -> None:
    assert ask(phone, reference).status_code == 422


def test_what_is_no_birth_date_is_said(phone: Client) -> None:
    response = ask(phone, lodged(7).reference, **{"born-month": "13"})
    assert response.status_code == 422
    assert "Write the day, the month and the year" in text_of(response)


def test_ten_birth_dates_a_day_for_one_reference_and_then_not_even_the_right_one(phone: Client) -> None:
    reference = lodged(7).reference
    most = LIMITS[Tried.FOLLOW_WHAT][0]
    for day in range(3, 3 + most):
        assert ask(phone, reference, **{"born-day": str(day)}).status_code == 404
    response = ask(phone, reference)
    assert response.status_code == 429
    assert response.headers["Retry-After"]
    assert "The fee" not in text_of(response)


def test_so_many_tries_from_one_place_whatever_the_reference(phone: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, Tried.FOLLOW_FROM, (1, timedelta(hours=1)))
    assert ask(phone, unknown_reference()).status_code == 404
    assert ask(phone, lodged(7).reference).status_code == 429


def test_who_asks_rightly_may_ask_again_and_again(phone: Client) -> None:
    reference = lodged(7).reference
    for _ in range(LIMITS[Tried.FOLLOW_WHAT][0] + 2):
        assert ask(phone, reference).status_code == 200
    assert PublicTry.objects.count() == 0


def test_neither_the_address_nor_the_reference_is_kept_with_a_try(phone: Client) -> None:
    reference = lodged(7).reference
    ask(phone, reference, **{"born-day": "3"})
    kept = str(list(PublicTry.objects.values()))
    assert "127.0.0.1" not in kept
    assert reference not in kept


def test_a_form_from_home_waits_until_a_day_and_then_leads_to_its_application(phone: Client) -> None:
    made = sent_form(phone)
    born = {"born-day": "4", "born-month": "5", "born-year": "1992"}
    assert "Nobody has brought it to the office yet." in text_of(ask(phone, made.reference, **born))
    taken_in = form(7, name_latin="SOK SOPHEA", born_on=made.born_on)
    done(lodge_application(taken_in, photo(), BOPHA, NOW, from_home=made.reference))
    assert "The fee is not paid yet." in text_of(ask(phone, made.reference, **born))


def test_a_form_from_home_is_gone_after_thirty_days(phone: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = sent_form(phone)
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.expires_at)
    born = {"born-day": "4", "born-month": "5", "born-year": "1992"}
    assert ask(phone, made.reference, **born).status_code == 404


def test_an_application_that_was_returned_says_to_come(phone: Client) -> None:
    application = paid(7)
    done(close_application(application.id, Event.RETURN, "the name is cut", DARA, NOW))
    page = text_of(ask(phone, application.reference))
    assert "Something has to be mended." in page
    assert "the name is cut" not in page


def test_an_application_that_is_late_says_so(phone: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    reference = paid(7).reference
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=30))
    assert "It should have been ready on" in text_of(ask(phone, reference))


def test_every_state_has_its_words() -> None:
    assert set(_NEXT) == set(State)


@pytest.mark.parametrize("method", ["put", "delete"])
def test_no_other_method_is_taken(phone: Client, method: str) -> None:
    assert getattr(phone, method)(URL).status_code == 405


def test_it_needs_the_token_of_its_page(phone: Client) -> None:
    assert phone.post(URL, {"reference": lodged(7).reference, **BORN}).status_code == 403
    assert Application.objects.exists()
    assert not PreApplication.objects.exists()
