"""What does a sheet of an old book look like in the tests? Rows as texts, as CSV or as a workbook."""

import csv
import io
from datetime import datetime
from typing import Any

from openpyxl import Workbook

from borderpass.domain.old_book_columns import HEADINGS, Column
from borderpass.services.import_old_book import begin_import
from borderpass.services.run_job import run_waiting_jobs
from borderpass.services.send_old_book import send_old_book
from borderpass.store.keys import new_id
from borderpass.store.models import OldImport
from tests.cast import BOPHA, POIPET
from tests.installation import NOW, done

GOOD: dict[Column, Any] = {
    Column.OLD_NUMBER: "012/24",
    Column.NAME_KHMER: "សុខ សុខា",
    Column.NAME_LATIN: "SOK SOKHA",
    Column.SEX: "ស្រី",
    Column.BORN_ON: "02/01/1990",
    Column.DOCUMENT_NUMBER: "010203040",
    Column.VILLAGE: "",
    Column.COMMUNE: "",
    Column.DISTRICT: "",
    Column.PROVINCE: "",
    Column.ADDRESS: "01100101",
    Column.ISSUED_ON: "15/03/2025",
    Column.VALID_UNTIL: "14/03/2027",
    Column.OFFICE: POIPET,
    Column.FEE: "20000",
    Column.REMARKS: "",
}
"""Sokha's old pass: good in November 2026."""


def row(number: int = 0, **changes: Any) -> dict[Column, Any]:
    """Return Sokha's row, or that of the so-manieth other, with some cells changed."""
    usual = GOOD if not number else GOOD | {Column.OLD_NUMBER: f"N{number}", Column.DOCUMENT_NUMBER: f"9{number:08d}"}
    return usual | {Column(name): value for name, value in changes.items()}


def csv_of(*rows: dict[Column, Any], mark: str = ",", bom: bool = False) -> bytes:
    """Return rows as a text, headed as our sheet is."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=mark)
    writer.writerow([heading.both for heading in HEADINGS.values()])
    writer.writerows([[one.get(column, "") for column in HEADINGS] for one in rows])
    return (b"\xef\xbb\xbf" if bom else b"") + text.getvalue().encode()


def xlsx_of(*rows: dict[Column, Any]) -> bytes:
    """Return rows as a workbook."""
    workbook = Workbook()
    workbook.active.append([heading.en for heading in HEADINGS.values()])
    for one in rows:
        workbook.active.append([one.get(column, "") for column in HEADINGS])
    octets = io.BytesIO()
    workbook.save(octets)
    return octets.getvalue()


def sent(octets: bytes, now: datetime = NOW) -> OldImport:
    """Return a file that Bopha sent and that was checked."""
    book = done(send_old_book(new_id(), POIPET, "book.xlsx", octets, BOPHA, now))
    run_waiting_jobs(lambda: now)
    return OldImport.objects.get(id=book.id)


def imported(octets: bytes, now: datetime = NOW) -> OldImport:
    """Return a file that was imported."""
    book = sent(octets, now)
    done(begin_import(new_id(), book.id, BOPHA, now))
    run_waiting_jobs(lambda: now)
    return OldImport.objects.get(id=book.id)
