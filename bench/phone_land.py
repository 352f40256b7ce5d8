"""Where do the phone's benchmarks play? On the demo's home, with more people, served by `borderpass serve` on SQLite.

The browser reaches the server through a relay that counts what comes down the wire.
"""

import json
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.cli.demonstration import tell_once
from tests.cli.running import ROOT, environment
from tests.e2e.ledger import Ledger
from tests.e2e.office import Office, working_office
from tests.e2e.served_home import ServedHome

_CHUNK = 1 << 16
_COMPRESSED = ROOT / "src" / "borderpass" / "web" / "phone" / "gate" / "index.html.gz"


@dataclass(frozen=True, slots=True)
class Land:
    """A home that is served: `texts` are the QR texts of people who have not crossed yet, each given out once."""

    office: Office
    served: ServedHome
    ledger: Ledger
    relay: "Relay"
    texts: list[str]
    folder: Path

    def take(self, count: int) -> list[str]:
        """Return so many people's texts."""
        return [self.texts.pop() for _ in range(count)]


@contextmanager
def phone_land(people: int) -> Iterator[Land]:
    """Tell the demo in a folder of its own, issue passes, and serve it until the block ends."""
    if not _COMPRESSED.is_file():
        raise SystemExit("the phone's app was not built and compressed: run make phone")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demo = tell_once(folder / "demonstration")
        demo.ran.done()
        home = demo.home
        with working_office(home) as office, ServedHome(home) as served, relaying(served.port) as relay:
            yield Land(office, served, Ledger(home), relay, _issue_many(home, people), folder)


def _issue_many(home: Path, count: int) -> list[str]:
    secrets = {"BORDERPASS_KEY_PASSPHRASE": "", "BORDERPASS_KEY_PASSPHRASE_FILE": str(home / "passphrase")}
    words = [sys.executable, "-m", "bench.phone_office", str(count)]
    ran = subprocess.run(words, cwd=ROOT, env=environment(home, **secrets), stdout=subprocess.PIPE, check=True)
    texts: list[str] = json.loads(ran.stdout)
    return texts


class Relay:
    """The address that the browser knows. `octets` came down from the server since it was last set to nought."""

    def __init__(self, port: int) -> None:
        self.address = f"http://localhost:{port}"
        self.octets = 0


@contextmanager
def relaying(server_port: int) -> Iterator[Relay]:
    """Pass everything on to a server of this machine and back, and count what comes back."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", server_port)) as server:
                up = threading.Thread(target=_pump, args=(self.request, server), daemon=True)
                up.start()
                while octets := server.recv(_CHUNK):
                    relay.octets += len(octets)
                    self.request.sendall(octets)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        relay = Relay(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield relay
        server.shutdown()
        thread.join()


def _pump(browser: socket.socket, server: socket.socket) -> None:
    with suppress(OSError):
        while octets := browser.recv(_CHUNK):
            server.sendall(octets)
        server.shutdown(socket.SHUT_WR)
