"""Revoke, suspend or reinstate a pass, as an operator: it holds from the next bundle on."""  # noqa: N999  # the name of the command

import argparse
import sys
from datetime import UTC, datetime

from borderpass.cli.installation import NATION, done, in_plain_words, set_up_founded
from borderpass.cli.refused import Refused
from borderpass.domain.pass_number import is_pass_number, normalise_pass_number
from borderpass.domain.standing import StandingGround, grounds_for
from borderpass.domain.status import Status

_STATUS = {"revoke": Status.REVOKED, "suspend": Status.SUSPENDED, "reinstate": Status.VALID}
_HELP = {
    "revoke": "take a pass out of use for good",
    "suspend": "take a pass out of use for a time",
    "reinstate": "make a revoked or suspended pass good again",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`revoke NUMBER`, `suspend NUMBER`, `reinstate NUMBER`, each `--ground CODE [--words TEXT]`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="|".join(_STATUS))
    for name, status in _STATUS.items():
        action = actions.add_parser(name, help=_HELP[name])
        action.add_argument("number", metavar="NUMBER", help="the number on the pass")
        codes = [one.value for one in grounds_for(status)]
        action.add_argument("--ground", required=True, choices=codes, metavar="CODE", help=", ".join(codes))
        action.add_argument("--words", metavar="TEXT", default="", help="more about it; needed where it is `other`")


def run(arguments: argparse.Namespace) -> int:
    """Do it and say how the pass stands."""
    number = normalise_pass_number(arguments.number)
    if not is_pass_number(number):
        raise Refused(f"{arguments.number!r} is not a pass number, or mistyped: its check character does not fit")
    set_up_founded()
    from borderpass.services.change_status import change_status

    status, ground = _STATUS[arguments.action], StandingGround(arguments.ground)
    with in_plain_words():
        done(change_status(number, status, arguments.words, NATION, datetime.now(UTC), ground))
    sys.stdout.write(f"{number} is {status.name.lower()} ({ground}); gates learn of it with the next bundle\n")
    return 0
