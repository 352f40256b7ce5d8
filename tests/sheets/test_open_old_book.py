"""What do we read of the files that people send, and what of those that somebody made to harm?"""

import csv
import io
import zipfile
from datetime import date, datetime, time
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from borderpass.domain.old_book_columns import HEADINGS, PROBLEM, Column
from borderpass.domain.old_book_rows import Formula
from borderpass.sheets import open_old_book as opening
from borderpass.sheets import read_xlsx
from borderpass.sheets.open_old_book import BookRow, open_old_book
from borderpass.sheets.refused import MOST_BYTES, SheetRefused, SheetTrouble
from borderpass.sheets.write_old_book import write_mistakes
from tests.old_books import csv_of, row, xlsx_of

HEADED = ",".join(heading.en for heading in HEADINGS.values())
WIDTH = len(HEADINGS)
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r\n"), max_size=30)
ROWS = st.lists(st.lists(TEXTS, min_size=WIDTH, max_size=WIDTH), max_size=6)


def trouble_of(octets: bytes) -> SheetTrouble:
    with pytest.raises(SheetRefused) as refused:
        list(open_old_book(octets).rows())
    return refused.value.trouble


def is_read_or_refused(octets: bytes) -> bool:
    """Read a file to its end. Anything else than rows or a reason of ours is raised."""
    try:
        return all(one.number for one in open_old_book(octets).rows())
    except SheetRefused as refused:
        return refused.trouble in SheetTrouble


def cells_of(octets: bytes) -> list[list[Any]]:
    return [list(one.cells) for one in open_old_book(octets).rows()]


