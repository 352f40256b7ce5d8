"""Was a QR code paid? Asked of the central bank: the Bakong open API, POST /v1/check_transaction_by_md5.

It answers inside the country only, to whoever has its token. Paid is only what it says in so many words; every other
answer than "found" and "not found" raises BankUnreachable, so that a fault is never taken for a payment, nor for one
that was not made.
"""

import hashlib
import json
import re
import socket
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

from borderpass.banking.bank import BankUnreachable, Payment

BAKONG_ADDRESS = "https://api-bakong.nbc.gov.kh"
CHECK_PATH = "/v1/check_transaction_by_md5"
FOUND, NOT_FOUND = 0, 1
NO_TRANSACTION, TRANSACTION_FAILED, UNAUTHORISED = 1, 3, 6
_OK = 200
# A digest that the bank does not know is answered with any of these, and no data.
_STATUSES = {_OK, 400, 404}
_MOST_BYTES = 65_536
_LONGEST_S = 60
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
_MD5 = re.compile(r"[0-9a-f]{32}")
_WORD = re.compile(r"[!-~]{1,128}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST_MS = _MOST_MONEY = 9_999_999_999_999
_REFUSALS = {
    401: "the bank does not take our token; have it renewed",
    403: "the bank does not let this machine in; it answers inside Cambodia only",
    429: "the bank is asked too often; wait a minute",
}


class Bakong:
    """The central bank, reached over TLS. A line that hangs is given up after about twice `timeout_s` seconds."""

    def __init__(self, token: str, address: str = BAKONG_ADDRESS, timeout_s: float = 5.0) -> None:
        """Take a bearer token and where to ask. Raise ValueError for a token or an address that cannot be right.

        Plain HTTP is for a stand-in on this machine: the token is never sent in the clear to another.
        """
        if not re.fullmatch(r"[!-~]+", token):
            raise ValueError("the bank's token is empty or holds spaces; copy it again as one line")
        parts = urlsplit(address)
        if parts.hostname is None or parts.query or parts.fragment or parts.username is not None:
            raise ValueError(f"{address!r} is no address of a bank; write it like {BAKONG_ADDRESS}")
        if parts.scheme != "https" and (parts.scheme != "http" or parts.hostname not in _THIS_MACHINE):
            raise ValueError(f"{address!r} would send the token in the clear; write it with https://")
        if not 0 < timeout_s <= _LONGEST_S:
            raise ValueError(f"{timeout_s} s to wait for the bank; choose up to {_LONGEST_S}")
        self._token, self._timeout_s = token, timeout_s
        self._kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._host, self._port, self._path = parts.hostname, parts.port, parts.path.rstrip("/") + CHECK_PATH

    def find_payment(self, md5: str) -> Payment | None:
        """Return the payment of the QR code with this digest, or None. Raise BankUnreachable, as `Bank` says."""
        if not _MD5.fullmatch(md5):
            raise ValueError(f"{md5!r} is no digest of a QR code: 32 small hex digits")
        return read_answer(*self._ask(json.dumps({"md5": md5})))

    def _ask(self, body: str) -> tuple[int, bytes]:
        connection = self._kind(self._host, self._port, timeout=self._timeout_s)
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        deadline: Timer | None = None
        try:
            connection.connect()
            # The time-out of a socket begins anew with every byte; a line that drips is cut off by this.
            deadline = Timer(self._timeout_s, _hang_up, [connection.sock])
            deadline.daemon = True
            deadline.start()
            connection.request("POST", self._path, body, headers)
            response = connection.getresponse()
            return response.status, response.read(_MOST_BYTES + 1)
        except (OSError, HTTPException, ValueError) as error:
            what = f"the bank cannot be reached ({type(error).__name__}); ask again, or take the fee in cash"
            raise BankUnreachable(what) from error
        finally:
            if deadline is not None:
                deadline.cancel()
            connection.close()


def read_answer(status: int, octets: bytes) -> Payment | None:
    """Return the payment that an answer tells of, or None when it says that there is none. Raise BankUnreachable."""
    if status in _REFUSALS:
        raise BankUnreachable(_REFUSALS[status])
    if status not in _STATUSES:
        raise BankUnreachable(f"the bank answers with status {status}; ask again later, or take the fee in cash")
    try:
        answer = _read_json(octets)
        code, fault = _whole(answer, "responseCode"), answer.get("errorCode")
        if status == _OK and code == FOUND and fault is None:
            return _read_payment(answer.get("data"))
        if code == NOT_FOUND and answer.get("data") is None and type(fault) is int:
            if fault in (NO_TRANSACTION, TRANSACTION_FAILED):
                return None
            if fault == UNAUTHORISED:
                raise BankUnreachable(_REFUSALS[401])
    except (ValueError, RecursionError) as error:
        raise BankUnreachable(f"the bank's answer cannot be read ({error}); ask again") from error
    what = f"the bank answers with status {status}, code {code}, error {fault!r:.40}"
    raise BankUnreachable(f"{what}; ask again later, or take the fee in cash")


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _read_json(octets: bytes) -> dict[str, Any]:
    if len(octets) > _MOST_BYTES:
        raise ValueError(f"longer than {_MOST_BYTES} bytes")
    answer = json.loads(
        octets.decode("utf-8"), parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_no_key_twice
    )
    if not isinstance(answer, dict):
        raise ValueError("not a JSON object")
    return answer


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _no_key_twice(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key given twice")
    return dict(pairs)


def _read_payment(data: object) -> Payment:
    if not isinstance(data, dict):
        raise ValueError("found, and no data")
    amount = data.get("amount")
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal) or not 0 < amount <= _MOST_MONEY:
        raise ValueError("no amount")
    acknowledged_ms = _whole(data, "acknowledgedDateMs")
    if not 0 < acknowledged_ms <= _LATEST_MS:
        raise ValueError("no time of acknowledgement")
    return Payment(
        amount=Decimal(amount),
        currency=_word(data, "currency", _CURRENCY),
        from_account_hash=hashlib.sha256(_word(data, "fromAccountId", _WORD).encode()).hexdigest(),
        to_account=_word(data, "toAccountId", _WORD),
        transaction_hash=_word(data, "hash", _WORD),
        acknowledged_at=_EPOCH + timedelta(milliseconds=acknowledged_ms),
    )


def _whole(values: dict[str, Any], key: str) -> int:
    value = values.get(key)
    if type(value) is not int:  # True is an int to isinstance
        raise ValueError(f"no {key}")
    return value


def _word(values: dict[str, Any], key: str, form: re.Pattern[str]) -> str:
    value = values.get(key)
    if not isinstance(value, str) or not form.fullmatch(value):
        raise ValueError(f"no {key}")
    return value
