"""Serve the site: on SQLite with one worker, on PostgreSQL with two or more. A process beside it does its long work."""

import argparse
import socket
import sys

from borderpass.cli.installation import set_up
from borderpass.cli.refused import Refused, bad_usage
from borderpass.cli.worker_process import worker_beside

DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 8000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--host`, `--port`, `--workers`."""
    parser.add_argument("--host", metavar="H", default=DEFAULT_HOST, help=f"address to listen on ({DEFAULT_HOST})")
    parser.add_argument("--port", metavar="P", type=int, default=DEFAULT_PORT, help=f"port ({DEFAULT_PORT})")
    parser.add_argument("--workers", metavar="N", type=int, help="processes (1 on SQLite, 2 on PostgreSQL)")


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    set_up()
    from django.db import connection

    on_sqlite = connection.vendor == "sqlite"
    workers = (1 if on_sqlite else 2) if arguments.workers is None else arguments.workers
    if workers < 1:
        raise bad_usage("--workers is at least 1")
    if on_sqlite and workers != 1:
        raise bad_usage("SQLite has one writer: serve with one worker, or set DATABASE_URL to a PostgreSQL")
    connection.close()
    serve(arguments.host, arguments.port, workers)
    return 0


def serve(host: str, port: int, workers: int) -> None:
    """Run granian on the site. Raise Refused when the port cannot be had."""
    find_port_free(host, port)
    from granian import Granian
    from granian.constants import Interfaces

    sys.stdout.write(f"serving {address_of(host, port)}/ - stop it with Ctrl-C\n")
    sys.stdout.flush()
    server = Granian(
        "borderpass.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1 if workers == 1 else 4,
        workers_kill_timeout=10,
        log_enabled=False,
    )
    with worker_beside():
        server.serve()


def address_of(host: str, port: int) -> str:
    """Return where to open the site. This machine has a name here: browsers give passkeys to names, not to numbers."""
    return f"http://{'localhost' if host == DEFAULT_HOST else host}:{port}"


def find_port_free(host: str, port: int) -> None:
    """Raise Refused when something listens there already, or the address is not ours."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise Refused(f"cannot listen on {host}:{port} ({error}): choose another with --port") from None
