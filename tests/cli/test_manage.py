"""Do Django's own commands work on the installation, and fail as quietly as ours?"""

from tests.cli.running import run_process


def test_django_s_commands_are_there(tmp_path):
    assert "migrate" in run_process("manage", "help", "--commands", home=tmp_path).done()
    assert run_process("manage", "check", home=tmp_path).done() == "System check identified no issues (0 silenced).\n"


def test_an_unknown_one_is_said_by_django(tmp_path):
    ran = run_process("manage", "dance", home=tmp_path)
    assert ran.status == 1
    assert "Unknown command: 'dance'" in ran.err


def test_no_migration_is_missing(tmp_path):
    assert run_process("manage", "makemigrations", "--check", "--dry-run", home=tmp_path).done() == (
        "No changes detected\n"
    )
