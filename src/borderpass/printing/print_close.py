"""How does the close of a day's till become a report on paper (A4)?"""

from borderpass.printing.khmer_text import group_digits, khmer_letter_day, latin_day
from borderpass.printing.money_papers import ClosePaper
from borderpass.printing.slips import Row, both_times
from borderpass.printing.typesetter import Sheet, typeset_pdf, typeset_pictures


def print_close(paper: ClosePaper) -> bytes:
    """The report as a PDF of one page. Raises `PaperError` for a time without its time zone."""
    return typeset_pdf(_close_sheet(paper), int(paper.closed_at.timestamp()))


def draw_close(paper: ClosePaper, ppi: float = 100) -> bytes:
    """The report as a PNG picture at `ppi` pixels an inch."""
    return typeset_pictures(_close_sheet(paper), ppi)[0]


def _close_sheet(paper: ClosePaper) -> Sheet:
    name = f"close {paper.office_latin} {paper.day}"
    numbers = f" · {paper.first_receipt} – {paper.last_receipt}" if paper.receipts else ""
    figures = [
        Row("ពេលបើក", "Opening", _riel(paper.opening_riel)),
        Row(f"ទទួលបាន ({paper.receipts})", f"Received{numbers}", _riel(paper.received_riel)),
        Row(f"ប្រគល់វិញ ({paper.refunds})", "Given back", f"−{_riel(paper.returned_riel)}"),
        Row("ត្រូវមានក្នុងថត", "Should be there", _riel(paper.expected_riel), strong=True),
    ]
    outcome = [
        Row("ផ្សេងៗ", "Other notes and coins", _riel(paper.other_riel)),
        Row("រាប់បាន", "Counted", _riel(paper.counted_riel), strong=True),
        Row(*_say_difference(paper), _signed(paper.difference_riel), strong=True),
        Row("ប្រគល់ទៅហេរញ្ញិក", "Handed to the treasurer", _riel(paper.handed_on_riel)),
        Row("សល់ក្នុងថតសម្រាប់ថ្ងៃបន្ទាប់", "Left for the next day", _riel(paper.left_riel)),
    ]
    by_bank = [Row(f"បង្កាន់ដៃ ({paper.khqr_receipts})", "Receipts", _riel(paper.khqr_riel))]
    data = {
        "title": f"Close of {paper.day}",
        "office_km": paper.office_km,
        "office_latin": paper.office_latin,
        "day_km": khmer_letter_day(paper.day),
        "day_latin": latin_day(paper.day),
        "figures": [row.as_data() for row in figures],
        "notes": [[_riel(note), str(number), _riel(note * number)] for note, number in paper.counted],
        "outcome": [row.as_data() for row in outcome],
        "reason": paper.reason,
        "khqr": [row.as_data() for row in by_bank],
        "closed_by": paper.closed_by,
        "closed_at": both_times(name, paper.closed_at),
    }
    return Sheet("close.typ", data, {})


def _say_difference(paper: ClosePaper) -> tuple[str, str]:
    if paper.difference_riel == 0:
        return "ត្រូវគ្នា", "It balances"
    return ("លើស", "Over") if paper.difference_riel > 0 else ("ខ្វះ", "Short")


def _riel(riel: int) -> str:
    return f"{group_digits(riel)} ៛"


def _signed(riel: int) -> str:
    return f"+{_riel(riel)}" if riel > 0 else f"−{_riel(-riel)}" if riel < 0 else _riel(0)
