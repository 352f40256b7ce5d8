"""Which rows does a workbook hold (Office Open XML, ECMA-376)? Read row by row, with what a file may cost held down.

A workbook is a ZIP: its parts are counted before anything is unpacked, and none unpacks to more than its table of
contents says, for the reader stops there. Formulas come as their text. Whatever the library stumbles over is one thing
to us: a broken file.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

from borderpass.domain.old_book_rows import Cell, Formula
from borderpass.sheets.refused import LONGEST_CELL, MOST_COLUMNS, SheetRefused, SheetTrouble

UNPACKED_MOST_BYTES = 150 * 1024 * 1024
_PARTS_MOST = 500
_ROWS_OF_EXCEL = 1_048_576
_MAIN_PART = "[Content_Types].xml"
_WHOLE_MOST = 10.0**15


def look_into(octets: bytes) -> None:
    """Raise SheetRefused where a ZIP is no workbook, or unpacks to more than is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as parts:
            told = parts.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        raise SheetRefused(SheetTrouble.BROKEN) from None
    if _MAIN_PART not in {one.filename for one in told} or any(one.flag_bits & 1 for one in told):
        raise SheetRefused(SheetTrouble.NOT_A_SHEET)
    if len(told) > _PARTS_MOST or sum(one.file_size for one in told) > UNPACKED_MOST_BYTES:
        raise SheetRefused(SheetTrouble.TOO_LARGE, str(UNPACKED_MOST_BYTES // 1024 // 1024))


@contextmanager
def open_workbook(octets: bytes) -> Iterator[Any]:
    """Open a workbook for reading, and close it. Raise SheetRefused where anything in it cannot be read."""
    look_into(octets)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the library does not support (drawings, validations) is not read
            workbook = load_workbook(io.BytesIO(octets), read_only=True, data_only=False, keep_links=False)
            try:
                yield workbook
            finally:
                workbook.close()
    except (SheetRefused, GeneratorExit):
        raise
    except Exception:  # a hostile file makes the library raise whatever it likes
        raise SheetRefused(SheetTrouble.BROKEN) from None


def rows_of(worksheet: Any) -> Iterator[list[Cell]]:
    """Yield the rows of an open worksheet, empty ones too, each at most MOST_COLUMNS wide."""
    worksheet.reset_dimensions()
    for index, row in enumerate(worksheet.iter_rows(min_row=1, max_col=MOST_COLUMNS), 1):
        if index > _ROWS_OF_EXCEL:
            raise SheetRefused(SheetTrouble.BROKEN)
        cells = [_cell(one) for one in row]
        while cells and cells[-1] == "":
            cells.pop()
        yield cells


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Formula(str(getattr(value, "text", value))[:LONGEST_CELL])
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < _WHOLE_MOST:
        return str(int(value))
    return str(value)[:LONGEST_CELL]
