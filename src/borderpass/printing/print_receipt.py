"""How does a fee paid at the counter become a receipt on paper (A6 laid wide, 148 x 105 mm)?"""

from datetime import datetime, timedelta, timezone

from borderpass.printing.khmer_text import (
    group_digits,
    khmer_digits,
    khmer_letter_day,
    latin_day,
    number_words,
)
from borderpass.printing.papers import PaperError, PaymentMethod, ReceiptPaper
from borderpass.printing.typesetter import Sheet, typeset_pdf, typeset_pictures

PHNOM_PENH = timezone(timedelta(hours=7))
_METHODS: dict[PaymentMethod, str] = {"cash": "សាច់ប្រាក់ Cash", "khqr": "KHQR"}


def print_receipt(paper: ReceiptPaper) -> bytes:
    """A receipt as a PDF of one page.

    Raises `PaperError` for an amount below zero and for a time of payment without its time zone.
    """
    sheet = _receipt_sheet(paper)
    return typeset_pdf(sheet, int(paper.paid_at.timestamp()))


def draw_receipt(paper: ReceiptPaper, ppi: float = 300) -> bytes:
    """The receipt as a PNG picture at `ppi` pixels an inch."""
    return typeset_pictures(_receipt_sheet(paper), ppi)[0]


def _receipt_sheet(paper: ReceiptPaper) -> Sheet:
    if paper.amount_riel < 0:
        raise PaperError(f"receipt {paper.number}: {paper.amount_riel} riel is no amount to receive")
    if paper.paid_at.tzinfo is None:
        raise PaperError(f"receipt {paper.number}: the time of payment lacks its time zone")
    amount = group_digits(paper.amount_riel)
    data = {
        "title": f"Receipt {paper.number}",
        "copy_note": "ច្បាប់ចម្លង COPY" if paper.copy else "",
        "number": paper.number,
        "office_km": paper.office_km,
        "office_latin": paper.office_latin,
        "payer": f"{paper.payer_km}  {paper.payer_latin}",
        "purpose": f"{paper.purpose_km}  {paper.purpose_latin}",
        "application_reference": paper.application_reference,
        "fee_order_number": paper.fee_order_number,
        "amount_km": f"{khmer_digits(amount)} រៀល",
        "amount_latin": f"{amount} KHR · {_METHODS[paper.method]}",
        "amount_words": f"({number_words(paper.amount_riel)}រៀលគត់)",
        "paid_at": _both_times(paper.paid_at.astimezone(PHNOM_PENH)),
        "collect_on": "—"
        if paper.collect_on is None
        else f"{khmer_letter_day(paper.collect_on)} · {latin_day(paper.collect_on)}",
        "clerk": paper.clerk,
        "specimen": paper.specimen,
    }
    return Sheet("receipt.typ", data, {})


def _both_times(local: datetime) -> str:
    clock = f"{local:%H:%M}"
    return f"{khmer_letter_day(local)} ម៉ោង {khmer_digits(clock)} · {latin_day(local)}, {clock}"
