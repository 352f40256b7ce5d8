"""How does money that is given back become a slip on paper (A6 laid wide, 148 x 105 mm)?"""

from borderpass.printing.money_papers import RefundPaper
from borderpass.printing.papers import PaperError, PaymentMethod
from borderpass.printing.slips import Row, amounts, both_times
from borderpass.printing.typesetter import Sheet, typeset_pdf, typeset_pictures

_METHODS: dict[PaymentMethod, str] = {"cash": "សាច់ប្រាក់ Cash", "khqr": "ផ្ទេរតាមធនាគារ Transfer"}


def print_refund(paper: RefundPaper) -> bytes:
    """A slip as a PDF of one page. Raises `PaperError` for an amount below zero and a time without its time zone."""
    return typeset_pdf(_refund_sheet(paper), int(paper.given_at.timestamp()))


def draw_refund(paper: RefundPaper, ppi: float = 300) -> bytes:
    """The slip as a PNG picture at `ppi` pixels an inch."""
    return typeset_pictures(_refund_sheet(paper), ppi)[0]


def _refund_sheet(paper: RefundPaper) -> Sheet:
    if paper.amount_riel < 0:
        raise PaperError(f"slip {paper.number}: {paper.amount_riel} riel is no amount to give back")
    above = [
        Row("ប្រគល់ជូនវិញដល់", "Given back to", f"{paper.payee_km}  {paper.payee_latin}", strong=True),
        Row("មូលហេតុ", "Because", f"{paper.reason_km}  {paper.reason_latin}"),
        Row("លេខពាក្យសុំ", "Application", f"{paper.application_reference} · {paper.paid_how}"),
        Row("តាមបទបញ្ជាលេខ", "By order", paper.order_number or "—"),
    ]
    below = [
        Row("ថ្ងៃប្រគល់", "Given back", both_times(paper.number, paper.given_at)),
        Row("លេខយោងធនាគារ", "Bank's reference", paper.reference or "—"),
    ]
    method = _METHODS[paper.method]
    sums = amounts(paper.amount_riel, method)
    if paper.other_amount:
        sums = {"amount_km": paper.other_amount, "amount_latin": f"{paper.other_amount} · {method}", "amount_words": ""}
    slip = {
        "heading_km": "បង្កាន់ដៃប្រគល់ប្រាក់វិញ",
        "heading_latin": "MONEY BACK",
        "heading_size": 11,
        "copy_note": "ច្បាប់ចម្លង COPY" if paper.copy else "",
        "number": paper.number,
        "office_km": paper.office_km,
        "office_latin": paper.office_latin,
        "above": [row.as_data() for row in above],
        **sums,
        "below": [row.as_data() for row in below],
        "signer_km": "អ្នកទទួលប្រាក់",
        "signer_latin": "Received by",
        "clerk_km": "អ្នកប្រគល់ប្រាក់",
        "clerk_latin": "Given by",
        "clerk": paper.clerk,
        "specimen": paper.specimen,
    }
    return Sheet("slip.typ", {"title": f"Money back {paper.number}", "slips": [slip]}, {})
