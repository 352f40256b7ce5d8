"""Which bank tells whether a code was paid? The one that the settings name; without its token KHQR is not offered."""

import logging

from django.conf import settings

from borderpass.banking.bakong import BAKONG_ADDRESS, Bakong
from borderpass.banking.bank import Bank

_log = logging.getLogger(__name__)


def open_bank() -> Bank | None:
    """Return the bank, or None where there is no token of one. Settings that are wrong are logged, and give none too:
    a slip of the operator's pen must not keep anybody from paying in cash.
    """
    token: str = settings.BAKONG_TOKEN
    if not token:
        return None
    try:
        return Bakong(token, settings.BAKONG_ADDRESS or BAKONG_ADDRESS)
    except ValueError as error:
        _log.error("KHQR is not offered: %s (BORDERPASS_BAKONG_TOKEN, BORDERPASS_BAKONG_ADDRESS)", error)
        return None
