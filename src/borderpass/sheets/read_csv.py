"""Which rows does a text file hold whose cells are parted by commas, semicolons or tabs (RFC 4180, in UTF-8)?

What parts the cells is not guessed from how often it stands there: it is whatever makes the headings readable.
"""

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from borderpass.domain.old_book_columns import HEADINGS_WITHIN_ROWS, Headings, find_headings
from borderpass.sheets.refused import LONGEST_CELL, SheetRefused, SheetTrouble

PARTED_BY = (",", ";", "\t")
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(octets: bytes) -> str:
    """Return the text of a file. Raise SheetRefused where it is none in UTF-8."""
    if octets.startswith(_UTF_16):
        raise SheetRefused(SheetTrouble.NOT_UTF8)
    try:
        text = octets.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError:
        raise SheetRefused(SheetTrouble.NOT_UTF8) from None
    if "\0" in text:
        raise SheetRefused(SheetTrouble.NOT_A_SHEET)
    return text


def find_parting(text: str) -> tuple[str, int, Headings]:
    """Return what parts the cells, which row holds the headings (from 0), and the headings.

    Raise SheetRefused where there are none, whatever parts the cells.
    """
    best: tuple[str, int, Headings] | None = None
    for mark in PARTED_BY:
        found = find_headings(_first_rows(text, mark))
        if found is not None and (best is None or len(found[1].at) > len(best[2].at)):
            best = (mark, *found)
    if best is None:
        raise SheetRefused(SheetTrouble.NO_HEADINGS)
    return best


def _first_rows(text: str, mark: str) -> list[list[str]]:
    """Return the first rows, as far as they can be read: one that is broken is told when its turn comes."""
    rows = list[list[str]]()
    with suppress(SheetRefused):
        rows.extend(islice(rows_of(text, mark), HEADINGS_WITHIN_ROWS))
    return rows


def rows_of(text: str, mark: str) -> Iterator[list[str]]:
    """Yield the rows of a text. Raise SheetRefused where its quotes do not come out even."""
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True):
            yield [cell[:LONGEST_CELL] for cell in row]
    except csv.Error:
        raise SheetRefused(SheetTrouble.BROKEN) from None
