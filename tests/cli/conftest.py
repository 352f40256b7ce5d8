"""What do the tests of the command share? A way to call it, one demo, and one installation with an office."""

import io
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from borderpass.cli.main import main
from borderpass.pictures.drawn_face import draw_face
from tests.cli.demonstration import Demonstration, tell_once
from tests.cli.running import PASSPHRASE, Ran, checked

Borderpass = Callable[..., Ran]


@pytest.fixture
def borderpass(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Borderpass:
    """Call the command in this process."""

    def call(*words: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        try:
            status = main([str(word) for word in words])
        except SystemExit as left:
            status = left.code if isinstance(left.code, int) else 1
        said = capsys.readouterr()
        return checked(Ran(status, said.out, said.err))

    return call


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """The demo, told once a run, whatever the number of workers; its folder is only read."""
    folder = tmp_path_factory.getbasetemp()
    return tell_once((folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "demonstration")


@pytest.fixture
def home(db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, borderpass: Borderpass) -> Path:
    """An installation as `borderpass init` leaves it, on the database of the tests."""
    folder = tmp_path / "home"
    settings.HOME = folder
    monkeypatch.setenv("BORDERPASS_KEY_PASSPHRASE", PASSPHRASE)
    monkeypatch.delenv("BORDERPASS_KEY_PASSPHRASE_FILE", raising=False)
    borderpass("init").done()
    return folder


@pytest.fixture
def office(home: Path, borderpass: Borderpass) -> Path:
    """The installation with the office of Poipet, which has its keys."""
    borderpass("office", "add", "0110").done()
    borderpass("office", "key", "0110").done()
    return home


@pytest.fixture(scope="session")
def face() -> bytes:
    """A photo as a phone sends it."""
    return draw_face(4, 2, 33)


@pytest.fixture
def write_application(tmp_path: Path, face: bytes) -> Callable[..., Path]:
    """Write Sokha's application file, with some fields changed (None leaves one out); return its path."""
    folder = tmp_path / "applications"
    folder.mkdir()
    (folder / "sokha.png").write_bytes(face)

    def write(name: str = "sokha", **changes: Any) -> Path:
        fields = {**SOKHA, **changes}
        path = folder / f"{name}.json"
        path.write_text(json.dumps({key: value for key, value in fields.items() if value is not None}), "utf-8")
        return path

    return write


SOKHA = {
    "office_code": "0110",
    "name_latin": "SOK SOKHA",
    "name_khmer": "សុខ សុខា",
    "born_on": date(1990, 5, 4).isoformat(),
    "sex": "female",
    "document_kind": "id_card",
    "document_number": "010203040",
    "home_code": "01100101",
    "photo": "sokha.png",
}
