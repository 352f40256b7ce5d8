"""Is everything in the wheel that an installation runs on?"""

import os
import re
import shutil
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
    "printing/templates/slip.typ",
    "cli/story/demo_order.yaml",
    "web/templates/base.html",
    "web/static/borderpass/style.css",
    "web/static/borderpass/tokens.css",
    "locale/km/LC_MESSAGES/django.mo",
    "locale/th/LC_MESSAGES/django.mo",
    "store/migrations/0001_begin.py",
    "py.typed",
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built as an installer builds it, in a folder of its own."""
    with zipfile.ZipFile(built(ROOT, tmp_path_factory.mktemp("wheel"))) as archive:
        yield archive


def built(root, folder):
    """Return the wheel of a checkout, built into a folder."""
    here = Path.cwd()
    os.chdir(root)
    try:
        return folder / build_wheel(str(folder))
    finally:
        os.chdir(here)


@pytest.fixture(scope="module")
def names(wheel):
    return {name.removeprefix("borderpass/") for name in wheel.namelist() if name.startswith("borderpass/")}


@pytest.mark.parametrize("name", NEEDED)
def test_what_is_needed_is_inside(names, name):
    assert name in names


def test_every_committed_file_of_the_package_is_inside(names):
    ours = {str(path.relative_to(PACKAGE)) for path in committed_files() if path.is_relative_to(PACKAGE)}
    assert ours <= names


def test_the_phone_s_apps_are_inside_where_they_were_built_though_they_are_not_committed(tmp_path):
    """A checkout with little in it: one module, and what a build of scanner/ leaves."""
    for name in ("pyproject.toml", ".gitignore", "README.md", "LICENSE", "requirements/run.in"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    apps = {
        f"borderpass/web/phone/{app}/{name}" for app in ("gate", "check") for name in ("index.html", "assets/a.wasm")
    }
    for name in {"borderpass/__init__.py", "borderpass/web/__pycache__/left.pyc", *apps}:
        (tmp_path / "src" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "src" / name).touch()
    with zipfile.ZipFile(built(tmp_path, tmp_path / "dist")) as archive:
        inside = {name for name in archive.namelist() if name.startswith("borderpass/")}
    assert inside == {"borderpass/__init__.py", *apps}


def test_the_phone_s_apps_of_this_checkout_are_inside(names):
    made = {str(path.relative_to(PACKAGE)) for path in (PACKAGE / "web" / "phone").rglob("*") if path.is_file()}
    assert made <= names


def test_every_order_and_table_is_inside(names):
    for folder in ("orders", "holidays", "gazetteer", "spec"):
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
