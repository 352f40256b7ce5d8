"""Is the database the one that was asked for, and does it keep what it is told in a power cut?"""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

pytestmark = pytest.mark.django_db


def test_tests_run_on_the_database_that_was_asked_for(pytestconfig: pytest.Config) -> None:
    assert connection.vendor == pytestconfig.getoption("--database")


def test_sqlite_waits_for_its_turn_and_syncs_every_commit() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a matter of SQLite")
    with connection.cursor() as cursor:
        pragmas = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
        timeout_ms = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
    assert pragmas == {"journal_mode": "wal", "synchronous": 2}
    assert timeout_ms == 20_000
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql_waits_for_the_disk_unless_told_otherwise() -> None:
    """Nothing of ours turns it off: the tests' own server does, on its command line."""
    if connection.vendor != "postgresql":
        pytest.skip("a matter of PostgreSQL")
    assert "synchronous_commit" not in str(settings.DATABASES["default"].get("OPTIONS", {}))


def test_models_and_migrations_say_the_same() -> None:
    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said)
    assert said.getvalue() == "No changes detected\n"
