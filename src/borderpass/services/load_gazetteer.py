"""What do the gazetteer's tables say, and are they sound?

Reads the CSV tables that ship with the package (gazetteer/README.md lists their columns). A level is read
when it is first asked for, so that a question about gates or districts never reads the villages. Any defect
stops with a `GazetteerFileError` that names the file and the line.
"""

import csv
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import TypeVar

from borderpass.domain.gazetteer import (
    CODE_LENGTHS,
    COMMUNE_DIGITS,
    DISTRICT_DIGITS,
    PROVINCE_DIGITS,
    TYPES_BY_LENGTH,
    VILLAGE_DIGITS,
    CambodianKind,
    Checkpoint,
    Confidence,
    Counterpart,
    Gazetteer,
    Place,
    ThaiKind,
    is_code,
)

PLACE_FILES: Mapping[int, str] = MappingProxyType(
    {
        PROVINCE_DIGITS: "provinces.csv",
        DISTRICT_DIGITS: "districts.csv",
        COMMUNE_DIGITS: "communes.csv",
        VILLAGE_DIGITS: "villages.csv",
    }
)
PLACE_COLUMNS = ("code", "type", "name_km", "name_latin", "aliases")
CHECKPOINTS_FILE = "checkpoints.csv"
CHECKPOINT_COLUMNS = (
    "id",
    "name_km",
    "name_latin",
    "name_th",
    "district_code",
    "counterpart_latin",
    "counterpart_th",
    "th_district_latin",
    "th_district_th",
    "th_province_latin",
    "th_province_th",
    "kind_kh",
    "kind_th",
    "latitude",
    "longitude",
    "aliases",
    "confidence",
    "note",
)
ALIAS_SEPARATOR = " | "
_T = TypeVar("_T")


class GazetteerFileError(Exception):
    """A gazetteer table is missing or unsound; the message says which file, which line and what to mend."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(f"gazetteer/{file}, line {line}: {problem}")


class _Levels(Mapping[int, Mapping[str, Place]]):
    """The places of each level, read when first asked for."""

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder
        self._read: dict[int, Mapping[str, Place]] = {}

    def __getitem__(self, length: int) -> Mapping[str, Place]:
        if length not in self._read:
            parents = self[length - PROVINCE_DIGITS] if length > PROVINCE_DIGITS else None
            self._read[length] = _read_places(self._folder, length, parents)
        return self._read[length]

    def __iter__(self) -> Iterator[int]:
        return iter(CODE_LENGTHS)

    def __len__(self) -> int:
        return len(CODE_LENGTHS)


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer that ships with the package, read once per process, each level on first use."""
    return read_gazetteer(_packaged_folder())


def load_checkpoints() -> Mapping[str, Checkpoint]:
    """The checkpoints that ship with the package, by id; reads no place below a district."""
    return load_gazetteer().checkpoints


def read_gazetteer(folder: Traversable) -> Gazetteer:
    """The gazetteer whose tables are in `folder`.

    Raises `GazetteerFileError` for an unsound checkpoint, district or province at once, and for an unsound
    commune or village when that level is first asked for.
    """
    levels = _Levels(folder)
    return Gazetteer(levels, _read_checkpoints(folder, levels[DISTRICT_DIGITS]))


def _packaged_folder() -> Traversable:
    return files("borderpass").joinpath("data", "gazetteer")


def _read_places(folder: Traversable, length: int, parents: Mapping[str, Place] | None) -> Mapping[str, Place]:
    """Places by code of one level; `parents` are those of the level above, None for the provinces."""
    file = PLACE_FILES[length]
    types = {type_.value: type_ for type_ in TYPES_BY_LENGTH[length]}
    places: dict[str, Place] = {}
    last = ""
    for line, row in _read_rows(folder, file, PLACE_COLUMNS):
        code, type_, name_km, name_latin, aliases = row
        if len(code) != length or not is_code(code):
            raise GazetteerFileError(file, line, f"code {code!r} is not {length} digits")
        if code in places:
            raise GazetteerFileError(file, line, f"code {code} is given twice; keep one of the two rows")
        if code < last:
            raise GazetteerFileError(file, line, f"code {code} comes after {last}; sort the rows by code")
        if parents is not None and code[:-PROVINCE_DIGITS] not in parents:
            above = PLACE_FILES[length - PROVINCE_DIGITS]
            raise GazetteerFileError(file, line, f"code {code} has no parent {code[:-PROVINCE_DIGITS]} in {above}")
        if type_ not in types:
            raise GazetteerFileError(file, line, f"type {type_!r} is not one of {', '.join(sorted(types))}")
        if not name_km or not name_latin:
            raise GazetteerFileError(file, line, f"{code} has no Khmer or no Latin name; give both")
        places[code] = Place(code, types[type_], name_km, name_latin, _split_aliases(aliases))
        last = code
    return MappingProxyType(places)


