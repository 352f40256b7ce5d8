"""Which country do the browser tests play in? The demo's, told once a run, with passes nobody has crossed with yet."""

import fcntl
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.cli.demonstration import Demonstration
from tests.e2e.office import working_office

PASSES = 64


@dataclass(frozen=True, slots=True)
class IssuedPass:
    """A pass that was issued: what is printed on it and what its code says."""

    number: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Land:
    """A home to be copied, and what there is in it. `demo` has the printed papers and the forgeries."""

    home: Path
    demo: Demonstration
    passes: tuple[IssuedPass, ...]

    def copy(self, folder: Path) -> Path:
        """Lay a home of one's own into a folder."""
        return Path(shutil.copytree(self.home, folder / "home"))

    @property
    def papers(self) -> list[Path]:
        """The printed passes (PDF) of the demo that a gate admits."""
        return [path.with_suffix(".pdf") for path in self.demo.texts if path != self.demo.revoked]

    def forged(self, reason: str) -> str:
        """Return the text of one of the demo's forgeries, by the reason it is refused for."""
        return (self.demo.home / "refused" / f"{reason}.txt").read_text("ascii").strip()


def settle_once(folder: Path, demo: Demonstration) -> Land:
    """Make the land in a folder, unless another worker of this run has made it there; then wait for it and share it."""
    demo.ran.done()
    folder.mkdir(exist_ok=True)
    home = folder / "land"
    with (folder / "passes.json").open("a+", encoding="utf-8") as made:
        fcntl.flock(made, fcntl.LOCK_EX)
        made.seek(0)
        if not (listed := made.read()):
            shutil.copytree(demo.home, home)
            with working_office(home) as office:
                listed = json.dumps(office.prepare(PASSES))
            made.write(listed)
    return Land(home, demo, tuple(IssuedPass(**one) for one in json.loads(listed)))
