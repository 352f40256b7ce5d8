"""Renewal, extension, replacement, correction: what is taken in, and what is the old pass until the new is there?"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.again import Again
from borderpass.domain.application import Event, State
from borderpass.domain.application_form import ApplicationForm
from borderpass.domain.declined import Ground
from borderpass.domain.local_time import last_valid_day
from borderpass.domain.passes import Companion, PassKind, Sex
from borderpass.domain.reasons import Reason
from borderpass.domain.scan import Scan
from borderpass.domain.standing import StandingGround
from borderpass.domain.status import Status
from borderpass.domain.unusual import Unusual
from borderpass.domain.verdicts import Direction
from borderpass.services.apply_again import Asked, apply_again
from borderpass.services.approve_application import approve_application
from borderpass.services.change_status import change_status
from borderpass.services.close_application import close_application
from borderpass.services.count import find_imbalances
from borderpass.services.find_unusual import unusual_of
from borderpass.services.hand_over_pass import hand_over_pass
from borderpass.services.mend_application import form_of, mend_application
from borderpass.services.sign_pass import sign_pass
from borderpass.services.take_fee import take_fee
from borderpass.services.verify_approvals import verify_approvals
from borderpass.services.verify_pass import verify_pass
from borderpass.store.keys import new_id
from borderpass.store.models import FollowUp, IssuedPass, Portrait, Receipt, StatusChange
from borderpass.store.queries.passes import find_pass, live_passes_of
from tests.again import NEEDED, ask, asked_for, days_before_the_end, paid_again, printed_again, signed_again, standing
from tests.cast import BOPHA, DARA, EVERYBODY, GATE
from tests.installation import (
    NOW,
    Installation,
    declined,
    done,
    fresh,
    handed_over,
    minutes_later,
    photo,
    row_counts,
    settle_till,
)

VALID, REVOKED = Status.VALID, Status.REVOKED


@pytest.fixture
def held(installation: Installation) -> IssuedPass:
    """Sokha's pass, in her hands."""
    return handed_over(installation)


def find_second_person_pass(held: IssuedPass, now: datetime) -> IssuedPass | None:
    """Return a pass that would keep the holder from a new one."""
    holder = held.application
    return live_passes_of(holder.document_number, holder.name_latin, holder.born_on, now).first()


def year_on(day: date) -> date:
    return day.replace(year=day.year + 1)


class TestRenewal:
    def test_begins_sixty_days_before_the_end(self, held: IssuedPass) -> None:
        assert declined(ask(held, Again.RENEWAL, days_before_the_end(held, 61))) is Ground.WRONG_STATE
        assert asked_for(held, Again.RENEWAL, days_before_the_end(held, 60)).state == State.LODGED

    def test_leaves_the_old_pass_good_until_the_new_one_is_handed_over(
        self, installation: Installation, held: IssuedPass
    ) -> None:
        now = days_before_the_end(held, 30)
        new = printed_again(installation, asked_for(held, Again.RENEWAL, now), now)
        assert new.number != held.number
        assert (standing(held), standing(new)) == ((VALID, True), (VALID, True))
        done(hand_over_pass(new.application_id, BOPHA, now))
        assert (standing(held), standing(new)) == ((REVOKED, True), (VALID, True))
        change = StatusChange.objects.get(issued_pass=held)
        assert (change.code, change.by) == (StandingGround.SUPERSEDED, "bopha")
        assert find_imbalances() == []

    def test_takes_up_what_the_holder_said_then_with_what_is_different_now(self, held: IssuedPass) -> None:
        application = asked_for(held, Again.RENEWAL, days_before_the_end(held, 9), changes={"phone": "099 887 766"})
        assert (application.name_khmer, application.phone) == (held.application.name_khmer, "099887766")
        assert application.purpose == "new"
        pictures = Portrait.objects.filter(application__in=[application, held.application_id])
        assert len(set(pictures.values_list("print_jpeg", flat=True))) == 1

    def test_of_what_has_ended_is_possible_and_of_what_was_revoked_is_not(self, held: IssuedPass) -> None:
        done(change_status(held.number, Status.REVOKED, "", DARA, NOW, StandingGround.MISUSE))
        assert declined(ask(held, Again.RENEWAL, days_before_the_end(held, -3))) is Ground.WRONG_STATE
        done(change_status(held.number, Status.VALID, "", DARA, NOW, StandingGround.CLEARED))
        asked_for(held, Again.RENEWAL, days_before_the_end(held, -3))

    def test_that_was_returned_can_be_mended(self, held: IssuedPass) -> None:
        now = days_before_the_end(held, 9)
        application = asked_for(held, Again.RENEWAL, now)
        settle_till("0110", now)
        done(take_fee(application.id, 20_000, BOPHA, now))
        done(close_application(application.id, Event.RETURN, "a newer photo", DARA, now))
        mended: ApplicationForm = form_of(fresh(application))
        assert done(mend_application(mended, photo(), None, "", BOPHA, now)).state == State.PAID


