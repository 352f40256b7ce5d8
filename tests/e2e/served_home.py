"""How is a home served so that the server can go away and come back at the same address?"""

import urllib.request
from contextlib import ExitStack
from pathlib import Path

from tests.cli.serving import PATIENCE_S, free_port, serving


class ServedHome:
    """`borderpass serve` on a home; a context that stops it at its end."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self._running = ExitStack()

    def start(self) -> None:
        """Serve, and wait until it answers. Does nothing where it is served already."""
        self.stop()
        words = ("serve", "--port", str(self.port))
        # The worker beside the site signs what governors approve.
        keys = {"BORDERPASS_KEY_PASSPHRASE": "", "BORDERPASS_KEY_PASSPHRASE_FILE": str(self.home / "passphrase")}
        self._running.enter_context(serving(self.home, self.port, *words, **keys))

    def stop(self) -> None:
        """End it, as a power cut at the server's would."""
        self._running.close()

    def file(self, path: str) -> bytes:
        """Return what it serves at a path."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE_S) as answer:
            return bytes(answer.read())

    def __enter__(self) -> "ServedHome":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
