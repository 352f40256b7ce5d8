"""What does a file that somebody sends hold, as a sheet of the old books: which columns, which rows?

1. By its first bytes it is a workbook, an old Excel file (refused, with what to do), or a text.
2. The headings are looked for in the first rows; of a workbook, on the first sheet that has any.
3. The rows below are read one after the other, as often as they are asked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from borderpass.domain.old_book_columns import HEADINGS_WITHIN_ROWS, Column, Headings, find_headings
from borderpass.domain.old_book_rows import Cell
from borderpass.sheets import read_csv, read_xlsx
from borderpass.sheets.refused import MOST_BYTES, MOST_ROWS, SheetRefused, SheetTrouble

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class BookRow:
    """One row: its number in the sheet (from 1, as spreadsheets count), and its cells as they stand."""

    number: int
    cells: Sequence[Cell]

    def by_column(self, headings: Headings) -> dict[Column, Cell]:
        """Return the cells under the headings that are known."""
        return {column: self.cells[place] if place < len(self.cells) else "" for column, place in headings.at.items()}

    def has_more(self, headings: Headings) -> bool:
        """Tell whether something stands beyond the last heading."""
        return any(cell != "" for cell in self.cells[headings.width :])


@dataclass(frozen=True, slots=True)
class OldBook:
    """A file that can be read. `titles` are all its headings as they are written, `expected` about how many rows."""

    octets: bytes
    headings: Headings
    headed_in: int
    titles: tuple[str, ...]
    expected: int
    sheet: str = ""
    parted_by: str = ""

    def rows(self) -> Iterator[BookRow]:
        """Yield the rows below the headings that are not empty. Raise SheetRefused in the midst where one is broken."""
        count = 0
        for number, cells in enumerate(self._all_rows(), 1):
            if number <= self.headed_in or not any(_is_filled(cell) for cell in cells):
                continue
            count += 1
            if count > MOST_ROWS:
                raise SheetRefused(SheetTrouble.TOO_MANY_ROWS, str(MOST_ROWS))
            yield BookRow(number, cells)

    def _all_rows(self) -> Iterator[Sequence[Cell]]:
        if self.parted_by:
            yield from read_csv.rows_of(read_csv.read_text(self.octets), self.parted_by)
            return
        with read_xlsx.open_workbook(self.octets) as workbook:
            yield from read_xlsx.rows_of(workbook[self.sheet])


def _is_filled(cell: Cell) -> bool:
    return isinstance(cell, date) or bool(cell.strip())


def open_old_book(octets: bytes) -> OldBook:
    """Return what a file holds. Raise SheetRefused where it is none, or lacks a column that is needed."""
    if len(octets) > MOST_BYTES:
        raise SheetRefused(SheetTrouble.TOO_LARGE, str(MOST_BYTES // 1024 // 1024))
    if not octets.strip():
        raise SheetRefused(SheetTrouble.EMPTY)
    if octets.startswith(_OLE):
        raise SheetRefused(SheetTrouble.OLD_EXCEL)
    book = _open_workbook(octets) if octets.startswith(_ZIP) else _open_text(octets)
    if book.headings.missing:
        raise SheetRefused(SheetTrouble.COLUMNS_MISSING, *book.headings.missing)
    if book.headings.twice:
        raise SheetRefused(SheetTrouble.COLUMN_TWICE, *book.headings.twice)
    return book


def _open_text(octets: bytes) -> OldBook:
    text = read_csv.read_text(octets)
    mark, index, headings = read_csv.find_parting(text)
    titles = next(islice(read_csv.rows_of(text, mark), index, None))
    expected = text.count("\n") - index
    return OldBook(octets, headings, index + 1, tuple(titles), max(1, expected), parted_by=mark)


def _open_workbook(octets: bytes) -> OldBook:
    with read_xlsx.open_workbook(octets) as workbook:
        for worksheet in workbook.worksheets:
            told_rows = worksheet.max_row or 0
            rows = [_texts(cells) for cells in islice(read_xlsx.rows_of(worksheet), HEADINGS_WITHIN_ROWS)]
            found = find_headings(rows)
            if found is not None:
                index, headings = found
                expected = min(max(1, told_rows - index - 1), MOST_ROWS)
                return OldBook(octets, headings, index + 1, tuple(rows[index]), expected, sheet=worksheet.title)
    raise SheetRefused(SheetTrouble.NO_HEADINGS)


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [cell if isinstance(cell, str) else "" for cell in cells]
