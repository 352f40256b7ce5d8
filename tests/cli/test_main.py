"""What does `borderpass` say before it does anything, and where nobody listens?"""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from borderpass.cli.main import COMMANDS
from tests.cli.running import ROOT, environment, words_of

IN_DJANGO_S_HANDS = "manage"


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["help"]])
def test_help_names_every_command(borderpass, words):
    said = borderpass(*words).done()
    assert [line.split()[0] for line in said.splitlines() if line.startswith("  ")] == list(COMMANDS)


def test_no_command_at_all_is_bad_usage_and_shows_the_help(borderpass):
    ran = borderpass()
    assert ran.status == 2
    assert "usage: borderpass COMMAND" in ran.out


def test_an_unknown_command_is_one_line(borderpass):
    assert "there is no command 'approve'; see borderpass --help" in borderpass("approve").refusal(2)


def test_the_version_is_the_package_s(borderpass):
    assert borderpass("--version").done() == "borderpass 0.1.0\n"


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != IN_DJANGO_S_HANDS])
def test_each_command_says_what_it_is_for(borderpass, command):
    said = borderpass(command, "--help").done()
    assert said.startswith(f"usage: borderpass {command} ")
    assert len(said.splitlines()) > 4


@pytest.mark.parametrize(
    "words",
    [
        ["office", "add", "--help"],
        ["office", "key", "--help"],
        ["office", "withdraw", "--help"],
        ["device", "code", "--help"],
        ["device", "list", "--help"],
        ["device", "revoke", "--help"],
        ["bundle", "export", "--help"],
        ["trust", "export", "--help"],
        ["orders", "check", "--help"],
        ["orders", "simulate", "--help"],
        ["orders", "enact", "--help"],
    ],
    ids=" ".join,
)
def test_each_action_says_how_it_is_called(borderpass, words):
    assert borderpass(*words).done().startswith(f"usage: borderpass {words[0]} {words[1]} ")


@pytest.mark.parametrize(
    "words",
    [
        ["verify"],
        ["verify", "--direction", "up", "x"],
        ["verify", "--colour", "x"],
        ["issue"],
        ["office"],
        ["office", "close", "0110"],
        ["device"],
        ["device", "code", "poipet", "1", "up"],
        ["device", "code", "poipet"],
        ["bundle"],
        ["bundle", "import", "x"],
        ["trust"],
        ["orders"],
        ["orders", "check"],
        ["counts", "--by", "province"],
        ["counts", "--from", "yesterday"],
        ["counts", "--from", "0001-01-01"],
        ["counts", "--to", "9999-12-31"],
        ["counts", "--json", "--csv"],
        ["counts", "--from", "2026-11-02", "--to", "2026-11-01"],
        ["serve", "--port", "http"],
        ["serve", "--workers", "two"],
        ["demo", "--residents", "many"],
        ["demo", "--residents", "5"],
        ["demo", "--residents", "5001"],
        ["init", "now"],
    ],
    ids=" ".join,
)
def test_bad_usage_is_one_line_and_exit_2(borderpass, words):
    assert borderpass(*words).refusal(2).startswith(f"borderpass {words[0]}")


def test_the_installed_script_is_this_command(tmp_path):
    script = Path(sys.executable).with_name("borderpass")
    ran = subprocess.run([script, "--version"], capture_output=True, text=True, env=environment(tmp_path), check=True)
    assert (ran.stdout, ran.stderr) == ("borderpass 0.1.0\n", "")


@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["at the end", "at once"])
@pytest.mark.parametrize("words", [["--help"], ["verify", "--help"]], ids=" ".join)
def test_a_reader_who_leaves_is_no_error(tmp_path, words, unbuffered):
    writing = subprocess.Popen(
        words_of(*words),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path, PYTHONUNBUFFERED=unbuffered),
    )
    assert writing.stdout is not None
    writing.stdout.close()  # what `| true` does, for certain before anything is written
    with writing:
        assert writing.stderr is not None
        assert writing.stderr.read() == b""


def said_with(redirection, home, *words):
    """Run the command in a shell that redirects its streams; return its exit status and standard error."""
    script = f"{shlex.join(words_of(*words))} {redirection}"
    ran = subprocess.run(
        script, shell=True, check=False, cwd=ROOT, env=environment(home), capture_output=True, text=True
    )
    return ran.returncode, ran.stderr


def test_a_full_disk_is_one_line(tmp_path):
    assert said_with(">/dev/full", tmp_path, "--help") == (1, "borderpass: No space left on device\n")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_closed_stream_is_nowhere(tmp_path, closed):
    status, said = said_with(closed, tmp_path, "verify", "--bundle", "missing", "--root", "missing", "-")
    assert status == 2
    assert len(said.splitlines()) == (closed != "2>&-")
