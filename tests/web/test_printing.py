"""/office/<office>/applications/<id>/paper/: a signed pass is printed, compared with what was signed, handed over."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from borderpass.domain.application import State
from borderpass.store.models import Application, IssuedPass
from tests.cast import POIPET
from tests.installation import Installation, approved, lodged, printed, signed
from tests.web.conftest import sign_in
from tests.web.forms import post

ACTIONS = ("print", "spoil", "hand_over")


def at(action: str, application: Application) -> str:
    return reverse(f"printing_{action}", args=[POIPET, application.id])


@pytest.fixture
def bopha(world: Installation, client: Client) -> Client:
    return sign_in(client, "bopha")


def state_of(issued: IssuedPass) -> str:
    return Application.objects.get(id=issued.application_id).state


def hand_over(client: Client, issued: IssuedPass, text: str) -> Any:
    return post(client, at("hand_over", issued.application), {"text": text})


@pytest.mark.parametrize("form", ["a6", "card"])
def test_a_signed_pass_is_printed_as_pdf_and_recorded(bopha: Client, world: Installation, form: str) -> None:
    issued = signed(world, 7)
    assert "Print on A6" in bopha.get(at("paper", issued.application)).content.decode()
    response = post(bopha, at("print", issued.application), {"form": form})
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert state_of(issued) == State.PRINTED


def test_what_is_not_signed_is_not_printed(bopha: Client, world: Installation) -> None:
    waiting = approved(7)
    assert "not signed yet" in bopha.get(at("paper", waiting)).content.decode()
    assert post(bopha, at("print", waiting), {"form": "a6"}).status_code == 409


def test_another_form_of_paper_is_not_known(bopha: Client, world: Installation) -> None:
    issued = signed(world, 7)
    assert post(bopha, at("print", issued.application), {"form": "a5"}).status_code == 422
    assert state_of(issued) == State.APPROVED


def test_a_double_click_prints_once(bopha: Client, world: Installation) -> None:
    issued = signed(world, 7)
    answers = [post(bopha, at("print", issued.application), {"form": "a6"}).status_code for _ in range(2)]
    assert answers == [200, 409]


def test_a_spoiled_paper_takes_a_reason_and_is_printed_again(bopha: Client, world: Installation) -> None:
    issued = printed(world, 7)
    assert post(bopha, at("spoil", issued.application), {"note": " "}).status_code == 422
    assert post(bopha, at("spoil", issued.application), {"note": "smeared"}).status_code == 302
    assert state_of(issued) == State.SPOILED
    assert post(bopha, at("print", issued.application), {"form": "a6"}).status_code == 200


def test_the_paper_that_was_signed_is_handed_over(bopha: Client, world: Installation) -> None:
    issued = printed(world, 7)
    assert hand_over(bopha, issued, f"{issued.qr_text}\r\n").status_code == 302
    assert state_of(issued) == State.HANDED_OVER
    assert "Handed over." in bopha.get(at("paper", issued.application)).content.decode()


def test_another_paper_is_not_handed_over(bopha: Client, world: Installation) -> None:
    issued, other = printed(world, 7), printed(world, 8)
    for text in (other.qr_text or "", (issued.qr_text or "")[:-1], "", "\x00"):
        assert hand_over(bopha, issued, text).status_code == 422
    assert state_of(issued) == State.PRINTED


@pytest.mark.parametrize("action", ACTIONS)
def test_only_posting_does_something(bopha: Client, world: Installation, action: str) -> None:
    assert bopha.get(at(action, lodged(7))).status_code == 405


@pytest.mark.parametrize("who", ["dara", "rith"])
@pytest.mark.parametrize("action", ACTIONS)
def test_who_is_no_clerk_does_none_of_it(client: Client, world: Installation, who: str, action: str) -> None:
    issued = printed(world, 7)
    assert post(sign_in(client, who), at(action, issued.application)).status_code == 403
    assert state_of(issued) == State.PRINTED


def test_nobody_is_asked_to_sign_in_first(client: Client, world: Installation) -> None:
    response = client.get(at("paper", lodged(7)))
    assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, "/sign-in/")
