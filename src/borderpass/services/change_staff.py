"""How is staff managed? Renamed, dismissed, taken back, let in again. Never deleted: what they did bears their name.

A post is not changed: who moves to another one is dismissed here and added there, so that each entry of the audit trail
says what its author could do then. Nobody manages themselves.
"""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.staff_form import ONE_TIME_LIFE, is_full_name, tidy_full_name
from borderpass.services.add_staff import NewPassword, make_one_time_password
from borderpass.store.models import Staff
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.staff import find_managed, forget_failures, passkeys_of


def _find(staff_id: UUID, actor: Actor) -> Staff | Declined:
    if not actor.may(Act.MANAGE_STAFF):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} manages no staff")
    return find_managed(actor, staff_id) or Declined(Ground.UNKNOWN_STAFF, "there is nobody of this id here")


def rename_staff(staff_id: UUID, full_name: str, actor: Actor, now: datetime) -> Staff | Declined:
    """Correct somebody's full name; the name they sign in with stays."""
    staff, full_name = _find(staff_id, actor), tidy_full_name(full_name)
    if isinstance(staff, Declined) or staff.full_name == full_name:
        return staff
    if not is_full_name(full_name):
        return Declined(Ground.BAD_FORM, "write the name in 1 to 100 letters")
    names = {"from": staff.full_name, "to": full_name}
    staff.full_name = full_name
    with transaction.atomic():
        staff.save(update_fields=["full_name"])
        write_audit(Deed.RENAME_STAFF, actor, now, "staff", staff.username, **names)
    return staff


def deactivate_staff(staff_id: UUID, actor: Actor, now: datetime) -> Staff | Declined:
    """Dismiss somebody: their sessions end, and they cannot sign in. Dismissing them again changes nothing."""
    return _set_active(staff_id, False, actor, now)


def reactivate_staff(staff_id: UUID, actor: Actor, now: datetime) -> Staff | Declined:
    """Take somebody back, with the password they had. Taking them back again changes nothing."""
    return _set_active(staff_id, True, actor, now)


def _set_active(staff_id: UUID, active: bool, actor: Actor, now: datetime) -> Staff | Declined:
    staff = _find(staff_id, actor)
    if isinstance(staff, Declined):
        return staff
    deed = Deed.REACTIVATE_STAFF if active else Deed.DEACTIVATE_STAFF
    staff.end_sessions()
    with transaction.atomic():
        was = Staff.objects.filter(id=staff.id, is_active=not active)
        if was.update(is_active=active, session_salt=staff.session_salt):
            write_audit(deed, actor, now, "staff", staff.username)
    staff.refresh_from_db()
    return staff


def reset_staff(staff_id: UUID, actor: Actor, now: datetime) -> NewPassword | Declined:
    """Let somebody begin anew: return a one-time password.

    Their password, their passkeys and their sessions are over, for somebody else may have them; a lock-out is lifted.
    """
    staff = _find(staff_id, actor)
    if isinstance(staff, Declined):
        return staff
    password = make_one_time_password()
    staff.password = make_password(password)
    staff.one_time_until = now + ONE_TIME_LIFE
    staff.end_sessions()
    with transaction.atomic():
        staff.save(update_fields=["password", "one_time_until", "session_salt"])
        removed = passkeys_of(staff).update(removed_at=now)
        forget_failures(staff.username)
        write_audit(Deed.RESET_STAFF, actor, now, "staff", staff.username, passkeys_removed=removed)
    return NewPassword(password, staff)


def lift_lock_out(staff_id: UUID, actor: Actor, now: datetime) -> Staff | Declined:
    """Let somebody who typed a wrong password too often try again at once. Where nothing is counted nothing changes."""
    staff = _find(staff_id, actor)
    if isinstance(staff, Declined):
        return staff
    with transaction.atomic():
        failures = forget_failures(staff.username)
        if failures:
            write_audit(Deed.LIFT_LOCK_OUT, actor, now, "staff", staff.username, failures=failures)
    return staff