class TestExtension:
    def test_keeps_the_number_and_adds_a_year_to_the_end(self, installation: Installation, held: IssuedPass) -> None:
        now = days_before_the_end(held, 30)
        application = asked_for(held, Again.EXTENSION, now)
        new = signed_again(installation, application, now)
        assert (new.number, new.edition, new.kind) == (held.number, 2, PassKind.EXTENSION)
        assert last_valid_day(new.expires_at) == year_on(last_valid_day(held.expires_at))
        assert Receipt.objects.get(application=application).amount_riel == 10_000
        assert (new.status_index != held.status_index, new.qr_text != held.qr_text) == (True, True)

    def test_number_means_the_old_paper_until_the_new_one_is_handed_over(
        self, installation: Installation, held: IssuedPass
    ) -> None:
        now = days_before_the_end(held, 30)
        new = printed_again(installation, asked_for(held, Again.EXTENSION, now), now)
        assert find_pass(held.number) == held
        assert (standing(held), standing(new)) == ((VALID, True), (VALID, False))
        done(hand_over_pass(new.application_id, BOPHA, now))
        assert find_pass(held.number) == new
        assert (standing(held), standing(new)) == ((REVOKED, False), (VALID, True))
        assert find_imbalances() == []

    def test_at_the_gate_the_new_paper_is_good_and_the_old_one_is_not(
        self, installation: Installation, held: IssuedPass
    ) -> None:
        now = days_before_the_end(held, 30)
        new = printed_again(installation, asked_for(held, Again.EXTENSION, now), now)
        done(hand_over_pass(new.application_id, BOPHA, now))
        statuses = {one.status_index: one.status for one in IssuedPass.objects.filter(office="0110")}
        assert statuses == {held.status_index: REVOKED, new.status_index: VALID}

    def test_is_once_and_while_the_pass_is_good(self, installation: Installation, held: IssuedPass) -> None:
        assert declined(ask(held, Again.EXTENSION, days_before_the_end(held, -1))) is Ground.WRONG_STATE
        now = days_before_the_end(held, 0)
        new = printed_again(installation, asked_for(held, Again.EXTENSION, now), now)
        done(hand_over_pass(new.application_id, BOPHA, now))
        answer = ask(new, Again.EXTENSION, days_before_the_end(new, 5))
        assert declined(answer) is Ground.WRONG_STATE
        assert "extended_already" in answer.message

    def test_child_who_is_too_old_by_then_is_left_out(self, installation: Installation) -> None:
        children = (
            Companion("SOK DARA", date(2015, 12, 1), Sex.MALE),
            Companion("SOK MEY", date(2024, 1, 1), Sex.FEMALE),
        )
        held = handed_over(installation, companions=children)
        application = asked_for(held, Again.EXTENSION, days_before_the_end(held, 3))
        assert [name for name, _, _ in application.companions] == ["SOK MEY"]
        assert application.history.get().detail["children_left_out"] == ["SOK DARA"]


