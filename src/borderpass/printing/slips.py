"""How are amounts, times and rows written on a slip for money (A6 laid wide, 148 x 105 mm)?"""

from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from borderpass.printing.khmer_text import group_digits, khmer_digits, khmer_letter_day, latin_day, number_words
from borderpass.printing.papers import PaperError, PaymentMethod

PHNOM_PENH = timezone(timedelta(hours=7))
METHODS: dict[PaymentMethod, str] = {"cash": "សាច់ប្រាក់ Cash", "khqr": "KHQR"}


class Row(NamedTuple):
    """A label in two scripts and what stands beside it."""

    khmer: str
    latin: str
    value: str
    strong: bool = False

    def as_data(self) -> dict[str, object]:
        """The row as the template takes it."""
        return self._asdict()


def amounts(riel: int, method: str) -> dict[str, object]:
    """A sum in Khmer digits, in Latin ones with how it was paid, and in words."""
    amount = group_digits(riel)
    return {
        "amount_km": f"{khmer_digits(amount)} រៀល",
        "amount_latin": f"{amount} KHR · {method}",
        "amount_words": f"({number_words(riel)}រៀលគត់)",
    }


def local_time(number: str, at: datetime) -> datetime:
    """The same instant in Phnom Penh. Raises `PaperError` for a time without its zone."""
    if at.tzinfo is None:
        raise PaperError(f"slip {number}: the time lacks its time zone")
    return at.astimezone(PHNOM_PENH)


def both_times(number: str, at: datetime) -> str:
    """A local day and time in Khmer and in Latin letters. Raises `PaperError` for a time without its zone."""
    local = local_time(number, at)
    clock = f"{local:%H:%M}"
    return f"{khmer_letter_day(local)} ម៉ោង {khmer_digits(clock)} · {latin_day(local)}, {clock}"
