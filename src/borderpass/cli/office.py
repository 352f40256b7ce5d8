"""Add an office (a district's or city's code, or a province's with 00), make its keys, withdraw a stolen one."""

import argparse
import sys
from datetime import UTC, datetime

from borderpass.cli.installation import NATION, done, in_plain_words, set_up_founded
from borderpass.domain.local_time import last_valid_day, local_day


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`add CODE`, `key CODE`, `withdraw KID`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|key|withdraw")
    add = actions.add_parser("add", help="add the office of a district, city or province")
    add.add_argument("code", metavar="CODE", help="4 digits, such as 0110, or 0100 for a provincial hall")
    key = actions.add_parser("key", help="make the office's pass and status keys for a year; says the kid")
    key.add_argument("code", metavar="CODE")
    withdraw = actions.add_parser("withdraw", help="withdraw a stolen key; its honest passes live on by allow-list")
    withdraw.add_argument("kid", metavar="KID", help="16 hexadecimal digits")


def run(arguments: argparse.Namespace) -> int:
    """Do it and say what is there now."""
    home = set_up_founded()
    from borderpass.services.add_office import add_office, add_office_keys
    from borderpass.services.load_gazetteer import load_gazetteer
    from borderpass.services.open_keystore import open_keystore
    from borderpass.services.withdraw_key import withdraw_key

    now = datetime.now(UTC)
    with in_plain_words():
        if arguments.action == "add":
            office = done(add_office(arguments.code, load_gazetteer(), NATION, now))
            sys.stdout.write(f"office {office.code} {office.name_en} ({office.name_km}) signs as {office.issuer}\n")
        elif arguments.action == "key":
            key = done(add_office_keys(arguments.code, open_keystore(home), NATION, now))
            sys.stdout.write(
                f"office {arguments.code} signs with {key.kid} until {last_valid_day(key.sign_until_at)}\n"
            )
        else:
            key = done(withdraw_key(arguments.kid.lower(), NATION, now))
            on = local_day(key.withdrawn_at) if key.withdrawn_at else "no day"
            sys.stdout.write(f"key {key.kid} was withdrawn on {on}; export a new bundle\n")
    return 0
