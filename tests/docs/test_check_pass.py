"""Does the example verifier of the how-to say what the vectors say, as far as it goes?"""

import json
import re
import runpy
import sys
import time
from base64 import b64decode
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from borderpass.wire.bundle import take_apart

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "how-to" / "check-a-pass-from-the-other-side.md"
VECTORS = ROOT / "spec" / "vectors"
# What needs more than a trust list and one status list, as the page says; and so do extensions in bulk.
BEYOND = {"BUNDLE_STALE", "STATUS_UNKNOWN", "ISSUER_EXPIRED", "CLOCK_WRONG"}


def example() -> str:
    """Return the program that the page shows."""
    found = re.search(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def vectors(name: str) -> list[Any]:
    """Return the vectors of a file."""
    found = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    return found if isinstance(found, list) else list(found["vectors"])


def forgeries() -> list[Any]:
    """Return the vectors that are refused for their authenticity: nothing of the pass may be shown."""
    return [one for one in vectors("authenticity") if one["expect"]["pass"] is None]


def days() -> list[Any]:
    """Return the vectors about time and standing that ask about the pass alone, and nothing the program leaves out."""
    alone = [one for one in vectors("validity") if one["scan"]["checkpoint"] is None]
    return [one for one in alone if not BEYOND & set(one["expect"]["reasons"]) and not one["name"].startswith("bulk-")]


def answers(vector: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Run the program on a vector; return whether it says yes."""
    parts = take_apart(b64decode((VECTORS / "bundles" / f"{vector['bundle']}.cbor.b64").read_text(encoding="ascii")))
    shown = vector["expect"]["pass"]
    status_list = parts.status_lists[shown["status_uri"]] if shown else next(iter(parts.status_lists.values()))
    roots = json.loads((VECTORS / "roots.json").read_text(encoding="utf-8"))
    contents = {
        "check_pass.py": example().encode(),
        "root.pem": roots["root"]["pem"].encode("ascii"),
        "trust.cbor": parts.trust_list,
        "status.cwt": status_list,
        "pass.txt": vector["text"].encode("utf-8", "surrogatepass"),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    now = datetime.fromisoformat(vector["now"]).timestamp()
    monkeypatch.setattr(time, "time", lambda: now)
    monkeypatch.setattr(sys, "argv", [str(folder / name) for name in contents])
    with pytest.raises(SystemExit) as exit_:
        runpy.run_path(str(folder / "check_pass.py"))
    return exit_.value.code == 0


def named(vector: Any) -> str:
    return str(vector["name"])


@pytest.mark.parametrize("vector", forgeries(), ids=named)
def test_what_is_not_authentic_is_refused(
    vector: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not answers(vector, tmp_path, monkeypatch)


@pytest.mark.parametrize("vector", days(), ids=named)
def test_days_and_standing_are_as_the_vectors_have_them(
    vector: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answers(vector, tmp_path, monkeypatch) is (vector["expect"]["verdict"] == "ADMIT")


def test_there_are_vectors_of_both_answers() -> None:
    assert {"ADMIT", "REFUSE"} <= {vector["expect"]["verdict"] for vector in days()}
    assert len(forgeries()) > 10
