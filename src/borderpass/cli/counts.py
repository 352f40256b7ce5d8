"""Print the exact figures: what the offices did and who crossed, over local days."""

import argparse
import csv
import json
import sys

from borderpass.cli.days import read_day
from borderpass.cli.installation import in_plain_words, set_up_founded
from borderpass.cli.refused import Refused, bad_usage


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--from`, `--to`, `--by`, and the form."""
    parser.add_argument("--from", dest="first", metavar="D", type=read_day, help="first day, YYYY-MM-DD")
    parser.add_argument("--to", dest="last", metavar="D", type=read_day, help="last day, YYYY-MM-DD")
    parser.add_argument("--by", choices=["office", "checkpoint", "day"], help="one row for each")
    parser.add_argument("--prove", action="store_true", help="say whether everything adds up; exit 1 if it does not")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="a JSON list of rows")
    form.add_argument("--csv", action="store_true", help="comma-separated values with a heading")


def run(arguments: argparse.Namespace) -> int:
    """Count and print."""
    if arguments.first and arguments.last and arguments.first > arguments.last:
        raise bad_usage("--from is after --to")
    set_up_founded()
    from borderpass.domain.actors import EVERYWHERE, Actor, StaffRole
    from borderpass.services.count import count, find_imbalances

    if arguments.prove:
        with in_plain_words():
            imbalances = find_imbalances()
        if imbalances:
            raise Refused("the figures do not add up:\n  " + "\n  ".join(imbalances))
        sys.stdout.write("every figure is the sum of its records, from the application to the crossing\n")
        return 0
    with in_plain_words():
        rows = count(Actor("operator", StaffRole.AUDITOR, EVERYWHERE), arguments.first, arguments.last, arguments.by)
    heading = arguments.by or "all"
    if arguments.json:
        listed = [{heading: row.key, **row.figures} if arguments.by else row.figures for row in rows]
        sys.stdout.write(json.dumps(listed, ensure_ascii=False, indent=1) + "\n")
    elif arguments.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        names = list(rows[0].figures) if rows else []
        writer.writerow([heading, *names])
        nameless = "none" if arguments.by else "all"
        writer.writerows([row.key or nameless, *row.figures.values()] for row in rows)
    elif not rows:
        sys.stdout.write("nothing happened in these days\n")
    for row in [] if arguments.json or arguments.csv else rows:
        if arguments.by:
            # What was scanned and is no genuine pass belongs to no office.
            sys.stdout.write(f"{heading} {row.key or 'none'}\n")
        for name, figure in row.figures.items():
            sys.stdout.write(f"  {name.replace('_', ' '):<16} {figure:>14,}\n")
    return 0
