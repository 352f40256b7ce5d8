"""/office/<office>/printing/ and .../paper/: one pass or a sheet of many becomes paper; blanks; checks."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from borderpass.domain.application import State
from borderpass.domain.blanks import Blank, Lot, Outcome, PaperForm
from borderpass.domain.hand_over import Check
from borderpass.services import print_sheet
from borderpass.services.receive_blanks import receive_blanks
from borderpass.services.run_job import run_waiting_jobs
from borderpass.store.keys import new_id
from borderpass.store.models import Application, BlankCount, BlankDelivery, BlankUse, IssuedPass, Job, PaperCheck
from tests.cast import BOPHA, POIPET
from tests.installation import Installation, approved, done, lodged, printed, signed
from tests.web.conftest import NOW, sign_in
from tests.web.forms import post

ACTIONS = ("print", "spoil")
PLACES = ("", "_sheets", "_blanks", "_counts", "_check")


def at(action: str, application: Application) -> str:
    return reverse(f"printing_{action}", args=[POIPET, application.id])


def place(name: str) -> str:
    return reverse(f"printing{name}", args=[POIPET])


@pytest.fixture
def bopha(world: Installation, client: Client) -> Client:
    return sign_in(client, "bopha")


def state_of(issued: IssuedPass) -> str:
    return Application.objects.get(id=issued.application_id).state


def receive(first: int = 1, last: int = 20) -> None:
    done(receive_blanks(new_id(), POIPET, PaperForm.A6, Lot("PB", first, last), BOPHA, NOW))


def text_of(response: Any) -> str:
    text: str = response.content.decode()
    return text


class TestOne:
    @pytest.mark.parametrize("form", ["a6", "card"])
    def test_a_signed_pass_is_printed_as_pdf_and_recorded(self, bopha: Client, world: Installation, form: str) -> None:
        issued = signed(world, 7)
        assert "Print on A6" in text_of(bopha.get(at("paper", issued.application)))
        response = post(bopha, at("print", issued.application), {"form": form})
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF-")
        assert state_of(issued) == State.PRINTED

    def test_what_is_not_signed_is_not_printed(self, bopha: Client, world: Installation) -> None:
        waiting = approved(7)
        assert "not signed yet" in text_of(bopha.get(at("paper", waiting)))
        assert post(bopha, at("print", waiting), {"form": "a6"}).status_code == 409

    def test_another_form_of_paper_is_not_known(self, bopha: Client, world: Installation) -> None:
        issued = signed(world, 7)
        assert post(bopha, at("print", issued.application), {"form": "a5"}).status_code == 422
        assert state_of(issued) == State.APPROVED

    def test_a_double_click_prints_once(self, bopha: Client, world: Installation) -> None:
        issued = signed(world, 7)
        answers = [post(bopha, at("print", issued.application), {"form": "a6"}).status_code for _ in range(2)]
        assert answers == [200, 409]

    def test_a_spoiled_paper_takes_a_reason_and_is_printed_again(self, bopha: Client, world: Installation) -> None:
        issued = printed(world, 7)
        assert post(bopha, at("spoil", issued.application), {"note": " "}).status_code == 422
        assert post(bopha, at("spoil", issued.application), {"note": "smeared"}).status_code == 302
        assert state_of(issued) == State.SPOILED
        assert post(bopha, at("print", issued.application), {"form": "a6"}).status_code == 200

    def test_the_number_of_the_blank_is_asked_for_and_kept(self, bopha: Client, world: Installation) -> None:
        receive()
        issued = signed(world, 7)
        assert 'value="PB000001"' in text_of(bopha.get(at("paper", issued.application)))
        for wrong in ("PB000099", "?"):
            answer = post(bopha, at("print", issued.application), {"form": "a6", "first_a6": wrong})
            assert answer.status_code in (409, 422)
        assert post(bopha, at("print", issued.application), {"form": "a6", "first_a6": "pb 5"}).status_code == 200
        assert "PB000005" in text_of(bopha.get(at("paper", issued.application)))

    @pytest.mark.parametrize("action", ACTIONS)
    def test_only_posting_does_something(self, bopha: Client, world: Installation, action: str) -> None:
        assert bopha.get(at(action, lodged(7))).status_code == 405

    @pytest.mark.parametrize("who", ["dara", "rith"])
    @pytest.mark.parametrize("action", ACTIONS)
    def test_who_is_no_clerk_does_none_of_it(self, client: Client, world: Installation, who: str, action: str) -> None:
        issued = printed(world, 7)
        assert post(sign_in(client, who), at(action, issued.application)).status_code == 403
        assert state_of(issued) == State.PRINTED

    def test_nobody_is_asked_to_sign_in_first(self, client: Client, world: Installation) -> None:
        response = client.get(at("paper", lodged(7)))
        assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, "/sign-in/")


def begin(client: Client, passes: list[IssuedPass], **changes: Any) -> Any:
    ids = [str(one.application_id) for one in passes]
    return post(client, place(""), {"job": str(new_id()), "application": ids, "layout": "a4", **changes})


@pytest.fixture
def two(world: Installation) -> list[IssuedPass]:
    return [signed(world, 7), signed(world, 8)]


def finished(client: Client, passes: list[IssuedPass]) -> str:
    """Have a sheet printed, and return its address."""
    address: str = begin(client, passes).headers["Location"]
    run_waiting_jobs(lambda: NOW)
    return address


class TestSheet:
    def test_the_marked_ones_become_one_pdf(self, bopha: Client, two: list[IssuedPass]) -> None:
        page = text_of(bopha.get(place("")))
        assert all(one.application.reference in page for one in two)
        address = begin(bopha, two).headers["Location"]
        assert "Waits for its turn" in text_of(bopha.get(address))
        run_waiting_jobs(lambda: NOW)
        page = text_of(bopha.get(address))
        assert "Open the papers to print them" in page
        assert all(one.application.reference in page for one in two)
        pdf = bopha.get(f"{address}paper/")
        assert (pdf.headers["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
        assert pdf.headers["Content-Disposition"].startswith("inline")
        assert {state_of(one) for one in two} == {State.PRINTED}
        assert "2 of 2" in text_of(bopha.get(place("_sheets")))

    def test_progress_loads_the_page_again_when_it_is_over(self, bopha: Client, two: list[IssuedPass]) -> None:
        address = begin(bopha, two).headers["Location"]
        assert bopha.get(f"{address}progress/").status_code == 200
        run_waiting_jobs(lambda: NOW)
        over = bopha.get(f"{address}progress/")
        assert (over.status_code, over.headers["HX-Refresh"]) == (286, "true")

    def test_a_double_click_is_one_sheet(self, bopha: Client, two: list[IssuedPass]) -> None:
        job = str(new_id())
        assert {begin(bopha, two, job=job).headers["Location"] for _ in range(2)} == {
            reverse("printing_sheet", args=[POIPET, job])
        }
        assert Job.objects.count() == 1

    @pytest.mark.parametrize("wrong", [{"layout": "a3"}, {"job": "x"}, {"application": []}, {"application": ["x"]}])
    def test_bad_input_begins_nothing(self, bopha: Client, two: list[IssuedPass], wrong: dict[str, Any]) -> None:
        assert begin(bopha, two, **wrong).status_code == 422
        assert Job.objects.count() == 0

    def test_numbers_that_are_not_free_begin_nothing_and_what_was_marked_stays(
        self, bopha: Client, two: list[IssuedPass]
    ) -> None:
        receive(1, 1)
        answer = begin(bopha, two, first_a6="PB000001")
        assert (answer.status_code, Job.objects.count()) == (422, 0)
        assert text_of(answer).count(" checked aria-label") == 2

    def test_spoiled_ones_go_back_to_the_queue_with_their_reasons(self, bopha: Client, two: list[IssuedPass]) -> None:
        address, bad = finished(bopha, two), str(two[1].application_id)
        assert post(bopha, address, {"bad": [bad]}).status_code == 422
        for _ in range(2):
            assert post(bopha, address, {"bad": [bad], f"why-{bad}": "smeared"}).status_code == 302
        assert [state_of(one) for one in two] == [State.PRINTED, State.SPOILED]
        assert two[1].application.reference in text_of(bopha.get(place("")))

    def test_blank_that_the_printer_ate_moves_the_others_on(self, bopha: Client, two: list[IssuedPass]) -> None:
        receive()
        address = finished(bopha, two)
        ate = f"{two[0].application_id} PB000001"
        assert ate in text_of(bopha.get(address))
        for _ in range(2):
            assert post(bopha, address, {"ate": ate}).status_code == 302
        assert list(BlankUse.objects.order_by("number").values_list("number", "outcome")) == [
            (1, Outcome.VOID),
            (2, Outcome.PRINTED),
            (3, Outcome.PRINTED),
        ]
        assert post(bopha, address, {"ate": "nonsense"}).status_code == 422

    def test_what_a_sheet_recorded_before_it_failed_has_its_paper(
        self, bopha: Client, two: list[IssuedPass], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        original, done_so_far = print_sheet._record_one, iter(range(1))

        def fail(*arguments: Any) -> Any:
            if next(done_so_far, None) is None:
                raise OSError("the disk is full")
            return original(*arguments)

        monkeypatch.setattr(print_sheet, "_record_one", fail)
        address = finished(bopha, two)
        assert [state_of(one) for one in two] == [State.PRINTED, State.APPROVED]
        page = text_of(bopha.get(address))
        assert "Stopped by an error" in page
        assert "Open the papers to print them" in page
        assert bopha.get(f"{address}paper/").content.startswith(b"%PDF-")
        post(bopha, at("spoil", two[0].application), {"note": "smeared"})
        assert bopha.get(f"{address}paper/").status_code == 404

    @pytest.mark.parametrize("who", ["dara", "rith"])
    def test_who_is_no_clerk_looks_and_prints_nothing(self, client: Client, two: list[IssuedPass], who: str) -> None:
        other = sign_in(client, who)
        assert other.get(place("")).status_code == 200
        assert begin(other, two).status_code == 403


class TestBlanks:
    def take_in(self, client: Client, **changes: Any) -> Any:
        said = {"delivery": str(new_id()), "form": "a6", "first": "PB000001", "last": "pb 500"}
        return post(client, place("_receive"), said | changes)

    def test_a_delivery_a_void_one_and_the_count(self, bopha: Client) -> None:
        assert "never received numbered blanks" in text_of(bopha.get(place("_blanks")))
        assert self.take_in(bopha).status_code == 302
        void = {"form": "a6", "first": "PB000003", "last": "PB000004", "reason": "torn"}
        assert post(bopha, place("_void"), void).status_code == 302
        page = text_of(bopha.get(place("_blanks")))
        assert "<strong>498</strong>" in page
        count = {"count": str(new_id()), "form": "a6", "counted": "497"}
        assert post(bopha, place("_count"), count).status_code == 422
        for _ in range(2):
            assert post(bopha, place("_count"), count | {"reason": "one is missing"}).status_code == 302
        assert BlankCount.objects.count() == 1
        page = text_of(bopha.get(place("_counts")))
        assert "▲ −1" in page
        assert "one is missing" in page

    def test_the_same_numbers_are_not_delivered_twice(self, bopha: Client) -> None:
        self.take_in(bopha)
        assert self.take_in(bopha, first="PB000400", last="PB000600").status_code == 422
        assert BlankDelivery.objects.count() == 1

    @pytest.mark.parametrize(
        "wrong", [{"first": "PB000009", "last": "PB000001"}, {"first": ""}, {"last": "QX000002"}, {"form": "a5"}]
    )
    def test_bad_numbers_are_told_at_their_field(self, bopha: Client, wrong: dict[str, str]) -> None:
        answer = self.take_in(bopha, **wrong)
        assert (answer.status_code, BlankDelivery.objects.count()) == (422, 0)
        assert 'aria-invalid="true"' in text_of(answer)

    @pytest.mark.parametrize("name", ["_receive", "_void", "_count"])
    def test_it_is_the_clerks_and_only_posted(self, client: Client, world: Installation, name: str) -> None:
        assert post(sign_in(client, "dara"), place(name)).status_code == 403
        assert post(sign_in(client, "bopha"), place(name)).status_code == 422
        assert client.get(place(name)).status_code == 405


class TestCheck:
    def look(self, client: Client, text: str) -> str:
        return text_of(post(client, place("_check"), {"text": text}))

    def test_a_good_paper_may_leave_the_desk(self, bopha: Client, world: Installation) -> None:
        issued = printed(world, 7)
        page = self.look(bopha, f"{issued.qr_text}\r\n")
        assert "The paper is good" in page
        assert at("hand_over", issued.application) in page
        assert PaperCheck.objects.get().found == Check.OK

    def test_a_bad_one_may_not(self, bopha: Client, world: Installation) -> None:
        issued = printed(world, 7)
        text = issued.qr_text or ""
        for bad in (text[:-1] + ("0" if text[-1] != "0" else "1"), text[:900], "", "\x00", "X" * 9_000):
            assert "Do not hand it over" in self.look(bopha, bad)
        assert not PaperCheck.objects.filter(found=Check.OK).exists()

    def test_what_is_typed_by_hand_is_no_paper(self, bopha: Client, world: Installation) -> None:
        issued = printed(world, 7)
        assert "Do not hand it over" in self.look(bopha, issued.application.reference)
        assert PaperCheck.objects.count() == 0

    def test_another_offices_paper_is_not_ours(self, bopha: Client, neighbours: IssuedPass) -> None:
        assert "Do not hand it over" in self.look(bopha, neighbours.qr_text or "")
        assert PaperCheck.objects.count() == 0


@pytest.mark.parametrize("name", PLACES)
def test_places_are_the_offices(client: Client, world: Installation, name: str) -> None:
    assert client.get(place(name)).status_code == 302
    assert sign_in(client, "vichea").get(place(name)).status_code == 404
    assert sign_in(client, "malee").get(place(name)).status_code == 403
    assert sign_in(client, "bopha").get(place(name)).status_code == 200
    assert client.put(place(name)).status_code in (403, 405)


def test_blank_says_its_number() -> None:
    assert str(Blank("PB", 7)) == "PB000007"
