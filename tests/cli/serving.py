"""How is a served site waited for, asked, and stopped?"""

import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from tests.cli.running import ROOT, Ran, checked, environment, words_of

PATIENCE_S = 60


def free_port() -> int:
    """Return a port on which nothing listens at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(home: Path, port: int, *words: str, **variables: str) -> Iterator["Served"]:
    """Run a command that serves on a port; give it once it answers there, and end it when the block ends."""
    # What it says goes into files: a pipe that nobody reads fills, and then the server waits for ever.
    env = environment(home, **variables)
    with (
        TemporaryFile("w+") as out,
        TemporaryFile("w+") as err,
        subprocess.Popen(words_of(*words), cwd=ROOT, env=env, stdout=out, stderr=err) as process,
    ):
        served = Served(process, port, out, err)
        try:
            _wait_for(port, served)
            yield served
        finally:
            process.terminate()


def _wait_for(port: int, served: "Served") -> None:
    """A connection that is refused is tried again, as long as the process lives and patience lasts."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        try:
            served.process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        break
    served.process.terminate()
    raise AssertionError(f"it does not answer: {served.said()}")


class Served:
    """A site that answers."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, out: IO[str], err: IO[str]) -> None:
        self.process = process
        self._out, self._err = out, err
        self._address = f"http://127.0.0.1:{port}"

    def get(self, path: str) -> tuple[int, bytes]:
        """Return the status and the body of an answer."""
        try:
            with urllib.request.urlopen(self._address + path, timeout=PATIENCE_S) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.read()

    def said(self) -> tuple[str, str]:
        """Return what the command has said so far, and what it said of errors."""
        for stream in (self._out, self._err):
            stream.seek(0)
        return self._out.read(), self._err.read()

    def stop(self) -> Ran:
        """Send SIGTERM, as a service manager does; return what the command said until then."""
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=PATIENCE_S)
        return checked(Ran(status, *self.said()))
