"""Which device asks? The one that signed the request, a moment ago, and was not revoked."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from borderpass.domain.declined import Declined, Ground
from borderpass.domain.local_time import to_timestamp
from borderpass.store.models import Device
from borderpass.wire.requests import lines_to_sign, verify_lines

DATE_TOLERANCE_S = 300
_CONTACT_EVERY = timedelta(minutes=1)


class SignedRequest(NamedTuple):
    """What came: the method, the path with its query, whose it claims to be, its date in digits, r and s."""

    method: str
    path: str
    device_id: UUID
    date_s: str
    signature: bytes


def authenticate_device(request: SignedRequest, now: datetime) -> Device | Declined:
    """Return the device that signed a request, even one that was revoked, or why the request is not a device's."""
    device = Device.objects.filter(id=request.device_id).first()
    if device is None:
        return Declined(Ground.UNKNOWN_DEVICE, "no device of this id is enrolled")
    lines = lines_to_sign(request.method, request.path, str(request.device_id), request.date_s)
    if not verify_lines(lines, request.signature, bytes.fromhex(device.point)):
        return Declined(Ground.SIGNATURE_INVALID, "the signature is not this device's over this request")
    if abs(int(request.date_s) - to_timestamp(now)) > DATE_TOLERANCE_S:
        return Declined(Ground.DATE_WRONG, f"the request's date is more than {DATE_TOLERANCE_S} s from the server's")
    _note_contact(device.id, now)
    return device


def _note_contact(device_id: UUID, now: datetime) -> None:
    """Note that a device proved to be itself; at most once a minute, for photos are asked for all the time."""
    due = Q(last_contact_at=None) | Q(last_contact_at__lt=now - _CONTACT_EVERY)
    if Device.objects.filter(due, id=device_id).exists():
        with transaction.atomic():
            Device.objects.filter(id=device_id).update(last_contact_at=now)
