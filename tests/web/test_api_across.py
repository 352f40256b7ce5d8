"""GET /api/v1/across: who is across now, in the caller's scope (the rules of stays have their own tests)."""

import pytest
from django.test import Client

from tests.cast import COMMANDER, GATE, OTHER_COMMANDER, OTHER_GATE, OTHER_PROVINCE, PROVINCE
from tests.installation import Installation
from tests.web.conftest import problem_of, sign_in

URL = "/api/v1/across"


@pytest.mark.parametrize("username", ["malee", COMMANDER.name, "bopha", PROVINCE.name, "rith", "ministry"])
def test_whose_it_is_to_know_sees_sokha_across(client: Client, sokha_left: None, username: str) -> None:
    response = sign_in(client, username).get(URL)
    assert response.status_code == 200
    said = response.json()
    assert (said["across"], said["overdue"], said["overdue_stays"]) == (1, 0, [])
    assert said["counted_at"] == "2026-11-23T02:00:00Z"
    assert said["gate"] == (GATE if username in ("malee", COMMANDER.name) else None)


@pytest.mark.parametrize("username", ["vichea", OTHER_PROVINCE.name, OTHER_COMMANDER.name])
def test_others_see_nobody(client: Client, sokha_left: None, username: str) -> None:
    assert sign_in(client, username).get(URL).json()["across"] == 0


def test_a_gate_may_be_asked_for(client: Client, sokha_left: None) -> None:
    sign_in(client, "rith")
    assert [client.get(URL, {"gate": gate}).json()["across"] for gate in (GATE, OTHER_GATE)] == [1, 0]


def test_another_gate_is_as_unknown_as_none(client: Client, sokha_left: None) -> None:
    sign_in(client, "malee")
    other, none = client.get(URL, {"gate": OTHER_GATE}), client.get(URL, {"gate": "atlantis"})
    problem_of(other, 404, "UNKNOWN_PLACE")
    assert other.content == none.content
    problem_of(sign_in(client, "rith").get(URL, {"gate": "atlantis"}), 404, "UNKNOWN_PLACE")


def test_a_gate_that_is_no_id_is_named(client: Client, world: Installation) -> None:
    problem_of(sign_in(client, "rith").get(URL, {"gate": "x" * 33}), 422, "INVALID_REQUEST")
    problem_of(client.get(URL, {"gate": "\x00"}), 404, "UNKNOWN_PLACE")


def test_nobody_asks_without_a_session(client: Client, world: Installation) -> None:
    problem_of(client.get(URL), 401, "NOT_SIGNED_IN")


def test_another_method_is_not_allowed(client: Client, world: Installation) -> None:
    problem_of(sign_in(client, "rith").post(URL), 405, "METHOD_NOT_ALLOWED")
