"""Which day is written in a cell of the old books? Read in the forms that people write; what is unsure is not guessed.

Day before month, as Cambodia writes. A year of the Buddhist Era is told, with the year that is likely meant, and never
turned into one: whoever mends the sheet looks into the book.
"""

import re
from datetime import date
from enum import StrEnum
from typing import NamedTuple

BUDDHIST_ERA = 543
_KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_BY_NUMBERS = re.compile(r"(?P<d>[0-9]{1,2}) ?([/. -]) ?(?P<m>[0-9]{1,2}) ?\2 ?(?P<y>[0-9]{4})")
_YEAR_FIRST = re.compile(r"(?P<y>[0-9]{4})([/.-])(?P<m>[0-9]{1,2})\2(?P<d>[0-9]{1,2})(?:[ T]00:00(?::00)?)?")
_BY_NAME = re.compile(
    r"(?:ថ្ងៃទី|ថ្ងៃ)? ?(?P<d>[0-9]{1,2})[ .-]*(?:ខែ)? ?(?P<m>[^\d\s.,-]+)[ .,-]*(?:ឆ្នាំ)? ?(?P<y>[0-9]{4})"
)
_KHMER_MONTHS = (
    *("មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា"),
    *("កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ"),
)
_ENGLISH_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS = {
    **{name: number for number, name in enumerate(_KHMER_MONTHS, 1)},
    **{name: number for number, name in enumerate(_ENGLISH_MONTHS, 1)},
    **{name[:3]: number for number, name in enumerate(_ENGLISH_MONTHS, 1)},
    "កុម្ភះ": 2,
    "កុម្ភ": 2,
}


class NoDay(StrEnum):
    """Why a cell has no day that can be taken."""

    UNREADABLE = "unreadable"
    BUDDHIST_ERA = "buddhist_era"
    TOO_LATE = "too_late"
    TOO_EARLY = "too_early"


class DayTrouble(NamedTuple):
    """Why, and the years that there are to tell: the one that is written, the one that may be meant."""

    why: NoDay
    years: tuple[int, ...] = ()


def read_day(cell: str | date, earliest: date, latest: date) -> date | DayTrouble:
    """Return the day of a cell, a text or a day of the spreadsheet's own, between two days; or why there is none."""
    parts = (cell.year, cell.month, cell.day) if isinstance(cell, date) else _take_apart(cell)
    if parts is None:
        return DayTrouble(NoDay.UNREADABLE)
    year, month, day = parts
    if year > latest.year and earliest.year <= year - BUDDHIST_ERA <= latest.year:
        return DayTrouble(NoDay.BUDDHIST_ERA, (year, year - BUDDHIST_ERA))
    try:
        read = date(year, month, day)
    except ValueError:
        return DayTrouble(NoDay.UNREADABLE)
    if read > latest:
        return DayTrouble(NoDay.TOO_LATE, (latest.year,))
    return read if read >= earliest else DayTrouble(NoDay.TOO_EARLY, (earliest.year,))


def _take_apart(text: str) -> tuple[int, int, int] | None:
    """Return year, month and day as they are written, or None."""
    plain = " ".join(text.translate(_KHMER_DIGITS).replace("\u200b", "").split())
    for form in (_BY_NUMBERS, _YEAR_FIRST):
        if (found := form.fullmatch(plain)) is not None:
            return int(found["y"]), int(found["m"]), int(found["d"])
    if (found := _BY_NAME.fullmatch(plain)) is not None and (month := _MONTHS.get(found["m"].casefold())):
        return int(found["y"]), month, int(found["d"])
    return None
