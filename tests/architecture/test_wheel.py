"""Is everything in the wheel that an installation runs on?"""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.build import build_wheel

from tests.architecture.source_files import PACKAGE, ROOT, committed_files

NEEDED = [
    "data/gazetteer/villages.csv",
    "data/gazetteer/checkpoints.csv",
    "data/orders/2015-07-11-agreement.yaml",
    "data/spec/reasons.yaml",
    "printing/templates/pass_a6.typ",
    "printing/templates/pass_card.typ",
    "printing/templates/receipt.typ",
    "cli/story/demo_order.yaml",
    "web/templates/base.html",
    "web/static/borderpass/style.css",
    "locale/km/LC_MESSAGES/django.mo",
    "locale/th/LC_MESSAGES/django.mo",
    "store/migrations/0001_begin.py",
    "py.typed",
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built as an installer builds it, in a folder of its own."""
    folder, here = tmp_path_factory.mktemp("wheel"), Path.cwd()
    os.chdir(ROOT)
    try:
        name = build_wheel(str(folder))
    finally:
        os.chdir(here)
    with zipfile.ZipFile(folder / name) as archive:
        yield archive


@pytest.fixture(scope="module")
def names(wheel):
    return {name.removeprefix("borderpass/") for name in wheel.namelist() if name.startswith("borderpass/")}


@pytest.mark.parametrize("name", NEEDED)
def test_what_is_needed_is_inside(names, name):
    assert name in names


def test_every_committed_file_of_the_package_is_inside(names):
    ours = {str(path.relative_to(PACKAGE)) for path in committed_files() if path.is_relative_to(PACKAGE)}
    assert ours <= names


def test_every_order_and_table_is_inside(names):
    for folder in ("orders", "gazetteer", "spec"):
        files = {f"data/{folder}/{path.name}" for path in (ROOT / folder).iterdir() if path.is_file()}
        assert files <= names


def test_nothing_is_inside_that_was_made_or_is_secret(names):
    assert [name for name in names if name.endswith((".pyc", ".sqlite3", ".pem", "secret-key"))] == []


def test_the_metadata_name_the_command_the_licence_and_what_it_needs(wheel):
    [folder] = {name.split("/")[0] for name in wheel.namelist() if ".dist-info/" in name}
    assert "borderpass = borderpass.cli.main:main" in wheel.read(f"{folder}/entry_points.txt").decode()
    metadata = wheel.read(f"{folder}/METADATA").decode()
    assert "License-Expression: Apache-2.0" in metadata
    needed = set(re.findall(r"^requires-dist: ([\w-]+)", metadata.lower(), re.MULTILINE))
    asked = (ROOT / "requirements" / "run.in").read_text("utf-8").lower()
    assert needed == set(re.findall(r"^([\w-]+)", asked, re.MULTILINE))


def test_the_package_runs_from_the_wheel(wheel, tmp_path):
    wheel.extractall(tmp_path)
    snippet = (
        "import borderpass, sys; from borderpass.cli.main import main; from borderpass.services.load_orders import"
        " load_orders; print(borderpass.__file__, len(load_orders())); sys.exit(main(['--version']))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", snippet],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    where, orders = ran.stdout.splitlines()[0].split()
    assert where == str(tmp_path / "borderpass" / "__init__.py")
    assert int(orders) == len(list((ROOT / "orders").glob("*.yaml")))
