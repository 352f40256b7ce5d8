"""/staff/: who sees whom, who adds, renames, dismisses and lets in whom."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from borderpass.domain.actors import Actor
from borderpass.services.sign_in import sign_in as sign_in_with
from borderpass.services.try_password import LockedOut
from borderpass.store.models import AuditEntry, Passkey, Staff
from tests.cast import (
    BOPHA,
    COMMANDER,
    DARA,
    GATE,
    MALEE,
    MINISTRY,
    OTHER_COMMANDER,
    OTHER_PROVINCE,
    POIPET,
    PROVINCE,
    RITH,
    SEREI,
    VICHEA,
)
from tests.installation import Installation
from tests.web.conftest import NOW, PASSWORD, sign_in
from tests.web.forms import token

HEADS = (DARA, COMMANDER, MINISTRY)
LOOKERS = (PROVINCE, RITH)
NOBODY = (BOPHA, MALEE)
CHANGES = ("deactivate", "reactivate", "lift", "reset")
FORM = {"user_name": "sok.chan", "full_name": "សុខ ចាន់", "role": "clerk", "scope": POIPET}


@pytest.fixture
def bophas(world: Installation) -> str:
    return f"/staff/{Staff.objects.get(username='bopha').id}/"


@pytest.fixture
def dara(client: Client, world: Installation) -> Client:
    return sign_in(client, DARA.name)


def page(client: Client, path: str = "/staff/", status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.content
    return str(response.content.decode())


def post(client: Client, path: str, **fields: str) -> Any:
    return client.post(path, {"csrfmiddlewaretoken": token(client), **fields})


def lock(name: str) -> None:
    for _ in range(5):
        sign_in_with(name, "wrong", "203.0.113.7", NOW)


class TestWhoMayLook:
    def test_who_is_not_signed_in_goes_to_sign_in(self, client: Client, bophas: str) -> None:
        for path in ("/staff/", "/staff/add/", bophas):
            assert client.get(path).headers["Location"] == f"/sign-in/?next={path}"
        for what in CHANGES:
            response = post(client, f"{bophas}{what}/")
            assert response.headers["Location"] == f"/sign-in/?next={bophas}{what}/"
        assert Staff.objects.get(username="bopha").check_password(PASSWORD)

    @pytest.mark.parametrize(
        ("actor", "seen", "unseen"),
        [
            (DARA, {"bopha", "dara"}, {"vichea", "malee", "rith"}),
            (COMMANDER, {"malee", "commander"}, {"bopha", "commander of malai"}),
            (PROVINCE, {"bopha", "dara", "vichea"}, {"malee", "ministry"}),
            (OTHER_PROVINCE, {"officer of another province"}, {"bopha", "vichea"}),
            (MINISTRY, {"bopha", "vichea", "malee", "rith"}, set()),
            (RITH, {"bopha", "vichea", "malee", "ministry"}, set()),
        ],
        ids=lambda value: getattr(value, "name", ""),
    )
    def test_each_sees_the_staff_of_their_scope(
        self, client: Client, world: Installation, actor: Actor, seen: set[str], unseen: set[str]
    ) -> None:
        listed = set(re.findall(r"</th><td>([^<]+)</td>", page(sign_in(client, actor.name))))
        assert seen <= listed
        assert not unseen & listed

    @pytest.mark.parametrize("actor", NOBODY, ids=lambda actor: actor.name)
    def test_clerks_and_gate_officers_see_nobody(self, client: Client, bophas: str, actor: Actor) -> None:
        sign_in(client, actor.name)
        for path in ("/staff/", "/staff/add/", bophas):
            assert client.get(path).status_code == 403

    @pytest.mark.parametrize("actor", LOOKERS, ids=lambda actor: actor.name)
    def test_who_only_looks_finds_no_link_and_may_do_nothing(self, client: Client, bophas: str, actor: Actor) -> None:
        html = page(sign_in(client, actor.name))
        assert bophas not in html
        assert "/staff/add/" not in html
        assert client.get(bophas).status_code == 403
        assert post(client, "/staff/add/", **FORM).status_code == 403
        for what in CHANGES:
            assert post(client, f"{bophas}{what}/").status_code == 403
        assert post(client, bophas, full_name="x").status_code == 403

    @pytest.mark.parametrize("actor", [VICHEA, COMMANDER, OTHER_COMMANDER], ids=lambda actor: actor.name)
    def test_anothers_staff_is_as_unknown_as_nobody(self, client: Client, bophas: str, actor: Actor) -> None:
        sign_in(client, actor.name)
        assert client.get(bophas).status_code == client.get(f"/staff/{UUID(int=1)}/").status_code == 404
        assert post(client, bophas, full_name="x").status_code == 404
        for what in CHANGES:
            assert post(client, f"{bophas}{what}/").status_code == 404
        assert Staff.objects.get(username="bopha").check_password(PASSWORD)

    @pytest.mark.parametrize("actor", HEADS, ids=lambda actor: actor.name)
    def test_nobody_manages_themselves(self, client: Client, world: Installation, actor: Actor) -> None:
        sign_in(client, actor.name)
        own = f"/staff/{Staff.objects.get(username=actor.name).id}/"
        assert own not in page(client)
        assert client.get(own).status_code == 404
        for what in CHANGES:
            assert post(client, f"{own}{what}/").status_code == 404

    def test_other_methods_and_unknown_changes_are_not_there(self, dara: Client, bophas: str) -> None:
        assert post(dara, "/staff/").status_code == 405
        for what in CHANGES:
            assert dara.get(f"{bophas}{what}/").status_code == 405
        assert post(dara, f"{bophas}promote/").status_code == 404

    def test_a_form_that_is_not_ours_is_refused(self, dara: Client, bophas: str) -> None:
        for path in ("/staff/add/", bophas, *(f"{bophas}{what}/" for what in CHANGES)):
            assert dara.post(path, {**FORM}).status_code == 403
        assert AuditEntry.objects.filter(actor="dara", kind="staff").count() == 0

    def test_the_account_leads_there(self, dara: Client) -> None:
        assert 'href="/staff/"' in page(dara, "/account/")


class TestTheList:
    def test_it_says_how_each_account_stands(self, dara: Client, bophas: str) -> None:
        lock("bopha")
        row = next(row for row in page(dara).split("<tr") if "Bopha" in row)
        assert "Clerk" in row
        assert "Locked out after wrong passwords" in row
        assert "never yet" in row

    @pytest.mark.parametrize(("asked", "found"), [("boph", True), ("BOPHA", True), ("xyz", False), ("\0", True)])
    def test_a_name_is_found(self, dara: Client, bophas: str, asked: str, found: bool) -> None:
        html = dara.get("/staff/", {"q": asked}).content.decode()
        assert (bophas in html) is found
        assert ("Nobody was found." in html) is not found

    def test_of_very_many_the_first_are_shown(self, client: Client, world: Installation, monkeypatch: Any) -> None:
        monkeypatch.setattr("borderpass.web.people.staff.STAFF_SHOWN", 2)
        assert re.search(r"look for a name to find them: \d+", page(sign_in(client, MINISTRY.name)))

    @pytest.mark.parametrize(("language", "word"), [("km", "បុគ្គលិក"), ("th", "เจ้าหน้าที่")])
    def test_it_speaks_khmer_and_thai(self, bophas: str, language: str, word: str) -> None:
        client = sign_in(Client(HTTP_ACCEPT_LANGUAGE=language), DARA.name)
        lock("bopha")
        for path in ("/staff/", "/staff/add/", bophas):
            html = client.get(path).content.decode()
            assert word in html
            assert not re.search(r">[^<]*\b(Staff|Role|Place|Dismiss|Add|Find|Locked)\b[^<]*<", html)


class TestAdding:
    def test_somebody_is_added_and_the_one_time_password_shown_this_once(self, dara: Client) -> None:
        response = post(dara, "/staff/add/", **FORM)
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
        html = response.content.decode()
        password = re.findall(r'class="code">([0-9A-Z-]{19})<', html)[0]
        assert sign_in_with("sok.chan", password, "203.0.113.7", NOW) == Staff.objects.get(username="sok.chan")
        assert "26 November 2026" in html
        assert password not in page(dara)

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"user_name": "S"}, "Write 3 to 30 small Latin letters"),
            ({"user_name": "bopha"}, "Somebody has this name already."),
            ({"full_name": ""}, "Write the name in 1 to 100 letters."),
            ({"full_name": "x" * 101}, "Write the name in 1 to 100 letters."),
            ({"role": "auditor", "scope": "*"}, "Choose one of these roles."),
            ({"role": ""}, "Choose one of these roles."),
            ({"scope": SEREI}, "You manage nobody in this role there."),
            ({"scope": GATE}, "Nobody works there in this role."),
            ({"scope": "\0"}, "Nobody works there in this role."),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
        self, dara: Client, changes: dict[str, str], words: str
    ) -> None:
        before = Staff.objects.count()
        response = post(dara, "/staff/add/", **{**FORM, **changes})
        assert response.status_code == 422
        html = response.content.decode()
        assert words in html
        assert f'value="{changes.get("full_name", FORM["full_name"])}"' in html
        assert Staff.objects.count() == before

    def test_nothing_sent_is_nothing_added(self, dara: Client) -> None:
        assert post(dara, "/staff/add/").status_code == 422

    def test_the_head_of_an_office_is_asked_for_no_other_place(self, dara: Client) -> None:
        html = page(dara, "/staff/add/")
        assert re.findall(r'<option value="([^"]+)"', html) == ["clerk", "governor", POIPET]

    def test_the_ministry_chooses_among_all(self, client: Client, world: Installation) -> None:
        html = page(sign_in(client, MINISTRY.name), "/staff/add/")
        values = re.findall(r'<option value="([^"]+)"', html)
        assert {"auditor", "*", POIPET, SEREI, "01", GATE} <= set(values)


class TestChanging:
    def test_somebody_is_dismissed_and_taken_back(self, dara: Client, bophas: str) -> None:
        response = post(dara, f"{bophas}deactivate/")
        assert (response.status_code, response.headers["Location"]) == (302, bophas)
        html = page(dara, bophas)
        assert "This person cannot sign in any more." in html
        assert "Take this person back" in html
        post(dara, f"{bophas}reactivate/")
        assert "Dismiss this person" in page(dara, bophas)
        assert Staff.objects.get(username="bopha").is_active

    def test_a_lock_out_is_lifted(self, dara: Client, bophas: str) -> None:
        lock("bopha")
        assert "Lift the lock-out" in page(dara, bophas)
        post(dara, f"{bophas}lift/")
        assert "Lift the lock-out" not in page(dara, bophas)
        assert not isinstance(sign_in_with("bopha", PASSWORD, "203.0.113.7", NOW), LockedOut)

    def test_somebody_begins_anew_with_a_one_time_password(self, dara: Client, bophas: str) -> None:
        bopha = Staff.objects.get(username="bopha")
        Passkey.objects.create(
            staff=bopha, credential_id="x", public_key=b"x", sign_count=0, rp_id="localhost", name="x", added_at=NOW
        )
        response = post(dara, f"{bophas}reset/")
        assert response.status_code == 200
        password = re.findall(r'class="code">([0-9A-Z-]{19})<', response.content.decode())[0]
        assert sign_in_with("bopha", password, "203.0.113.7", NOW) == bopha
        assert Passkey.objects.get().removed_at == NOW
        assert "Has a one-time password until 26 November 2026" in page(dara, bophas)

    def test_a_name_is_corrected(self, dara: Client, bophas: str) -> None:
        assert post(dara, bophas, full_name="ច័ន្ទ បុប្ផា").headers["Location"] == bophas
        assert "ច័ន្ទ បុប្ផា" in page(dara, bophas)

    @pytest.mark.parametrize("name", ["", "  ", "x" * 101])
    def test_what_is_no_name_is_said_beside_the_field(self, dara: Client, bophas: str, name: str) -> None:
        response = post(dara, bophas, full_name=name)
        assert response.status_code == 422
        assert "Write the name in 1 to 100 letters." in response.content.decode()
        assert Staff.objects.get(username="bopha").full_name == "Bopha"
