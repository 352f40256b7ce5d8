"""What stands in for a gateway of SMS, for Telegram and for a mail server, on this machine?"""

import email
import json
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from socketserver import StreamRequestHandler, TCPServer
from threading import Thread
from typing import Any

import apprise

with warnings.catch_warnings():
    # One of the many plugins, which are all loaded at the first address, uses what a later Python will not have.
    warnings.simplefilter("ignore", DeprecationWarning)
    apprise.Apprise.instantiate("json://127.0.0.1")


@dataclass
class Heard:
    """What a stand-in was sent, with what it answers (an HTTP status)."""

    port: int = 0
    status: int = 200
    posted: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    mails: list[tuple[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    answer: bytes = b'{"ok": true, "result": {}}'

    def texts(self) -> list[tuple[str, str]]:
        """Return the messages that came as from a gateway of SMS: to whom, and what."""
        return [(body["to"], body["text"]) for _, _, body in self.posted]


@contextmanager
def _served(server: TCPServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def http_gateway() -> Iterator[Heard]:
    """Stand in for whatever is sent to by POST with JSON."""
    heard = Heard()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            heard.posted.append((self.path, {name.lower(): said for name, said in self.headers.items()}, body))
            self.send_response(heard.status)
            self.send_header("Location", f"http://127.0.0.1:{heard.port}/elsewhere")
            self.end_headers()
            self.wfile.write(heard.answer)

        def do_GET(self) -> None:
            heard.asked.append(self.path)
            self.send_response(heard.status)
            self.end_headers()
            self.wfile.write(heard.answer)

        def log_message(self, *_: Any) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Answer) as server, _served(server):
        heard.port = server.server_port
        yield heard


@contextmanager
def mail_server() -> Iterator[Heard]:
    """Stand in for a mail server: to whom, and the text."""
    heard = Heard()

    class Talk(StreamRequestHandler):
        def handle(self) -> None:
            to = ""
            self.wfile.write(b"220 stand-in\r\n")
            while line := self.rfile.readline().decode().strip():
                word = line[:4].upper()
                if word == "RCPT":
                    to = line.split("<")[1].split(">")[0]
                if word == "DATA":
                    self.wfile.write(b"354 go on\r\n")
                    heard.mails.append((to, _text_of(self._read_mail())))
                self.wfile.write(b"221 bye\r\n" if word == "QUIT" else b"250 well\r\n")

        def _read_mail(self) -> bytes:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line)
            return b"".join(lines)

    with TCPServer(("127.0.0.1", 0), Talk) as server, _served(server):
        heard.port = server.server_address[1]
        yield heard


def _text_of(octets: bytes) -> str:
    for part in email.message_from_bytes(octets).walk():
        if part.get_content_type() == "text/plain":
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)
            return payload.decode().strip()
    return ""
