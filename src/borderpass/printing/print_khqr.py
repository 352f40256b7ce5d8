"""How is a code to pay by put on paper (A6, 105 x 148 mm), for whoever pays with a phone that is not at the counter?"""

from borderpass.printing.khmer_text import group_digits, khmer_digits, khmer_letter_day, latin_day
from borderpass.printing.money_papers import KhqrPaper
from borderpass.printing.qr_symbol import make_text_symbol
from borderpass.printing.slips import local_time
from borderpass.printing.typesetter import Sheet, typeset_pdf, typeset_pictures


def print_khqr(paper: KhqrPaper) -> bytes:
    """The code as a PDF of one page. Raises `PaperError` for an expiry without its time zone."""
    return typeset_pdf(_khqr_sheet(paper), int(paper.expires_at.timestamp()))


def draw_khqr(paper: KhqrPaper, ppi: float = 300) -> bytes:
    """The page as a PNG picture at `ppi` pixels an inch."""
    return typeset_pictures(_khqr_sheet(paper), ppi)[0]


def _khqr_sheet(paper: KhqrPaper) -> Sheet:
    amount = group_digits(paper.amount_riel)
    until = local_time(paper.application_reference, paper.expires_at)
    data = {
        "title": f"KHQR {paper.application_reference}",
        "office_km": paper.office_km,
        "office_latin": paper.office_latin,
        "account_name": f"{paper.account_name} · {paper.account}",
        "amount_km": f"{khmer_digits(amount)} រៀល",
        "amount_latin": f"{amount} KHR",
        "payer": f"{paper.payer_km}  {paper.payer_latin}",
        "application_reference": paper.application_reference,
        "order_number": paper.order_number,
        "until_km": khmer_digits(f"ប្រើបានដល់ម៉ោង {until:%H:%M} {khmer_letter_day(until)}"),
        "until_latin": f"Good until {until:%H:%M} on {latin_day(until)}",
    }
    return Sheet("khqr.typ", data, {"symbol": make_text_symbol(paper.text).svg})
