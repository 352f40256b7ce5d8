"""What does the register say of a number that an officer typed? Not whether the paper is genuine.

A look-up is written down with who asked: numbers can be guessed, and a phone that was stolen must not become a way to
read the register.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed, Somebody
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.pass_number import normalise_pass_number, parse_pass_number
from borderpass.domain.passes import Pass
from borderpass.domain.status import Status
from borderpass.domain.trust import Names
from borderpass.store.models import Device, IssuedPass, LookUp
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.passes import find_pass
from borderpass.wire.claims import read_claims
from borderpass.wire.refusal import Refusal

LOOK_UPS_MAX, LOOK_UPS_WITHIN = 60, timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the register has under a number: the pass as it was signed, its standing, and the office's names."""

    pass_: Pass
    standing: Status
    office: Names


def look_up_pass(typed: str, asker: Actor | Device, now: datetime) -> Entry | Declined:
    """Return the entry of a typed number, or why there is none for this device or person."""
    if isinstance(asker, Actor) and not asker.may(Act.LOOK_UP_PASS):
        return Declined(Ground.NOT_ALLOWED, "passes are looked up by the officers of a gate")
    number = normalise_pass_number(typed)
    if parse_pass_number(number) is None:
        return Declined(Ground.BAD_FORM, "not a pass number, or mistyped: its check character does not fit")
    by = asker.name if isinstance(asker, Actor) else str(asker.id)
    if LookUp.objects.filter(by=by, at__gt=now - LOOK_UPS_WITHIN).count() >= LOOK_UPS_MAX:
        return Declined(Ground.TOO_MANY_TRIES, f"{LOOK_UPS_MAX} look-ups in 10 minutes: wait, then try again")
    issued = find_pass(number)
    device = asker if isinstance(asker, Device) else None
    with transaction.atomic():
        LookUp.objects.create(number=number, by=by, device=device, found=issued is not None, at=now)
        author = asker if isinstance(asker, Actor) else Somebody(by, "device", asker.checkpoint)
        write_audit(Deed.LOOK_UP_PASS, author, now, "pass", number, found=issued is not None)
    if issued is None:
        return Declined(Ground.UNKNOWN_PASS, "no pass was issued under this number")
    return _entry(issued)


def _entry(issued: IssuedPass) -> Entry:
    pass_ = read_claims(bytes(issued.payload))
    if isinstance(pass_, Refusal):
        raise TypeError(f"the payload of {issued.number} is no pass: {pass_.detail}")
    office = issued.office
    return Entry(pass_, Status(issued.status), Names(office.name_km, office.name_en, office.name_th))
