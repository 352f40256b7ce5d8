"""Add somebody who signs in, list the staff, let somebody in again who lost their password or passkey."""

import argparse
import sys
from datetime import UTC, datetime

from borderpass.cli.installation import NATION, done, in_plain_words, set_up_founded
from borderpass.cli.refused import Refused
from borderpass.domain.actors import StaffRole
from borderpass.domain.staff_form import StaffForm, tidy_user_name


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`add NAME ROLE PLACE FULL-NAME`, `list`, `reset NAME`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|list|reset")
    add = actions.add_parser("add", help="add somebody; says a one-time password, good for 3 days")
    add.add_argument("name", metavar="NAME", help="to sign in with: 3 to 30 small Latin letters, digits, dots, hyphens")
    add.add_argument("role", metavar="ROLE", choices=[role.value for role in StaffRole], help=", ".join(StaffRole))
    add.add_argument("place", metavar="PLACE", help="an office's code, a province's two digits, a gate's id, or '*'")
    add.add_argument("full_name", metavar="FULL-NAME", help="the person's name, in quotation marks")
    actions.add_parser("list", help="list everybody")
    reset = actions.add_parser("reset", help="end password, passkeys, sessions, lock-out; says a one-time password")
    reset.add_argument("name", metavar="NAME")


def run(arguments: argparse.Namespace) -> int:
    """Do it and say what there is to say."""
    set_up_founded()
    now = datetime.now(UTC)
    with in_plain_words():
        if arguments.action == "list":
            sys.stdout.write(_list(now))
        elif arguments.action == "add":
            form = StaffForm(arguments.name, arguments.full_name, arguments.role, arguments.place)
            sys.stdout.write(_add(form, now))
        else:
            sys.stdout.write(_reset(arguments.name, now))
    return 0


_WRONG = {
    "name_shape": "a name to sign in with has 3 to 30 small Latin letters, digits, dots or hyphens",
    "name_taken": "somebody has this name already: choose another",
    "full_name": "give the person's name in 1 to 100 letters",
    "place_wrong": "nobody works there in this role: give an office's code, a province's digits, a gate's id, or '*'",
}


def _add(form: StaffForm, now: datetime) -> str:
    from borderpass.services.add_staff import add_staff, find_staff_problems

    problems = find_staff_problems(form, NATION)
    if problems:
        raise Refused("; ".join(_WRONG[problem.value] for problem in problems.values()))
    made = done(add_staff(form, NATION, now))
    return f"{made.staff.username} signs in with {made.password}, good until {_say(made.staff.one_time_until)}\n"


def _reset(name: str, now: datetime) -> str:
    from borderpass.services.change_staff import reset_staff
    from borderpass.store.models import Staff

    staff = Staff.objects.filter(username=tidy_user_name(name)).first()
    if staff is None:
        raise Refused(f"nobody signs in as {name!r}: see borderpass staff list")
    made = done(reset_staff(staff.id, NATION, now))
    return f"{made.staff.username} signs in with {made.password}, good until {_say(made.staff.one_time_until)}\n"


def _list(now: datetime) -> str:
    from borderpass.store.queries.staff import names_locked, staff_for, with_passkeys

    rows = list(with_passkeys(staff_for(NATION)))
    locked = names_locked([row.username for row in rows], now)
    lines = [
        f"{row.username}  {row.role} at {row.scope}  {row.full_name}  passkeys {row.passkeys_held}"
        f"  last sign-in {_say(row.last_login)}"
        + ("" if row.is_active else "  DISMISSED")
        + ("  LOCKED OUT" if row.username in locked else "")
        for row in rows
    ]
    return "".join(f"{line}\n" for line in lines) or "nobody signs in here yet: borderpass staff add\n"


def _say(at: datetime | None) -> str:
    from borderpass.domain.local_time import PHNOM_PENH

    return "never" if at is None else f"{at.astimezone(PHNOM_PENH):%Y-%m-%d %H:%M}"
