"""Check or import a book of passes that an office issued before it had this system, as an operator."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from borderpass.cli.installation import done, in_plain_words, set_up_founded
from borderpass.cli.refused import Refused
from borderpass.domain.actors import Actor, StaffRole

if TYPE_CHECKING:
    from borderpass.domain.old_book_rows import Fault
    from borderpass.sheets.open_old_book import OldBook

WRONG_SHOWN = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`check FILE --office CODE`, `import FILE --office CODE`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="check|import")
    check = actions.add_parser("check", help="say what is wrong in each row; nothing is imported")
    whole = actions.add_parser("import", help="import all rows, or none where one is wrong")
    for action in (check, whole):
        action.add_argument("file", metavar="FILE", type=Path, help="the sheet: .xlsx, or .csv in UTF-8")
        action.add_argument("--office", metavar="CODE", required=True, help="the office whose book it is")


def run(arguments: argparse.Namespace) -> int:
    """Check the file, and import it where that is asked for."""
    set_up_founded()
    from borderpass.services.import_at_once import import_at_once
    from borderpass.sheets.open_old_book import open_old_book
    from borderpass.store.models import Office

    now, office = datetime.now(UTC), arguments.office
    with in_plain_words(), _refusing(arguments.file):
        if not Office.objects.filter(code=office).exists():
            raise Refused(f"there is no office {office}")
        book = open_old_book(arguments.file.read_bytes())
        if arguments.action == "check":
            return _check(book, office, now)
        imported = done(
            import_at_once(book, office, arguments.file.name, Actor("operator", StaffRole.CLERK, office), now)
        )
    day = f"{imported.imported_at:%Y-%m-%d}" if imported.imported_at else "?"
    sys.stdout.write(f"office {office}: {imported.rows:,} passes of the old books, imported {day}\n")
    return 0


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Say in one line why a file is not read."""
    from borderpass.sheets.refused import SheetRefused

    try:
        yield
    except SheetRefused as refused:
        raise Refused(f"{path}: {refused}") from None


def _check(book: "OldBook", office: str, now: datetime) -> int:
    from borderpass.services.import_at_once import check_rows

    rows = wrong = 0
    for number, read in check_rows(book, office, now):
        rows += 1
        if isinstance(read, list):
            wrong += 1
            _say(number, read, wrong)
    sys.stdout.write(f"{rows:,} rows, {wrong:,} of them wrong\n")
    return 1 if wrong or not rows else 0


def _say(number: int, faults: "list[Fault]", wrong: int) -> None:
    from borderpass.domain.old_book_columns import HEADINGS
    from borderpass.domain.old_book_words import say_fault
    from borderpass.services.load_gazetteer import load_gazetteer

    if wrong > WRONG_SHOWN:
        return
    for fault in faults:
        words = say_fault(fault, load_gazetteer()).en
        sys.stdout.write(f"row {number}, {HEADINGS[fault.column].en}: {words}\n")
