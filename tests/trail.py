"""How do tests empty a database whose audit trail and ledger refuse to be emptied, and how does one forge an entry?"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations

from borderpass.store import audit_triggers, ledger_triggers

_KEPT = (audit_triggers, ledger_triggers)


def _drop(vendor: str) -> list[str]:
    return [statement for kept in _KEPT for statement in kept.DROP[vendor]]


def _create(vendor: str) -> list[str]:
    return [statement for kept in _KEPT for statement in kept.CREATE[vendor]]


def let_tests_flush() -> None:
    """Take the triggers down around Django's flush, which empties the tables after a test with real transactions."""
    original = BaseDatabaseOperations.execute_sql_flush

    def flush(self: Any, sql_list: Iterable[str]) -> None:
        vendor = self.connection.vendor
        original(self, [*_drop(vendor), *sql_list, *_create(vendor)])

    BaseDatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]


@contextmanager
def without_triggers() -> Iterator[Any]:
    """Give a cursor to somebody who owns the database and took the triggers down."""
    with connection.cursor() as cursor:
        for statement in _drop(connection.vendor):
            cursor.execute(statement)
        yield cursor
        for statement in _create(connection.vendor):
            cursor.execute(statement)
