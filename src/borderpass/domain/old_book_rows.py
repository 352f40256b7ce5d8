"""Is a row of the old books filled in right? What it says, or what is wrong with it, cell by cell.

The names may be in one script only, for many ledgers were; everything that is written must be readable, and nothing is
turned into what it may have meant.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from borderpass.domain.local_time import years_later
from borderpass.domain.old_book_columns import ADDRESS_COLUMNS, Column
from borderpass.domain.old_book_days import DayTrouble, NoDay, read_day
from borderpass.domain.old_homes import CANDIDATES_NAMED, Homes, NoHome, Part, take_apart
from borderpass.domain.passes import Sex

FEE_MOST_RIEL = 10_000_000
VALID_YEARS_MOST = 10
_BORN_FROM, _ISSUED_FROM = date(1900, 1, 1), date(1950, 1, 1)
_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_LATIN = re.compile(r"[A-Z][A-Z .'-]{0,98}")
_KHMER = re.compile(r"[\u1780-\u17ff\u200b .'-]{1,100}")
_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z /.()-]{1,29}")
_RIEL = re.compile(r"[0-9]{1,9}")
_LEVELS = {Column.VILLAGE: 8, Column.COMMUNE: 6, Column.DISTRICT: 4, Column.PROVINCE: 2, Column.ADDRESS: 0}
_LONGEST = {Column.OLD_NUMBER: 40, Column.REMARKS: 300}
_LONG_CHARACTERS = 120
_SEXES = {
    **dict.fromkeys(("m", "male", "ប្រុស", "ប", "1"), Sex.MALE),
    **dict.fromkeys(("f", "female", "ស្រី", "ស", "2"), Sex.FEMALE),
    **dict.fromkeys(("x", "other", "ផ្សេងទៀត", "3"), Sex.OTHER),
}

Cell = str | date


class Formula(str):
    """A cell that holds a formula: its text. Nothing of it is ever worked out."""

    __slots__ = ()


class Wrong(StrEnum):
    """What can be wrong with a cell. Each has its words in domain/old_book_words.py."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    UNPRINTABLE = "unprintable"
    FORMULA = "formula"
    MORE_CELLS = "more_cells"
    NOT_KHMER = "not_khmer"
    NOT_LATIN = "not_latin"
    SEX_UNKNOWN = "sex_unknown"
    DAY_UNREADABLE = "day_unreadable"
    BUDDHIST_ERA = "buddhist_era"
    DAY_TOO_LATE = "day_too_late"
    DAY_TOO_EARLY = "day_too_early"
    BEFORE_BIRTH = "before_birth"
    BEFORE_ISSUE = "before_issue"
    VALID_TOO_LONG = "valid_too_long"
    NUMBER_UNREADABLE = "number_unreadable"
    ZERO_LOST = "zero_lost"
    PLACE_UNKNOWN = "place_unknown"
    PLACES_APART = "places_apart"
    PLACE_AMBIGUOUS = "place_ambiguous"
    PLACE_TOO_LARGE = "place_too_large"
    OTHER_OFFICE = "other_office"
    FEE_UNREADABLE = "fee_unreadable"
    TWICE_IN_FILE = "twice_in_file"
    THERE_ALREADY = "there_already"


