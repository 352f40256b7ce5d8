"""How does a phone become a device by itself? With its public key and a code that a commander made.

1. From an address that tried too many wrong codes nothing is taken for a while.
2. The key is a point of P-256; a code is not used up by a key that is none.
3. The code is compared with all that were made in the last day, each in constant time, and to the end.
4. A used code answers its own device again, for answers get lost; any other key is told that it was used.
5. The code is marked as used and the device entered, both or neither; of two phones at once, one comes late.
"""

import hmac
from datetime import datetime, timedelta

from django.db import transaction

from borderpass.domain.audit import Somebody
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.enrolment_code import digest_of_code, read_code
from borderpass.services.enrol_device import audit_enrolment, check_point
from borderpass.store.models import Device, EnrolmentCode, FailedEnrolment

TRIES_MAX, TRIES_WITHIN = 20, timedelta(minutes=10)
_REMEMBERED = timedelta(days=1)
APP_VERSION_MAX_CHARACTERS = 40


def redeem_enrolment_code(typed: str, point: bytes, app_version: str, address: str, now: datetime) -> Device | Declined:
    """Enter the device of a public key (x and y, 64 bytes) by a code; return it, or why not.

    `address` is where the request comes from, for counting what fails.
    """
    if FailedEnrolment.objects.filter(address=address, at__gt=now - TRIES_WITHIN).count() >= TRIES_MAX:
        return Declined(Ground.TOO_MANY_TRIES, "too many wrong codes were tried from here: wait, then make a new code")
    refused = check_point(point)
    if refused is not None:
        return refused
    code = _find(typed, now)
    if code is None:
        _note_failure(address, now)
        return Declined(Ground.ENROLMENT_CODE_WRONG, "there is no such code: read it again, or ask for a new one")
    if code.expires_at <= now:
        return Declined(Ground.ENROLMENT_CODE_EXPIRED, "this code is older than 10 minutes: ask for a new one")
    with transaction.atomic():
        device = _enter(code, point, app_version, now)
    return device or Declined(Ground.ENROLMENT_CODE_USED, "another phone has used this code: ask for a new one")


def _find(typed: str, now: datetime) -> EnrolmentCode | None:
    """Return the code that was typed. All candidates are compared, whichever it is."""
    code = read_code(typed)
    digest = digest_of_code(code) if code is not None else ""
    found = None
    for one in EnrolmentCode.objects.filter(made_at__gt=now - _REMEMBERED):
        if hmac.compare_digest(one.digest, digest):
            found = one
    return found


def _note_failure(address: str, now: datetime) -> None:
    with transaction.atomic():
        FailedEnrolment.objects.filter(at__lte=now - _REMEMBERED).delete()
        FailedEnrolment.objects.create(address=address, at=now)


def _enter(code: EnrolmentCode, point: bytes, app_version: str, now: datetime) -> Device | None:
    """Return the device of a code: a new one, or the one of this very key; None when another key was first."""
    if EnrolmentCode.objects.filter(id=code.id, used_at=None).update(used_at=now) != 1:
        return Device.objects.filter(codes=code, point=point.hex()).first()
    device = Device.objects.create(
        checkpoint=code.checkpoint,
        lane=code.lane,
        direction=code.direction,
        point=point.hex(),
        enrolled_at=now,
        enrolled_by=code.made_by,
        last_contact_at=now,
        app_version=app_version[:APP_VERSION_MAX_CHARACTERS],
    )
    EnrolmentCode.objects.filter(id=code.id).update(device=device)
    audit_enrolment(device, Somebody(str(device.id), "device", device.checkpoint), now)
    return device
