"""/sign-in/ and /sign-out/: how staff come in and go."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borderpass.services.change_staff import reset_staff
from borderpass.store.models import AuditEntry, Staff
from tests.cast import BOPHA, DARA
from tests.installation import Installation, done
from tests.web.conftest import NOW, PASSWORD, sign_in


def token(client: Client, path: str = "/sign-in/") -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(path).content.decode())
    assert found is not None
    return found[1]


def send(client: Client, path: str = "/sign-in/", **fields: str) -> Any:
    return client.post(path, {"csrfmiddlewaretoken": token(client, path), **fields})


def test_the_right_password_leads_to_where_ones_work_begins(client: Client, world: Installation) -> None:
    response = send(client, username="bopha", password=PASSWORD)
    assert (response.status_code, response.headers["Location"]) == (302, "/home/")
    assert "Bopha" in client.get("/").content.decode()
    assert response.cookies["sessionid"]["httponly"]


def test_or_to_the_page_that_asked_but_never_to_another_host(client: Client, world: Installation) -> None:
    assert send(client, username="bopha", password=PASSWORD, next="/healthz").headers["Location"] == "/healthz"
    other = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert send(other, username="bopha", password=PASSWORD, next="//elsewhere.example/").headers["Location"] == "/home/"


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
    assert response.status_code == 422
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
    assert response.status_code in (403, 422, 429)


class TestTheLockOut:
    def test_five_wrong_passwords_lock_and_say_for_how_long(self, client: Client, world: Installation) -> None:
        for _ in range(4):
            assert send(client, username="bopha", password="wrong").status_code == 403
        for password in ("wrong", PASSWORD):
            response = send(client, username="bopha", password=password)
            assert (response.status_code, response.headers["Retry-After"]) == (429, "900")
            assert "Too many wrong passwords. Try again in 15 minutes." in response.content.decode()
        assert "sessionid" not in client.cookies

    def test_a_name_that_nobody_has_sounds_the_same(self, client: Client, world: Installation) -> None:
        said = [
            [re.sub(r'value="[^"]*"', "", send(client, username=name, password="x").content.decode()) for _ in range(6)]
            for name in ("bopha", "nobody")
        ]
        assert said[0] == said[1]

    def test_others_come_in(self, client: Client, world: Installation) -> None:
        for _ in range(5):
            send(client, username="bopha", password="wrong")
        assert send(client, username="dara", password=PASSWORD).status_code == 302


class TestTheSession:
    def test_its_key_changes_at_sign_in(self, client: Client, world: Installation) -> None:
        session = client.session
        session["planted"] = "by somebody else"
        session.save()
        client.cookies["sessionid"] = planted = session.session_key or ""
        send(client, username="bopha", password=PASSWORD)
        assert client.cookies["sessionid"].value not in ("", planted)
        assert not Session.objects.filter(session_key=planted).exists()

    def test_signing_in_and_out_is_in_the_audit_trail(self, client: Client, world: Installation) -> None:
        send(client, username="bopha", password="wrong")
        send(client, username="Bopha", password=PASSWORD)
        client.post("/sign-out/", {"csrfmiddlewaretoken": token(client, "/")})
        written = AuditEntry.objects.order_by("-seq").values_list("actor", "deed", flat=False)[:3]
        assert list(written)[::-1] == [("bopha", "sign_in_failed"), ("bopha", "sign_in"), ("bopha", "sign_out")]


class TestAOneTimePassword:
    @pytest.fixture
    def given(self, world: Installation) -> str:
        bopha = Staff.objects.get(username="bopha")
        return done(reset_staff(bopha.id, DARA, NOW)).password

    def test_it_leads_to_choosing_another_and_nowhere_else_first(self, client: Client, given: str) -> None:
        response = send(client, username="bopha", password=given, next="/healthz")
        assert (response.status_code, response.headers["Location"]) == (302, "/account/password/")
        assert client.get("/account/").headers["Location"] == "/sign-in/?next=/account/"
        assert client.get("/sign-in/?next=/account/").headers["Location"] == "/account/password/"
        assert client.get("/api/v1/counts").status_code == 401
        assert "Bopha" not in client.get("/").content.decode()

    def test_then_everything_is_open(self, client: Client, given: str) -> None:
        send(client, username="bopha", password=given)
        new = "three yellow buffaloes"
        html = client.get("/account/password/").content.decode()
        assert "Choose your password" in html
        send(client, "/account/password/", old=given, new=new, again=new)
        assert client.get("/account/").status_code == 200
        assert client.get("/api/v1/counts").status_code == 200

    def test_when_it_is_too_old_it_says_so(self, client: Client, given: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=3))
        response = send(client, username="bopha", password=given)
        assert response.status_code == 403
        assert "This one-time password is too old." in response.content.decode()
