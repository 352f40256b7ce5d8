"""How does somebody choose a password? Knowing the one before, and a new one that is not easily guessed."""

from datetime import datetime
from enum import StrEnum

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined
from borderpass.services.try_password import LockedOut, try_password
from borderpass.store.models import Staff
from borderpass.store.queries.audit import write_audit

PASSWORD_MAX_CHARACTERS = 128


class PasswordProblem(StrEnum):
    """What is wrong with a new password. The first four are the codes of Django's validators."""

    TOO_SHORT = "password_too_short"
    TOO_COMMON = "password_too_common"
    ONLY_DIGITS = "password_entirely_numeric"
    TOO_SIMILAR = "password_too_similar"
    TOO_LONG = "password_too_long"
    SAME = "password_same"


def find_password_problems(password: str, staff: Staff) -> list[PasswordProblem]:
    """Return what is wrong with somebody's new password; an empty list when nothing is."""
    if len(password) > PASSWORD_MAX_CHARACTERS:
        return [PasswordProblem.TOO_LONG]
    try:
        validate_password(password, staff)
    except ValidationError as error:
        return [PasswordProblem(str(one.code)) for one in error.error_list]
    return []


def change_password(
    staff: Staff, old: str, new: str, address: str, now: datetime
) -> Staff | Declined | LockedOut | list[PasswordProblem]:
    """Give somebody the password they chose; return them, or why it stays as it was.

    All their sessions end; the page takes its own one along. A wrong old password counts as one at sign-in does.
    """
    problems = find_password_problems(new, staff)
    if not problems and new == old:
        problems = [PasswordProblem.SAME]
    if problems:
        return problems
    known = try_password(staff.username, old, address, now)
    if not isinstance(known, Staff):
        return known
    known.set_password(new)
    with transaction.atomic():
        known.one_time_until = None
        known.end_sessions()
        known.save(update_fields=["password", "one_time_until", "session_salt"])
        write_audit(Deed.CHANGE_PASSWORD, known.actor(), now, "staff", known.username)
    return known
