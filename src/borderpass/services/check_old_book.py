"""Is a file of an old book fit to be imported? Each row is read; what is wrong goes back in a sheet to be mended.

1. The file is opened: one that cannot be read, or lacks a column, is refused as a whole.
2. Each row is read. Nothing is imported.
3. Where rows are wrong, the same sheet is written again, with what is wrong in front and the cells marked: the job's
   file. What the file was found to be is written down with it.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from borderpass.domain.gazetteer import Gazetteer
from borderpass.domain.jobs import JobOutput, Trouble
from borderpass.domain.old_book_columns import HEADINGS, Column
from borderpass.domain.old_book_rows import Fault
from borderpass.domain.old_book_words import say_fault
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.read_old_book import read_rows
from borderpass.sheets.open_old_book import OldBook, open_old_book
from borderpass.sheets.refused import SheetRefused
from borderpass.sheets.write_old_book import XLSX, write_mistakes
from borderpass.store.models import Job, OldImport
from borderpass.store.models.old_books import BookState

if TYPE_CHECKING:
    from borderpass.services.run_job import Progress

FAULTS_KEPT = 200
HELD_EVERY_ROWS = 2_000
_UNDER_WAY = (BookState.CHECKING, BookState.FAULTY)
"""In these a check goes on: after a crash, the sheet may be lost that was to be the job's file."""
WHOLE_FILE = "0"
"""Stands where a row's number would, before the reason why a file as a whole is refused."""


def check_old_book(job: Job, progress: "Progress", now: datetime) -> JobOutput | None:
    """Check a file and write down what was found; return the sheet to be mended, or None where nothing is wrong."""
    kept = OldImport.objects.select_related("office").get(id=job.parameters["import"])
    if kept.state not in _UNDER_WAY or kept.octets is None:
        return None
    faults, rows = dict[int, list[Fault]](), 0
    try:
        book = open_old_book(bytes(kept.octets))
        progress.expect(book.expected)
        for row, read in read_rows(book, kept.office, now):
            rows += 1
            if isinstance(read, list):
                faults[row.number] = read
            progress.step(Trouble("", say_short(row.number, read)) if isinstance(read, list) else None)
    except SheetRefused as refused:
        because = [refused.trouble.value, *refused.told]
        _write_down(kept, BookState.REFUSED, refused_because=because)
        progress.step(Trouble("", "|".join([WHOLE_FILE, *because])))
        return None
    progress.expect(rows)
    found = {"rows": rows, "faulty_rows": len(faults), "unknown": list(book.headings.unknown)}
    if not faults:
        _write_down(kept, BookState.GOOD if rows else BookState.REFUSED, **found, **_if_empty(rows))
        return None
    output = write_mistakes_of(kept, book, faults, progress)
    _write_down(kept, BookState.FAULTY, **found, faults=first_faults(faults))
    return output


def say_short(row: int, faults: list[Fault]) -> str:
    """Return what is wrong with a row as a job keeps it: its number; column, code and details of the first fault."""
    first = faults[0]
    return "|".join([str(row), first.column.value, first.wrong.value, *first.told])


def _if_empty(rows: int) -> dict[str, list[str]]:
    return {} if rows else {"refused_because": ["empty"]}


def first_faults(faults: Mapping[int, list[Fault]]) -> list[list[object]]:
    """Return the first of all faults as they are kept with a file."""
    every = [[row, one.column.value, one.wrong.value, list(one.told)] for row, ones in faults.items() for one in ones]
    return [list(one) for one in every[:FAULTS_KEPT]]


def write_mistakes_of(
    kept: OldImport, book: OldBook, faults: Mapping[int, list[Fault]], progress: "Progress"
) -> JobOutput:
    """Return the sheet to be mended. The job is held all the while: nobody else shall begin it anew."""
    gazetteer = load_gazetteer()
    said = {row: (frozenset(one.column for one in ones), _say(ones, gazetteer)) for row, ones in faults.items()}
    octets = b""
    for number, part in enumerate(write_mistakes(book, said), 1):
        octets = part or octets
        if number % HELD_EVERY_ROWS == 0:
            progress.write()
    return JobOutput(f"{PurePath(kept.file_name).stem} ✗.xlsx", XLSX, octets)


def _say(faults: list[Fault], gazetteer: Gazetteer) -> str:
    """Return what is wrong with a row, a line for each cell, in Khmer and English."""
    lines = []
    for one in faults:
        heading, words = HEADINGS[Column(one.column)], say_fault(one, gazetteer)
        lines.append(f"{heading.km}៖ {words.km} · {heading.en}: {words.en}")
    return "\n".join(lines)


def _write_down(kept: OldImport, state: BookState, **found: object) -> None:
    OldImport.objects.filter(id=kept.id, state__in=_UNDER_WAY).update(state=state, **found)
