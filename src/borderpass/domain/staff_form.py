"""Is the form for a new member of staff filled in right? Whatever can be told from the form alone."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from borderpass.domain.actors import EVERYWHERE, StaffRole

ONE_TIME_LIFE = timedelta(days=3)
"""For how long a one-time password is good."""
_READ_AT_MOST = 1_000
"""Characters: too long for any name. Normalising takes the square of a run of marks, and anybody may try to sign in."""
FULL_NAME_MAX_CHARACTERS = 100
RESERVED_NAMES = frozenset({"operator", "signing"})
"""Under these the command line and the signing of passes stand in the audit trail."""
_USER_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,29}")
_OFFICE, _PROVINCE = re.compile(r"[0-9]{4}"), re.compile(r"[0-9]{2}")


class StaffProblem(StrEnum):
    """What can be wrong with a field; the pages have the words."""

    NAME_SHAPE = "name_shape"
    NAME_TAKEN = "name_taken"
    FULL_NAME = "full_name"
    ROLE_NOT_YOURS = "role_not_yours"
    PLACE_WRONG = "place_wrong"
    PLACE_NOT_YOURS = "place_not_yours"


@dataclass(frozen=True, slots=True)
class StaffForm:
    """Who is to be added, as typed. `scope` is an office code, a province's two digits, a gate's id, or EVERYWHERE."""

    user_name: str
    full_name: str
    role: str
    scope: str


def tidy(form: StaffForm) -> StaffForm:
    """Return the form as it is kept: the user name as people type it at sign-in, the full name on one line."""
    return replace(form, user_name=tidy_user_name(form.user_name), full_name=tidy_full_name(form.full_name))


def tidy_user_name(typed: str) -> str:
    """Return a user name as it is kept: a phone writes the first letter large, and nobody means anything by it."""
    return unicodedata.normalize("NFKC", typed[:_READ_AT_MOST]).strip().lower()


def tidy_full_name(typed: str) -> str:
    """Return a person's name in normal form C with single spaces."""
    return unicodedata.normalize("NFC", " ".join(typed.split())[:_READ_AT_MOST])


def is_user_name(text: str) -> bool:
    """Tell whether a text can be a new user name: 3 to 30 small Latin letters, digits, dots, hyphens, underscores."""
    return bool(_USER_NAME.fullmatch(text))


def is_full_name(text: str) -> bool:
    """Tell whether a text can be a person's name: not empty, not too long, nothing that no screen shows."""
    shown = not any(unicodedata.category(one) in ("Cc", "Cs") for one in text)
    return bool(text) and len(text) <= FULL_NAME_MAX_CHARACTERS and shown


def scope_fits(role: StaffRole, scope: str) -> bool:
    """Tell whether a scope has the form that a role works in; whether such a place exists is another question."""
    if role in (StaffRole.NATIONAL_AUTHORITY, StaffRole.AUDITOR):
        return scope == EVERYWHERE
    if role in (StaffRole.CLERK, StaffRole.GOVERNOR):
        return bool(_OFFICE.fullmatch(scope))
    if role is StaffRole.PROVINCIAL_OFFICER:
        return bool(_PROVINCE.fullmatch(scope))
    return scope != EVERYWHERE and not scope.isdigit()
