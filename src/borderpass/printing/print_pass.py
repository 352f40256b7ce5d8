"""How does a pass become paper: A6, or an ID-1 card with a front and a back?

ISO 216 (A6: 105 x 148 mm), ISO/IEC 7810 (ID-1: 85.60 x 53.98 mm). The QR symbol is at least 50 mm wide on A6,
quiet zone included, and its modules at least 0.4 mm; on the card it is as large as the height of the back
allows: 52 mm, which is 0.416 mm a module for the longest pass (version 25).
"""

import calendar
from collections.abc import Sequence
from datetime import date

from borderpass.printing.engraving import engrave_ground
from borderpass.printing.khmer_text import khmer_day, latin_day
from borderpass.printing.papers import CompanionLine, PaperError, PassPaper, Sex
from borderpass.printing.qr_symbol import make_symbol, symbol_mm
from borderpass.printing.typesetter import Sheet, typeset_pdf, typeset_pictures, wrap_portrait

MIN_MODULE_MM = 0.4
A6_SYMBOL_MM = 56.0  # More than the 50 mm asked for: a printer that "fits to page" may take 6 % off.
A6_SYMBOL_MAX_MM = 60.0  # Beside it the days of validity and the children need the rest of the page.
CARD_SYMBOL_MM = 52.0  # 53.98 mm less 0.99 mm above and below, which a cutter may be off.

_SEXES: dict[Sex, str] = {"female": "ស្រី F", "male": "ប្រុស M", "other": "ផ្សេងទៀត X"}
_KIND_NOTES = {"two_year": "", "extension": "បន្តសុពលភាព · EXTENDED", "one_time": "ប្រើបានតែម្ដង · SINGLE USE"}


def print_pass_a6(paper: PassPaper) -> bytes:
    """One pass as a PDF of one A6 page.

    Raises `PaperError` for a portrait that is no 4:5 JPEG, more than four children, or a text too long for
    the page; `SymbolError` for a text that is not Base45.
    """
    return print_pass_a6_sheet([paper])


def print_pass_a6_sheet(papers: Sequence[PassPaper]) -> bytes:
    """Many passes as one PDF, an A6 page each, in the order given; raises as `print_pass_a6` does."""
    return typeset_pdf(a6_sheet(papers), stamp_of(papers))


def print_pass_card(paper: PassPaper) -> bytes:
    """One pass as a PDF of two ID-1 pages, front and back; raises as `print_pass_a6` does."""
    return typeset_pdf(card_sheet([paper]), stamp_of([paper]))


def draw_pass_a6(paper: PassPaper, ppi: float = 300) -> bytes:
    """The A6 page as a PNG picture at `ppi` pixels an inch."""
    return typeset_pictures(a6_sheet([paper]), ppi)[0]


def draw_pass_card(paper: PassPaper, ppi: float = 300) -> tuple[bytes, bytes]:
    """The front and the back of the card, a PNG picture each, at `ppi` pixels an inch."""
    front, back = typeset_pictures(card_sheet([paper]), ppi)
    return front, back


def a6_symbol_mm(modules: int) -> float:
    """The width in mm, quiet zone included, of a symbol of `modules` modules a side on A6."""
    return max(A6_SYMBOL_MM, symbol_mm(MIN_MODULE_MM, modules))


def a6_sheet(papers: Sequence[PassPaper], *, four_up: bool = False) -> Sheet:
    """What fills the A6 pages of passes, or with `four_up` the A4 sheets that are cut into them."""
    passes = []
    pictures = {"ground": engrave_ground(98, 141, (76, 50, 22))}
    for index, paper in enumerate(papers):
        symbol = make_symbol(paper.qr_text)
        width_mm = a6_symbol_mm(symbol.modules)
        if width_mm > A6_SYMBOL_MAX_MM:
            raise PaperError(
                f"pass {paper.number}: {len(paper.qr_text)} characters need a QR of {width_mm:.0f} mm "
                f"and the page has {A6_SYMBOL_MAX_MM:.0f}: use a smaller face"
            )
        names = {"portrait": f"portrait-{index}", "symbol": f"symbol-{index}"}
        pictures[names["portrait"]] = wrap_portrait(paper.print_jpeg)
        pictures[names["symbol"]] = symbol.svg
        passes.append({**_texts(paper), **names, "symbol_mm": width_mm})
    return Sheet("pass_a6.typ", {"title": _title(papers), "passes": passes, "four_up": four_up}, pictures)


def card_sheet(papers: Sequence[PassPaper]) -> Sheet:
    """What fills the cards of passes, two pages each: front and back."""
    passes = []
    pictures = {
        "ground": engrave_ground(85.6, 53.98, (62, 29, 18)),
        "back": engrave_ground(31.62, 53.98, None, half_waves=4),
    }
    for index, paper in enumerate(papers):
        names = {"portrait": f"portrait-{index}", "symbol": f"symbol-{index}"}
        pictures[names["portrait"]] = wrap_portrait(paper.print_jpeg)
        pictures[names["symbol"]] = make_symbol(paper.qr_text).svg
        passes.append({**_texts(paper), **names, "symbol_mm": CARD_SYMBOL_MM})
    return Sheet("pass_card.typ", {"title": _title(papers), "passes": passes}, pictures)


def stamp_of(papers: Sequence[PassPaper]) -> int:
    """The creation time a PDF states: the day of issue of its first pass, so that a reprint is the same file."""
    return calendar.timegm(papers[0].issued_on.timetuple())


def _title(papers: Sequence[PassPaper]) -> str:
    if not papers:
        raise PaperError("there is no pass to print: choose at least one")
    return f"Border pass {papers[0].number}" if len(papers) == 1 else f"{len(papers)} border passes"


def _texts(paper: PassPaper) -> dict[str, object]:
    """What both papers say, each text as it is printed."""
    if len(paper.companions) > 4:
        raise PaperError(f"pass {paper.number} names {len(paper.companions)} children and has room for 4")
    return {
        "number": paper.number,
        "title_latin": "BORDER PASS",
        "kind_note": _KIND_NOTES[paper.kind],
        "name_khmer": paper.name_khmer,
        "name_latin": paper.name_latin,
        "sex": _SEXES[paper.sex],
        "born_on": _both_days(paper.born_on),
        "home_km": paper.home_km,
        "home_latin": paper.home_latin,
        "office_km": paper.office_km,
        "office_latin": paper.office_latin,
        "office_note": f"{paper.office_km} {paper.office_latin}",
        "governor_title_km": paper.governor_title_km,
        "governor_title_latin": paper.governor_title_latin,
        "governor_name_km": paper.governor_name_km,
        "valid_until": latin_day(paper.valid_until),
        "valid_until_km": khmer_day(paper.valid_until),
        "valid_from": _both_days(paper.valid_from),
        "issued_km": f"ចេញនៅថ្ងៃទី{khmer_day(paper.issued_on)}",
        "issued_latin": f"Issued {latin_day(paper.issued_on)}",
        "order_note": f"យោងតាមបទបញ្ជាលេខ Under order {paper.order_number}",
        "fine_print": (f"{paper.number} {paper.name_latin} · " * 12)[:300],
        "companions": [_companion(child) for child in paper.companions],
        "specimen": paper.specimen,
    }


def _companion(child: CompanionLine) -> dict[str, str]:
    return {"name": child.name, "about": f"{_SEXES[child.sex]} · {_both_days(child.born_on)}"}


def _both_days(day: date) -> str:
    return f"{khmer_day(day)} · {latin_day(day)}"
