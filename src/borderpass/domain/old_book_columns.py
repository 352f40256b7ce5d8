"""Which columns does a sheet of the old books have, and by which headings is each known?

The old books are the passes that an office issued before it had this system: papers that nobody signed, copied from
ledgers into a spreadsheet. A heading is known in Khmer, in English, or as both in one cell, whatever its case, spaces
and marks.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from borderpass.domain.gazetteer import fold

HEADINGS_WITHIN_ROWS = 10
_SHOWN_CHARACTERS = 60


class Column(StrEnum):
    """What a row may say, in the order of the sheet that we give out."""

    OLD_NUMBER = "old_number"
    NAME_KHMER = "name_khmer"
    NAME_LATIN = "name_latin"
    SEX = "sex"
    BORN_ON = "born_on"
    DOCUMENT_NUMBER = "document_number"
    VILLAGE = "village"
    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    ADDRESS = "address"
    ISSUED_ON = "issued_on"
    VALID_UNTIL = "valid_until"
    OFFICE = "office"
    FEE = "fee_riel"
    REMARKS = "remarks"


class Heading(NamedTuple):
    """How a column is headed in Khmer and English, and by which other words it is known."""

    km: str
    en: str
    also: tuple[str, ...] = ()

    @property
    def both(self) -> str:
        """The heading as our own sheets have it: Khmer, and English in the line below."""
        return f"{self.km}\n{self.en}"


HEADINGS: Mapping[Column, Heading] = {
    Column.OLD_NUMBER: Heading("លេខប័ណ្ណចាស់", "Old pass number", ("លេខប័ណ្ណ", "Pass number", "Number")),
    Column.NAME_KHMER: Heading("ឈ្មោះជាអក្សរខ្មែរ", "Name in Khmer", ("គោត្តនាម និងនាម", "ឈ្មោះ", "Khmer name")),
    Column.NAME_LATIN: Heading("ឈ្មោះជាអក្សរឡាតាំង", "Name in Latin letters", ("អក្សរឡាតាំង", "Latin name", "Name")),
    Column.SEX: Heading("ភេទ", "Sex", ("Gender",)),
    Column.BORN_ON: Heading("ថ្ងៃខែឆ្នាំកំណើត", "Date of birth", ("Birth date", "Born on", "DOB")),
    Column.DOCUMENT_NUMBER: Heading("លេខអត្តសញ្ញាណប័ណ្ណ", "ID number", ("ID card number", "ID card", "លេខឯកសារ")),
    Column.VILLAGE: Heading("ភូមិ", "Village", ("Phum",)),
    Column.COMMUNE: Heading("ឃុំ ឬសង្កាត់", "Commune", ("ឃុំ", "សង្កាត់", "ឃុំ/សង្កាត់", "Commune or sangkat", "Khum")),
    Column.DISTRICT: Heading("ស្រុក ឬក្រុង", "District or city", ("ស្រុក", "ក្រុង", "ស្រុក/ក្រុង", "District", "Srok")),
    Column.PROVINCE: Heading("ខេត្ត", "Province", ("រាជធានី/ខេត្ត", "Khet")),
    Column.ADDRESS: Heading("អាសយដ្ឋាន ឬលេខកូដ", "Address or its code", ("អាសយដ្ឋាន", "Address", "Address code")),
    Column.ISSUED_ON: Heading("ថ្ងៃចេញប័ណ្ណ", "Issued on", ("ថ្ងៃចេញ", "Date of issue")),
    Column.VALID_UNTIL: Heading("មានសុពលភាពដល់", "Valid until", ("ថ្ងៃផុតកំណត់", "Date of expiry", "Expires on")),
    Column.OFFICE: Heading("ការិយាល័យ", "Office", ("Issued by", "ចេញដោយ")),
    Column.FEE: Heading("កម្រៃសេវា (រៀល)", "Fee paid in riel", ("កម្រៃសេវា", "ថ្លៃសេវា", "Fee paid", "Fee")),
    Column.REMARKS: Heading("កំណត់សម្គាល់", "Remarks", ("ផ្សេងៗ", "Remark", "Notes")),
}
PROBLEM = Heading("អ្វីដែលត្រូវកែ", "What is wrong")
"""The column that a sheet with mistakes has in front; when the sheet comes back, it is passed over."""
ADDRESS_COLUMNS = (Column.VILLAGE, Column.COMMUNE, Column.DISTRICT, Column.PROVINCE, Column.ADDRESS)
_ONE_OF_EACH = (
    (Column.OLD_NUMBER,),
    (Column.NAME_KHMER, Column.NAME_LATIN),
    (Column.SEX,),
    (Column.BORN_ON,),
    ADDRESS_COLUMNS,
    (Column.ISSUED_ON,),
    (Column.VALID_UNTIL,),
)
_MARKS = dict.fromkeys(map(ord, "/:*\n\r\t_?"))


def _plain(text: str) -> str:
    return fold(text).translate(_MARKS)


_KNOWN = {
    _plain(words): column
    for column, heading in HEADINGS.items()
    for words in (heading.km, heading.en, heading.both, column.value, *heading.also)
}
_PASSED_OVER = {_plain(words) for words in (PROBLEM.km, PROBLEM.en, PROBLEM.both)}


def _shown(text: str) -> str:
    """Return a heading that means nothing as it can be shown and kept: short, without what cannot be printed."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:_SHOWN_CHARACTERS] or "?"


class Headings(NamedTuple):
    """What a row of headings says: where each column stands, what it lacks, which stand twice, which mean nothing."""

    at: dict[Column, int]
    missing: tuple[Column, ...]
    twice: tuple[Column, ...]
    unknown: tuple[str, ...]
    width: int


def read_headings(cells: Sequence[str]) -> Headings:
    """Return what a row says as headings. Of columns of which one is enough, `missing` names the first."""
    at: dict[Column, int] = {}
    twice, unknown = list[Column](), list[str]()
    for place, text in enumerate(cells):
        plain = _plain(text)
        column = _KNOWN.get(plain)
        if column is None:
            if plain and plain not in _PASSED_OVER:
                unknown.append(_shown(text))
        elif column in at:
            twice.append(column)
        else:
            at[column] = place
    missing = tuple(ones[0] for ones in _ONE_OF_EACH if not any(one in at for one in ones))
    width = max((place + 1 for place, text in enumerate(cells) if text.strip()), default=0)
    return Headings(at, missing, tuple(twice), tuple(unknown), width)


def find_headings(rows: Iterable[Sequence[str]]) -> tuple[int, Headings] | None:
    """Return which of the first rows is the one of headings (the one that knows most), and what it says; None: none."""
    found = [(index, read_headings(cells)) for index, cells in zip(range(HEADINGS_WITHIN_ROWS), rows, strict=False)]
    best = max(found, key=lambda one: (len(one[1].at), -one[0]), default=None)
    return best if best is not None and len(best[1].at) > 1 else None
