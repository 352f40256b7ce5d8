"""/home/: where somebody's work begins."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import BOPHA, COMMANDER, DARA, MALEE, MINISTRY, PROVINCE, RITH
from tests.installation import Installation
from tests.web.conftest import sign_in


@pytest.mark.parametrize(
    ("actor", "place"),
    [
        (BOPHA, "/office/"),
        (DARA, "/office/"),
        (PROVINCE, "/office/"),
        (MALEE, "/gate-office/"),
        (COMMANDER, "/gate-office/"),
    ],
)
def test_who_has_one_kind_of_place_is_led_there(client: Client, world: Installation, actor: Any, place: str) -> None:
    response = sign_in(client, actor.name).get("/home/")
    assert (response.status_code, response.headers["Location"]) == (302, place)


@pytest.mark.parametrize("actor", [MINISTRY, RITH])
def test_who_looks_into_both_chooses(client: Client, world: Installation, actor: Any) -> None:
    html = sign_in(client, actor.name).get("/home/").content.decode()
    for place in ("/office/", "/gate-office/", "/staff/"):
        assert f'<a href="{place}">' in html


def test_who_is_not_signed_in_signs_in_first(client: Client, world: Installation) -> None:
    response = client.get("/home/")
    assert (response.status_code, response.headers["Location"]) == (302, "/sign-in/?next=/home/")


def test_it_is_only_looked_at(client: Client, world: Installation) -> None:
    assert Client().post("/home/").status_code == 405