class TestReplacement:
    def test_revokes_the_lost_pass_at_once_and_gives_a_new_number(
        self, installation: Installation, held: IssuedPass
    ) -> None:
        application = asked_for(held, Again.REPLACEMENT, minutes_later(5))
        assert standing(held) == (REVOKED, True)
        change = StatusChange.objects.get()
        assert (change.code, change.by) == (StandingGround.LOST, "bopha")
        assert "POL 12/2028" in change.ground
        new = printed_again(installation, application, minutes_later(6))
        done(hand_over_pass(application.id, BOPHA, minutes_later(7)))
        assert new.number != held.number
        assert StatusChange.objects.count() == 1
        assert find_imbalances() == []

    def test_of_what_the_governor_revoked_as_stolen_before(self, held: IssuedPass) -> None:
        done(change_status(held.number, Status.REVOKED, "", DARA, NOW, StandingGround.STOLEN))
        asked_for(held, Again.REPLACEMENT, NOW, gone=StandingGround.STOLEN)

    def test_of_what_was_revoked_for_another_reason_is_declined(self, held: IssuedPass) -> None:
        done(change_status(held.number, Status.REVOKED, "", DARA, NOW, StandingGround.MISUSE))
        assert declined(ask(held, Again.REPLACEMENT, NOW)) is Ground.WRONG_STATE

    @pytest.mark.parametrize(
        "more", [{"police_report": " "}, {"police_report": "x" * 61}, {"gone": StandingGround.MISUSE}]
    )
    def test_needs_a_police_report_and_revokes_nothing_without(self, more: dict[str, Any], held: IssuedPass) -> None:
        before = row_counts()
        assert declined(ask(held, Again.REPLACEMENT, NOW, **more)) is Ground.BAD_FORM
        assert (row_counts(), standing(held)) == (before, (VALID, True))

    def test_is_possible_while_an_extension_is_under_way_which_is_over_then(
        self, installation: Installation, held: IssuedPass
    ) -> None:
        now = days_before_the_end(held, 20)
        extended = printed_again(installation, asked_for(held, Again.EXTENSION, now), now)
        replaced = printed_again(installation, asked_for(held, Again.REPLACEMENT, now), now)
        assert standing(extended) == (REVOKED, False)
        assert declined(hand_over_pass(extended.application_id, BOPHA, now)) is Ground.WRONG_STATE
        done(hand_over_pass(replaced.application_id, BOPHA, now))
        assert find_imbalances() == []

    def test_that_is_under_way_keeps_the_old_pass_from_being_reinstated(self, held: IssuedPass) -> None:
        asked_for(held, Again.REPLACEMENT, NOW)
        back = change_status(held.number, Status.VALID, "", DARA, NOW, StandingGround.FOUND)
        assert declined(back) is Ground.WRONG_STATE
        half_back = change_status(held.number, Status.SUSPENDED, "", DARA, NOW, StandingGround.INQUIRY)
        assert declined(half_back) is Ground.WRONG_STATE


class TestCorrection:
    def test_costs_nothing_and_waits_for_the_governor_at_once(self, held: IssuedPass) -> None:
        application = asked_for(held, Again.CORRECTION, NOW)
        assert (application.state, application.name_latin) == (State.PAID, "SOK SOKHAA")
        assert Receipt.objects.get(application=application).amount_riel == 0
        assert [one.event for one in application.history.order_by("seq")] == ["lodge", "pay"]
        assert FollowUp.objects.get().mistake == "a letter is missing"
        assert find_imbalances() == []

    def test_keeps_number_kind_and_end(self, installation: Installation, held: IssuedPass) -> None:
        new = printed_again(installation, asked_for(held, Again.CORRECTION, NOW), minutes_later(600))
        assert (new.number, new.edition, new.kind) == (held.number, 2, held.kind)
        assert new.expires_at == held.expires_at
        done(hand_over_pass(new.application_id, BOPHA, minutes_later(601)))
        assert (standing(held), standing(new)) == ((REVOKED, False), (VALID, True))
        assert verify_approvals().problems == []

    def test_says_what_is_wrong(self, held: IssuedPass) -> None:
        assert declined(ask(held, Again.CORRECTION, NOW, mistake=" ")) is Ground.BAD_FORM
        assert declined(ask(held, Again.CORRECTION, NOW, changes={"name_latin": "១"})) is Ground.BAD_FORM


