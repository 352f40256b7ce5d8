"""Is what an actor may read decided where the query is built, and does a number go out only once?"""

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.application import Event
from borderpass.store.queries.applications import applications_for, find_application, move, next_number
from borderpass.store.queries.passes import find_pass, portrait_for
from tests.cases.clock import local
from tests.cast import BOPHA, DARA, EVERYBODY, POIPET, SEREI, VICHEA
from tests.installation import NOW, Installation, fresh, lodged, paid, signed

pytestmark = pytest.mark.usefixtures("installation")
SEES = {
    "bopha": {POIPET},
    "dara": {POIPET},
    "vichea": {SEREI},
    "clerk of serei": {SEREI},
    "officer of the province": {POIPET, SEREI},
    "governor of the province": {POIPET, SEREI},
    "ministry": {POIPET, SEREI},
    "rith": {POIPET, SEREI},
}


@pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.name)
def test_everybody_reads_the_applications_of_their_scope_and_no_others(actor: Actor) -> None:
    both = {lodged(1).id: POIPET, lodged(2, office=SEREI).id: SEREI}
    expected = SEES.get(actor.name, set())
    assert {one.office_id for one in applications_for(actor)} == expected
    assert {office for id_, office in both.items() if find_application(actor, id_) is not None} == expected


@pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.name)
def test_photo_is_seen_by_the_office_and_by_every_gate(actor: Actor, installation: Installation) -> None:
    issued = signed(installation)
    at_a_gate = actor.scope in ("poipet", "malai")
    assert (portrait_for(actor, issued.number) is not None) == (POIPET in SEES.get(actor.name, set()) or at_a_gate)


def test_pass_that_is_not_there_has_no_photo_and_is_not_found() -> None:
    assert find_pass("0110-26-000001-X") is None
    assert portrait_for(VICHEA, "0110-26-000001-X") is None


def test_move_adds_one_event_and_a_second_hand_with_the_same_page_open_moves_nothing() -> None:
    application = paid()
    on_another_screen = fresh(application)
    assert move(application, Event.REFUSE, DARA, NOW, "a reason") == "refused"
    assert move(on_another_screen, Event.APPROVE, DARA, NOW) is None
    assert fresh(application).events == application.history.count() == 3


def test_state_that_came_round_again_is_not_mistaken_for_the_one_that_was_read() -> None:
    """Paid, returned, paid again: the state is the same, the history is longer."""
    application = paid()
    stale = fresh(application)
    move(application, Event.RETURN, DARA, NOW)
    move(application, Event.RESUBMIT, BOPHA, NOW)
    assert fresh(application).state == stale.state
    assert move(stale, Event.APPROVE, DARA, NOW) is None


def test_numbers_are_of_one_office_one_local_year_and_one_purpose() -> None:
    last_second, first_second = local("2026-12-31 23:59:59"), local("2027-01-01")
    given = [
        next_number(POIPET, "pass", last_second),
        next_number(POIPET, "pass", last_second),
        next_number(POIPET, "receipt", last_second),
        next_number(SEREI, "pass", last_second),
        next_number(POIPET, "pass", first_second),
    ]
    assert given == [1, 2, 1, 1, 1]
