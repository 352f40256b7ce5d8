"""Say what an office's drawer should hold, or close its day with what was counted in it, as an operator.

An office without the site closes its days with this: cash is taken on a new day only when the day before is closed.
"""

import argparse
import sys
from datetime import UTC, datetime

from borderpass.cli.installation import done, in_plain_words, set_up_founded
from borderpass.cli.refused import Refused
from borderpass.domain.actors import Actor, StaffRole
from borderpass.domain.till import Counted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`show OFFICE`, `close OFFICE RIEL`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="show|close")
    show = actions.add_parser("show", help="say what the open drawer should hold")
    close = actions.add_parser("close", help="close the open day with what was counted")
    for action in (show, close):
        action.add_argument("office", metavar="OFFICE", help="the office's code")
    close.add_argument("riel", metavar="RIEL", type=int, help="what was counted in the drawer, in riel")
    close.add_argument("--handed-on", metavar="RIEL", type=int, default=0, help="what of it goes to the treasurer (0)")
    close.add_argument("--reason", metavar="TEXT", default="", help="why it differs from what should be there")


def run(arguments: argparse.Namespace) -> int:
    """Do it and say what the drawer holds."""
    set_up_founded()
    from borderpass.services.close_till import close_till
    from borderpass.store.models import Till
    from borderpass.store.queries.ledger import figures_of

    with in_plain_words():
        till = Till.objects.filter(office_id=arguments.office, closed_at=None).first()
        if till is None:
            raise Refused(f"no till is open in office {arguments.office}")
        expected_riel = figures_of(till).expected_riel
        if arguments.action == "show":
            sys.stdout.write(f"office {arguments.office}, {till.day}: {expected_riel:,} riel should be in the drawer\n")
            return 0
        clerk, counted = Actor("operator", StaffRole.CLERK, arguments.office), Counted({}, arguments.riel)
        closed = close_till(till.id, counted, arguments.handed_on, arguments.reason, clerk, datetime.now(UTC))
        done(closed)
    difference_riel = arguments.riel - expected_riel
    said = "it balances" if difference_riel == 0 else f"{difference_riel:+,} riel"
    sys.stdout.write(f"office {arguments.office}, {till.day} is closed with {arguments.riel:,} riel: {said}\n")
    return 0
