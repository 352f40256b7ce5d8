"""What do the papers about money say besides the receipt: a slip for what is given back, a code to pay, a day's close?

Plain values, as in papers.py: texts are printed as they stand, instants are aware.
"""

from dataclasses import dataclass
from datetime import date, datetime

from borderpass.printing.papers import PaymentMethod


@dataclass(frozen=True)
class RefundPaper:
    """A slip for money given back: of a fee, or of a payment that was no fee (`order_number` is then empty).

    `paid_how` names what it is given back of: a receipt, or a payment. `reference` is the bank's for a transfer. A sum
    in another currency stands in `other_amount`; `amount_riel` is then 0.
    """

    number: str
    office_km: str
    office_latin: str
    payee_km: str
    payee_latin: str
    reason_km: str
    reason_latin: str
    amount_riel: int
    method: PaymentMethod
    given_at: datetime
    clerk: str
    application_reference: str
    paid_how: str
    order_number: str = ""
    reference: str = ""
    other_amount: str = ""
    copy: bool = False
    specimen: bool = False


@dataclass(frozen=True)
class KhqrPaper:
    """A code to pay by, to be taken to somebody who has a bank's app: good until `expires_at`."""

    text: str
    office_km: str
    office_latin: str
    payer_km: str
    payer_latin: str
    application_reference: str
    account: str
    account_name: str
    amount_riel: int
    order_number: str
    expires_at: datetime


@dataclass(frozen=True)
class ClosePaper:
    """The close of an office's till: what it held, what was counted (note, how many), and what became of it.

    `first_receipt` and `last_receipt` are the first and the last number of the day's receipts in cash; empty where
    there are none. What came by KHQR never was in the drawer and stands apart.
    """

    office_km: str
    office_latin: str
    day: date
    opened_at: datetime
    opened_by: str
    closed_at: datetime
    closed_by: str
    opening_riel: int
    received_riel: int
    receipts: int
    first_receipt: str
    last_receipt: str
    returned_riel: int
    refunds: int
    counted: tuple[tuple[int, int], ...]
    other_riel: int
    counted_riel: int
    reason: str
    handed_on_riel: int
    khqr_riel: int
    khqr_receipts: int

    @property
    def expected_riel(self) -> int:
        """What had to be there."""
        return self.opening_riel + self.received_riel - self.returned_riel

    @property
    def difference_riel(self) -> int:
        """How much more (below zero: less) was counted."""
        return self.counted_riel - self.expected_riel

    @property
    def left_riel(self) -> int:
        """What stays in the drawer for the next day."""
        return self.counted_riel - self.handed_on_riel