class TestEachOfThem:
    @pytest.mark.parametrize("again", Again)
    def test_twice_is_once_and_two_at_a_time_are_declined(self, again: Again, held: IssuedPass) -> None:
        now = days_before_the_end(held, 5)
        asked = Asked(new_id(), held.number, again, **NEEDED[again])
        first = done(apply_again(asked, BOPHA, now))
        before = row_counts()
        assert done(apply_again(asked, BOPHA, now)).id == first.id
        assert declined(ask(held, again, now)) is Ground.WRONG_STATE
        assert row_counts() == before

    @pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.name)
    def test_is_for_the_clerk_of_the_office(self, actor: Actor, held: IssuedPass) -> None:
        before = row_counts()
        answer = ask(held, Again.RENEWAL, days_before_the_end(held, 5), actor)
        if actor == BOPHA:
            assert done(answer).state == State.LODGED
            return
        assert declined(answer) in (Ground.NOT_ALLOWED, Ground.UNKNOWN_PASS)
        assert row_counts() == before

    @pytest.mark.parametrize("again", [Again.RENEWAL, Again.EXTENSION, Again.CORRECTION])
    @pytest.mark.parametrize("status", [Status.REVOKED, Status.SUSPENDED])
    def test_is_not_handed_over_for_a_pass_that_lost_its_standing_meanwhile(
        self, again: Again, status: Status, installation: Installation, held: IssuedPass
    ) -> None:
        now = days_before_the_end(held, 5)
        new = printed_again(installation, asked_for(held, again, now), now)
        done(change_status(held.number, status, "", DARA, now, StandingGround.COURT))
        assert declined(hand_over_pass(new.application_id, BOPHA, now)) is Ground.WRONG_STATE
        assert fresh(new.application).state == State.PRINTED
        assert find_pass(held.number) == held

    def test_at_another_gate_a_superseded_paper_is_revoked_and_nobody_is_kept_out(
        self, installation: Installation, held: IssuedPass
    ) -> None:
        new = printed_again(installation, asked_for(held, Again.CORRECTION, NOW), minutes_later(1))
        done(hand_over_pass(new.application_id, BOPHA, minutes_later(2)))
        now = minutes_later(3)
        bundle = installation.publish(now)
        leaving = verify_pass(str(held.qr_text), Scan(GATE, Direction.EXIT), bundle, now).decision
        coming = verify_pass(str(held.qr_text), Scan(GATE, Direction.ENTRY), bundle, now).decision
        assert (leaving.verdict.name, leaving.reasons) == ("REFUSE", (Reason.REVOKED,))
        assert (coming.verdict.name, Reason.REVOKED in coming.reasons) == ("REFER", True)
        good = verify_pass(str(new.qr_text), Scan(GATE, Direction.EXIT), bundle, now).decision
        assert good.verdict.name == "ADMIT"

    @pytest.mark.parametrize("again", [Again.RENEWAL, Again.EXTENSION, Again.CORRECTION])
    def test_waiting_paper_is_revoked_with_its_pass_and_asked_for_anew_when_that_comes_back(
        self, again: Again, installation: Installation, held: IssuedPass
    ) -> None:
        now = days_before_the_end(held, 5)
        new = printed_again(installation, asked_for(held, again, now), now)
        done(change_status(held.number, Status.REVOKED, "", DARA, now, StandingGround.COURT))
        assert standing(new)[0] == REVOKED
        assert find_second_person_pass(held, now) is None
        done(change_status(held.number, Status.VALID, "", DARA, now, StandingGround.COURT))
        anew = printed_again(installation, asked_for(held, again, now), now)
        done(hand_over_pass(anew.application_id, BOPHA, now))
        assert (standing(held)[0], standing(anew)) == (REVOKED, (VALID, True))
        assert find_imbalances() == []

    @pytest.mark.parametrize("again", [Again.RENEWAL, Again.EXTENSION])
    def test_nothing_is_approved_or_signed_for_a_pass_that_is_not_good(
        self, again: Again, installation: Installation, held: IssuedPass
    ) -> None:
        now = days_before_the_end(held, 5)
        application = paid_again(asked_for(held, again, now), now)
        done(change_status(held.number, Status.SUSPENDED, "", DARA, now, StandingGround.INQUIRY))
        assert declined(approve_application(application.id, DARA, now)) is Ground.WRONG_STATE
        done(change_status(held.number, Status.VALID, "", DARA, now, StandingGround.CLEARED))
        done(approve_application(application.id, DARA, now))
        done(change_status(held.number, Status.SUSPENDED, "", DARA, now, StandingGround.INQUIRY))
        assert declined(sign_pass(application.id, installation.keystore, now)) is Ground.WRONG_STATE

    def test_governor_is_not_told_of_a_lost_standing_where_a_newer_paper_took_the_place(
        self, installation: Installation, held: IssuedPass
    ) -> None:
        new = printed_again(installation, asked_for(held, Again.CORRECTION, NOW, changes={}), NOW)
        done(hand_over_pass(new.application_id, BOPHA, NOW))
        current = find_pass(held.number)
        assert current is not None
        application = asked_for(current, Again.CORRECTION, NOW)
        signs = [sign.what for sign in unusual_of([application], NOW)[application.id]]
        assert Unusual.PASS_LOST_STANDING not in signs

    def test_superseded_pass_is_not_reinstated(self, installation: Installation, held: IssuedPass) -> None:
        now = days_before_the_end(held, 5)
        new = printed_again(installation, asked_for(held, Again.RENEWAL, now), now)
        done(hand_over_pass(new.application_id, BOPHA, now + timedelta(minutes=1)))
        back = change_status(held.number, Status.VALID, "", DARA, now, StandingGround.FOUND)
        assert declined(back) is Ground.WRONG_STATE
