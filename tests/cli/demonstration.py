"""What does the demo leave behind?"""

import fcntl
import json
from dataclasses import dataclass
from pathlib import Path

from tests.cli.running import Ran, run_process

RESIDENTS = 10


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The folder of a demo that was told, and what it said."""

    home: Path
    ran: Ran

    @property
    def texts(self) -> list[Path]:
        """The files of the passes' QR texts, by number."""
        return sorted((self.home / "passes").glob("*.txt"))

    @property
    def good(self) -> Path:
        """The text of the first pass that the story lets out and home again."""
        number = self.ran.out.split("ADMIT  entry ")[1].split()[0]
        return self.home / "passes" / f"{number}.txt"

    @property
    def revoked(self) -> Path:
        """The text of the pass that the story revokes."""
        number = self.ran.out.split(" is revoked:")[0].split()[-1]
        return self.home / "passes" / f"{number}.txt"

    @property
    def with_what(self) -> list[str]:
        """The words that name the bundle and the root."""
        return ["--bundle", str(self.home / "bundle.cbor"), "--root", str(self.home / "root.pem")]


def tell_once(folder: Path) -> Demonstration:
    """Tell the demo in a folder, unless another worker of this run has told it there; then wait for it and share it."""
    folder.mkdir(exist_ok=True)
    with (folder / "told.json").open("a+", encoding="utf-8") as told:
        fcntl.flock(told, fcntl.LOCK_EX)
        told.seek(0)
        if not (said := told.read()):
            # The database that the environment names leads nowhere: it must not be followed.
            words = ("demo", "--no-serve", "--residents", str(RESIDENTS))
            ran = run_process(*words, home=folder, DATABASE_URL="postgresql://127.0.0.1:1/none")
            said = json.dumps([ran.status, ran.out, ran.err])
            told.write(said)
        return Demonstration(folder / "demo", Ran(*json.loads(said)))
