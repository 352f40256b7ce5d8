"""What stands in for the central bank in tests and in the demo? A small WSGI application that speaks its interface.

It knows what it was told of payments, and answers badly when it is told to. Besides what the bank has, a phone's
banking app is stood in for by POST /stand-in/pay with `{"qr": TEXT}`: it pays what a QR code asks.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from socketserver import ThreadingMixIn
from threading import Event, Lock, Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIEnvironment

from borderpass.banking.bakong import CHECK_PATH, FOUND, NO_TRANSACTION, NOT_FOUND, UNAUTHORISED
from borderpass.banking.bank import RIEL
from borderpass.wire.khqr import Khqr, md5_of, read_khqr
from borderpass.wire.refusal import WireError

PAY_PATH = "/stand-in/pay"
PAYER = "sokha@demo"
_MOST_BYTES = 4_096
_POLL_S = 0.02
_GARBAGE = b"<html><body>Web Application Firewall</body></html>"
_Answer = tuple[HTTPStatus, bytes]


class Mood(StrEnum):
    """How the bank answers."""

    WELL = "well"
    SLOW = "slow"  # holds every answer back until the mood changes
    DRIPPING = "dripping"  # gives byte after byte, each soon after the last, and takes seconds for all
    FAILING = "failing"
    GARBAGE = "garbage"
    LOCKED_OUT = "locked_out"  # does not take the token


class NotPaid(Exception):  # noqa: N818  # what a banking app says, not a fault
    """The banking app does not pay this QR code; the message says why."""


class StandInBank:
    """A bank with one token. `clock` gives the aware instant at which something is paid."""

    def __init__(self, token: str, clock: Callable[[], datetime]) -> None:
        self._authorization = f"Bearer {token}"
        self._clock = clock
        self._payments: dict[str, dict[str, Any]] = {}
        self._lock = Lock()
        self._mood, self._changed = Mood.WELL, Event()

    @property
    def mood(self) -> Mood:
        """How it answers from now on; a change also lets go of the answers that were held back."""
        return self._mood

    @mood.setter
    def mood(self, mood: Mood) -> None:
        with self._lock:
            self._mood = mood
            self._changed.set()
            self._changed = Event()

    def pay(
        self,
        md5: str,
        amount: float,
        *,
        currency: str = RIEL,
        from_account: str = PAYER,
        to_account: str = "office@demo",
    ) -> None:
        """Take it that the QR code with this digest was paid, whatever it asks for. Raise NotPaid the second time."""
        paid_ms = int(self._clock().timestamp() * 1_000)
        payment = {
            "hash": hashlib.sha256(f"{md5} {from_account} {paid_ms}".encode()).hexdigest(),
            "fromAccountId": from_account,
            "toAccountId": to_account,
            "currency": currency,
            "amount": amount,
            "description": "",
            "createdDateMs": paid_ms,
            "acknowledgedDateMs": paid_ms,
            "externalRef": None,
        }
        with self._lock:
            if md5 in self._payments:
                raise NotPaid("this QR code has been paid already")
            self._payments[md5] = payment

    def pay_khqr(self, text: str, from_account: str = PAYER) -> Khqr:
        """Pay what the QR code asks, as a banking app does, and return it. Raise NotPaid when such an app would not."""
        try:
            khqr = read_khqr(text)
        except WireError as error:
            raise NotPaid(f"this is no KHQR that can be paid: {error}") from error
        if khqr.is_expired(self._clock()):
            raise NotPaid("this QR code has expired; ask for a new one")
        self.pay(md5_of(text), khqr.amount_riel, from_account=from_account, to_account=khqr.account)
        return khqr

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        with self._lock:
            changed, mood = self._changed, self._mood
        body = environ["wsgi.input"].read(min(int(environ.get("CONTENT_LENGTH") or 0), _MOST_BYTES))
        if environ["PATH_INFO"] == PAY_PATH:
            status, octets = self._take_payment(environ, body)
        elif mood is Mood.FAILING:
            status, octets = HTTPStatus.INTERNAL_SERVER_ERROR, b""
        elif mood is Mood.GARBAGE:
            status, octets = HTTPStatus.OK, _GARBAGE
        else:
            if mood is Mood.SLOW:
                changed.wait()
            status, octets = self._check(environ, body, locked_out=mood is Mood.LOCKED_OUT)
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(octets)))]
        start_response(f"{status.value} {status.phrase}", headers)
        return _drip(octets, changed) if mood is Mood.DRIPPING else [octets]

    def _check(self, environ: WSGIEnvironment, body: bytes, *, locked_out: bool) -> _Answer:
        if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] != CHECK_PATH:
            return HTTPStatus.NOT_FOUND, b""
        given = str(environ.get("HTTP_AUTHORIZATION", ""))
        if locked_out or not hmac.compare_digest(given.encode(), self._authorization.encode()):
            return HTTPStatus.UNAUTHORIZED, _answer(NOT_FOUND, UNAUTHORISED, "Unauthorized")
        payment = self._payments.get(_field(body, "md5"))
        if payment is None:
            return HTTPStatus.OK, _answer(NOT_FOUND, NO_TRANSACTION, "Transaction could not be found")
        return HTTPStatus.OK, _answer(FOUND, None, "Success", payment)

    def _take_payment(self, environ: WSGIEnvironment, body: bytes) -> _Answer:
        if environ["REQUEST_METHOD"] != "POST":
            return HTTPStatus.METHOD_NOT_ALLOWED, b""
        try:
            khqr = self.pay_khqr(_field(body, "qr"))
        except NotPaid as error:
            return HTTPStatus.CONFLICT, json.dumps({"paid": False, "why": str(error)}).encode()
        return HTTPStatus.OK, json.dumps({"paid": True, "amount": khqr.amount_riel, "to": khqr.account}).encode()


@contextmanager
def serve(bank: StandInBank, port: int = 0) -> Iterator[str]:
    """Serve a stand-in on this machine while the context lasts; give its address. Port 0 takes a free one."""
    with make_server("127.0.0.1", port, bank, _Server, _Silent) as server:
        thread = Thread(target=server.serve_forever, args=(_POLL_S,), name="stand-in bank", daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            bank.mood = Mood.WELL  # lets go of the answers that are held back
            server.shutdown()
            thread.join()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the base class's
        pass


def _answer(code: int, fault: int | None, message: str, data: dict[str, Any] | None = None) -> bytes:
    told = {"data": data, "errorCode": fault, "responseCode": code, "responseMessage": message}
    return json.dumps(told).encode()


def _field(body: bytes, name: str) -> str:
    """Return a field of a JSON object, or an empty text: no QR code and no digest is empty."""
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    value = asked.get(name) if isinstance(asked, dict) else None
    return value if isinstance(value, str) else ""


def _drip(octets: bytes, changed: Event) -> Iterator[bytes]:
    for octet in octets:
        changed.wait(_POLL_S)
        yield bytes([octet])
