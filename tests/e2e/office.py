"""How does a test have something done in the offices? By a process that works on the same home (office_process.py)."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.cli.running import ROOT, environment


class Office:
    """The offices, the gate's commander and the ministry of a home."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def code(self, lane: str = "1", direction: str = "exit") -> str:
        """Return a new enrolment code."""
        return str(self._do("make_code", lane=lane, direction=direction))

    def publish(self, days_ago: int = 0) -> int:
        """Publish a bundle; return its serial."""
        return int(self._do("publish", days_ago=days_ago))

    def change_status(self, number: str, status: str) -> None:
        """Revoke, suspend or reinstate ("valid") a pass, and publish what the gates shall know of it."""
        self._do("change_status", number=number, status=status)
        self.publish()

    def set_tap(self, tap: bool) -> None:
        """Say whether an admission needs a tap."""
        self._do("set_tap", tap=tap)

    def prepare(self, passes: int) -> list[dict[str, str]]:
        """Forget the story's crossings and issue passes; return number, name and text of each."""
        issued: list[dict[str, str]] = self._do("prepare", passes=passes)
        return issued

    def _do(self, deed: str, **words: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([deed, words]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"the office could not {deed}({words}): see standard error"
        return json.loads(answer)


@contextmanager
def working_office(home: Path) -> Iterator[Office]:
    """Give the offices of a home; they close when the block ends."""
    words = [sys.executable, "-m", "tests.e2e.office_process"]
    env = environment(home, BORDERPASS_KEY_PASSPHRASE="", BORDERPASS_KEY_PASSPHRASE_FILE=str(home / "passphrase"))
    with subprocess.Popen(
        words, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        yield Office(process)
        assert process.stdin is not None
        process.stdin.close()
