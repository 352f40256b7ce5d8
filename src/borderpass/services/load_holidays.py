"""On which days are offices closed, and are the files that say so sound?

Reads the YAML that ships with the package (holidays/README.md describes it). Any defect stops with a
`HolidayFileError` that names the file and the line.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from borderpass.domain.orders import Evidence
from borderpass.domain.working_days import Holiday, WorkCalendar
from borderpass.orders import fields as f
from borderpass.orders.fields import FieldError, FieldReader
from borderpass.orders.yaml_tree import List, Node, TreeError, read_tree

WEEK_FILE = "week.yaml"
_ENDING = ".yaml"


class HolidayFileError(Exception):
    """A file of holidays is missing or unsound; the message says which file, which line and what to mend."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(f"holidays/{file}, line {line}: {problem}" if line else f"holidays/{file}: {problem}")


@cache
def load_calendar() -> WorkCalendar:
    """Return the calendar that ships with the package, read once. Raise HolidayFileError when unsound."""
    return read_calendar(files("borderpass").joinpath("data", "holidays"))


def read_calendar(folder: Traversable) -> WorkCalendar:
    """Return the calendar whose files are in a folder. Raise HolidayFileError when one is missing or unsound."""
    if not folder.joinpath(WEEK_FILE).is_file():
        raise HolidayFileError(WEEK_FILE, 0, "is missing; it says on which weekdays offices work")
    week = _read(folder.joinpath(WEEK_FILE), {"workdays": f.weekdays})
    years: set[int] = set()
    holidays: dict[date, tuple[Holiday, ...]] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(_ENDING) or file.name == WEEK_FILE:
            continue
        year = _read(file, _YEAR)
        if file.name != f"{year['year']}{_ENDING}":
            raise HolidayFileError(file.name, 0, f"holds the year {year['year']}; name it {year['year']}{_ENDING}")
        years.add(year["year"])
        for line, holiday in year["days"]:
            if holiday.on.year != year["year"]:
                raise HolidayFileError(file.name, line, f"{holiday.on} is not in {year['year']}")
            others = holidays.get(holiday.on, ())
            if any(other.name == holiday.name for other in others):
                raise HolidayFileError(file.name, line, f"{holiday.name.en} is on {holiday.on} twice; keep one")
            holidays[holiday.on] = (*others, holiday)
    return WorkCalendar(frozenset(week["workdays"]), frozenset(years), MappingProxyType(holidays))


def _read(file: Traversable, fields: dict[str, FieldReader]) -> dict[str, Any]:
    try:
        values, errors = f.read_fields(read_tree(file.read_bytes()), fields, {})
    except TreeError as error:
        raise HolidayFileError(file.name, error.line, error.message) from error
    if errors:
        first = min(errors, key=lambda error: error.line)
        raise HolidayFileError(file.name, first.line, first.message)
    return values


def _days(node: Node) -> tuple[tuple[int, Holiday], ...]:
    """Read the list of holidays, each day of each with its line."""
    if not isinstance(node, List):
        raise FieldError(node.line, "expected a list of holidays, each with on, evidence and name")
    return tuple(found for item in node.items for found in _holidays(item))


def _holidays(node: Node) -> Iterator[tuple[int, Holiday]]:
    values, errors = f.read_fields(node, _HOLIDAY, {})
    if errors:
        raise errors[0]
    for day in values["on"]:
        yield node.line, Holiday(day, values["name"], values["evidence"])


_HOLIDAY: dict[str, FieldReader] = {
    "on": f.list_of(f.day),
    "evidence": f.choice(f.member_names(Evidence)),
    "name": f.names,
}
_YEAR: dict[str, FieldReader] = {"year": f.whole(2000, 2199), "source": f.text(2_000), "days": _days}
