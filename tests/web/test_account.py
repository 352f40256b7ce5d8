"""/account/ and the passkeys: what somebody does about their own account, and how a passkey opens it."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from borderpass.services.try_password import LockedOut, try_password
from borderpass.store.models import Passkey, Staff
from tests.authenticator import Authenticator
from tests.cast import BOPHA, DARA
from tests.installation import Installation
from tests.web.conftest import CAST, NOW, PASSWORD, sign_in
from tests.web.test_sign_in import token

NEW = "three yellow buffaloes"
PAGES = ("/account/", "/account/password/")
POSTS = ("/account/sessions/", "/account/passkeys/begin/", "/account/passkeys/")


@pytest.fixture
def local() -> Client:
    """A browser on the machine itself, where passkeys work without TLS."""
    return Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="en", enforce_csrf_checks=True)


@pytest.fixture
def dara(local: Client, world: Installation) -> Client:
    return sign_in(local, DARA.name)


@pytest.fixture
def phone() -> Authenticator:
    return Authenticator("http://localhost")


def post(client: Client, path: str, **fields: str) -> Any:
    return client.post(path, {"csrfmiddlewaretoken": token(client, "/account/password/"), **fields})


def begin(client: Client, password: str = PASSWORD) -> Any:
    return post(client, "/account/passkeys/begin/", name="phone", password=password)


def add_passkey(client: Client, phone: Authenticator, name: str = "phone") -> Any:
    options = begin(client).json()["options"]
    return post(client, "/account/passkeys/", name=name, credential=phone.create(options))


class TestWhoMayLook:
    @pytest.mark.parametrize("path", PAGES)
    def test_nobody_who_is_not_signed_in(self, client: Client, world: Installation, path: str) -> None:
        assert client.get(path).headers["Location"] == f"/sign-in/?next={path}"

    @pytest.mark.parametrize("path", POSTS)
    def test_nor_to_do_anything(self, client: Client, world: Installation, path: str) -> None:
        response = client.post(path, {"csrfmiddlewaretoken": token(client)})
        assert (response.status_code, response.headers["Location"]) == (302, f"/sign-in/?next={path}")

    @pytest.mark.parametrize("actor", CAST, ids=lambda actor: actor.name)
    def test_everybody_has_an_account(self, client: Client, world: Installation, actor: Any) -> None:
        html = sign_in(client, actor.name).get("/account/").content.decode()
        assert actor.name in html

    @pytest.mark.parametrize("path", POSTS)
    def test_other_methods_are_not_allowed(self, dara: Client, path: str) -> None:
        assert dara.get(path).status_code == 405
        assert dara.put("/account/").status_code in (403, 405)

    @pytest.mark.parametrize("path", [*POSTS, "/account/password/"])
    def test_a_form_that_is_not_ours_is_refused(self, dara: Client, path: str) -> None:
        assert dara.post(path, {"old": PASSWORD, "new": NEW, "again": NEW}).status_code == 403
        assert Staff.objects.get(username="dara").check_password(PASSWORD)

    @pytest.mark.parametrize(("language", "word"), [("km", "គណនី"), ("th", "บัญชี")])
    def test_it_speaks_khmer_and_thai(self, world: Installation, language: str, word: str) -> None:
        client = sign_in(Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE=language), DARA.name)
        for path in PAGES:
            html = client.get(path).content.decode()
            assert word in html
            assert not re.search(r">[^<]*\b(Password|password|Passkey|Sign out)\b[^<]*<", html)


class TestThePassword:
    def test_it_is_changed_and_opens_the_account(self, dara: Client) -> None:
        response = post(dara, "/account/password/", old=PASSWORD, new=NEW, again=NEW)
        assert (response.status_code, response.headers["Location"]) == (302, "/account/")
        assert "Your password was changed." in dara.get("/account/").content.decode()
        assert Staff.objects.get(username="dara").check_password(NEW)

    @pytest.mark.parametrize(
        ("fields", "status", "words"),
        [
            ({"old": "wrong", "new": NEW, "again": NEW}, 422, "This is not your password."),
            ({"old": PASSWORD, "new": NEW, "again": "other"}, 422, "The two are not the same."),
            ({"old": PASSWORD, "new": "short", "again": "short"}, 422, "Too short: at least 12 characters."),
            ({"old": PASSWORD, "new": "123456789012", "again": "123456789012"}, 422, "Only digits"),
            ({"old": PASSWORD, "new": "x" * 129, "again": "x" * 129}, 422, "Too long: at most 128"),
            ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, 422, "This is the password you have."),
            ({}, 422, "Too short"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(
        self, dara: Client, fields: dict[str, str], status: int, words: str
    ) -> None:
        response = post(dara, "/account/password/", **fields)
        assert response.status_code == status
        assert words in response.content.decode()
        assert Staff.objects.get(username="dara").check_password(PASSWORD)

    def test_guessing_the_old_one_locks(self, dara: Client) -> None:
        for _ in range(4):
            post(dara, "/account/password/", old="wrong", new=NEW, again=NEW)
        response = post(dara, "/account/password/", old="wrong", new=NEW, again=NEW)
        assert (response.status_code, response.headers["Retry-After"]) == (429, "900")
        assert isinstance(try_password("dara", PASSWORD, "203.0.113.1", NOW), LockedOut)


class TestAddingAPasskey:
    def test_it_is_added_listed_and_removed(self, dara: Client, phone: Authenticator) -> None:
        assert "You have no passkey yet." in dara.get("/account/").content.decode()
        response = add_passkey(dara, phone, "office <b>laptop</b>")
        assert (response.status_code, response.headers["Location"]) == (302, "/account/")
        html = dara.get("/account/").content.decode()
        assert "office &lt;b&gt;laptop" in html
        assert "The passkey was added." in html
        passkey = Passkey.objects.get()
        removed = post(dara, f"/account/passkeys/{passkey.id}/remove/")
        assert removed.status_code == 302
        assert "You have no passkey yet." in dara.get("/account/").content.decode()

    def test_without_the_password_there_are_no_options(self, dara: Client) -> None:
        response = begin(dara, "wrong")
        assert (response.status_code, response.json()) == (422, {"problem": "This is not your password."})
        for _ in range(4):
            response = begin(dara, "wrong")
        assert (response.status_code, response.headers["Retry-After"]) == (429, "900")

    def test_an_answer_to_no_question_of_this_session_adds_nothing(self, dara: Client, phone: Authenticator) -> None:
        options = begin(dara).json()["options"]
        answer = phone.create(options)
        elsewhere = sign_in(Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="en"), DARA.name)
        response = elsewhere.post("/account/passkeys/", {"credential": answer, "name": "x"})
        assert response.status_code == 422
        assert "The passkey was not added. Try again." in response.content.decode()
        assert not Passkey.objects.exists()

    @pytest.mark.parametrize("credential", ["", "{}", "nonsense", "x" * 70_000])
    def test_nonsense_adds_nothing(self, dara: Client, credential: str) -> None:
        begin(dara)
        assert post(dara, "/account/passkeys/", credential=credential, name="x").status_code == 422
        assert not Passkey.objects.exists()

    def test_nobody_removes_anothers(self, dara: Client, phone: Authenticator, world: Installation) -> None:
        add_passkey(dara, phone)
        bopha = sign_in(Client(HTTP_HOST="localhost"), BOPHA.name)
        path = f"/account/passkeys/{Passkey.objects.get().id}/remove/"
        assert bopha.post(path).status_code == 404
        assert bopha.get(path).status_code == 405
        assert Passkey.objects.get().removed_at is None

    @pytest.mark.parametrize("host", ["testserver", "127.0.0.1"])
    def test_where_a_browser_allows_none_none_is_offered(
        self, world: Installation, phone: Authenticator, host: str, settings: Any
    ) -> None:
        client = sign_in(Client(HTTP_HOST=host, HTTP_ACCEPT_LANGUAGE="en"), DARA.name)
        assert "data-passkey" not in client.get("/account/").content.decode()
        for path in ("/account/passkeys/begin/", "/sign-in/passkey/begin/"):
            response = client.post(path, {"password": PASSWORD})
            assert response.json() == {"problem": "This browser cannot use passkeys here."}
        assert client.post("/account/passkeys/", {"credential": "{}"}).status_code == 422

    def test_over_tls_the_site_is_its_name(self, world: Installation, settings: Any) -> None:
        settings.ALLOWED_HOSTS, settings.SECURE = ["pass.example"], True
        client = sign_in(Client(HTTP_HOST="pass.example:8443"), DARA.name)
        phone = Authenticator("https://pass.example:8443")
        options = client.post("/account/passkeys/begin/", {"password": PASSWORD}).json()["options"]
        assert json.loads(options)["rp"]["id"] == "pass.example"
        assert client.post("/account/passkeys/", {"credential": phone.create(options)}).status_code == 302

    def test_a_host_that_is_not_ours_is_nobody(self, world: Installation) -> None:
        assert Client(HTTP_HOST="evil.example").post("/sign-in/passkey/begin/").status_code == 400


class TestSigningInWithIt:
    def begin(self, client: Client) -> Any:
        return client.post("/sign-in/passkey/begin/", {"csrfmiddlewaretoken": token(client)})

    def finish(self, client: Client, answer: str, **fields: str) -> Any:
        sent = {"csrfmiddlewaretoken": token(client), "credential": answer, **fields}
        return client.post("/sign-in/passkey/", sent)

    @pytest.fixture
    def stranger(self, dara: Client, phone: Authenticator) -> Client:
        """Dara has a passkey; this browser has no session."""
        add_passkey(dara, phone)
        return Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="en", enforce_csrf_checks=True)

    def test_a_touch_is_enough(self, stranger: Client, phone: Authenticator) -> None:
        assert 'data-passkey="get"' in stranger.get("/sign-in/").content.decode()
        answer = phone.get(self.begin(stranger).json()["options"])
        before = stranger.cookies["sessionid"].value
        response = self.finish(stranger, answer, next="/account/")
        assert (response.status_code, response.headers["Location"]) == (302, "/account/")
        assert stranger.cookies["sessionid"].value != before
        assert "Dara" in stranger.get("/account/").content.decode()

    def test_the_answer_opens_once_and_only_in_the_session_that_asked(
        self, stranger: Client, phone: Authenticator
    ) -> None:
        answer = phone.get(self.begin(stranger).json()["options"])
        other = Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="en")
        response = other.post("/sign-in/passkey/", {"credential": answer})
        assert response.status_code == 403
        assert "This passkey does not open an account here." in response.content.decode()
        assert self.finish(stranger, answer).status_code == 302
        again = Client(HTTP_HOST="localhost")
        again.post("/sign-in/passkey/begin/")
        assert again.post("/sign-in/passkey/", {"credential": answer}).status_code == 403

    @pytest.mark.parametrize("answer", ["", "{}", "nonsense"])
    def test_nonsense_opens_nothing(self, stranger: Client, answer: str) -> None:
        self.begin(stranger)
        assert self.finish(stranger, answer).status_code == 403

    def test_forms_that_are_not_ours_and_other_methods_are_refused(self, stranger: Client) -> None:
        for path in ("/sign-in/passkey/begin/", "/sign-in/passkey/"):
            assert stranger.post(path).status_code == 403
            assert stranger.get(path).status_code == 405

    def test_too_many_questions_from_one_address_are_not_answered(
        self, stranger: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("borderpass.services.ask_passkey.CHALLENGES_MAX", 1)
        self.begin(stranger)
        response = self.begin(stranger)
        assert (response.status_code, "Wait five minutes" in response.json()["problem"]) == (429, True)
