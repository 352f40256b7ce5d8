"""What does each paper say, before anyone asks how it looks?

Plain values in, so that the printing knows nothing of the store. Texts are printed as they stand, never read
as markup; the days are local days.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Sex = Literal["female", "male", "other"]
PassKind = Literal["two_year", "extension", "one_time"]
PaymentMethod = Literal["cash", "khqr"]


class PaperError(ValueError):
    """A paper cannot be printed as asked; the message says what is wrong with it and what to do."""


@dataclass(frozen=True)
class CompanionLine:
    """A child who travels on the holder's pass."""

    name: str
    born_on: date
    sex: Sex


@dataclass(frozen=True)
class PassPaper:
    """One pass, as it is printed on A6 and on the card.

    `valid_until` is the last day it is good for. `print_jpeg` is the portrait, a 4:5 JPEG (960x1200), whose
    bytes go into the PDF unchanged. `qr_text` is the signed pass in Base45. `order_number` names the order it
    was issued under. Parts of an address are set apart by spaces; a line breaks there first.
    """

    number: str
    kind: PassKind
    name_khmer: str
    name_latin: str
    sex: Sex
    born_on: date
    home_km: str
    home_latin: str
    office_km: str
    office_latin: str
    governor_title_km: str
    governor_title_latin: str
    governor_name_km: str
    valid_from: date
    valid_until: date
    issued_on: date
    companions: tuple[CompanionLine, ...]
    print_jpeg: bytes
    qr_text: str
    order_number: str
    specimen: bool = False


@dataclass(frozen=True)
class ReceiptPaper:
    """One receipt for a fee paid at the counter.

    `paid_at` is an aware instant, `amount_riel` whole riel, `fee_order_number` the order that sets the fee,
    `collect_on` the day the pass is ready (None where nothing is collected), `copy` marks a second print.
    """

    number: str
    office_km: str
    office_latin: str
    payer_km: str
    payer_latin: str
    purpose_km: str
    purpose_latin: str
    amount_riel: int
    method: PaymentMethod
    paid_at: datetime
    clerk: str
    application_reference: str
    fee_order_number: str
    collect_on: date | None
    copy: bool = False
    specimen: bool = False
