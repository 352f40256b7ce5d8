"""How does an installation begin, and what does each command say where there is none, or one that cannot be used?"""

import os
import shutil

import pytest

from borderpass.signing.file_keystore import read_public_pem
from tests.cli.running import run_process


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A folder in which `borderpass init` was run as its own process, and what that said."""
    home = tmp_path_factory.mktemp("begun") / "home"
    return home, run_process("init", home=home)


def test_init_says_what_there_is_and_what_comes_next(begun):
    home, ran = begun
    first, second = ran.done().splitlines()
    assert first.startswith(f"ready in {home}: ")
    assert " orders enacted" in first
    assert str(home / "root.pem") in first
    assert second.startswith("next: borderpass office add CODE")


def test_init_leaves_a_database_keys_and_the_root_s_public_half(begun):
    home, _ = begun
    assert (home / "borderpass.sqlite3").exists()
    assert sorted(path.name for path in (home / "keys").iterdir()) == ["publisher-1.pem", "root.pem", "rulebook-1.pem"]
    read_public_pem((home / "root.pem").read_bytes())


def test_init_again_changes_nothing(begun):
    home, first = begun
    before = {path: path.read_bytes() for path in [home / "root.pem", *(home / "keys").iterdir()]}
    assert run_process("init", home=home).done() == first.out
    assert {path: path.read_bytes() for path in before} == before


def test_another_passphrase_does_not_open_the_keys(begun):
    home, _ = begun
    line = run_process("init", home=home, BORDERPASS_KEY_PASSPHRASE="not the passphrase at all").refusal()
    assert "wrong passphrase, or a damaged file" in line


def test_without_a_passphrase_nothing_begins(tmp_path):
    line = run_process("init", home=tmp_path, BORDERPASS_KEY_PASSPHRASE="").refusal()
    assert "set BORDERPASS_KEY_PASSPHRASE_FILE to a file that holds it" in line
    assert not (tmp_path / "keys").exists()


def test_a_short_passphrase_is_refused(tmp_path):
    line = run_process("init", home=tmp_path, BORDERPASS_KEY_PASSPHRASE="elevenchars").refusal()
    assert line == "borderpass init: the passphrase is shorter than 12 characters"


def test_the_passphrase_may_stand_in_a_file(begun, tmp_path):
    home, first = begun
    (tmp_path / "passphrase").write_text("a passphrase of the tests\n", "utf-8")
    from_file = {"BORDERPASS_KEY_PASSPHRASE": "", "BORDERPASS_KEY_PASSPHRASE_FILE": str(tmp_path / "passphrase")}
    assert run_process("init", home=home, **from_file).done() == first.out


def test_a_missing_passphrase_file_is_one_line(tmp_path):
    missing = {"BORDERPASS_KEY_PASSPHRASE": "", "BORDERPASS_KEY_PASSPHRASE_FILE": str(tmp_path / "missing")}
    assert "cannot read the passphrase file" in run_process("init", home=tmp_path, **missing).refusal()


@pytest.mark.parametrize("words", [["counts"], ["verify", "x"], ["bundle", "export", "x"]], ids=lambda words: words[0])
def test_where_nothing_was_begun_a_command_says_so(tmp_path, words):
    (tmp_path / "x").write_text("NCFP", "ascii")
    assert run_process(*words, home=tmp_path / "home", cwd=tmp_path).refusal().endswith("run borderpass init")


def test_a_lost_root_is_one_line(begun, tmp_path):
    home, _ = begun
    shutil.copytree(home, tmp_path / "copy")
    (tmp_path / "copy" / "root.pem").unlink()
    (tmp_path / "order.yaml").write_text("number: BP", "utf-8")
    ran = run_process("orders", "simulate", tmp_path / "order.yaml", home=tmp_path / "copy")
    assert ran.refusal().endswith("run borderpass init")


@pytest.mark.parametrize("command", ["init", "counts"])
def test_a_file_that_is_no_database_is_one_line(tmp_path, command):
    (tmp_path / "borderpass.sqlite3").write_bytes(b"this is no database" * 100)
    assert "the database cannot be used" in run_process(command, home=tmp_path).refusal()
    assert (tmp_path / "borderpass.sqlite3").read_bytes() == b"this is no database" * 100


@pytest.mark.parametrize("url", ["nonsense", "gopher://somewhere/x", "postgresql://a:secret@127.0.0.1:port/x"])
def test_a_database_url_that_is_none_is_one_line_that_keeps_its_password(tmp_path, url):
    line = run_process("counts", home=tmp_path, DATABASE_URL=url).refusal()
    assert "DATABASE_URL is not of the form postgresql://" in line
    assert "secret" not in line


@pytest.mark.parametrize("words", [["init"], ["manage", "migrate"]], ids=" ".join)
def test_a_database_that_does_not_answer_is_one_line(tmp_path, words):
    url = "postgresql://somebody:secret@127.0.0.1:1/borderpass"
    line = run_process(*words, home=tmp_path, DATABASE_URL=url).refusal()
    assert "the database cannot be used" in line
    assert "secret" not in line


def test_a_folder_that_is_a_file_is_one_line(tmp_path):
    (tmp_path / "home").write_bytes(b"")
    assert "Not a directory" in run_process("init", home=tmp_path / "home").refusal()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_cannot_be_written_to_is_one_line(tmp_path):
    (tmp_path / "home").mkdir(mode=0o500)
    assert "Permission denied" in run_process("init", home=tmp_path / "home").refusal()
