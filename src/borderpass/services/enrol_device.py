"""How does a phone become a device of a gate? A commander binds its public key to gate, lane and direction."""

import re
from datetime import datetime

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.verdicts import Direction
from borderpass.services.load_gazetteer import load_checkpoints
from borderpass.store.models import Device
from borderpass.wire.keys import load_point
from borderpass.wire.refusal import WireError

LANE_MAX_CHARACTERS = 20
_LANE = re.compile(rf"[\w -]{{1,{LANE_MAX_CHARACTERS}}}")


def enrol_device(
    point: bytes, checkpoint: str, lane: str, direction: Direction, actor: Actor, now: datetime
) -> Device | Declined:
    """Enter a device (public key: x and y, 64 bytes); return it, or why not."""
    if checkpoint not in load_checkpoints():
        return Declined(Ground.UNKNOWN_PLACE, f"there is no gate {checkpoint}")
    if not actor.may_at_gate(Act.ENROL_DEVICE, checkpoint):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} may not enrol devices at {checkpoint}")
    if not _LANE.fullmatch(lane):
        return Declined(
            Ground.BAD_FORM, f"name the lane in 1 to {LANE_MAX_CHARACTERS} letters, digits, spaces or hyphens"
        )
    try:
        load_point(point)
    except WireError as error:
        return Declined(Ground.BAD_FORM, f"the device's key cannot be used: {error}")
    with transaction.atomic():
        return Device.objects.create(
            checkpoint=checkpoint,
            lane=lane,
            direction=direction.value,
            point=point.hex(),
            enrolled_at=now,
            enrolled_by=actor.name,
        )


def revoke_device(device: Device, actor: Actor, now: datetime) -> Device | Declined:
    """Revoke a device; from now on it can say nothing more. Revoking it again changes nothing."""
    if not actor.may_at_gate(Act.ENROL_DEVICE, device.checkpoint):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} may not revoke devices of {device.checkpoint}")
    with transaction.atomic():
        Device.objects.filter(id=device.id, revoked_at=None).update(revoked_at=now)
    device.refresh_from_db()
    return device