class Fault(NamedTuple):
    """What is wrong with a cell of a row, and what there is to tell of it (a year, a row's number, codes of places)."""

    column: Column
    wrong: Wrong
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OldPassRow:
    """What a row says of a pass of the old books. `number_key` is the same for the same number however it is spaced."""

    old_number: str
    number_key: str
    name_khmer: str
    name_latin: str
    sex: Sex
    born_on: date
    document_number: str
    home_code: str
    issued_on: date
    valid_until: date
    fee_riel: int | None
    remarks: str


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one sheet, one after the other. It remembers in which row each number stood.

    `office_names` are all the ways in which a row may name the office whose book it is, in small letters. `there` holds
    the keys of the numbers that the office has imported before.
    """

    homes: Homes
    office_names: frozenset[str]
    there: frozenset[str]
    today: date
    _rows_of: dict[str, int] = field(default_factory=dict)

    def read(self, number: int, cells: Mapping[Column, Cell], has_more: bool = False) -> OldPassRow | list[Fault]:
        """Return what the row with a number in the sheet says, or all that is wrong with it.

        `has_more` tells that something stands beyond the last heading: then the cells may stand in wrong columns.
        """
        row = _Row(cells, self.today)
        if has_more:
            row.faults.append(Fault(Column.REMARKS, Wrong.MORE_CELLS))
        old_number = self._read_number(number, row)
        name_khmer, name_latin = row.read_names()
        sex = row.read_sex()
        born_on = row.read_day(Column.BORN_ON, _BORN_FROM, self.today)
        issued_on = row.read_day(Column.ISSUED_ON, _ISSUED_FROM, self.today)
        valid_until = row.read_day(Column.VALID_UNTIL, _ISSUED_FROM, years_later(self.today, VALID_YEARS_MOST))
        row.compare_days(born_on, issued_on, valid_until)
        document_number = row.read_document()
        home_code = row.read_home(self.homes)
        office = row.text(Column.OFFICE)
        if office and "".join(office.split()).casefold() not in self.office_names:
            row.add(Column.OFFICE, Wrong.OTHER_OFFICE, office)
        fee_riel, remarks = row.read_fee(), row.text(Column.REMARKS)
        if row.faults or not (sex and born_on and issued_on and valid_until):
            return row.faults
        return OldPassRow(
            *(old_number, key_of(old_number), name_khmer, name_latin, sex, born_on, document_number),
            *(home_code, issued_on, valid_until, fee_riel, remarks),
        )

    def _read_number(self, number: int, row: "_Row") -> str:
        text = row.text(Column.OLD_NUMBER, needed=True).upper()
        key = key_of(text)
        if not key:
            return text
        before = self._rows_of.setdefault(key, number)
        if before != number:
            row.add(Column.OLD_NUMBER, Wrong.TWICE_IN_FILE, str(before))
        elif key in self.there:
            row.add(Column.OLD_NUMBER, Wrong.THERE_ALREADY)
        return text


def key_of(old_number: str) -> str:
    """Return an old pass's number without what is written one time and not the next: spaces, the form of digits."""
    return "".join(old_number.translate(_DIGITS).split()).upper()