def rewritten(octets: bytes, name: str, change: Any) -> bytes:
    """Return a workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(octets)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            new.writestr(part.filename, change(data) if part.filename == name else data)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


class TestTexts:
    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    @pytest.mark.parametrize("bom", [False, True])
    def test_what_parts_the_cells_is_found_and_a_byte_order_mark_passed_over(self, mark: str, bom: bool) -> None:
        book = open_old_book(csv_of(row(remarks='a, b; "c"\td'), row(1), mark=mark, bom=bom))
        assert book.parted_by == mark
        first, second = book.rows()
        assert first.by_column(book.headings) == row(remarks='a, b; "c"\td')
        assert (first.number, second.number) == (2, 3)

    def test_lines_above_the_headings_are_passed_over_and_rows_keep_their_numbers(self) -> None:
        book = open_old_book(f"Old book of 2019,,\n\n{HEADED}\n\nN1,a\n".encode())
        assert (book.headed_in, [one.number for one in book.rows()]) == (3, [5])

    def test_a_cell_beyond_the_headings_is_noticed(self) -> None:
        book = open_old_book(f"{HEADED}\n{',' * WIDTH}x\n{',' * (WIDTH + 3)}\nN1".encode())
        assert [one.has_more(book.headings) for one in book.rows()] == [True, False]

    @pytest.mark.parametrize(
        ("octets", "trouble"),
        [
            (b"", SheetTrouble.EMPTY),
            (b" \r\n ", SheetTrouble.EMPTY),
            (b"hello", SheetTrouble.NO_HEADINGS),
            (HEADED.encode("utf-16"), SheetTrouble.NOT_UTF8),
            ("ភេទ".encode() + b"\xff", SheetTrouble.NOT_UTF8),
            (HEADED.encode() + b"\n\0", SheetTrouble.NOT_A_SHEET),
            (HEADED.encode() + b'\n"never closed', SheetTrouble.BROKEN),
            (HEADED.encode() + b'\n"a"b,c', SheetTrouble.BROKEN),
            (HEADED.replace("Sex", "").encode(), SheetTrouble.COLUMNS_MISSING),
            (f"{HEADED},Gender".encode(), SheetTrouble.COLUMN_TWICE),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", SheetTrouble.OLD_EXCEL),
            (b"x" * (MOST_BYTES + 1), SheetTrouble.TOO_LARGE),
        ],
        ids=lambda one: one.value if isinstance(one, SheetTrouble) else "",
    )
    def test_what_cannot_be_read_is_refused_with_its_reason(self, octets: bytes, trouble: SheetTrouble) -> None:
        assert trouble_of(octets) is trouble

    def test_too_many_rows_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(opening, "MOST_ROWS", 2)
        assert len(cells_of(csv_of(row(), row(1)))) == 2
        assert trouble_of(csv_of(row(), row(1), row(2))) is SheetTrouble.TOO_MANY_ROWS

    @given(ROWS)
    def test_every_row_comes_back_as_it_was_written(self, rows: list[list[str]]) -> None:
        text = io.StringIO()
        csv.writer(text).writerows([[heading.km for heading in HEADINGS.values()], *rows])
        filled = [one for one in rows if any(cell.strip() for cell in one)]
        assert cells_of(text.getvalue().encode()) == filled

    @given(st.binary(max_size=400))
    @settings(max_examples=200)
    def test_whatever_is_sent_is_read_or_refused(self, octets: bytes) -> None:
        for sent in (octets, HEADED.encode() + b"\n" + octets, b"PK\x03\x04" + octets):
            assert is_read_or_refused(sent)


@cache
def good_workbook() -> bytes:
    """Return one workbook for all examples: it names the second it was made in, so two of them differ."""
    return xlsx_of(row())


class TestWorkbooks:
    def test_days_numbers_and_texts_come_as_what_they_are(self) -> None:
        octets = xlsx_of(
            row(
                born_on=date(1990, 1, 2),
                issued_on=datetime.combine(date(2025, 3, 15), time()),
                fee_riel=20000,
                remarks=1.5,
            )
        )
        book = open_old_book(octets)
        (only,) = book.rows()
        cells = only.by_column(book.headings)
        assert (cells[Column.BORN_ON], cells[Column.ISSUED_ON]) == (date(1990, 1, 2), date(2025, 3, 15))
        assert (cells[Column.FEE], cells[Column.REMARKS]) == ("20000", "1.5")
        assert cells[Column.NAME_KHMER] == "សុខ សុខា"

    def test_a_formula_comes_as_its_text_and_is_not_worked_out(self) -> None:
        (only,) = open_old_book(xlsx_of(row(fee_riel="=2+2"))).rows()
        formulas = [cell for cell in only.cells if isinstance(cell, Formula)]
        assert formulas == ["=2+2"]

    def test_the_sheet_with_the_headings_is_found(self) -> None:
        workbook = Workbook()
        workbook.active.append(["Read me"])
        workbook.create_sheet("ប័ណ្ណ").append([heading.km for heading in HEADINGS.values()])
        octets = io.BytesIO()
        workbook.save(octets)
        assert open_old_book(octets.getvalue()).sheet == "ប័ណ្ណ"

    @pytest.mark.parametrize("told", [b'<dimension ref="A1:A1"/>', b'<dimension ref="A1:XFD1048576"/>', b""])
    def test_what_the_sheet_says_of_its_own_size_is_not_believed(self, told: bytes) -> None:
        def change(data: bytes) -> bytes:
            start = data.index(b"<dimension")
            return data[:start] + told + data[data.index(b"/>", start) + 2 :]

        assert len(cells_of(rewritten(xlsx_of(row(), row(1)), SHEET, change))) == 2

    def test_a_row_far_below_ends_the_reading(self) -> None:
        octets = rewritten(xlsx_of(row()), SHEET, lambda data: data.replace(b'<row r="2"', b'<row r="999999999"'))
        assert trouble_of(octets) is SheetTrouble.BROKEN

    def test_a_bomb_is_not_unpacked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        octets = rewritten(xlsx_of(row()), SHEET, lambda data: data + b" " * 30_000_000)
        assert len(octets) < 100_000
        monkeypatch.setattr(read_xlsx, "UNPACKED_MOST_BYTES", 20_000_000)
        assert trouble_of(octets) is SheetTrouble.TOO_LARGE

    def test_entities_that_multiply_are_refused(self) -> None:
        levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
        bomb = f'<!DOCTYPE x [<!ENTITY a0 "{"x" * 100}">{levels}]>'.encode()
        doubled = rewritten(
            xlsx_of(row()),
            SHEET,
            lambda data: bomb + data.replace(b"</sheetData>", b"<row><c><v>&a9;</v></c></row></sheetData>"),
        )
        assert trouble_of(doubled) is SheetTrouble.BROKEN

    def test_other_zips_are_no_sheets(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as other:
            other.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        assert trouble_of(out.getvalue()) is SheetTrouble.NOT_A_SHEET

    @given(st.data())
    @settings(max_examples=150)
    def test_a_damaged_workbook_is_read_or_refused(self, data: st.DataObject) -> None:
        octets = bytearray(good_workbook())
        for _ in range(data.draw(st.integers(1, 8))):
            octets[data.draw(st.integers(4, len(octets) - 1))] = data.draw(st.integers(0, 255))
        assert is_read_or_refused(bytes(octets))

    @given(st.data())
    @settings(max_examples=100)
    def test_damaged_xml_is_read_or_refused(self, data: st.DataObject) -> None:
        def change(part: bytes) -> bytes:
            at = data.draw(st.integers(0, len(part)))
            return part[:at] + data.draw(st.binary(max_size=12)) + part[at + data.draw(st.integers(0, 12)) :]

        name = data.draw(st.sampled_from([SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]))
        assert is_read_or_refused(rewritten(good_workbook(), name, change))


class TestTheSheetWithMistakes:
    def written(self, octets: bytes, said: Any) -> bytes:
        return [one for one in write_mistakes(open_old_book(octets), said) if one is not None][-1]

    @given(ROWS)
    @settings(max_examples=50)
    def test_it_reads_again_as_the_rows_it_was_made_of(self, rows: list[list[str]]) -> None:
        text = io.StringIO()
        csv.writer(text).writerows([[heading.km for heading in HEADINGS.values()], *rows])
        before = open_old_book(text.getvalue().encode())
        after = open_old_book(self.written(before.octets, {}))
        assert [self.seen(one, after) for one in after.rows()] == [
            {column: kept(str(cell)) for column, cell in one.by_column(before.headings).items()}
            for one in before.rows()
        ]

    @staticmethod
    def seen(one: BookRow, book: opening.OldBook) -> dict[Column, str]:
        return {column: str(cell) for column, cell in one.by_column(book.headings).items()}

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1"])
    def test_what_begins_like_a_formula_stays_a_text(self, text: str) -> None:
        octets = self.written(csv_of(row(remarks=text)), {2: (frozenset({Column.REMARKS}), "=wrong")})
        sheet = load_workbook(io.BytesIO(octets)).active
        for cell in (sheet.cell(2, 1), sheet.cell(2, WIDTH + 1)):
            assert cell.data_type == "s"
            assert cell.quotePrefix
        (only,) = open_old_book(octets).rows()
        assert not any(isinstance(cell, Formula) for cell in only.cells)

    def test_what_xml_cannot_hold_does_not_stop_it(self) -> None:
        octets = xlsx_of(row(remarks="_x0000_ _xD800_ _xFFFE_"))
        (only,) = open_old_book(self.written(octets, {2: (frozenset({Column.SEX}), "\ufffe\0")})).rows()
        assert only.cells[0] == "\ufffd\ufffd"

    def test_the_wrong_cells_are_marked_and_days_stay_days(self) -> None:
        octets = xlsx_of(row(born_on=date(1990, 1, 2)))
        sheet = load_workbook(io.BytesIO(self.written(octets, {2: (frozenset({Column.SEX}), "x")}))).active
        assert sheet.cell(1, 1).value == PROBLEM.both
        titles = [cell.value for cell in sheet[1]]
        marked = [titles[cell.column - 1] for cell in sheet[2] if cell.fill.fgColor.rgb == "00FFD9D9"]
        assert marked == [PROBLEM.both, "Sex"]
        assert sheet.cell(2, titles.index("Date of birth") + 1).is_date

    def test_sent_again_it_has_one_column_of_words(self) -> None:
        once = self.written(csv_of(row()), {2: (frozenset({Column.SEX}), "first")})
        twice = self.written(once, {2: (frozenset({Column.SEX}), "second")})
        titles = [cell.value for cell in load_workbook(io.BytesIO(twice)).active[1]]
        assert titles.count(PROBLEM.both) == 1


def kept(text: str) -> str:
    """Return a text as a workbook keeps it: what XML cannot hold is marked."""
    unfit = {*map(chr, range(32)), "\ufffe", "\uffff"} - {*"\t\n\r"}
    return "".join("\ufffd" if one in unfit else one for one in text)
