"""What does a phone get where the network is bad and the server in trouble? A proxy that can be told to misbehave.

It stands between the browser and the server, keeps what was asked, and does with each path what the test says.
"""

import http.client
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.cli.serving import PATIENCE_S

_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}
_DRIP_S = 0.2


class Way(Enum):
    """How a request is dealt with."""

    PASS = auto()
    REFUSE = auto()
    """The connection breaks before anybody has seen the request."""
    SWALLOW = auto()
    """The server does its work, and the answer is lost."""
    HANG = auto()
    """The server does its work, and the answer does not come until `release`."""
    ERROR_500 = auto()
    BAD_REQUEST_400 = auto()
    GARBAGE = auto()
    """A 200 with a page of somebody else's, as a hotel's network gives it."""
    HALF = auto()
    """Half of the true answer, then the connection breaks."""
    DRIP = auto()
    """The true answer, a byte at a time."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the browser sent it, and what it got: a status, or 0 for none."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    status: int


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(slots=True)
class _Orders:
    """What the test wants. Read by the threads that answer."""

    server_port: int
    ways: dict[str, Way] = field(default_factory=dict)
    bodies: dict[str, bytes] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def way_of(self, path: str) -> Way:
        return next((way for prefix, way in self.ways.items() if path.startswith(prefix)), Way.PASS)


class HostileProxy:
    """The address that the browser knows."""

    def __init__(self, port: int, orders: _Orders) -> None:
        self._orders = orders
        self.address = f"http://localhost:{port}"

    def set(self, prefix: str, way: Way) -> None:
        """Deal in this way with every path that begins so, from the next request on."""
        self._orders.released.clear()
        self._orders.ways[prefix] = way

    def replace(self, path: str, body: bytes) -> None:
        """Serve other bytes in the place of the server's answer to a path."""
        self._orders.bodies[path] = body

    def behave(self) -> None:
        """Let everything through again, and let go of what hangs."""
        self._orders.ways.clear()
        self._orders.bodies.clear()
        self._orders.released.set()

    def asked(self, prefix: str = "/") -> list[Asked]:
        """Return what was asked of paths that begin so, in order."""
        return [one for one in list(self._orders.asked) if one.path.startswith(prefix)]

    def wait_for(self, prefix: str, requests: int) -> list[Asked]:
        """Wait until paths that begin so were asked for so many times; return what was asked."""
        with self._orders.changed:
            came = self._orders.changed.wait_for(lambda: len(self.asked(prefix)) >= requests, PATIENCE_S)
        assert came, f"{prefix} was asked for {len(self.asked(prefix))} times"
        return self.asked(prefix)

    def forget(self) -> None:
        """Begin a new list of what was asked."""
        self._orders.asked.clear()


@contextmanager
def proxying(server_port: int) -> Iterator[HostileProxy]:
    """Stand in front of a server on this machine."""
    orders = _Orders(server_port)
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"orders": orders}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield HostileProxy(server.server_address[1], orders)
    finally:
        orders.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is part of the day."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # A browser keeps connections open that it may never use again.
    timeout = 5 * PATIENCE_S
    orders: _Orders

    def log_message(self, *words: Any) -> None:
        pass

    def do_GET(self) -> None:
        self._deal()

    def do_POST(self) -> None:
        self._deal()

    def do_HEAD(self) -> None:
        self._deal()

    def _deal(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        way = self.orders.way_of(self.path)
        answer = self._answer(way, body)
        status = 0 if answer is None or way in (Way.SWALLOW, Way.HALF) else answer.status
        with self.orders.changed:
            self.orders.asked.append(Asked(self.command, self.path, dict(self.headers), body, status))
            self.orders.changed.notify_all()
        if way is Way.HANG:
            self.orders.released.wait(PATIENCE_S)
        if answer is None or way is Way.SWALLOW:
            self._break()
        else:
            self._give(answer, way)

    def _answer(self, way: Way, body: bytes) -> _Answer | None:
        if way is Way.REFUSE:
            return None
        if way is Way.ERROR_500:
            return _Answer(500, [("Content-Type", "text/plain")], b"Internal Server Error")
        if way is Way.BAD_REQUEST_400:
            return _Answer(400, [("Content-Type", "text/plain")], b"Bad Request")
        if way is Way.GARBAGE:
            return _Answer(200, [("Content-Type", "text/html")], b"<html>Welcome to the hotel! Please sign in.</html>")
        return self._ask_server(body)

    def _ask_server(self, body: bytes) -> _Answer | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.orders.server_port, timeout=PATIENCE_S)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP_BY_HOP}
            instead = self.orders.bodies.get(self.path)
            if instead is not None:
                headers = {name: value for name, value in headers.items() if not name.lower().startswith("if-")}
            connection.request(self.command, self.path, body or None, headers)
            answer = connection.getresponse()
            octets = answer.read()
            kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in _HOP_BY_HOP]
            if instead is None:
                return _Answer(answer.status, kept, octets)
            own = {"etag", "last-modified", "content-encoding"}
            return _Answer(200, [one for one in kept if one[0].lower() not in own], instead)
        except OSError:
            return None
        finally:
            connection.close()

    def _give(self, answer: _Answer, way: Way) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.status not in (204, 304):
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command == "HEAD" or answer.status in (204, 304):
            return
        if way is Way.HALF:
            self.wfile.write(answer.body[: len(answer.body) // 2])
            self._break()
        elif way is Way.DRIP:
            self._drip(answer.body)
        else:
            self.wfile.write(answer.body)

    def _drip(self, body: bytes) -> None:
        for at in range(len(body)):
            if self.orders.released.wait(_DRIP_S):
                self.wfile.write(body[at:])
                return
            self.wfile.write(body[at : at + 1])
            self.wfile.flush()

    def _break(self) -> None:
        """End the connection as a network does that is gone: by a reset, with no word."""
        self.close_connection = True
        with suppress(OSError):
            self.wfile.flush()
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
