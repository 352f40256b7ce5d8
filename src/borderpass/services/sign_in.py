"""How does staff sign in with a password, and out again?

A one-time password is good for a few days, and then for choosing another, which the pages see to.
"""

from datetime import datetime

from django.db import transaction

from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.services.try_password import LockedOut, try_password
from borderpass.store.models import Staff
from borderpass.store.queries.audit import write_audit


def sign_in(typed_name: str, password: str, address: str, now: datetime) -> Staff | Declined | LockedOut:
    """Return who signs in, or why nobody does: the same for a name that nobody has and a wrong password."""
    staff = try_password(typed_name, password, address, now)
    if not isinstance(staff, Staff):
        return staff
    if staff.one_time_until is not None and staff.one_time_until <= now:
        return Declined(Ground.PASSWORD_EXPIRED, "this one-time password is too old: ask for a new one")
    with transaction.atomic():
        write_audit(Deed.SIGN_IN, staff.actor(), now, "staff", staff.username, by="password", address=address)
    return staff


def sign_out(staff: Staff, now: datetime) -> None:
    """Write down that somebody signed out; the session itself is the page's."""
    with transaction.atomic():
        write_audit(Deed.SIGN_OUT, staff.actor(), now, "staff", staff.username)


def end_sessions(staff: Staff, now: datetime) -> Staff:
    """Let every session of somebody end with its next request; return them. The page takes its own one along."""
    with transaction.atomic():
        staff.end_sessions()
        staff.save(update_fields=["session_salt"])
        write_audit(Deed.END_SESSIONS, staff.actor(), now, "staff", staff.username)
    return staff
