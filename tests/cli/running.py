"""How is the command run in a test, and what holds whatever it was asked?"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from borderpass.cli.application_file import MAX_BYTES

PASSPHRASE = "a passphrase of the tests"
ROOT = Path(__file__).resolve().parents[2]
MAX_LINE = MAX_BYTES // 1024
_NEVER_SAID = ("Traceback", "Exception ignored", "Error:", "Warning:")
_OURS = ("BORDERPASS_", "DATABASE_URL", "DJANGO_", "PYTHON", "COV_")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command answered: its exit status, standard output and standard error."""

    status: int
    out: str
    err: str

    def refusal(self, status: int = 1) -> str:
        """Return the one line with which the command refused. Fail when it did anything else."""
        assert (self.status, self.out) == (status, ""), self
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("borderpass"), self.err
        assert len(lines[0]) < MAX_LINE, self.err
        return lines[0]

    def done(self) -> str:
        """Return what the command said when it did what it was asked. Fail when it did not."""
        assert (self.status, self.err) == (0, ""), self
        return self.out


def checked(ran: Ran) -> Ran:
    """Return what was run, after a look that no inside of the program got out."""
    assert not [words for words in _NEVER_SAID if words in ran.err], ran.err
    return ran


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a user who has set nothing but the installation's folder and passphrase."""
    usual = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    ours = {"BORDERPASS_HOME": str(home), "BORDERPASS_KEY_PASSPHRASE": PASSPHRASE}
    return {name: value for name, value in {**usual, **ours, **more}.items() if value}


def words_of(*words: str | Path) -> list[str]:
    """Return the words of a process that runs the command."""
    return [sys.executable, "-m", "borderpass.cli.main", *map(str, words)]


def run_process(*words: str | Path, home: Path, stdin: bytes = b"", cwd: Path = ROOT, **variables: str) -> Ran:
    """Run the command as a process of its own, in the environment of `environment`."""
    done = subprocess.run(
        words_of(*words),
        input=stdin,
        capture_output=True,
        check=False,
        cwd=cwd,
        env=environment(home, **variables),
        timeout=120,
    )
    return checked(Ran(done.returncode, done.stdout.decode(), done.stderr.decode()))
