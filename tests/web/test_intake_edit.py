"""/office/0110/applications/.../edit/: is a returned application mended with everything in the form that was there?"""

import re
from typing import Any

import pytest
from django.test import Client

from borderpass.domain.application import Event, State
from borderpass.services.close_application import close_application
from borderpass.store.models import Application, PastPortrait
from tests.cast import BOPHA, DARA, POIPET, VICHEA
from tests.installation import NOW, Installation, done, fresh, lodged, paid
from tests.web.conftest import sign_in
from tests.web.intake import send, take_photo, text_of, upload
from tests.web.test_intake_form import errors, value


@pytest.fixture
def returned(world: Installation) -> Application:
    application = paid(4, name_khmer="ចាន់ ដារ៉ា")
    done(close_application(application.id, Event.RETURN, "the phone is wrong", DARA, NOW))
    return fresh(application)


@pytest.fixture
def bopha(client: Client, returned: Application) -> Client:
    return sign_in(client, BOPHA.name)


def url_of(application: Application) -> str:
    return f"/office/{POIPET}/applications/{application.id}/edit/"


def typed(page: str) -> dict[str, str]:
    """Return what a browser would send of a form as it stands."""
    fields = dict(re.findall(r'<input type="(?:text|hidden)" name="(\w+)"(?: value="([^"]*)")?', page))
    for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', page, re.DOTALL):
        found = re.search(r'value="([^"]*)" selected', options)
        fields[name] = found[1] if found else ""
    return {name: text for name, text in fields.items() if name not in ("csrfmiddlewaretoken", "ticket", "act")}


def mend(client: Client, application: Application, **changes: Any) -> Any:
    page = text_of(client.get(url_of(application)))
    return send(client, url_of(application), **{**typed(page), **changes})


def test_the_form_holds_what_was_taken_in_and_why_it_came_back(bopha: Client, returned: Application) -> None:
    page = text_of(bopha.get(url_of(returned)))
    assert "the phone is wrong" in page
    assert returned.name_khmer in page
    assert "Send to the governor" in page
    assert "20,000" not in page


def test_what_was_mended_goes_back_and_is_shown_as_before_and_after(bopha: Client, returned: Application) -> None:
    response = mend(bopha, returned, phone="099 888 777", note="by telephone")
    assert response.headers["Location"].endswith("/taken-in/")
    assert (fresh(returned).state, fresh(returned).phone) == (State.PAID, "099888777")
    assert bopha.get(response.headers["Location"]).status_code == 200
    page = text_of(bopha.get(f"/office/{POIPET}/applications/{returned.id}/"))
    assert "What was mended" in page
    assert "099888777" in page
    assert returned.phone in page


def test_another_photo_may_be_taken(bopha: Client, returned: Application) -> None:
    take_photo(bopha, url_of(returned), **typed(text_of(bopha.get(url_of(returned)))))
    assert mend(bopha, returned).status_code == 302
    assert PastPortrait.objects.filter(application=returned).count() == 1


def test_what_is_wrong_stays_in_the_form(bopha: Client, returned: Application) -> None:
    response = mend(bopha, returned, name_latin="៣")
    assert "id_name_latin" in errors(response)
    assert value(response, "name_latin") == "៣"
    assert fresh(returned).state == State.RETURNED
    assert value(bopha.get(url_of(returned)), "name_latin") == "៣"


def test_a_paper_goes_with_it(bopha: Client, returned: Application) -> None:
    page = text_of(bopha.get(url_of(returned)))
    send(
        bopha, url_of(returned), "attach", **{**typed(page), "paper": upload("a.pdf", b"%PDF-1"), "paper_kind": "other"}
    )
    assert mend(bopha, returned).status_code == 302
    assert returned.attachments.count() == 1


def test_a_double_click_mends_once(bopha: Client, returned: Application) -> None:
    mend(bopha, returned, phone="099888777")
    response = bopha.post(url_of(returned), {"csrfmiddlewaretoken": bopha.cookies["csrftoken"].value, "act": "lodge"})
    assert response.headers["Location"] == f"/office/{POIPET}/applications/{returned.id}/"
    assert fresh(returned).history.filter(event=Event.RESUBMIT).count() == 1


def test_what_was_not_returned_is_not_mended(bopha: Client) -> None:
    application = lodged(8)
    assert bopha.get(url_of(application)).headers["Location"].endswith(f"/applications/{application.id}/")


def test_a_governor_returns_and_does_not_mend(world: Installation, returned: Application) -> None:
    assert sign_in(Client(), DARA.name).get(url_of(returned)).status_code == 403
    assert sign_in(Client(), VICHEA.name).get(url_of(returned)).status_code == 404
    assert Client().get(url_of(returned)).status_code == 302
    assert sign_in(Client(), BOPHA.name).put(url_of(returned)).status_code == 405


def test_mending_stands_among_what_comes_next(bopha: Client, returned: Application) -> None:
    page = text_of(bopha.get(f"/office/{POIPET}/applications/{returned.id}/"))
    assert url_of(returned) in page
