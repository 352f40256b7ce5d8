"""On which database do the tests run, and what do they find there?

`pytest` runs on SQLite: a file, with the options of the real settings. `pytest --database=postgresql` starts a
PostgreSQL of its own and runs there what uses a database, and only that.
"""

import importlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connections

from tests.installation import Foundation, Installation, cached_portraits, found_installation
from tests.postgres import Cluster, NoPostgresError, start_cluster

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_HOME, _CLUSTER = pytest.StashKey[Path](), pytest.StashKey[Cluster]()
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
    url = None
    if config.getoption("--database") == POSTGRESQL:
        url = getattr(config, "workerinput", {}).get("database_url")
        if url is None:
            try:
                config.stash[_CLUSTER] = start_cluster()
            except NoPostgresError as error:
                raise pytest.UsageError(str(error)) from None
            url = config.stash[_CLUSTER].url
    config.stash[_HOME] = Path(tempfile.mkdtemp(prefix="borderpass-tests-"))
    _point_settings_at(config.stash[_HOME], url)


def _point_settings_at(home: Path, url: str | None) -> None:
    """Let the real settings read another environment. Django has read them by now, but has not connected yet."""
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
    """Tell a worker of pytest-xdist which server this run has started."""
    if _CLUSTER in node.config.stash:
        node.workerinput["database_url"] = node.config.stash[_CLUSTER].url


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind, whatever ended the run."""
    if _CLUSTER in config.stash:
        config.stash[_CLUSTER].stop()
    if _HOME in config.stash:
        shutil.rmtree(config.stash[_HOME], ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--database") == SQLITE:
        return
    others = [item for item in items if not _uses_database(item)]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if _uses_database(item)]


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
