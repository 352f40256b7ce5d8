"""Where do the benchmarks that need a database run? In an installation of their own, on a private PostgreSQL."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

PASSPHRASE = "only for the benchmarks"


@contextmanager
def own_installation(now: datetime) -> Iterator[Path]:
    """Set Django up on a private PostgreSQL and found an authority; take everything away at the end."""
    from tests.postgres import start_cluster

    cluster = start_cluster()
    try:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["BORDERPASS_HOME"] = folder
            os.environ["BORDERPASS_KEY_PASSPHRASE"] = PASSPHRASE
            os.environ["DATABASE_URL"] = cluster.url
            _make_database(cluster.url)
            from borderpass.cli.init import found
            from borderpass.cli.installation import set_up

            home = set_up()
            found(home, now)
            yield home
            from django.db import connection

            connection.close()
    finally:
        cluster.stop()


def _make_database(url: str) -> None:
    import psycopg

    name = url.rpartition("/")[2]
    with psycopg.connect(url.removesuffix(name) + "postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
