"""How does somebody become staff? Added by who manages that post, with a password that is good for choosing another."""

import secrets
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from borderpass.domain.actors import Act, Actor, StaffRole
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.enrolment_code import CODE_BYTES, write_code
from borderpass.domain.staff_form import (
    ONE_TIME_LIFE,
    RESERVED_NAMES,
    StaffForm,
    StaffProblem,
    is_full_name,
    is_user_name,
    scope_fits,
    tidy,
)
from borderpass.services.load_gazetteer import load_checkpoints, load_gazetteer
from borderpass.store.models import Office, Staff
from borderpass.store.queries.audit import write_audit

_NOT_ALLOWED = Declined(Ground.NOT_ALLOWED, "this account manages no staff")


class NewPassword(NamedTuple):
    """A one-time password as it is shown, this once, and whose it is. Afterwards only its hash is known."""

    password: str
    staff: Staff


def make_one_time_password() -> str:
    """Return a password that can be read out: 80 random bits, in letters and digits that look like no others."""
    return write_code(secrets.token_bytes(CODE_BYTES))


def find_staff_problems(form: StaffForm, actor: Actor) -> dict[str, StaffProblem]:
    """Return what is wrong with a form by the names of its fields; empty when nothing is."""
    form, problems = tidy(form), dict[str, StaffProblem]()
    if not is_user_name(form.user_name):
        problems["user_name"] = StaffProblem.NAME_SHAPE
    elif form.user_name in RESERVED_NAMES or Staff.objects.filter(username=form.user_name).exists():
        problems["user_name"] = StaffProblem.NAME_TAKEN
    if not is_full_name(form.full_name):
        problems["full_name"] = StaffProblem.FULL_NAME
    if form.role not in [role.value for role in actor.posts_managed()]:
        problems["role"] = StaffProblem.ROLE_NOT_YOURS
    elif not scope_fits(StaffRole(form.role), form.scope) or not _is_a_place(StaffRole(form.role), form.scope):
        problems["scope"] = StaffProblem.PLACE_WRONG
    elif not actor.may_manage(StaffRole(form.role), form.scope):
        problems["scope"] = StaffProblem.PLACE_NOT_YOURS
    return problems


def _is_a_place(role: StaffRole, scope: str) -> bool:
    if role in (StaffRole.CLERK, StaffRole.GOVERNOR):
        return Office.objects.filter(code=scope).exists()
    if role is StaffRole.PROVINCIAL_OFFICER:
        return load_gazetteer().find(scope) is not None
    return scope in load_checkpoints() or role in (StaffRole.NATIONAL_AUTHORITY, StaffRole.AUDITOR)


def add_staff(form: StaffForm, actor: Actor, now: datetime) -> NewPassword | Declined:
    """Add somebody; return their one-time password, or why they are not added."""
    if not actor.may(Act.MANAGE_STAFF):
        return _NOT_ALLOWED
    form = tidy(form)
    problems = find_staff_problems(form, actor)
    if problems:
        return Declined(Ground.BAD_FORM, "; ".join(f"{field}: {problem}" for field, problem in problems.items()))
    password = make_one_time_password()
    staff = Staff(
        username=form.user_name,
        full_name=form.full_name,
        role=form.role,
        scope=form.scope,
        password=make_password(password),
        one_time_until=now + ONE_TIME_LIFE,
    )
    try:
        with transaction.atomic():
            staff.save(force_insert=True)
            write_audit(Deed.ADD_STAFF, actor, now, "staff", staff.username, role=staff.role, scope=staff.scope)
    except IntegrityError:
        return Declined(Ground.NAME_TAKEN, f"somebody has the name {form.user_name} already")
    return NewPassword(password, staff)
