"""With what does an applicant leave the counter? A slip (A6): the reference with its QR code, the price, what comes."""

from dataclasses import dataclass
from datetime import date

from borderpass.domain.local_time import start_of_day, to_timestamp
from borderpass.printing.khmer_text import group_digits, khmer_digits, khmer_letter_day, latin_day
from borderpass.printing.qr_symbol import make_symbol
from borderpass.printing.typesetter import Sheet, typeset_pdf, typeset_pictures


@dataclass(frozen=True)
class TakenInPaper:
    """One application that was taken in. The QR code holds its reference, and nothing about the person.

    `amount_riel` and `fee_order_number` are None and empty where no order sets a fee; `ready_on` is the day on which
    the pass is ready if the fee is paid on the day of lodging, None where no order says so.
    """

    reference: str
    office_km: str
    office_latin: str
    name_khmer: str
    name_latin: str
    purpose_km: str
    purpose_latin: str
    taken_in_on: date
    amount_riel: int | None
    fee_order_number: str
    ready_on: date | None


def print_taken_in(paper: TakenInPaper) -> bytes:
    """The slip as a PDF of one A6 page."""
    return typeset_pdf(_sheet(paper), to_timestamp(start_of_day(paper.taken_in_on)))


def draw_taken_in(paper: TakenInPaper, ppi: float = 300) -> bytes:
    """The slip as a PNG picture at `ppi` pixels an inch."""
    return typeset_pictures(_sheet(paper), ppi)[0]


def _sheet(paper: TakenInPaper) -> Sheet:
    data = {
        "title": f"Application {paper.reference}",
        "reference": paper.reference,
        "office_km": paper.office_km,
        "office_latin": paper.office_latin,
        "name": f"{paper.name_khmer}  {paper.name_latin}",
        "purpose": f"{paper.purpose_km}  {paper.purpose_latin}",
        "taken_in_on": _both(paper.taken_in_on),
        "amount": "—" if paper.amount_riel is None else _say_amount(paper.amount_riel),
        "order": paper.fee_order_number or "—",
        "ready_on": "—" if paper.ready_on is None else _both(paper.ready_on),
    }
    return Sheet("taken_in.typ", data, {"symbol": make_symbol(paper.reference).svg})


def _say_amount(riel: int) -> str:
    return f"{khmer_digits(group_digits(riel))} រៀល · {group_digits(riel)} KHR"


def _both(day: date) -> str:
    return f"{khmer_letter_day(day)} · {latin_day(day)}"
