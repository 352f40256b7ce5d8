"""How do the pages about staff say what is kept? In the page's language, ready for the templates."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, gettext_lazy

from borderpass.domain.actors import EVERYWHERE, Actor, StaffRole
from borderpass.domain.local_time import local_day
from borderpass.domain.staff_form import FULL_NAME_MAX_CHARACTERS, StaffProblem
from borderpass.services.change_password import PASSWORD_MAX_CHARACTERS, PasswordProblem
from borderpass.services.load_gazetteer import load_checkpoints, load_gazetteer
from borderpass.store.models import Office, Passkey
from borderpass.web.front.own_counts import ROLES, say_place
from borderpass.web.wording import language, say_clock, say_day

_PASSWORDS = {
    PasswordProblem.TOO_SHORT: gettext_lazy("Too short: at least 12 characters. Three or four words are easy to keep."),
    PasswordProblem.TOO_COMMON: gettext_lazy("Many people use this password: it is guessed first. Choose another."),
    PasswordProblem.ONLY_DIGITS: gettext_lazy("Only digits: use words or letters too."),
    PasswordProblem.TOO_SIMILAR: gettext_lazy("It is too much like your name. Choose another."),
    PasswordProblem.SAME: gettext_lazy("This is the password you have. Choose another."),
}
_FORMS = {
    StaffProblem.NAME_SHAPE: gettext_lazy("Write 3 to 30 small Latin letters, digits, dots or hyphens, no spaces."),
    StaffProblem.NAME_TAKEN: gettext_lazy("Somebody has this name already. Choose another."),
    StaffProblem.ROLE_NOT_YOURS: gettext_lazy("Choose one of these roles."),
    StaffProblem.PLACE_WRONG: gettext_lazy("Nobody works there in this role. Choose another place."),
    StaffProblem.PLACE_NOT_YOURS: gettext_lazy("You manage nobody in this role there. Choose another place."),
}


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A member of staff: who, in which post, and how their account stands."""

    id: UUID
    user_name: str
    full_name: str
    role: str
    place: str
    passkeys: int
    active: bool
    locked: bool
    one_time: str
    last_sign_in: str


@dataclass(frozen=True, slots=True)
class PasskeyLine:
    """A passkey in the list."""

    id: UUID
    name: str
    added: str
    last_used: str


def say_staff(staff: Any, *, locked: bool, office_names: dict[str, str] | None = None) -> StaffLine:
    """Return somebody as a line. `office_names` saves asking for each; see `names_of_offices`."""
    names = names_of_offices([staff.scope]) if office_names is None else office_names
    return StaffLine(
        id=staff.id,
        user_name=staff.username,
        full_name=staff.full_name,
        role=str(ROLES[StaffRole(staff.role)]),
        place=names.get(staff.scope) or say_place(staff.scope),
        passkeys=getattr(staff, "passkeys_held", 0),
        active=staff.is_active,
        locked=locked,
        one_time=say_instant(staff.one_time_until) if staff.one_time_until else "",
        last_sign_in=say_instant(staff.last_login) if staff.last_login else gettext("never yet"),
    )


def say_passkey(passkey: Passkey) -> PasskeyLine:
    """Return a passkey as a line."""
    used = say_instant(passkey.last_used_at) if passkey.last_used_at else gettext("never yet")
    return PasskeyLine(passkey.id, passkey.name, say_day(local_day(passkey.added_at)), used)


def say_instant(instant: Any) -> str:
    """Return a day and the time of day in Phnom Penh."""
    return f"{say_day(local_day(instant))}, {say_clock(instant)}"


def say_password_problem(problem: PasswordProblem) -> str:
    """Return what is wrong with a new password."""
    if problem is PasswordProblem.TOO_LONG:
        return gettext("Too long: at most %(count)s characters.") % {"count": PASSWORD_MAX_CHARACTERS}
    return str(_PASSWORDS[problem])


def say_staff_problem(problem: StaffProblem) -> str:
    """Return what is wrong with a field of the form."""
    if problem is StaffProblem.FULL_NAME:
        return gettext("Write the name in 1 to %(count)s letters.") % {"count": FULL_NAME_MAX_CHARACTERS}
    return str(_FORMS[problem])


def names_of_offices(codes: list[str] | None = None) -> dict[str, str]:
    """Return the names of some offices, or of all, by their codes."""
    offices = Office.objects.order_by("code") if codes is None else Office.objects.filter(code__in=codes)
    speech = language()
    return {office.code: getattr(office, f"name_{speech}") for office in offices}


def list_roles(actor: Actor) -> list[tuple[str, str]]:
    """Return the roles that an actor gives, with their names."""
    return [(role.value, str(ROLES[role])) for role in actor.posts_managed()]


def list_places(actor: Actor) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the places that an actor sends people to, grouped, with their names; of one's own only where it is one."""
    scopes = set(actor.posts_managed().values())
    offices = names_of_offices()
    if EVERYWHERE not in scopes:
        return [("", [(scope, offices.get(scope) or say_place(scope)) for scope in sorted(scopes, reverse=True)])]
    provinces = sorted({code[:2] for code in offices})
    gates = sorted(load_checkpoints().values(), key=lambda gate: gate.label(language()))
    return [
        ("", [(EVERYWHERE, say_place(EVERYWHERE))]),
        (gettext("Offices"), [(code, f"{name} ({code})") for code, name in offices.items()]),
        (gettext("Provinces"), [(code, say_place(code)) for code in provinces if load_gazetteer().find(code)]),
        (gettext("Gates"), [(gate.id, gate.label(language())) for gate in gates]),
    ]
