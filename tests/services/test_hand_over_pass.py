"""Does only a paper that was scanned and found good leave the desk, and is it kept who took it?"""

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.application import Event, State
from borderpass.domain.blanks import PaperForm
from borderpass.domain.declined import Ground
from borderpass.domain.hand_over import Check, Collected, Collector
from borderpass.domain.status import Status
from borderpass.services.check_paper import check_paper, find_paper, passed_check
from borderpass.services.hand_over_pass import hand_over_pass
from borderpass.services.print_pass import print_pass
from borderpass.services.spoil_print import spoil_print
from borderpass.store.models import Application, ApplicationEvent, HandOver, IssuedPass, PaperCheck
from borderpass.wire.qr import build_qr, parse_qr
from tests.cast import BOPHA, EVERYBODY, NEXT_CLERK, POIPET, SEREI
from tests.installation import NOW, Installation, declined, done, fresh, hand_over, lodged, printed, row_counts


@pytest.fixture
def issued(installation: Installation) -> IssuedPass:
    return printed(installation)


def look(issued: IssuedPass, text: str | None = None) -> Check:
    said = issued.qr_text if text is None else text
    return Check(done(check_paper(issued.application_id, said or "", BOPHA, NOW)).found)


class TestCheck:
    def test_the_pass_that_was_signed_is_good_even_before_a_list_knows_it(self, issued: IssuedPass) -> None:
        assert look(issued, f"{issued.qr_text}\r\n") is Check.OK
        kept = PaperCheck.objects.get()
        assert (kept.by, kept.at) == ("bopha", NOW)
        assert kept.print is not None
        assert kept.print.event == Event.PRINT

    def test_another_pass_is_another(self, issued: IssuedPass, installation: Installation) -> None:
        assert look(issued, printed(installation, 2).qr_text) is Check.ANOTHER

    def test_one_that_was_altered_is_said_to_be(self, issued: IssuedPass) -> None:
        octets = parse_qr(issued.qr_text or "")
        assert isinstance(octets, bytes)
        assert look(issued, build_qr(octets[:-1] + bytes([octets[-1] ^ 1]))) is Check.ALTERED

    @pytest.mark.parametrize("text", ["", "HELLO", "\x00", "https://example.org", "X" * 9_000])
    def test_what_is_no_pass_is_unreadable(self, text: str, issued: IssuedPass) -> None:
        assert look(issued, text) is Check.UNREADABLE

    def test_a_forged_register_is_caught_by_the_signature(self, issued: IssuedPass) -> None:
        octets = parse_qr(issued.qr_text or "")
        assert isinstance(octets, bytes)
        forged = build_qr(octets[:-1] + bytes([octets[-1] ^ 1]))
        IssuedPass.objects.update(qr_text=forged)
        assert look(issued, forged) is Check.NOT_SIGNED

    def test_paper_whose_letters_are_not_what_was_signed_stays(self, issued: IssuedPass) -> None:
        Application.objects.update(name_latin="SOMEBODY ELSE")
        assert look(issued) is Check.NOT_AS_KEPT

    def test_what_is_spoiled_is_not_handed_over(self, issued: IssuedPass) -> None:
        done(spoil_print(issued.application_id, "smeared", BOPHA, NOW))
        assert look(issued) is Check.NOT_PRINTED

    @pytest.mark.parametrize("status", [Status.SUSPENDED, Status.REVOKED])
    def test_what_is_not_good_any_more_stays(self, status: Status, issued: IssuedPass) -> None:
        IssuedPass.objects.update(status=status)
        assert look(issued) is Check.NOT_VALID

    def test_a_paper_printed_again_is_checked_again(self, issued: IssuedPass) -> None:
        look(issued)
        assert passed_check(fresh(issued.application)) is not None
        done(spoil_print(issued.application_id, "smeared", BOPHA, NOW))
        done(print_pass(issued.application_id, PaperForm.A6, BOPHA, NOW))
        assert passed_check(fresh(issued.application)) is None

    def test_the_last_check_counts(self, issued: IssuedPass) -> None:
        look(issued)
        look(issued, "HELLO")
        assert passed_check(fresh(issued.application)) is None

    def test_a_scanned_paper_is_found_by_its_code_in_its_own_office_only(self, issued: IssuedPass) -> None:
        text = issued.qr_text or ""
        assert find_paper(text, POIPET, BOPHA) == issued.application
        assert find_paper(text, SEREI, NEXT_CLERK) is None
        assert find_paper(issued.application.reference, POIPET, BOPHA) is None

    def test_without_a_signed_pass_there_is_nothing_to_compare(self, installation: Installation) -> None:
        assert declined(check_paper(lodged(3).id, "HELLO", BOPHA, NOW)) is Ground.WRONG_STATE


