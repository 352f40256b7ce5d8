"""Do the long work that waits, and the chores that are due again and again.

`borderpass serve` runs one of these beside itself. Where several machines serve one PostgreSQL, more may run: each
piece of work is done by one of them.
"""

import argparse
import logging
import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime

from borderpass.cli.installation import in_plain_words, set_up, set_up_founded

_WAIT_S, _WAIT_AFTER_TROUBLE_S = 1.0, 5.0
_log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--once`, `--beside`."""
    parser.add_argument("--once", action="store_true", help="do what waits now, then end")
    parser.add_argument("--beside", metavar="PID", type=int, help="end when the process that started it does")


def run(arguments: argparse.Namespace) -> int:
    """Work until told to stop."""
    if arguments.beside is None:
        set_up_founded()
    else:
        set_up()  # a site is served before it was founded, too
    if arguments.once:
        with in_plain_words():
            _do_what_waits(lambda: False)
    else:
        _work(_Told(arguments.beside))
    return 0


class _Told:
    """Was it told to stop, by a signal or because whoever started it is gone? Called, it says so."""

    def __init__(self, parent: int | None) -> None:
        self._stop, self._parent = False, parent
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._hear)

    def __call__(self) -> bool:
        return self._stop or (self._parent is not None and os.getppid() != self._parent)

    def _hear(self, *_: object) -> None:
        self._stop = True


def _work(told: Callable[[], bool]) -> None:
    """Do what waits, look again a second later, and so on. Without a database it goes on waiting."""
    from django.db import DatabaseError, close_old_connections

    in_trouble = False
    while not told():
        try:
            close_old_connections()
            _do_what_waits(told)
            in_trouble = False
        except DatabaseError as error:
            if not in_trouble:
                _log.error("the database cannot be used (%s): trying again until it can", str(error).strip())
            in_trouble = True
        _wait(_WAIT_AFTER_TROUBLE_S if in_trouble else _WAIT_S, told)


def _wait(seconds: float, told: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and not told():
        time.sleep(0.2)


def _do_what_waits(told: Callable[[], bool]) -> None:
    from borderpass.services.run_chores import run_due_chores
    from borderpass.services.run_job import run_waiting_jobs

    run_due_chores(_now())
    run_waiting_jobs(_now, told)


def _now() -> datetime:
    return datetime.now(UTC)
