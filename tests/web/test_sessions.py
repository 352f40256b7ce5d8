"""When does a session end: by the clock, by being left alone, by signing out elsewhere, by being dismissed?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from borderpass.domain.actors import Actor
from borderpass.services.change_staff import deactivate_staff
from borderpass.store.models import Staff
from tests.cast import BOPHA, DARA, MALEE
from tests.installation import Installation, done
from tests.web.conftest import NOW, PASSWORD
from tests.web.test_sign_in import send, token


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let it be so many minutes later."""

    def later(minutes: float) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(minutes=minutes))

    return later


def come_in(actor: Actor) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en", enforce_csrf_checks=True)
    assert send(client, username=actor.name, password=PASSWORD).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_in_an_office_half_an_hour_of_nothing_ends_it(world: Installation, at: Callable[[float], None]) -> None:
    client = come_in(BOPHA)
    for minute in (25, 50, 75):
        at(minute)
        assert is_in(client)
    at(105)
    response = client.get("/account/")
    assert response.headers["Location"] == "/sign-in/?next=/account/"
    at(106)
    assert not is_in(client)
    assert client.get("/api/v1/counts").status_code == 401


def test_a_page_that_asks_by_itself_keeps_nobody_in(world: Installation, at: Callable[[float], None]) -> None:
    client = come_in(BOPHA)
    for minute in range(0, 30, 5):
        at(minute)
        client.get("/counts/live/")
    at(30)
    assert not is_in(client)


def test_at_a_gate_it_waits_for_the_whole_shift(world: Installation, at: Callable[[float], None]) -> None:
    client = come_in(MALEE)
    at(7 * 60 + 59)
    assert is_in(client)
    at(8 * 60)
    assert not is_in(client)


def test_eight_hours_end_it_however_busy(world: Installation, at: Callable[[float], None]) -> None:
    client = come_in(BOPHA)
    for minute in range(0, 8 * 60, 20):
        at(minute)
        assert is_in(client)
    at(8 * 60)
    assert not is_in(client)


def test_signing_out_everywhere_else_leaves_this_one(world: Installation) -> None:
    here, there = come_in(BOPHA), come_in(BOPHA)
    response = here.post("/account/sessions/", {"csrfmiddlewaretoken": token(here, "/account/")})
    assert (response.status_code, response.headers["Location"]) == (302, "/account/")
    assert "Everywhere else you are signed out." in here.get("/account/").content.decode()
    assert not is_in(there)
    assert is_in(here)


def test_changing_the_password_ends_the_others_too(world: Installation) -> None:
    here, there = come_in(BOPHA), come_in(BOPHA)
    before = here.cookies["sessionid"].value
    new = "three yellow buffaloes"
    assert send(here, "/account/password/", old=PASSWORD, new=new, again=new).status_code == 302
    assert here.cookies["sessionid"].value != before
    assert is_in(here)
    assert not is_in(there)


def test_whoever_is_dismissed_is_out_with_the_next_click(world: Installation) -> None:
    client = come_in(BOPHA)
    done(deactivate_staff(Staff.objects.get(username="bopha").id, DARA, NOW))
    assert not is_in(client)


def test_somebody_elses_session_is_not_touched(world: Installation) -> None:
    dara, bopha = come_in(DARA), come_in(BOPHA)
    bopha.post("/account/sessions/", {"csrfmiddlewaretoken": token(bopha, "/account/")})
    assert is_in(dara)


def test_who_brings_no_session_costs_no_look_up(
    client: Client, world: Installation, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        client.get("/sign-in/")
