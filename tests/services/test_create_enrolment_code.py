"""Who may make a code that lets a phone in, and what is kept of it?"""

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.declined import Ground
from borderpass.domain.enrolment_code import CODE_LIFE, digest_of_code
from borderpass.domain.verdicts import Direction
from borderpass.services.create_enrolment_code import create_enrolment_code
from borderpass.store.models import EnrolmentCode
from tests.cast import COMMANDER, EVERYBODY, GATE, MINISTRY, OTHER_COMMANDER
from tests.installation import NOW, declined, done

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.name)
def test_only_the_gates_commander_and_the_national_authority_make_codes(actor: Actor) -> None:
    answer = create_enrolment_code(GATE, "1", Direction.EXIT, actor, NOW)
    if actor in (COMMANDER, MINISTRY):
        assert done(answer).kept.made_by == actor.name
        return
    assert declined(answer) is Ground.NOT_ALLOWED
    assert not EnrolmentCode.objects.exists()


def test_a_code_is_bound_and_kept_only_as_its_digest() -> None:
    made = done(create_enrolment_code(GATE, "  lane  3 ", Direction.ENTRY, COMMANDER, NOW))
    kept = EnrolmentCode.objects.get()
    assert (kept.checkpoint, kept.lane, kept.direction) == (GATE, "lane 3", "entry")
    assert (kept.made_at, kept.expires_at, kept.used_at) == (NOW, NOW + CODE_LIFE, None)
    assert kept.digest == digest_of_code(made.code)
    assert made.code not in str(vars(kept))


def test_no_two_codes_are_the_same() -> None:
    codes = {done(create_enrolment_code(GATE, "1", Direction.EXIT, COMMANDER, NOW)).code for _ in range(50)}
    assert len(codes) == 50


@pytest.mark.parametrize("lane", ["ច្រកទី១", "ช่อง 1", "Lane-2"])
def test_a_lane_may_be_named_in_every_language(lane: str) -> None:
    assert done(create_enrolment_code(GATE, lane, Direction.EXIT, COMMANDER, NOW)).kept.lane == lane


@pytest.mark.parametrize(
    ("gate", "lane", "ground"),
    [
        ("atlantis", "1", Ground.UNKNOWN_PLACE),
        (GATE, "", Ground.BAD_FORM),
        (GATE, "   ", Ground.BAD_FORM),
        (GATE, "x" * 21, Ground.BAD_FORM),
        (GATE, "<b>", Ground.BAD_FORM),
        (GATE, "a\x00b", Ground.BAD_FORM),
    ],
)
def test_a_gate_or_lane_that_cannot_be_is_declined(gate: str, lane: str, ground: Ground) -> None:
    actor = MINISTRY
    assert declined(create_enrolment_code(gate, lane, Direction.EXIT, actor, NOW)) is ground


def test_another_gates_commander_makes_none_here() -> None:
    assert declined(create_enrolment_code(GATE, "1", Direction.EXIT, OTHER_COMMANDER, NOW)) is Ground.NOT_ALLOWED
