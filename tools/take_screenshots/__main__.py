"""Which screens are taken, and where do they go?

    python -m tools.take_screenshots                writes docs/screens (needs chromium and make phone)
    python -m tools.take_screenshots --only office  the office's and the applicant's screens, or `phones`: the phones'
    python -m tools.take_screenshots --out DIR      writes them elsewhere

The demo is told in a folder that is thrown away, and served; a browser walks through the screens. Days and ages on the
pictures are those of the day they are taken on; everything else is the same each time.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright
from tests.cli.demonstration import Demonstration, tell_once

from .applicants import walk_apply
from .office import walk_office
from .office_studio import office_studio
from .phones import phone_studio, walk_check, walk_gate

_PHONE_LANGUAGES = ("km", "th", "en")


def main(arguments: list[str]) -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(prog="take_screenshots", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--out", metavar="DIR", type=Path, default=Path("docs") / "screens")
    parser.add_argument("--only", choices=("phones", "office"))
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="borderpass-screens-") as folder, sync_playwright() as playwright:
        demo = tell_once(Path(folder) / "demonstration")
        if chosen.only != "office":
            _take_phones(Path(folder), demo, playwright, chosen.out)
        if chosen.only != "phones":
            _take_office(Path(folder), demo, playwright, chosen.out)
    sys.stdout.write(f"{len(list(chosen.out.glob('*.png')))} pictures in {chosen.out}\n")
    return 0


def _take_phones(folder: Path, demo: Demonstration, playwright: Playwright, out: Path) -> None:
    with phone_studio(folder, demo, playwright, out) as studio:
        for language in _PHONE_LANGUAGES:
            walk_gate(studio, language)
            walk_check(studio, language)


def _take_office(folder: Path, demo: Demonstration, playwright: Playwright, out: Path) -> None:
    with office_studio(folder, demo, playwright, out) as studio:
        walk_office(studio)
        walk_apply(studio)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
