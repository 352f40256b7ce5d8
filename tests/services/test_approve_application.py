"""Does a governor approve what is paid for, once, for the own land, and never a second pass?"""

from datetime import timedelta

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.application import Event, State
from borderpass.domain.declined import Ground
from borderpass.domain.provisions import Purpose
from borderpass.domain.status import Status
from borderpass.services.add_office import add_office
from borderpass.services.approve_application import approve_application
from borderpass.services.change_status import change_status
from borderpass.services.close_application import close_application
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.lodge_application import lodge_application
from borderpass.services.sign_pass import sign_pass
from borderpass.services.take_fee import take_fee
from borderpass.store.keys import new_id
from borderpass.store.models import ApplicationEvent
from tests.cases.clock import local
from tests.cast import BOPHA, DARA, EVERYBODY, HALL, HALL_CLERK, HALL_GOVERNOR, MINISTRY, SEREI, VICHEA
from tests.installation import (
    FEE_RIEL,
    NOW,
    Installation,
    approved,
    declined,
    done,
    form,
    fresh,
    lodged,
    paid,
    photo,
    printed,
    row_counts,
    signed,
)

pytestmark = pytest.mark.usefixtures("installation")


def test_approval_is_an_event_that_names_the_governor_and_the_delegation() -> None:
    application = paid()
    assert done(approve_application(application.id, DARA, NOW)).state == State.APPROVED
    event = ApplicationEvent.objects.get(application=application, event=Event.APPROVE)
    assert (event.seq, event.by, event.role, event.at) == (3, "dara", "governor", NOW)
    assert event.detail == {"order": "BP-2024-01", "method": "operator"}


def test_approving_again_changes_nothing() -> None:
    application = approved()
    before = row_counts()
    assert done(approve_application(application.id, DARA, NOW)).state == State.APPROVED
    assert row_counts() == before


def test_unpaid_application_is_not_approved() -> None:
    application = lodged()
    before = row_counts()
    assert declined(approve_application(application.id, DARA, NOW)) is Ground.UNPAID
    assert row_counts() == before


@pytest.mark.parametrize("event", [Event.RETURN, Event.REFUSE])
def test_what_was_returned_or_refused_is_not_approved(event: Event) -> None:
    application = paid()
    done(close_application(application.id, event, "the photo shows somebody else", DARA, NOW))
    assert declined(approve_application(application.id, DARA, NOW)) is Ground.WRONG_STATE


def test_what_was_printed_is_not_approved_again(installation: Installation) -> None:
    issued = printed(installation)
    assert declined(approve_application(issued.application_id, DARA, NOW)) is Ground.WRONG_STATE


def test_governor_signs_from_the_day_of_the_delegation_on_and_not_a_second_before() -> None:
    application, begins = paid(), local("2024-01-01")
    early = approve_application(application.id, DARA, begins - timedelta(seconds=1))
    assert declined(early) is Ground.NOT_DELEGATED
    assert done(approve_application(application.id, DARA, begins)).state == State.APPROVED


def test_provincial_governor_approves_by_the_order_for_halls() -> None:
    done(add_office(HALL, load_gazetteer(), MINISTRY, NOW))
    told = form(office_code=HALL)
    done(lodge_application(told, photo(), HALL_CLERK, NOW))
    done(take_fee(told.application_id, FEE_RIEL, HALL_CLERK, NOW))
    done(approve_application(told.application_id, HALL_GOVERNOR, NOW))
    assert ApplicationEvent.objects.get(event=Event.APPROVE).detail == {"order": "BP-2016-01", "method": "operator"}


@pytest.mark.parametrize("actor", [one for one in EVERYBODY if one is not DARA], ids=lambda actor: actor.name)
def test_only_the_governor_of_the_office_approves(actor: Actor) -> None:
    application = paid()
    before = row_counts()
    assert declined(approve_application(application.id, actor, NOW)) in (
        Ground.NOT_ALLOWED,
        Ground.UNKNOWN_APPLICATION,
    )
    assert (row_counts(), fresh(application).state) == (before, State.PAID)


def test_governor_of_the_next_district_does_not_even_learn_that_it_exists() -> None:
    theirs, none = approve_application(paid().id, VICHEA, NOW), approve_application(new_id(), VICHEA, NOW)
    assert declined(theirs) is declined(none) is Ground.UNKNOWN_APPLICATION


class TestNobodyGetsASecondPass:
    def test_pass_signed_since_the_application_was_lodged(self, installation: Installation) -> None:
        first, second = paid(), paid()
        done(approve_application(first.id, DARA, NOW))
        issued = done(sign_pass(first.id, installation.keystore, NOW))
        before = row_counts()
        answer = approve_application(second.id, DARA, NOW)
        assert declined(answer) is Ground.LIVE_PASS_EXISTS
        assert issued.number in answer.message  # type: ignore[union-attr]
        assert row_counts() == before

    def test_application_approved_and_not_signed_yet(self) -> None:
        first, second = paid(), paid()
        done(approve_application(first.id, DARA, NOW))
        answer = approve_application(second.id, DARA, NOW)
        assert declined(answer) is Ground.LIVE_PASS_EXISTS
        assert first.reference in answer.message  # type: ignore[union-attr]

    def test_application_approved_by_the_next_district(self) -> None:
        here = paid()
        there = paid(office=SEREI, name_latin="SOK SOKHA", document_number="010203040")
        done(approve_application(there.id, VICHEA, NOW))
        assert declined(approve_application(here.id, DARA, NOW)) is Ground.LIVE_PASS_EXISTS

    def test_pass_that_was_revoked_since_is_no_hindrance(self, installation: Installation) -> None:
        first, second = paid(), paid()
        done(approve_application(first.id, DARA, NOW))
        issued = done(sign_pass(first.id, installation.keystore, NOW))
        assert declined(approve_application(second.id, DARA, NOW)) is Ground.LIVE_PASS_EXISTS
        done(change_status(issued.number, Status.REVOKED, "signed with the wrong name", DARA, NOW))
        assert done(approve_application(second.id, DARA, NOW)).state == State.APPROVED

    def test_replacement_is_approved_beside_what_it_replaces(self, installation: Installation) -> None:
        signed(installation)
        assert approved(purpose=Purpose.REPLACEMENT).state == State.APPROVED

    def test_other_peoples_applications_are_no_hindrance(self) -> None:
        approved(1)
        assert approved(2).state == State.APPROVED


def test_clerk_may_see_it_but_not_approve_it() -> None:
    answer = approve_application(paid().id, BOPHA, NOW)
    assert declined(answer) is Ground.NOT_ALLOWED
    assert "bopha (clerk) may not approve here" in answer.message  # type: ignore[union-attr]
