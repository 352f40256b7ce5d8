"""Do Django's own commands work on the installation, and fail as quietly as ours?"""

import sqlite3
from contextlib import closing

import pytest

from tests.cli.running import run_process


def test_django_s_commands_are_there(tmp_path):
    assert "migrate" in run_process("manage", "help", "--commands", home=tmp_path).done()
    assert run_process("manage", "check", home=tmp_path).done() == "System check identified no issues (0 silenced).\n"


def test_an_unknown_one_is_said_by_django(tmp_path):
    ran = run_process("manage", "dance", home=tmp_path)
    assert ran.status == 1
    assert "Unknown command: 'dance'" in ran.err


def test_the_audit_trail_is_verified_and_a_broken_link_is_named(tmp_path):
    assert run_process("init", home=tmp_path).status == 0
    assert " entries, whole; the last is " in run_process("manage", "verify_audit", home=tmp_path).done()
    with closing(sqlite3.connect(tmp_path / "borderpass.sqlite3")) as database, database:
        with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
            database.execute("UPDATE store_auditentry SET actor = 'nobody' WHERE seq = 2")
        database.execute("DROP TRIGGER store_auditentry_kept_update")
        database.execute("UPDATE store_auditentry SET actor = 'nobody' WHERE seq = 2")
    said = run_process("manage", "verify_audit", home=tmp_path)
    assert said.status == 1
    assert "entry 2 is altered: it does not say what its digest was made of; the 1 entries before it hold" in said.err


def test_no_migration_is_missing(tmp_path):
    assert run_process("manage", "makemigrations", "--check", "--dry-run", home=tmp_path).done() == (
        "No changes detected\n"
    )
