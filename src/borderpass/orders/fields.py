"""How is one value of an order read: a day, an amount, hours, a list of gates?

Each reader takes a node of the tree and returns a domain value, or raises FieldError with the line and what
to write instead.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from borderpass.domain.order_cases import WEEKDAYS
from borderpass.domain.provisions import ANY_CHECKPOINT, MINUTES_A_DAY
from borderpass.domain.trust import Names
from borderpass.orders.yaml_tree import List, Map, Node, Text, shown

FieldReader = Callable[[Node], Any]
T = TypeVar("T")

_YEARS = range(1950, 2200)
_NAME_CHARACTERS = 300
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,11}")
_HOURS = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])")
_WORD = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_LAND = re.compile(r"(?:[0-9]{2}){1,3}")
_SCRIPTS = {"km": ("Khmer", range(0x1780, 0x1800)), "en": ("Latin", range(0x41, 0x7B))}
_SCRIPTS["th"] = ("Thai", range(0x0E01, 0x0E5C))
# Khmer and Thai mark where a line may break, or how letters join, with these.
_INVISIBLE_ALLOWED = frozenset("\u200b\u200c\u200d")


class FieldError(ValueError):
    """A value is not what its field takes; `line` is the line it stands on."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def read_fields(
    node: Node, required: Mapping[str, FieldReader], optional: Mapping[str, FieldReader]
) -> tuple[dict[str, Any], list[FieldError]]:
    """Return the fields of a map that could be read, and what is wrong with the others."""
    if not isinstance(node, Map):
        return {}, [FieldError(node.line, f"expected a map with {', '.join(required)}")]
    known = {**required, **optional}
    values: dict[str, Any] = {}
    errors = [FieldError(node.line, f"{key} is missing; add it") for key in required if key not in node.entries]
    for key, value in node.entries.items():
        if key not in known:
            errors.append(FieldError(node.key_lines[key], f"unknown key {shown(key)}{_hint(key, known)}"))
            continue
        try:
            values[key] = known[key](value)
        except FieldError as error:
            errors.append(FieldError(error.line, f"{key}: {error.message}"))
    return values, errors


def text(most_characters: int) -> FieldReader:
    """Return a reader of one run of text: NFC, line breaks become spaces, nothing invisible."""

    def read(node: Node) -> str:
        words = " ".join(_scalar(node).split())
        if not 0 < len(words) <= most_characters:
            raise FieldError(node.line, f"expected 1 to {most_characters} characters, not {len(words)}")
        if not unicodedata.is_normalized("NFC", words):
            raise FieldError(node.line, "text is not in Unicode form NFC; type it again or normalise it")
        odd = [
            letter for letter in words if unicodedata.category(letter)[0] == "C" and letter not in _INVISIBLE_ALLOWED
        ]
        if odd:
            raise FieldError(node.line, f"an invisible character {odd[0]!a} in the text; take it out")
        return words

    return read


def names(node: Node) -> Names:
    """Read a name in km, en and th, each in its own script."""
    line_of_text = text(_NAME_CHARACTERS)
    found, errors = read_fields(node, dict.fromkeys(Names._fields, line_of_text), {})
    if errors or not isinstance(node, Map):
        raise errors[0]
    for language, (script, letters) in _SCRIPTS.items():
        if not any(ord(letter) in letters for letter in found[language]):
            raise FieldError(node.entries[language].line, f"{language}: expected {script} letters")
    return Names(**found)


def day(node: Node) -> date:
    """Read a calendar day, year first, in the years of the common era."""
    value = _scalar(node)
    try:
        read = date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        read = None
    if read is None or read.year not in _YEARS:
        raise FieldError(node.line, f"{shown(value)} is no day; write it like 2025-06-07")
    return read


