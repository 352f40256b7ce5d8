"""What becomes of a QR code that somebody was asked to pay? It is paid and receipted, paid in vain, or lapses.

No answer of the bank is no answer: a code lapses only when the bank has said, a while after the code expired, that it
was not paid. Until then it is asked about again.
"""

from datetime import datetime, timedelta
from enum import StrEnum

GOOD_FOR = timedelta(minutes=10)
SETTLES_WITHIN = timedelta(minutes=5)
"""How long after a code has expired a payment that was begun in time may still arrive."""


class KhqrState(StrEnum):
    """Where a request to pay stands."""

    WAITING = "waiting"
    RECEIPTED = "receipted"
    OWED_BACK = "owed_back"
    LAPSED = "lapsed"


class OwedGround(StrEnum):
    """Why a payment is owed back."""

    OTHER_AMOUNT = "other_amount"
    PAID_BEFORE = "paid_before"
    APPLICATION_ENDED = "application_ended"


def find_ground(settles: bool, was_paid: bool, can_be_paid: bool) -> OwedGround | None:
    """Return why a payment is no fee, or None when it is one.

    `settles`: it is the sum that was asked for. `was_paid`: the application has a receipt. `can_be_paid`: it waits for
    its fee.
    """
    if not settles:
        return OwedGround.OTHER_AMOUNT
    if was_paid:
        return OwedGround.PAID_BEFORE
    return None if can_be_paid else OwedGround.APPLICATION_ENDED


def has_lapsed(expires_at: datetime, asked_at: datetime) -> bool:
    """Tell whether a code that was not paid when the bank was asked will not be paid any more."""
    return asked_at >= expires_at + SETTLES_WITHIN
