"""Which bank tells whether a code was paid? The one that the settings name; without its token KHQR is not offered."""

from django.conf import settings

from borderpass.banking.bakong import BAKONG_ADDRESS, Bakong
from borderpass.banking.bank import Bank


def open_bank() -> Bank | None:
    """Return the bank, or None where there is no token of one. Raise ValueError for settings that are wrong."""
    token: str = settings.BAKONG_TOKEN
    return Bakong(token, settings.BAKONG_ADDRESS or BAKONG_ADDRESS) if token else None
