"""Is this somebody's password? With a limit on how often that can be asked.

1. The try is counted before the password is looked at, so that many at once are not more than one after the other: the
   person's row is locked while they are counted. From a name or an address that failed too often, nothing is looked at.
2. The password is looked at. It takes as long for a name that nobody has.
3. A right one takes the name's failures away. What is wrong stays counted, and is written in the audit trail.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from borderpass.domain.audit import Deed, Somebody
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.enrolment_code import read_code
from borderpass.domain.staff_form import tidy_user_name
from borderpass.store.models import SignInFailure, Staff
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.staff import (
    digest_of_name,
    forget_failures,
    forget_old_failures,
    minutes_locked,
    minutes_locked_from,
)

WRONG = Declined(Ground.PASSWORD_WRONG, "this name and password do not belong together")


@dataclass(frozen=True, slots=True)
class LockedOut:
    """Too many wrong passwords: nothing was looked at. In how many minutes it can be tried again."""

    minutes: int


def try_password(typed_name: str, password: str, address: str, now: datetime) -> Staff | Declined | LockedOut:
    """Return whose password this is, or that it is nobody's. `address` is where the request comes from."""
    name = tidy_user_name(typed_name.replace("\0", " "))  # which no database takes, and nobody is called
    with transaction.atomic():
        # The row is locked, not only read: of tries at the same moment each counts those before it.
        staff = Staff.objects.select_for_update().filter(username=name).first()
        minutes = max(minutes_locked(name, now), minutes_locked_from(address, now))
        if minutes:
            return LockedOut(minutes)
        SignInFailure.objects.create(name_digest=digest_of_name(name), address=address, at=now)
        forget_old_failures(now)
    right = _is_right(staff, password)
    with transaction.atomic():
        if staff is not None and right and staff.is_active:
            forget_failures(name)
            return staff
        minutes = max(minutes_locked(name, now), minutes_locked_from(address, now))
        _write_down(staff, address, now, locked=minutes > 0)
    return LockedOut(minutes) if minutes else WRONG


def _is_right(staff: Staff | None, password: str) -> bool:
    if staff is None:
        make_password(password)
        return False
    # A one-time password is read from paper or heard: small letters and missing hyphens are no mistake.
    read = read_code(password) if staff.one_time_until is not None else None
    return staff.check_password(read or password)


def _write_down(staff: Staff | None, address: str, now: datetime, *, locked: bool) -> None:
    """The name that was typed is not written down unless it is somebody's: it may be a password in the wrong field."""
    author = staff.actor() if staff is not None else Somebody("", "", "")
    write_audit(Deed.SIGN_IN_FAILED, author, now, "staff", author.name, address=address, locked_out=locked)
