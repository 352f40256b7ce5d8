"""How does a fee paid at the counter become a receipt on paper (A6 laid wide, 148 x 105 mm)?"""

from collections.abc import Sequence

from borderpass.printing.khmer_text import khmer_letter_day, latin_day
from borderpass.printing.papers import PaperError, ReceiptPaper
from borderpass.printing.slips import METHODS, Row, amounts, both_times
from borderpass.printing.typesetter import Sheet, typeset_pdf, typeset_pictures


def print_receipt(paper: ReceiptPaper) -> bytes:
    """A receipt as a PDF of one page.

    Raises `PaperError` for an amount below zero and for a time of payment without its time zone.
    """
    return print_receipts([paper])


def print_receipts(papers: Sequence[ReceiptPaper]) -> bytes:
    """Many receipts as one PDF, a page each, in the order given; raises as `print_receipt` does, and for none."""
    if not papers:
        raise PaperError("there is no receipt to print: choose at least one")
    title = f"Receipt {papers[0].number}" if len(papers) == 1 else f"{len(papers)} receipts"
    slips = [_describe(paper) for paper in papers]
    last = max(paper.paid_at for paper in papers)
    return typeset_pdf(Sheet("slip.typ", {"title": title, "slips": slips}, {}), int(last.timestamp()))


def draw_receipt(paper: ReceiptPaper, ppi: float = 300) -> bytes:
    """The receipt as a PNG picture at `ppi` pixels an inch."""
    title = f"Receipt {paper.number}"
    return typeset_pictures(Sheet("slip.typ", {"title": title, "slips": [_describe(paper)]}, {}), ppi)[0]


def _describe(paper: ReceiptPaper) -> dict[str, object]:
    if paper.amount_riel < 0:
        raise PaperError(f"receipt {paper.number}: {paper.amount_riel} riel is no amount to receive")
    collect_on = "—"
    if paper.collect_on is not None:
        collect_on = f"{khmer_letter_day(paper.collect_on)} · {latin_day(paper.collect_on)}"
    above = [
        Row("បានទទួលពី", "Received from", f"{paper.payer_km}  {paper.payer_latin}", strong=True),
        Row("សម្រាប់", "For", f"{paper.purpose_km}  {paper.purpose_latin}"),
        Row("លេខពាក្យសុំ", "Application", paper.application_reference),
        Row("កម្រៃសេវាតាមបទបញ្ជាលេខ", "Fee set by order", paper.fee_order_number),
    ]
    below = [
        Row("ថ្ងៃបង់ប្រាក់", "Paid", both_times(paper.number, paper.paid_at)),
        Row("ថ្ងៃមកយកប័ណ្ណ", "Pass ready by", collect_on, strong=True),
    ]
    return {
        "heading_km": "បង្កាន់ដៃ",
        "heading_latin": "RECEIPT",
        "heading_size": 14,
        "copy_note": "ច្បាប់ចម្លង COPY" if paper.copy else "",
        "number": paper.number,
        "office_km": paper.office_km,
        "office_latin": paper.office_latin,
        "above": [row.as_data() for row in above],
        **amounts(paper.amount_riel, METHODS[paper.method]),
        "below": [row.as_data() for row in below],
        "signer_km": "អ្នកបង់ប្រាក់",
        "signer_latin": "Payer",
        "clerk_km": "អ្នកទទួលប្រាក់",
        "clerk_latin": "Received by",
        "clerk": paper.clerk,
        "specimen": paper.specimen,
    }
