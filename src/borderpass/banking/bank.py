"""What can be asked of a bank?"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

RIEL = "KHR"


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment that the bank has acknowledged (aware, UTC).

    `amount` is in `currency` (ISO 4217). `from_account_hash` is SHA-256, in hex, of the account that paid: it tells
    two payers apart and is not meant to name them. `transaction_hash` is the bank's own name of the payment.
    """

    amount: Decimal
    currency: str
    from_account_hash: str
    to_account: str
    transaction_hash: str
    acknowledged_at: datetime

    def settles(self, amount_riel: int) -> bool:
        """Tell whether it is the sum that was asked for, no more and no less, in riel."""
        return self.currency == RIEL and self.amount == amount_riel


class Bank(Protocol):
    """Whoever knows which QR codes were paid."""

    def find_payment(self, md5: str) -> Payment | None:
        """Return the payment of the QR code with this digest (`wire.khqr.md5_of`), or None when it is not paid.

        Raise BankUnreachable when the bank cannot say.
        """


class BankUnreachable(Exception):  # noqa: N818  # nothing is known of the payment, and nothing is lost
    """The bank gave no answer that can be relied on. The message says what to do; the fee can be taken in cash."""
