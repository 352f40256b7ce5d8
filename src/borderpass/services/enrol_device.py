"""How does a phone become a device of a gate? A commander binds its public key to gate, lane and direction."""

import unicodedata
from datetime import datetime

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Author, Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.verdicts import Direction
from borderpass.services.load_gazetteer import load_checkpoints
from borderpass.store.models import Device
from borderpass.store.queries.audit import write_audit
from borderpass.wire.keys import load_point
from borderpass.wire.refusal import WireError

LANE_MAX_CHARACTERS = 20
_LANE_CATEGORIES = frozenset("LMN")


def enrol_device(
    point: bytes, checkpoint: str, lane: str, direction: Direction, actor: Actor, now: datetime
) -> Device | Declined:
    """Enter a device (public key: x and y, 64 bytes); return it, or why not."""
    refused = check_binding(checkpoint, lane, actor) or check_point(point)
    if refused is not None:
        return refused
    with transaction.atomic():
        device = Device.objects.create(
            checkpoint=checkpoint,
            lane=lane,
            direction=direction.value,
            point=point.hex(),
            enrolled_at=now,
            enrolled_by=actor.name,
        )
        audit_enrolment(device, actor, now)
    return device


def audit_enrolment(device: Device, author: Author, now: datetime) -> None:
    """Write down that a device was enrolled. Call it inside the transaction that did so."""
    said = {"checkpoint": device.checkpoint, "lane": device.lane, "direction": device.direction}
    write_audit(Deed.ENROL_DEVICE, author, now, "device", str(device.id), **said)


def check_binding(checkpoint: str, lane: str, actor: Actor) -> Declined | None:
    """Return why an actor cannot bind a device to a gate and lane, or None."""
    if checkpoint not in load_checkpoints():
        return Declined(Ground.UNKNOWN_PLACE, f"there is no gate {checkpoint}")
    if not actor.may_at_gate(Act.ENROL_DEVICE, checkpoint):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} may not enrol devices at {checkpoint}")
    # Khmer and Thai vowels are marks, category M, and no letters to a regular expression.
    fits = all(one in " -" or unicodedata.category(one)[0] in _LANE_CATEGORIES for one in lane)
    if not 0 < len(lane.strip()) <= len(lane) <= LANE_MAX_CHARACTERS or not fits:
        return Declined(
            Ground.BAD_FORM, f"name the lane in 1 to {LANE_MAX_CHARACTERS} letters, digits, spaces or hyphens"
        )
    return None


def check_point(point: bytes) -> Declined | None:
    """Return why a device's public key (x and y) cannot be used, or None."""
    try:
        load_point(point)
    except WireError as error:
        return Declined(Ground.BAD_FORM, f"the device's key cannot be used: {error}")
    return None


def revoke_device(device: Device, actor: Actor, now: datetime) -> Device | Declined:
    """Revoke a device; from now on it can say nothing more. Revoking it again changes nothing."""
    if not actor.may_at_gate(Act.ENROL_DEVICE, device.checkpoint):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} may not revoke devices of {device.checkpoint}")
    with transaction.atomic():
        if Device.objects.filter(id=device.id, revoked_at=None).update(revoked_at=now):
            write_audit(Deed.REVOKE_DEVICE, actor, now, "device", str(device.id), checkpoint=device.checkpoint)
    device.refresh_from_db()
    return device
