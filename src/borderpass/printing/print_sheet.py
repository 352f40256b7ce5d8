"""How do many passes become one PDF: an A6 page each, four to an A4 sheet with marks to cut at, or cards?

ISO 216: four A6 leaves (105 x 148 mm) are 210 x 296 mm, and fill an A4 sheet but for half a millimetre above and below.
"""

from collections.abc import Sequence
from enum import StrEnum

from borderpass.printing.papers import PassPaper
from borderpass.printing.print_pass import a6_sheet, card_sheet, stamp_of
from borderpass.printing.typesetter import typeset_pdf


class Layout(StrEnum):
    """How passes lie on what goes through the printer, in the order given: left to right, then down."""

    A6 = "a6"
    A4 = "a4"
    CARD = "card"


def print_sheet(papers: Sequence[PassPaper], layout: Layout) -> bytes:
    """Return many passes as one PDF; a card has two pages, front and back.

    Raise `PaperError` and `SymbolError` as for one pass (printing/print_pass.py).
    """
    sheet = card_sheet(papers) if layout is Layout.CARD else a6_sheet(papers, four_up=layout is Layout.A4)
    return typeset_pdf(sheet, stamp_of(papers))


def check_paper_fits(paper: PassPaper, layout: Layout) -> None:
    """Raise `PaperError` or `SymbolError` where a pass cannot be printed like this, without typesetting it."""
    if layout is Layout.CARD:
        card_sheet([paper])
    else:
        a6_sheet([paper])
