"""Is every sheet of paper accounted for, from the first print to the spoiled one?"""

from datetime import date
from io import BytesIO

import pypdfium2
import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.application import Event, State
from borderpass.domain.blanks import PaperForm
from borderpass.domain.declined import Ground
from borderpass.domain.standing import StandingGround
from borderpass.domain.status import Status
from borderpass.pictures.read_codes import read_codes
from borderpass.services import print_pass as module
from borderpass.services.add_office import add_office
from borderpass.services.change_status import change_status
from borderpass.services.describe_paper import describe_pass
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.print_pass import print_pass
from borderpass.services.spoil_print import spoil_print
from borderpass.store.models import ApplicationEvent, IssuedPass
from tests.cast import BOPHA, DARA, EVERYBODY, HALL, MINISTRY
from tests.installation import NOW, Installation, approved, declined, done, fresh, hand_over, row_counts, signed

BAD_PAPER = "the ink ran"


@pytest.fixture
def issued(installation: Installation) -> IssuedPass:
    return signed(installation)


def state_of(issued: IssuedPass) -> str:
    return fresh(issued.application).state


def prints(issued: IssuedPass) -> int:
    return ApplicationEvent.objects.filter(application_id=issued.application_id, event=Event.PRINT).count()


class TestPrint:
    @pytest.mark.parametrize("form", PaperForm)
    def test_paper_carries_the_signed_code(self, form: PaperForm, issued: IssuedPass) -> None:
        pdf = done(print_pass(issued.application_id, form, BOPHA, NOW))
        with pypdfium2.PdfDocument(pdf) as document:
            pages = [document[index].render(scale=4).to_pil() for index in range(len(document))]
        texts = []
        for page in pages:
            octets = BytesIO()
            page.save(octets, "PNG")
            texts += read_codes(octets.getvalue())
        assert texts == [issued.qr_text]

    def test_it_is_recorded_with_who_when_and_on_what(self, issued: IssuedPass) -> None:
        done(print_pass(issued.application_id, PaperForm.CARD, BOPHA, NOW))
        event = ApplicationEvent.objects.get(event=Event.PRINT)
        assert (event.by, event.at, event.detail) == ("bopha", NOW, {"form": "card"})
        assert state_of(issued) == State.PRINTED

    @pytest.mark.parametrize("status", [Status.REVOKED, Status.SUSPENDED])
    def test_no_paper_is_made_and_nobody_is_told_to_come_for_a_pass_that_is_not_good(
        self, status: Status, issued: IssuedPass
    ) -> None:
        done(change_status(issued.number, status, "", DARA, NOW, StandingGround.COURT))
        before = row_counts()
        assert declined(print_pass(issued.application_id, PaperForm.A6, BOPHA, NOW)) is Ground.WRONG_STATE
        assert row_counts() == before

    def test_second_print_needs_a_spoiled_first(self, issued: IssuedPass) -> None:
        done(print_pass(issued.application_id, PaperForm.A6, BOPHA, NOW))
        before = row_counts()
        assert declined(print_pass(issued.application_id, PaperForm.A6, BOPHA, NOW)) is Ground.WRONG_STATE
        assert row_counts() == before
        done(spoil_print(issued.application_id, BAD_PAPER, BOPHA, NOW))
        done(print_pass(issued.application_id, PaperForm.A6, BOPHA, NOW))
        assert (prints(issued), state_of(issued)) == (2, State.PRINTED)

    def test_what_is_not_signed_is_not_printed(self, installation: Installation) -> None:
        application = approved()
        before = row_counts()
        assert declined(print_pass(application.id, PaperForm.A6, BOPHA, NOW)) is Ground.WRONG_STATE
        assert row_counts() == before

    def test_pass_prepared_and_not_signed_is_not_printed(self, issued: IssuedPass) -> None:
        IssuedPass.objects.update(qr_text=None)
        assert declined(print_pass(issued.application_id, PaperForm.A6, BOPHA, NOW)) is Ground.WRONG_STATE

    def test_paper_that_could_not_be_made_is_not_recorded(
        self, issued: IssuedPass, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def break_down(_paper: object) -> bytes:
            raise OSError("the printer's disk is full")

        monkeypatch.setattr(module, "print_pass_a6", break_down)
        before = row_counts()
        with pytest.raises(OSError, match="disk"):
            print_pass(issued.application_id, PaperForm.A6, BOPHA, NOW)
        assert (row_counts(), state_of(issued)) == (before, State.APPROVED)

    def test_what_was_handed_over_is_not_printed_again(self, issued: IssuedPass) -> None:
        done(print_pass(issued.application_id, PaperForm.A6, BOPHA, NOW))
        hand_over(issued)
        assert declined(print_pass(issued.application_id, PaperForm.A6, BOPHA, NOW)) is Ground.WRONG_STATE


class TestSpoil:
    def test_it_keeps_what_was_wrong(self, issued: IssuedPass) -> None:
        done(print_pass(issued.application_id, PaperForm.A6, BOPHA, NOW))
        done(spoil_print(issued.application_id, f" {BAD_PAPER} ", BOPHA, NOW))
        assert ApplicationEvent.objects.get(event=Event.SPOIL).note == BAD_PAPER
        assert state_of(issued) == State.SPOILED

    @pytest.mark.parametrize("note", ["", "   ", "x" * 301])
    def test_it_needs_words_that_can_be_kept(self, note: str, issued: IssuedPass) -> None:
        done(print_pass(issued.application_id, PaperForm.A6, BOPHA, NOW))
        assert declined(spoil_print(issued.application_id, note, BOPHA, NOW)) is Ground.BAD_FORM
        assert state_of(issued) == State.PRINTED

    def test_there_must_be_a_paper(self, issued: IssuedPass) -> None:
        assert declined(spoil_print(issued.application_id, BAD_PAPER, BOPHA, NOW)) is Ground.WRONG_STATE

    def test_it_is_spoiled_once(self, issued: IssuedPass) -> None:
        done(print_pass(issued.application_id, PaperForm.A6, BOPHA, NOW))
        done(spoil_print(issued.application_id, BAD_PAPER, BOPHA, NOW))
        assert declined(spoil_print(issued.application_id, BAD_PAPER, BOPHA, NOW)) is Ground.WRONG_STATE


@pytest.mark.parametrize("actor", [one for one in EVERYBODY if one is not BOPHA], ids=lambda actor: actor.name)
def test_only_the_offices_clerk_prints_and_spoils(actor: Actor, issued: IssuedPass) -> None:
    before = row_counts()
    for answer in (
        print_pass(issued.application_id, PaperForm.A6, actor, NOW),
        spoil_print(issued.application_id, BAD_PAPER, actor, NOW),
    ):
        assert declined(answer) in (Ground.NOT_ALLOWED, Ground.UNKNOWN_APPLICATION)
    assert row_counts() == before


def test_paper_says_what_the_pass_says_in_two_scripts(issued: IssuedPass) -> None:
    paper = describe_pass(issued)
    assert (paper.number, paper.qr_text, paper.order_number) == (issued.number, issued.qr_text, "BP-2016-01")
    assert (paper.name_khmer, paper.name_latin, paper.sex, paper.kind) == (
        "សុខ សុខា",
        "SOK SOKHA",
        "female",
        "two_year",
    )
    assert (paper.valid_from, paper.valid_until) == (date(2026, 11, 23), date(2028, 11, 22))
    assert paper.governor_title_km == "អភិបាលក្រុង", "Poipet is a city"
    assert paper.office_km
    assert paper.home_km


def test_provincial_hall_signs_as_the_provinces_governor(issued: IssuedPass) -> None:
    issued.office = done(add_office(HALL, load_gazetteer(), MINISTRY, NOW))
    paper = describe_pass(issued)
    assert paper.governor_title_km == "អភិបាលខេត្ត"
    assert paper.office_km.startswith("សាលាខេត្ត")