def whole(least: int, most: int) -> FieldReader:
    """Return a reader of a whole number within bounds, both inclusive."""

    def read(node: Node) -> int:
        value = _scalar(node)
        if not _WHOLE.fullmatch(value) or not least <= int(value) <= most:
            message = f"{shown(value)} is no whole number from {least} to {most}; write digits only"
            raise FieldError(node.line, message)
        return int(value)

    return read


def true_or_false(node: Node) -> bool:
    """Read `true` or `false`; `yes` and `no` mean different things in different versions of YAML."""
    value = _scalar(node)
    if value not in ("true", "false"):
        raise FieldError(node.line, f"{shown(value)} is neither true nor false")
    return value == "true"


def choice(members: Mapping[str, T]) -> Callable[[Node], T]:
    """Return a reader of one of several words."""

    def read(node: Node) -> T:
        value = _scalar(node)
        if value not in members:
            raise FieldError(node.line, f"{shown(value)} is unknown{_hint(value, members)}")
        return members[value]

    return read


def member_names(kind: type[Enum]) -> dict[str, Any]:
    """Return the members of an enum by the words orders use for them: their names in lower case."""
    return {member.name.lower(): member for member in kind}


def word(node: Node) -> str:
    """Read an id: lower-case letters and digits in words joined by hyphens or underscores."""
    value = _scalar(node)
    if not _WORD.fullmatch(value) or len(value) > 60:
        raise FieldError(node.line, f"{shown(value)} is no id; write it like poipet-hours")
    return value


def land(node: Node) -> str:
    """Read a gazetteer code of a province, a district or a commune."""
    value = _scalar(node)
    if not _LAND.fullmatch(value):
        message = f"{shown(value)} is no code; give 2 digits (province), 4 (district) or 6 (commune)"
        raise FieldError(node.line, message)
    return value


def list_of(read_one: Callable[[Node], T]) -> Callable[[Node], tuple[T, ...]]:
    """Return a reader of a list with at least one item and none twice."""

    def read(node: Node) -> tuple[T, ...]:
        if not isinstance(node, List) or not node.items:
            raise FieldError(node.line, "expected a list with at least one item, like [mon, wed, fri]")
        values: dict[T, None] = {}
        for item in node.items:
            value = read_one(item)
            if value in values:
                raise FieldError(item.line, f"{shown(_scalar(item))} is in the list twice")
            values[value] = None
        return tuple(values)

    return read


def gates(node: Node) -> tuple[str, ...]:
    """Read a list of checkpoint ids, or the word `all`."""
    if isinstance(node, Text):
        if node.value != "all":
            raise FieldError(node.line, f"{shown(node.value)}: expected a list like [poipet], or the word all")
        return (ANY_CHECKPOINT,)
    return list_of(word)(node)


def weekdays(node: Node) -> tuple[int, ...]:
    """Read a list of weekdays, mon to sun, as numbers from 1 in the order of the week."""
    return tuple(sorted(list_of(choice({name: number for number, name in enumerate(WEEKDAYS, 1)}))(node)))


def hours(node: Node) -> tuple[int, int]:
    """Read a stretch of one local day, like 06:00-22:00, in minutes; 24:00 is its end."""
    value = _scalar(node)
    match = _HOURS.fullmatch(value)
    if match is None:
        raise FieldError(node.line, f"{shown(value)} are no hours; write them like 06:00-22:00")
    opens, closes = (int(match[part]) * 60 + int(match[part + 1]) for part in (1, 3))
    if not opens < closes <= MINUTES_A_DAY:
        message = f"{value} does not run forward within one day; give what is past 24:00 a provision of its own"
        raise FieldError(node.line, message)
    return opens, closes


def _scalar(node: Node) -> str:
    if not isinstance(node, Text):
        raise FieldError(node.line, "expected one value, not a list or a map")
    return node.value


def _hint(word_: str, known: Iterable[str]) -> str:
    names_ = list(known)
    near = difflib.get_close_matches(word_[:60], names_, n=1)
    return f"; did you mean {near[0]}?" if near else f"; it can be {', '.join(names_)}"
