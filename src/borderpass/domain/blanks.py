"""Which numbered blank comes next, and does the drawer of blanks hold what it should?

Blanks are printed with a number by whoever delivers them; a pass is printed onto one. A number is a series of letters
and figures, and a place in it. It is used once: for a pass, for a pass that was spoiled, or for nothing (void).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

DIGITS = 6
MOST_NUMBER = 10**DIGITS - 1
DELIVERY_MAX = 100_000
_SERIES = re.compile("[A-Z]{1,4}")
_BLANK = re.compile(rf"([A-Z]{{1,4}})([0-9]{{1,{DIGITS}}})")
_BETWEEN = re.compile(r"[\s.-]")
_KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")


class PaperForm(StrEnum):
    """What a pass is printed on."""

    A6 = "a6"
    CARD = "card"


class Outcome(StrEnum):
    """What became of a blank."""

    PRINTED = "printed"
    SPOILED = "spoiled"
    VOID = "void"


class Blank(NamedTuple):
    """One numbered blank."""

    series: str
    number: int

    def __str__(self) -> str:
        """Return the number as it stands on the blank."""
        return f"{self.series}{self.number:0{DIGITS}d}"


class Lot(NamedTuple):
    """Blanks that were delivered together: both numbers are in it."""

    series: str
    first: int
    last: int

    @property
    def size(self) -> int:
        """How many blanks it has."""
        return self.last - self.first + 1

    def holds(self, blank: Blank) -> bool:
        """Tell whether a blank is in it."""
        return self.series == blank.series and self.first <= blank.number <= self.last

    def overlaps(self, other: "Lot") -> bool:
        """Tell whether a number is in both."""
        return self.series == other.series and self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class StockFigures:
    """The blanks of an office and a form over some time: each number counts once."""

    opening: int
    received: int
    printed: int
    spoiled: int
    void: int

    @property
    def left(self) -> int:
        """How many have to be in the drawer."""
        return self.opening + self.received - self.printed - self.spoiled - self.void


def read_blank(text: str) -> Blank | None:
    """Return the blank that was typed (`PB000123`, `pb 123`), or None."""
    found = _BLANK.fullmatch(_BETWEEN.sub("", text).upper().translate(_KHMER_DIGITS))
    return Blank(found[1], int(found[2])) if found and int(found[2]) else None


def read_lot(first: str, last: str) -> Lot | None:
    """Return the lot from a first to a last number of one series, or None where there is no such."""
    begin, end = read_blank(first), read_blank(last)
    if begin is None or end is None or begin.series != end.series or not _SERIES.fullmatch(begin.series):
        return None
    lot = Lot(begin.series, begin.number, end.number)
    return lot if 1 <= lot.size <= DELIVERY_MAX else None


def shift(numbers: Sequence[Blank], spare: Sequence[Blank]) -> list[Blank]:
    """Return the blanks that papers lie on after the printer ate the first one: each lies on the one after its own.

    `numbers` are those of the papers from the eaten one on, `spare` the unused ones after them, at least one.
    """
    return [*numbers[1:], spare[0]]


def next_blanks(lots: Sequence[Lot], used: Collection[Blank], count: int, first: Blank | None = None) -> list[Blank]:
    """Return the next unused blanks, in the order in which they lie in the printer; fewer where there are no more.

    They go on from `first`, and from one lot to the next in the order given. A `first` that was never delivered gives
    none; one that is used is passed over, as any other.
    """
    found: list[Blank] = []
    begun = first is None
    for lot in lots:
        start = lot.first
        if not begun and first is not None:
            if not lot.holds(first):
                continue
            start, begun = first.number, True
        for number in range(start, lot.last + 1):
            if len(found) == count:
                return found
            if (blank := Blank(lot.series, number)) not in used:
                found.append(blank)
    return found
