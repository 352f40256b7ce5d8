"""/office/<office>/hand-over/: the paper is found, scanned, taken against a signature; what nobody fetches."""

import base64
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageDraw

from borderpass.domain.application import Event, State
from borderpass.store.models import Application, ApplicationEvent, HandOver, IssuedPass, PaperCheck
from tests.cast import POIPET
from tests.installation import Installation, handed_over, lodged, printed
from tests.web.conftest import NOW, sign_in
from tests.web.forms import post

FIND = f"/office/{POIPET}/hand-over/"
WAITING = f"{FIND}waiting/"
TAKEN = {"collector": "holder", "typed": "SOK SOKHA"}


def at(issued: IssuedPass) -> str:
    return reverse("printing_hand_over", args=[POIPET, issued.application_id])


def drawing() -> str:
    """What a browser sends of a canvas on which somebody drew."""
    picture = Image.new("RGBA", (900, 300), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line((100, 200, 500, 80, 800, 220), fill=(13, 21, 38, 255), width=5)
    file = BytesIO()
    picture.save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode("ascii")


@pytest.fixture
def bopha(world: Installation, client: Client) -> Client:
    return sign_in(client, "bopha")


@pytest.fixture
def ready(bopha: Client, world: Installation) -> IssuedPass:
    """A pass that was printed and scanned."""
    issued = printed(world, 7)
    assert post(bopha, at(issued), {"text": f"{issued.qr_text}\r\n"}).status_code == 302
    return issued


def state_of(issued: IssuedPass) -> str:
    return Application.objects.get(id=issued.application_id).state


def text_of(response: Any) -> str:
    text: str = response.content.decode()
    return text


class TestFind:
    def test_by_reference_and_by_the_scanned_paper_which_is_checked_on_the_way(
        self, bopha: Client, world: Installation
    ) -> None:
        issued = printed(world, 7)
        assert issued.application.reference in text_of(bopha.get(FIND))
        assert post(bopha, FIND, {"q": issued.application.reference}).headers["Location"] == at(issued)
        assert PaperCheck.objects.count() == 0
        assert post(bopha, FIND, {"q": issued.qr_text}).headers["Location"] == at(issued)
        assert "It is this person: hand it over" in text_of(bopha.get(at(issued)))
        assert PaperCheck.objects.count() == 1

    @pytest.mark.parametrize("text", ["", "A0110-26-999999-X", "nobody of this name", "\x00", "X" * 6_000])
    def test_what_is_not_found_is_said(self, bopha: Client, text: str) -> None:
        assert post(bopha, FIND, {"q": text}).status_code == 422

    def test_who_is_no_clerk_only_looks(self, client: Client, world: Installation) -> None:
        dara = sign_in(client, "dara")
        assert dara.get(FIND).status_code == 200
        assert post(dara, FIND, {"q": "x"}).status_code == 403


class TestTake:
    def test_holder_signs_and_it_is_kept(self, bopha: Client, ready: IssuedPass) -> None:
        assert "It is this person: hand it over" in text_of(bopha.get(at(ready)))
        answer = post(bopha, at(ready), {"collector": "holder", "signature": drawing()})
        assert answer.status_code == 302
        assert state_of(ready) == State.HANDED_OVER
        taken = HandOver.objects.get()
        with Image.open(BytesIO(bytes(taken.signature_png or b""))) as picture:
            assert (picture.format, picture.size[0] <= 600) == ("PNG", True)
        assert (taken.by, taken.at, taken.collector, taken.unchecked) == ("bopha", NOW, "holder", "")
        page = text_of(bopha.get(reverse("office_application", args=[POIPET, ready.application_id])))
        assert "data:image/png;base64," in page
        assert "Handed over." in text_of(bopha.get(reverse("printing_paper", args=[POIPET, ready.application_id])))

    def test_somebody_else_has_a_name_and_is_something_to_the_holder(self, bopha: Client, ready: IssuedPass) -> None:
        other = {"collector": "other", "typed": "SOK CHANTHA"}
        assert post(bopha, at(ready), other).status_code == 422
        assert state_of(ready) == State.PRINTED
        assert post(bopha, at(ready), other | {"name": "SOK CHANTHA", "relation": "sister"}).status_code == 302
        taken = HandOver.objects.get()
        assert (taken.name, taken.relation, taken.typed) == ("SOK CHANTHA", "sister", "SOK CHANTHA")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"typed": ""},
            {"typed": "x" * 101},
            {"collector": "nobody"},
            {"signature": "data:image/png;base64,AAAA"},
            {"signature": "nonsense"},
            {"signature": "x" * 600_000},
        ],
    )
    def test_bad_input_hands_nothing_over(self, bopha: Client, ready: IssuedPass, wrong: dict[str, str]) -> None:
        assert post(bopha, at(ready), TAKEN | wrong).status_code == 422
        assert (state_of(ready), HandOver.objects.count()) == (State.PRINTED, 0)

    def test_twice_is_once(self, bopha: Client, ready: IssuedPass) -> None:
        assert [post(bopha, at(ready), TAKEN).status_code for _ in range(2)] == [302, 302]
        assert (HandOver.objects.count(), ApplicationEvent.objects.filter(event=Event.HAND_OVER).count()) == (1, 1)

    def test_another_paper_is_not_handed_over(self, bopha: Client, world: Installation) -> None:
        issued, other = printed(world, 7), printed(world, 8)
        for text in (other.qr_text or "", (issued.qr_text or "")[:-1], "", "\x00"):
            assert post(bopha, at(issued), {"text": text}).status_code == 422
            assert post(bopha, at(issued), TAKEN).status_code == 422
        assert state_of(issued) == State.PRINTED

    def test_paper_that_cannot_be_scanned_needs_a_reason(self, bopha: Client, world: Installation) -> None:
        issued = printed(world, 7)
        assert "The paper cannot be scanned" in text_of(bopha.get(at(issued)))
        assert post(bopha, at(issued), TAKEN | {"unchecked": "no scanner today"}).status_code == 302
        assert HandOver.objects.get().unchecked == "no scanner today"

    def test_what_is_not_printed_is_not_handed_over(self, bopha: Client) -> None:
        waiting = reverse("printing_hand_over", args=[POIPET, lodged(7).id])
        assert "There is nothing to hand over" in text_of(bopha.get(waiting))
        assert post(bopha, waiting, TAKEN | {"unchecked": "x"}).status_code == 409
        assert post(bopha, waiting, {"text": "X"}).status_code == 409

    @pytest.mark.parametrize("who", ["dara", "rith"])
    def test_who_is_no_clerk_hands_nothing_over(self, client: Client, world: Installation, who: str) -> None:
        issued = printed(world, 7)
        assert post(sign_in(client, who), at(issued), TAKEN).status_code == 403


class TestWaiting:
    def lay(self, issued: IssuedPass, days: int) -> None:
        prints = ApplicationEvent.objects.filter(application=issued.application_id, event=Event.PRINT)
        prints.update(at=NOW - timedelta(days=days))

    def test_after_30_days_it_is_listed_with_the_telephone(self, bopha: Client, world: Installation) -> None:
        fetched, short, long = handed_over(world, 7), printed(world, 8), printed(world, 9, phone="097123456")
        self.lay(fetched, 40)
        self.lay(short, 29)
        self.lay(long, 30)
        page = text_of(bopha.get(WAITING))
        assert long.application.reference in page
        assert "tel:097123456" in page
        assert short.application.reference not in page
        assert fetched.application.reference not in page

    def test_it_is_the_offices(self, client: Client, world: Installation) -> None:
        assert client.get(WAITING).status_code == 302
        assert sign_in(client, "vichea").get(WAITING).status_code == 404
        assert sign_in(client, "rith").get(WAITING).status_code == 200
        assert post(client, WAITING).status_code == 405