def _read_checkpoints(folder: Traversable, districts: Mapping[str, Place]) -> Mapping[str, Checkpoint]:
    checkpoints: dict[str, Checkpoint] = {}
    for line, row in _read_rows(folder, CHECKPOINTS_FILE, CHECKPOINT_COLUMNS):
        cells = dict(zip(CHECKPOINT_COLUMNS, row, strict=True))
        if not cells["id"] or cells["id"] in checkpoints:
            raise GazetteerFileError(CHECKPOINTS_FILE, line, f"id {cells['id']!r} is empty or given twice")
        checkpoint = _parse_checkpoint(line, cells)
        if checkpoint.district_code and checkpoint.district_code not in districts:
            problem = f"district_code {checkpoint.district_code} is not in {PLACE_FILES[DISTRICT_DIGITS]}"
            raise GazetteerFileError(CHECKPOINTS_FILE, line, problem)
        checkpoints[checkpoint.id] = checkpoint
    return MappingProxyType(checkpoints)


def _parse_checkpoint(line: int, cells: Mapping[str, str]) -> Checkpoint:
    cambodian = [cells[column] for column in ("name_km", "name_latin", "name_th", "district_code")]
    thai = [cells[column] for column in CHECKPOINT_COLUMNS if column.startswith(("counterpart_", "th_"))]
    if any(cambodian) and not all(cambodian):
        problem = f"{cells['id']} gives its Cambodian side in part; give the three names and the district, or none"
        raise GazetteerFileError(CHECKPOINTS_FILE, line, problem)
    if not all(thai):
        raise GazetteerFileError(CHECKPOINTS_FILE, line, f"{cells['id']} gives its Thai side in part; give all six")
    confidence = _parse_cell(line, cells, "confidence", Confidence)
    if (confidence is Confidence.COUNTERPART_UNKNOWN) is any(cambodian):
        problem = f"{cells['id']}: confidence must be counterpart_unknown exactly when the Cambodian side is empty"
        raise GazetteerFileError(CHECKPOINTS_FILE, line, problem)
    return Checkpoint(
        id=cells["id"],
        name_km=cells["name_km"],
        name_latin=cells["name_latin"],
        name_th=cells["name_th"],
        district_code=cells["district_code"],
        counterpart=Counterpart(*thai),
        kind_kh=_parse_cell(line, cells, "kind_kh", CambodianKind),
        kind_th=_parse_cell(line, cells, "kind_th", ThaiKind),
        latitude=_parse_cell(line, cells, "latitude", _parse_degrees),
        longitude=_parse_cell(line, cells, "longitude", _parse_degrees),
        aliases=_split_aliases(cells["aliases"]),
        confidence=confidence,
        note=cells["note"],
    )


def _parse_cell(line: int, cells: Mapping[str, str], column: str, parse: Callable[[str], _T]) -> _T:
    try:
        return parse(cells[column])
    except ValueError as error:
        problem = f"{column} {cells[column]!r} is not understood ({error})"
        raise GazetteerFileError(CHECKPOINTS_FILE, line, problem) from error


def _parse_degrees(text: str) -> float | None:
    return float(text) if text else None


def _split_aliases(text: str) -> tuple[str, ...]:
    return tuple(text.split(ALIAS_SEPARATOR)) if text else ()


def _read_rows(folder: Traversable, file: str, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each row below the header, every cell NFC and without spaces around it."""
    try:
        text = folder.joinpath(file).read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise GazetteerFileError(file, 0, f"cannot be read as UTF-8 ({error}); install the package again") from error
    reader = csv.reader(text.splitlines(), strict=True)
    try:
        header = tuple(next(reader, ()))
        if header != columns:
            raise GazetteerFileError(file, 1, f"the columns are {','.join(header)}; expected {','.join(columns)}")
        for row in reader:
            if len(row) != len(columns):
                raise GazetteerFileError(file, reader.line_num, f"{len(row)} cells; expected {len(columns)}")
            joined = "\n".join(row)
            if not unicodedata.is_normalized("NFC", joined):
                raise GazetteerFileError(file, reader.line_num, "text is not in Unicode form NFC; normalise it")
            if any(cell != cell.strip() for cell in row):
                raise GazetteerFileError(file, reader.line_num, "a cell begins or ends with a space; take it away")
            yield reader.line_num, row
    except csv.Error as error:
        raise GazetteerFileError(file, reader.line_num, f"is not well-formed CSV ({error})") from error
