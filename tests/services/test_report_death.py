"""A holder has died: every pass of theirs is revoked, what they applied for ends, and others are named."""

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.again import Again
from borderpass.domain.application import State
from borderpass.domain.declined import Ground
from borderpass.domain.status import Status
from borderpass.services.count import find_imbalances
from borderpass.services.report_death import report_death
from borderpass.store.models import IssuedPass, StatusChange
from tests.again import asked_for, days_before_the_end, printed_again
from tests.cast import DARA, EVERYBODY, MINISTRY, SEREI
from tests.installation import NOW, Installation, declined, done, fresh, handed_over, lodged, row_counts, signed

WORDS = "certificate 7/2026"


@pytest.fixture
def held(installation: Installation) -> IssuedPass:
    return handed_over(installation)


def status_of(issued: IssuedPass) -> int:
    return IssuedPass.objects.get(id=issued.id).status


def test_all_passes_are_revoked_and_what_is_open_is_withdrawn(held: IssuedPass) -> None:
    application = asked_for(held, Again.CORRECTION, NOW)
    reported = done(report_death(held.number, WORDS, DARA, NOW))
    assert (reported.revoked, reported.withdrawn) == ((held.number,), (application.reference,))
    assert (reported.still_open, reported.elsewhere) == ((), ())
    assert (status_of(held), fresh(application).state) == (Status.REVOKED, State.WITHDRAWN)
    change = StatusChange.objects.get()
    assert (change.code, change.ground, change.by) == ("death", WORDS, "dara")
    assert find_imbalances() == []


def test_paper_that_waits_is_revoked_too_and_named(installation: Installation, held: IssuedPass) -> None:
    now = days_before_the_end(held, 5)
    new = printed_again(installation, asked_for(held, Again.EXTENSION, now), now)
    reported = done(report_death(held.number, WORDS, DARA, now))
    assert reported.revoked == (held.number, new.number)
    assert reported.still_open == (new.application.reference,)
    assert (status_of(held), status_of(new)) == (Status.REVOKED, Status.REVOKED)


def test_pass_of_another_office_is_named_and_left_to_it(installation: Installation, held: IssuedPass) -> None:
    elsewhere = signed(installation, 2, office=SEREI)
    said = {"document_number": held.application.document_number}
    type(elsewhere.application).objects.filter(id=elsewhere.application_id).update(**said)
    reported = done(report_death(held.number, WORDS, DARA, NOW))
    assert (reported.elsewhere, status_of(elsewhere)) == ((elsewhere.number,), Status.VALID)
    assert done(report_death(held.number, WORDS, MINISTRY, NOW)).revoked == (elsewhere.number,)


def test_nobody_else_is_touched(installation: Installation, held: IssuedPass) -> None:
    other, waiting = signed(installation, 3), lodged(4)
    done(report_death(held.number, WORDS, DARA, NOW))
    assert (status_of(other), fresh(waiting).state) == (Status.VALID, State.LODGED)


def test_reporting_it_again_does_nothing_more(held: IssuedPass) -> None:
    done(report_death(held.number, WORDS, DARA, NOW))
    before = row_counts()
    assert done(report_death(held.number, WORDS, DARA, NOW)).revoked == ()
    assert row_counts() == before


def test_it_is_known_by_something(held: IssuedPass) -> None:
    assert declined(report_death(held.number, " ", DARA, NOW)) is Ground.BAD_FORM
    assert not StatusChange.objects.exists()


@pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.name)
def test_is_the_governors_and_the_ministrys(actor: Actor, held: IssuedPass) -> None:
    answer = report_death(held.number, WORDS, actor, NOW)
    if actor in (DARA, MINISTRY):
        done(answer)
        return
    assert declined(answer) in (Ground.NOT_ALLOWED, Ground.UNKNOWN_PASS)
    assert not StatusChange.objects.exists()
