"""Who closes a case, once, and with what note?"""

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.chain import CaseKind
from borderpass.domain.declined import Ground
from borderpass.domain.verdicts import Direction
from borderpass.services.enrol_device import enrol_device
from borderpass.services.resolve_case import resolve_case
from borderpass.store.keys import new_id
from borderpass.store.models import Case
from tests.cases.keys import signer
from tests.cast import COMMANDER, EVERYBODY, GATE, MINISTRY, OTHER_COMMANDER
from tests.installation import NOW, declined, done, minutes_later

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    device = done(enrol_device(signer("phone").point, GATE, "1", Direction.EXIT, COMMANDER, NOW))
    return Case.objects.create(kind=CaseKind.GAP, device=device, detail="number 2 not received", opened_at=NOW)


def test_a_case_is_resolved_with_who_when_and_what_was_found(case: Case) -> None:
    resolved = done(resolve_case(case.id, "  the phone was in the drawer\n", COMMANDER, minutes_later(5)))
    assert (resolved.resolved_by, resolved.resolved_at) == (COMMANDER.name, minutes_later(5))
    assert (resolved.note, resolved.detail) == ("the phone was in the drawer", "number 2 not received")


def test_it_is_resolved_once(case: Case) -> None:
    done(resolve_case(case.id, "found", COMMANDER, NOW))
    assert declined(resolve_case(case.id, "again", MINISTRY, minutes_later(1))) is Ground.WRONG_STATE
    case.refresh_from_db()
    assert (case.note, case.resolved_at) == ("found", NOW)


@pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.name)
def test_only_the_gates_commander_and_the_national_authority_resolve(case: Case, actor: Actor) -> None:
    answer = resolve_case(case.id, "found", actor, NOW)
    if actor in (COMMANDER, MINISTRY):
        done(answer)
        return
    expected = Ground.UNKNOWN_CASE if actor is OTHER_COMMANDER else Ground.NOT_ALLOWED
    assert declined(answer) is expected
    case.refresh_from_db()
    assert case.resolved_at is None


@pytest.mark.parametrize("note", ["", "  \n", "x" * 301, "a\x00b"])
def test_a_note_is_needed_and_must_fit(case: Case, note: str) -> None:
    assert declined(resolve_case(case.id, note, COMMANDER, NOW)) is Ground.BAD_FORM


def test_a_case_that_is_not_there_is_unknown(case: Case) -> None:
    assert declined(resolve_case(new_id(), "found", COMMANDER, NOW)) is Ground.UNKNOWN_CASE
