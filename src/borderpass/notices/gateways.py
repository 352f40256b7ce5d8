"""Through which gateway does a message of a channel go, and did the gateway take it? An adapter over apprise.

A gateway is an address as apprise writes them, with `{to}` in the place of whom it goes to, such as
`jsons://sms.example.org/send?:to={to}&:message=text`. Addresses hold passwords, so apprise's log, which may name them,
is heard for the status of an answer and then dropped.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import quote

import apprise

from borderpass.domain.notices import Channel, Failure
from borderpass.notices.sender import NotDeliveredError

_TO = "{to}"
_ASKED_FOR = {"cto": "3.0", "rto": "5.0", "redirect": "no", "format": "text"}
"""Seconds to connect and to wait for an answer; our password does not go where a gateway would lead us; plain text."""
_STATUS = re.compile(r"error[= ]+([0-9]{3})\b")
_LOG = logging.getLogger("apprise")
_OUR_FAULT = {401, 404, 407}
_TOO_OFTEN, _SERVER_FAULTS = 429, 500


class Gateways:
    """The gateways of one installation."""

    def __init__(self, addresses: Mapping[Channel, str]) -> None:
        """Take the address of each channel that there is a gateway for."""
        self._addresses = dict(addresses)

    def send(self, channel: Channel, address: str, text: str) -> None:
        """Send one message; it takes up to about ten seconds. Raise NotDeliveredError where no gateway took it."""
        with _listening() as heard:
            try:
                post = apprise.Apprise()
                plugin = apprise.Apprise.instantiate(_address(self._addresses.get(channel, ""), address))
                opened = plugin is not None and post.add(plugin)
                taken = opened and post.notify(body=text, body_format=apprise.NotifyFormat.TEXT)
            except Exception as error:  # plugins are of many hands: whatever one raises, it did not send
                raise NotDeliveredError(Failure.UNREACHED) from error
            if not opened:
                raise NotDeliveredError(Failure.WRONG_GATEWAY)
        if not taken:
            raise NotDeliveredError(_failure_of(heard.status), heard.status)


def _failure_of(status: int) -> Failure:
    if status in _OUR_FAULT:
        return Failure.WRONG_GATEWAY
    reached = status and status != _TOO_OFTEN and status < _SERVER_FAULTS
    return Failure.REFUSED if reached else Failure.UNREACHED


def _address(gateway: str, to: str) -> str:
    """Return where a message to somebody goes, or nothing where the gateway names no place for whom it goes to."""
    if _TO not in gateway:
        return ""
    address = gateway.replace(_TO, quote(to, safe=""))
    asked_for = "&".join(f"{name}={value}" for name, value in _ASKED_FOR.items() if f"{name}=" not in address)
    return address + ("&" if "?" in address else "?") + asked_for


class _Ear(logging.Handler):
    """What apprise says while one message is sent: of that, only the status of the answer is kept."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.status = 0

    def emit(self, record: logging.LogRecord) -> None:
        found = _STATUS.search(record.getMessage())
        self.status = int(found[1]) if found else self.status


@contextmanager
def _listening() -> Iterator[_Ear]:
    ear, goes_on = _Ear(), _LOG.propagate
    _LOG.addHandler(ear)
    _LOG.propagate = False
    try:
        yield ear
    finally:
        _LOG.propagate = goes_on
        _LOG.removeHandler(ear)