class TestHandOver:
    def test_it_is_recorded_with_who_took_it(self, issued: IssuedPass) -> None:
        look(issued)
        sister = Collected(Collector.OTHER, " SOK CHANTHA ", "sister", b"png", "")
        assert done(hand_over_pass(issued.application_id, BOPHA, NOW, sister)).state == State.HANDED_OVER
        event = ApplicationEvent.objects.get(event=Event.HAND_OVER)
        assert (event.by, event.note, event.detail) == ("bopha", "", {"by": "other"})
        taken = HandOver.objects.get()
        assert (taken.name, taken.relation, bytes(taken.signature_png or b"")) == ("SOK CHANTHA", "sister", b"png")

    def test_again_it_changes_nothing(self, issued: IssuedPass) -> None:
        hand_over(issued)
        before = row_counts()
        assert done(hand_over_pass(issued.application_id, BOPHA, NOW)).state == State.HANDED_OVER
        assert row_counts() == before

    def test_an_unchecked_paper_stays_unless_a_reason_is_given(self, issued: IssuedPass) -> None:
        before = row_counts()
        for reason in ("", "  "):
            answer = hand_over_pass(issued.application_id, BOPHA, NOW, unchecked=reason)
            assert declined(answer) is Ground.NOT_CHECKED
        assert row_counts() == before
        done(hand_over_pass(issued.application_id, BOPHA, NOW, unchecked="the scanner is broken"))
        assert HandOver.objects.get().unchecked == "the scanner is broken"
        assert ApplicationEvent.objects.get(event=Event.HAND_OVER).note == "the scanner is broken"

    def test_a_reason_beside_a_passed_check_is_not_kept(self, issued: IssuedPass) -> None:
        look(issued)
        done(hand_over_pass(issued.application_id, BOPHA, NOW, unchecked="no need"))
        assert HandOver.objects.get().unchecked == ""

    @pytest.mark.parametrize(
        "collected",
        [
            Collected(Collector.OTHER),
            Collected(Collector.OTHER, "SOK CHANTHA"),
            Collected(typed="x" * 101),
            Collected(typed="a\x00b"),
        ],
    )
    def test_bad_words_hand_nothing_over(self, collected: Collected, issued: IssuedPass) -> None:
        look(issued)
        before = row_counts()
        assert declined(hand_over_pass(issued.application_id, BOPHA, NOW, collected)) is Ground.BAD_FORM
        assert row_counts() == before

    def test_what_is_not_printed_or_spoiled_stays(self, issued: IssuedPass) -> None:
        look(issued)
        done(spoil_print(issued.application_id, "smeared", BOPHA, NOW))
        assert declined(hand_over_pass(issued.application_id, BOPHA, NOW, unchecked="x")) is Ground.WRONG_STATE


@pytest.mark.parametrize("actor", [one for one in EVERYBODY if one is not BOPHA], ids=lambda actor: actor.name)
def test_only_the_offices_clerk_checks_and_hands_over(actor: Actor, issued: IssuedPass) -> None:
    before = row_counts()
    for answer in (
        check_paper(issued.application_id, issued.qr_text or "", actor, NOW),
        hand_over_pass(issued.application_id, actor, NOW, unchecked="x"),
    ):
        assert declined(answer) in (Ground.NOT_ALLOWED, Ground.UNKNOWN_APPLICATION)
    assert row_counts() == before
