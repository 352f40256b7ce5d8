"""Who orders how a gate works, and is it known afterwards what was ordered before?"""

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.declined import Ground
from borderpass.services.set_gate_setting import set_gate_setting
from borderpass.store.models import GateSetting
from borderpass.store.queries.gates import admit_needs_tap, latest_setting
from tests.cast import COMMANDER, EVERYBODY, GATE, MINISTRY, OTHER_COMMANDER, OTHER_GATE
from tests.installation import NOW, declined, done, minutes_later

pytestmark = pytest.mark.django_db


def test_silence_admits_until_somebody_orders_otherwise() -> None:
    assert latest_setting(GATE) is None
    assert not admit_needs_tap(GATE)


def test_what_was_ordered_last_holds_and_what_was_before_is_kept() -> None:
    for at, needs_tap in enumerate((True, False, True)):
        done(set_gate_setting(GATE, needs_tap, COMMANDER, minutes_later(at)))
        assert admit_needs_tap(GATE) is needs_tap
    kept = list(GateSetting.objects.order_by("set_at").values_list("admit_needs_tap", "set_by", "set_at"))
    assert kept == [(tap, COMMANDER.name, minutes_later(at)) for at, tap in enumerate((True, False, True))]


def test_of_two_orders_in_one_instant_the_later_holds() -> None:
    done(set_gate_setting(GATE, True, COMMANDER, NOW))
    done(set_gate_setting(GATE, False, MINISTRY, NOW))
    assert not admit_needs_tap(GATE)


def test_ordering_it_again_adds_nothing() -> None:
    first = done(set_gate_setting(GATE, True, COMMANDER, NOW))
    again = done(set_gate_setting(GATE, True, MINISTRY, minutes_later(1)))
    assert (again.id, again.set_by, again.set_at) == (first.id, COMMANDER.name, NOW)
    assert GateSetting.objects.count() == 1


def test_each_gate_has_its_own() -> None:
    done(set_gate_setting(OTHER_GATE, True, OTHER_COMMANDER, NOW))
    assert admit_needs_tap(OTHER_GATE)
    assert not admit_needs_tap(GATE)


@pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.name)
def test_only_the_gates_commander_and_the_national_authority_order(actor: Actor) -> None:
    answer = set_gate_setting(GATE, True, actor, NOW)
    if actor in (COMMANDER, MINISTRY):
        assert done(answer).set_by == actor.name
        return
    assert declined(answer) is Ground.NOT_ALLOWED
    assert not GateSetting.objects.exists()


def test_a_gate_that_is_not_there_is_unknown() -> None:
    assert declined(set_gate_setting("atlantis", True, MINISTRY, NOW)) is Ground.UNKNOWN_PLACE
