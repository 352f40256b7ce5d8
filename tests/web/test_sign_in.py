"""/sign-in/ and /sign-out/: how staff come in and go."""

import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borderpass.store.models import Staff
from tests.cast import BOPHA
from tests.installation import Installation
from tests.web.conftest import PASSWORD, sign_in


def token(client: Client, path: str = "/sign-in/") -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(path).content.decode())
    assert found is not None
    return found[1]


def send(client: Client, path: str = "/sign-in/", **fields: str) -> Any:
    return client.post(path, {"csrfmiddlewaretoken": token(client), **fields})


def test_the_right_password_leads_to_the_front_page(client: Client, world: Installation) -> None:
    response = send(client, username="bopha", password=PASSWORD)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert "Bopha" in client.get("/").content.decode()
    assert response.cookies["sessionid"]["httponly"]


def test_or_to_the_page_that_asked_but_never_to_another_host(client: Client, world: Installation) -> None:
    assert send(client, username="bopha", password=PASSWORD, next="/healthz").headers["Location"] == "/healthz"
    other = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert send(other, username="bopha", password=PASSWORD, next="//elsewhere.example/").headers["Location"] == "/"


def test_a_wrong_password_and_a_wrong_name_sound_the_same(client: Client, world: Installation) -> None:
    answers = {
        re.sub(r'value="[^"]*"', "", send(client, username=name, password="wrong").content.decode())
        for name in ("bopha", "nobody")
    }
    assert len(answers) == 1
    assert "This name and password do not belong together." in answers.pop()


def test_who_was_dismissed_cannot_come_in(client: Client, world: Installation) -> None:
    Staff.objects.filter(username="bopha").update(is_active=False)
    assert "do not belong together" in send(client, username="bopha", password=PASSWORD).content.decode()


@pytest.mark.parametrize("fields", [{"username": "", "password": ""}, {"username": "bopha"}, {"password": "x"}])
def test_an_empty_field_is_asked_for(client: Client, world: Installation, fields: dict[str, str]) -> None:
    response = send(client, **fields)
    assert response.status_code == 200
    assert "Fill in both your name and your password." in response.content.decode()


@pytest.mark.parametrize(("language", "word"), [("km", "ចូលប្រើប្រព័ន្ធ"), ("en", "Sign in"), ("th", "เข้าสู่ระบบ")])
def test_the_page_and_its_errors_speak_three_languages(world: Installation, language: str, word: str) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    assert f'<h1 id="sign-in-title">{word}</h1>' in client.get("/sign-in/").content.decode()
    html = send(client, username="bopha", password="wrong").content.decode()
    assert ("do not belong together" in html) is (language == "en")


def test_a_form_that_is_not_ours_is_refused(client: Client, world: Installation) -> None:
    response = client.post("/sign-in/", {"username": "bopha", "password": PASSWORD})
    assert response.status_code == 403
    assert "This form is too old" in response.content.decode()


def test_who_is_signed_in_already_goes_on(client: Client, world: Installation) -> None:
    assert sign_in(client, BOPHA.name).get("/sign-in/").status_code == 302


def test_signing_out_is_a_form_and_ends_the_session(client: Client, world: Installation) -> None:
    sign_in(client, BOPHA.name)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").status_code == 403
    response = client.post("/sign-out/", {"csrfmiddlewaretoken": token(client, "/")})
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert "Bopha" not in client.get("/").content.decode()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(username=st.text(max_size=200), password=st.text(max_size=40))
def test_nothing_that_is_typed_breaks_it(world: Installation, username: str, password: str) -> None:
    response = Client().post(
        "/sign-in/", {"username": username.encode("utf-8", "replace"), "password": password.encode("utf-8", "replace")}
    )
    assert response.status_code == 200
