"""Does a phone become a device of one gate and direction, by its commander's word, until it is revoked?"""

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.declined import Ground
from borderpass.domain.verdicts import Direction
from borderpass.services.enrol_device import enrol_device, revoke_device
from borderpass.store.models import Device
from tests.cases.keys import signer
from tests.cast import COMMANDER, EVERYBODY, GATE, MALEE, MINISTRY, OTHER_COMMANDER, OTHER_GATE
from tests.installation import NOW, declined, done, minutes_later, row_counts

pytestmark = pytest.mark.django_db
POINT = signer("phone").point


def enrolled() -> Device:
    return done(enrol_device(POINT, GATE, "lane 1", Direction.EXIT, COMMANDER, NOW))


def test_device_is_bound_to_gate_lane_direction_and_key() -> None:
    device = Device.objects.get(id=enrolled().id)
    assert (device.checkpoint, device.lane, device.direction) == (GATE, "lane 1", "exit")
    assert (bytes.fromhex(device.point), device.enrolled_at, device.enrolled_by) == (POINT, NOW, "commander")
    assert device.revoked_at is None


@pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.name)
def test_only_the_gates_commander_and_the_national_authority_enrol_and_revoke(actor: Actor) -> None:
    device = enrolled()
    answers = enrol_device(POINT, GATE, "2", Direction.ENTRY, actor, NOW), revoke_device(device, actor, NOW)
    if actor in (COMMANDER, MINISTRY):
        assert [done(answer).checkpoint for answer in answers] == [GATE, GATE]
        return
    assert [declined(answer) for answer in answers] == [Ground.NOT_ALLOWED] * 2
    assert Device.objects.get().revoked_at is None


def test_commander_of_another_gate_enrols_there() -> None:
    assert done(enrol_device(POINT, OTHER_GATE, "1", Direction.EXIT, OTHER_COMMANDER, NOW)).checkpoint == OTHER_GATE


@pytest.mark.parametrize(
    ("point", "checkpoint", "lane", "ground"),
    [
        (POINT, "atlantis", "1", Ground.UNKNOWN_PLACE),
        (POINT, GATE, "", Ground.BAD_FORM),
        (POINT, GATE, "x" * 21, Ground.BAD_FORM),
        (POINT, GATE, "a\x00", Ground.BAD_FORM),
        (b"", GATE, "1", Ground.BAD_FORM),
        (POINT[:-1], GATE, "1", Ground.BAD_FORM),
        (POINT + b"\x00", GATE, "1", Ground.BAD_FORM),
        (bytes(64), GATE, "1", Ground.BAD_FORM),
    ],
)
def test_gate_lane_or_key_that_cannot_be_is_declined(point: bytes, checkpoint: str, lane: str, ground: Ground) -> None:
    before = row_counts()
    assert declined(enrol_device(point, checkpoint, lane, Direction.EXIT, MINISTRY, NOW)) is ground
    assert row_counts() == before


def test_revoking_keeps_the_first_instant() -> None:
    device = enrolled()
    assert done(revoke_device(device, COMMANDER, NOW)).revoked_at == NOW
    assert done(revoke_device(device, COMMANDER, minutes_later(1))).revoked_at == NOW


def test_officer_at_the_gate_does_not_enrol_their_own_phone() -> None:
    assert declined(enrol_device(POINT, GATE, "1", Direction.EXIT, MALEE, NOW)) is Ground.NOT_ALLOWED
