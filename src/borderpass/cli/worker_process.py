"""How is long work done while a site is served? By a process beside it, which lives as long as the site."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_AGAIN_AFTER_S = 2.0
_PATIENCE_S = 8.0


@contextmanager
def worker_beside() -> Iterator[None]:
    """Keep a worker running for as long as the block does. One that ends by itself is started again.

    It knows our process id: when we are gone, however that came, it ends.
    """
    over = threading.Event()
    keeper = threading.Thread(target=_keep, args=(over,), name="worker", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join(2 * _PATIENCE_S)


def _keep(over: threading.Event) -> None:
    words = (sys.executable, "-m", "borderpass.cli.main", "work", "--beside", str(os.getpid()))
    while not over.is_set():
        with subprocess.Popen(words, stdin=subprocess.DEVNULL) as process:  # noqa: S603  # our own command
            while process.poll() is None and not over.wait(0.2):
                pass
            if process.poll() is None:
                _end(process)
        over.wait(_AGAIN_AFTER_S)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Let it finish the part it is at; what is left is done by the next worker."""
    process.terminate()
    try:
        process.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