@dataclass(slots=True)
class _Row:
    """The cells of one row, and what was found wrong with them so far."""

    cells: Mapping[Column, Cell]
    today: date
    faults: list[Fault] = field(default_factory=list)

    def add(self, column: Column, wrong: Wrong, *told: str) -> None:
        self.faults.append(Fault(column, wrong, told))

    def text(self, column: Column, needed: bool = False) -> str:
        """Return a cell as one line in normal form C, empty where something is wrong with it."""
        cell = self.cells.get(column, "")
        if isinstance(cell, Formula):
            self.add(column, Wrong.FORMULA)
            return ""
        written = f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell
        text = " ".join(unicodedata.normalize("NFC", written).translate(_DIGITS).replace("\ufeff", "").split())
        if not text and needed:
            self.add(column, Wrong.MISSING)
        if len(text) > _LONGEST.get(column, _LONG_CHARACTERS):
            self.add(column, Wrong.TOO_LONG, str(_LONGEST.get(column, _LONG_CHARACTERS)))
            return ""
        if any(unicodedata.category(one) in ("Cc", "Cs", "Co", "Cn") for one in text):
            self.add(column, Wrong.UNPRINTABLE)
            return ""
        return text

    def read_names(self) -> tuple[str, str]:
        khmer, latin = self.text(Column.NAME_KHMER), self.text(Column.NAME_LATIN).upper().replace("’", "'")
        if not khmer and not latin and not any(one.column in _NAMES for one in self.faults):
            self.add(Column.NAME_KHMER, Wrong.MISSING)
        if khmer and not _KHMER.fullmatch(khmer):
            self.add(Column.NAME_KHMER, Wrong.NOT_KHMER)
        if latin and not _LATIN.fullmatch(latin):
            self.add(Column.NAME_LATIN, Wrong.NOT_LATIN)
        return khmer, latin

    def read_sex(self) -> Sex | None:
        text = self.text(Column.SEX, needed=True).casefold().rstrip(".")
        if text and text not in _SEXES:
            self.add(Column.SEX, Wrong.SEX_UNKNOWN)
        return _SEXES.get(text)

    def read_day(self, column: Column, earliest: date, latest: date) -> date | None:
        cell = self.cells.get(column, "")
        if not isinstance(cell, date):
            cell = self.text(column, needed=True)
        if cell == "":
            return None
        read = read_day(cell, earliest, latest)
        if isinstance(read, DayTrouble):
            self.add(column, _OF_DAYS[read.why], *map(str, read.years))
            return None
        return read

    def compare_days(self, born_on: date | None, issued_on: date | None, valid_until: date | None) -> None:
        if issued_on and born_on and issued_on < born_on:
            self.add(Column.ISSUED_ON, Wrong.BEFORE_BIRTH)
        if issued_on and valid_until and valid_until < issued_on:
            self.add(Column.VALID_UNTIL, Wrong.BEFORE_ISSUE)
        if issued_on and valid_until and valid_until > years_later(issued_on, VALID_YEARS_MOST):
            self.add(Column.VALID_UNTIL, Wrong.VALID_TOO_LONG, str(VALID_YEARS_MOST))

    def read_document(self) -> str:
        text = self.text(Column.DOCUMENT_NUMBER).upper()
        if re.fullmatch("[0-9]{8}", text):
            self.add(Column.DOCUMENT_NUMBER, Wrong.ZERO_LOST)
        elif text and not _NUMBER.fullmatch(text):
            self.add(Column.DOCUMENT_NUMBER, Wrong.NUMBER_UNREADABLE)
        return text

    def read_home(self, homes: Homes) -> str:
        parts, columns = list[Part](), list[Column]()
        before = len(self.faults)
        for column in ADDRESS_COLUMNS:
            text = self.text(column)
            written = take_apart(text) if column is Column.ADDRESS else [Part(text, _LEVELS[column])] if text else []
            parts += written
            columns += [column] * len(written)
        if len(self.faults) > before:
            return ""
        if not parts:
            here = [column for column in ADDRESS_COLUMNS if column in self.cells] or [Column.ADDRESS]
            self.add(here[0], Wrong.MISSING)
            return ""
        found = homes.find(parts)
        if isinstance(found, str):
            return found
        told = (parts[found.part].text,) if found.why is NoHome.UNKNOWN else found.candidates[: CANDIDATES_NAMED + 1]
        self.add(columns[found.part], _OF_HOMES[found.why], *told)
        return ""

    def read_fee(self) -> int | None:
        text = re.sub(r"[\s,.']|៛|riel|រៀល", "", self.text(Column.FEE).casefold().removesuffix(".00"))
        if not text:
            return None
        if not _RIEL.fullmatch(text) or int(text) > FEE_MOST_RIEL:
            self.add(Column.FEE, Wrong.FEE_UNREADABLE)
            return None
        return int(text)


_NAMES = (Column.NAME_KHMER, Column.NAME_LATIN)
_OF_DAYS = {
    NoDay.UNREADABLE: Wrong.DAY_UNREADABLE,
    NoDay.BUDDHIST_ERA: Wrong.BUDDHIST_ERA,
    NoDay.TOO_LATE: Wrong.DAY_TOO_LATE,
    NoDay.TOO_EARLY: Wrong.DAY_TOO_EARLY,
}
_OF_HOMES = {
    NoHome.UNKNOWN: Wrong.PLACE_UNKNOWN,
    NoHome.APART: Wrong.PLACES_APART,
    NoHome.AMBIGUOUS: Wrong.PLACE_AMBIGUOUS,
    NoHome.TOO_LARGE: Wrong.PLACE_TOO_LARGE,
}
