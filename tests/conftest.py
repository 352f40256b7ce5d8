"""On which database do the tests run, and what do they find there?

`pytest` runs on SQLite: a file, with the options of the real settings. `pytest --database=postgresql` starts a
PostgreSQL of its own and runs there what uses a database, and only that. What a page or a command says does not depend
on the database: they have their tests once, on SQLite; on PostgreSQL the walk over all addresses fetches each page.
"""

import importlib
import os
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connections

from tests.installation import Foundation, Installation, cached_portraits, found_installation
from tests.postgres import NoPostgresError, start_cluster
from tests.trail import let_tests_flush

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_RUN = pytest.StashKey[dict[str, str]]()
_FOLDERS_WITH_DATABASE = {"store", "services", "faults", "web"}
_USES_DATABASE = {"db", "transactional_db", "live_server"}

# A busy machine is no fault of what is tested.
hypothesis.settings.register_profile(
    "tests", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("tests")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=(SQLITE, POSTGRESQL), default=SQLITE, help="the database of the tests")


def pytest_configure(config: pytest.Config) -> None:
    """Point the settings at a folder and a database of this run, before anything has used them."""
    told: dict[str, str] | None = getattr(config, "workerinput", None)
    if told is None:
        home = Path(tempfile.mkdtemp(prefix="borderpass-tests-"))
        config.add_cleanup(partial(shutil.rmtree, home, ignore_errors=True))
        config.stash[_RUN] = {"home": str(home)} | _start_database(config)
        told = {"workerid": "one", **config.stash[_RUN]}
    _point_settings_at(Path(told["home"], told["workerid"]), told.get("database_url"))
    let_tests_flush()
    # The same algorithm; what makes a guess dear would make each sign-in of a test dear too.
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 64


def _start_database(config: pytest.Config) -> dict[str, str]:
    if config.getoption("--database") == SQLITE:
        return {}
    try:
        cluster = start_cluster()
    except NoPostgresError as error:
        raise pytest.UsageError(str(error)) from None
    config.add_cleanup(cluster.stop)
    return {"database_url": cluster.url}


def _point_settings_at(home: Path, url: str | None) -> None:
    """Let the real settings read another environment. Django has read them by now, but has not connected yet."""
    home.mkdir()
    os.environ["BORDERPASS_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)
    os.environ.update({} if url is None else {"DATABASE_URL": url})
    read_again = importlib.reload(importlib.import_module("borderpass.settings"))
    if url is None:
        read_again.DATABASES["default"]["TEST"] = {"NAME": str(home / "tests.sqlite3")}
    settings.HOME, settings.DATABASES = read_again.HOME, connections.configure_settings(read_again.DATABASES)
    connections.databases.update(settings.DATABASES)
    del connections["default"]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist where this run has its folder and its server."""
    node.workerinput.update(node.config.stash[_RUN])


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out, on PostgreSQL, the files that are about words alone: collecting them takes time too."""
    if config.getoption("--database") == SQLITE or not collection_path.name.startswith("test_"):
        return None
    folder, name = collection_path.parent.name, collection_path.name
    is_page = folder == "web" and not name.startswith("test_api_") and name != "test_office_urls.py"
    return True if is_page or folder not in _FOLDERS_WITH_DATABASE else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--database") == SQLITE:
        return
    others = [item for item in items if not _uses_database(item)]
    config.hook.pytest_deselected(items=others)
    left_out = set(others)
    items[:] = [item for item in items if item not in left_out]


def _uses_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(names & _USES_DATABASE)


@pytest.fixture(scope="session")
def foundation(tmp_path_factory: pytest.TempPathFactory) -> Foundation:
    return Foundation(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def quick_portraits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read each photo once a run: making the pictures has tests of its own."""
    monkeypatch.setattr("borderpass.services.lodge_application.read_portrait", cached_portraits)


@pytest.fixture
def installation(
    db: None, quick_portraits: None, foundation: Foundation, tmp_path: Path, settings: Any
) -> Installation:
    """An authority with its orders, and the offices of Poipet and of the next district, each with keys."""
    settings.HOME = tmp_path
    return found_installation(tmp_path, foundation)
