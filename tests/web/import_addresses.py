"""What stands behind the addresses of an office's old books? For the walk of `test_office_urls.py`, made in Poipet."""

from collections.abc import Callable
from typing import Any

from tests.installation import Installation
from tests.old_books import csv_of, row, sent

Arguments = dict[str, Any]


def book(world: Installation) -> Arguments:
    return {"import_id": sent(csv_of(row())).id}


IMPORTS: dict[str, Callable[[Installation], Arguments]] = dict.fromkeys(
    ("imports_one", "imports_import", "imports_undo"), book
)
