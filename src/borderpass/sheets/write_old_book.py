"""Which sheets of the old books are given out: an empty one to fill in, and one that says what is wrong in it?

Whatever somebody typed is written as text and marked as text, so that no spreadsheet takes it for a formula, however
it begins ("=", "+", "-", "@").
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from borderpass.domain.old_book_columns import HEADINGS, PROBLEM, Column
from borderpass.domain.old_book_rows import Cell
from borderpass.sheets.open_old_book import OldBook
from borderpass.sheets.refused import MOST_ROWS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KHMER_FONT = "Khmer OS Siemreap"
_HEAD, _MARKED = (PatternFill("solid", fgColor=colour) for colour in ("DCE6F1", "FFD9D9"))
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold (section 2.2)."""
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = {Column.SEX: 8, Column.NAME_KHMER: 26, Column.NAME_LATIN: 26, Column.ADDRESS: 32, Column.REMARKS: 32}
_USUAL_WIDTH, _PROBLEM_WIDTH = 18, 60


def write_template(notes: Sequence[tuple[Column, str, str, str, str]]) -> bytes:
    """Return an empty sheet, with a second one that says how to fill it in.

    `notes` are the rows of that: a column, whether it is needed in Khmer and English in one, what to write in Khmer,
    the same in English, and an example.
    """
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Old books")
    _begin(sheet, [_WIDTHS.get(column, _USUAL_WIDTH) for column in HEADINGS])
    sexes = DataValidation(type="list", formula1='"ប្រុស,ស្រី"', allow_blank=True, showErrorMessage=False)
    place = get_column_letter(list(HEADINGS).index(Column.SEX) + 1)
    sexes.add(f"{place}2:{place}{MOST_ROWS + 1}")
    sheet.data_validations.append(sexes)
    sheet.append([_head(sheet, heading.both) for heading in HEADINGS.values()])
    explained = workbook.create_sheet("How to fill in")
    _begin(explained, [30, 22, 60, 60, 30])
    titles = ("ជួរឈរ\nColumn", "ត្រូវបំពេញ\nNeeded", "របៀបសរសេរ", "How to write it", "ឧទាហរណ៍\nExample")
    explained.append([_head(explained, title) for title in titles])
    for column, needed, km, en, example in notes:
        explained.append([_text(explained, one) for one in (HEADINGS[column].both, needed, km, en, example)])
    return _saved(workbook)


def write_mistakes(book: OldBook, said: Mapping[int, tuple[frozenset[Column], str]]) -> Iterator[bytes | None]:
    """Write a book again, with a first column that says what is wrong in each row, and the wrong cells marked.

    Yield None after each row, and at the end the file. `said` has, by the number of the row, its wrong columns and the
    words. The words stand in the row that they are of; a filter on that column shows only those rows.
    """
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Old books")
    of_place = {place: column for column, place in book.headings.at.items()}
    titles = [(place, title) for place, title in enumerate(book.titles) if title.strip() != PROBLEM.both]
    places = [place for place, _ in titles]
    widths = [_WIDTHS.get(of_place[place], _USUAL_WIDTH) if place in of_place else _USUAL_WIDTH for place in places]
    _begin(sheet, [_PROBLEM_WIDTH, *widths])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(places) + 1)}{MOST_ROWS + 1}"
    sheet.append([_head(sheet, PROBLEM.both), *(_head(sheet, title) for _, title in titles)])
    for row in book.rows():
        wrong, words = said.get(row.number, (frozenset[Column](), ""))
        cells = [_text(sheet, words, marked=bool(words))]
        for place in places:
            cell: Cell = row.cells[place] if place < len(row.cells) else ""
            cells.append(_written(sheet, cell, marked=of_place.get(place) in wrong))
        sheet.append(cells)
        yield None
    yield _saved(workbook)


def _begin(sheet: Any, widths: Sequence[int]) -> None:
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _head(sheet: Any, text: str) -> Any:
    cell = _text(sheet, text)
    cell.font, cell.fill = Font(name=_KHMER_FONT, bold=True), _HEAD
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _written(sheet: Any, cell: Cell, *, marked: bool) -> Any:
    if isinstance(cell, str):
        return _text(sheet, cell, marked=marked) if cell or marked else None
    written = WriteOnlyCell(sheet, datetime.combine(cell, time()))
    written.number_format = "dd/mm/yyyy"
    if marked:
        written.fill = _MARKED
    return written


def _text(sheet: Any, text: str, *, marked: bool = False) -> Any:
    """Return a cell that holds a text and nothing but a text."""
    safe = _NOT_IN_XML.sub("\ufffd", text)
    cell = WriteOnlyCell(sheet, safe)
    cell.data_type = "s"
    if safe.startswith(_BEGINS_A_FORMULA):
        cell.quotePrefix = True
    if "\n" in safe or marked:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if marked:
        cell.fill = _MARKED
    return cell


def _saved(workbook: Workbook) -> bytes:
    octets = io.BytesIO()
    workbook.save(octets)
    return octets.getvalue()
