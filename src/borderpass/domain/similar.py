"""Are two applications of one person? The same number, or names and a birth date that one slip apart could be the same.

A slip is what happens at a counter: a letter wrong, left out, doubled or swapped with its neighbour, family and given
name the other way round, a name shortened to its initial, a name split in two, two digits of the birth date swapped,
day and month taken for one another. It says who should be looked at, never that two are the same.
"""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import combinations, permutations
from typing import NamedTuple

from borderpass.domain.gazetteer import fold

_NOT_IN_A_NAME = re.compile(r"[\s\u200b.'\u2019-]+")
_CARD_NUMBER = re.compile(r"[0-9]{9}")  # given out once in the country; those of certificates and books are not
_PARTS_TURNED_AT_MOST = 4
_LONG_NAME_LETTERS = 8


class Likeness(StrEnum):
    """Why two may be the same person, the surest first."""

    SAME_NUMBER = "same_number"
    SAME_DAY = "same_day"
    SWAPPED_DAY = "swapped_day"


class Person(NamedTuple):
    """Who somebody is by an application: names in both scripts, birth date, and the numbers (empty: none)."""

    name_latin: str
    name_khmer: str
    born_on: date
    document_number: str = ""
    second_number: str = ""


def how_alike(one: Person, other: Person) -> Likeness | None:
    """Return why two may be the same person, or None where nothing speaks for it."""
    same_day = one.born_on == other.born_on
    number = bare_number(one.document_number)
    if number and number == bare_number(other.document_number) and (same_day or _CARD_NUMBER.fullmatch(number)):
        return Likeness.SAME_NUMBER
    if one.second_number and one.second_number == other.second_number:
        return Likeness.SAME_NUMBER
    if same_day:
        alike = are_close(one.name_latin, other.name_latin) or are_close(one.name_khmer, other.name_khmer)
        return Likeness.SAME_DAY if alike else None
    if other.born_on in days_one_slip_away(one.born_on):
        same = _same_parts(one.name_latin, other.name_latin) or _same_parts(one.name_khmer, other.name_khmer)
        return Likeness.SWAPPED_DAY if same else None
    return None


def days_one_slip_away(born_on: date) -> frozenset[date]:
    """Return the other days that a birth date becomes when two of its digits, or day and month, change places."""
    digits = f"{born_on:%d%m}{born_on.year:04d}"
    written = {digits[2:4] + digits[:2] + digits[4:]}
    for first, second in combinations(range(len(digits)), 2):
        turned = list(digits)
        turned[first], turned[second] = turned[second], turned[first]
        written.add("".join(turned))
    return frozenset(day for text in written for day in _day(text)) - {born_on}


def _day(text: str) -> Iterator[date]:
    try:
        yield date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return


def are_close(one: str, other: str) -> bool:
    """Tell whether two names, in one script, may be the same: slips of the hand, turned parts, initials."""
    mine, theirs = _take_apart(one), _take_apart(other)
    if not mine.parts or not theirs.parts:
        return False
    slips = 2 if min(len(mine.joined), len(theirs.joined)) >= _LONG_NAME_LETTERS else 1
    if _may_be_within(mine, theirs, slips) and any(
        _is_within("".join(turned), theirs.joined, slips) for turned in _turns(mine.parts)
    ):
        return True
    return (mine.has_initial or theirs.has_initial) and _fit_as_initials(mine.parts, theirs.parts)


def _same_parts(one: str, other: str) -> bool:
    mine, theirs = _take_apart(one), _take_apart(other)
    return bool(mine.parts) and (sorted(mine.parts) == sorted(theirs.parts) or mine.joined == theirs.joined)


class _Name(NamedTuple):
    """A name as it is compared; `letters` has a bit for each letter in it."""

    parts: tuple[str, ...]
    joined: str
    letters: int
    has_initial: bool


@lru_cache(maxsize=1 << 15)
def _take_apart(name: str) -> _Name:
    parts = tuple(folded for part in _NOT_IN_A_NAME.split(name) if (folded := fold(part)))
    joined = "".join(parts)
    letters = 0
    for letter in joined:
        letters |= 1 << ord(letter) % 128
    return _Name(parts, joined, letters, any(len(part) == 1 for part in parts))


def _turns(parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return permutations(parts) if len(parts) <= _PARTS_TURNED_AT_MOST else iter((parts, parts[::-1]))


def _fit_as_initials(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Tell whether one name shortens parts of the other to their initials, with at least one part the same."""
    if len(mine) != len(theirs):
        return False
    return any(
        all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in zip(turned, theirs, strict=True))
        and any(a == b and len(a) > 1 for a, b in zip(turned, theirs, strict=True))
        for turned in _turns(mine)
    )


def _may_be_within(one: _Name, other: _Name, slips: int) -> bool:
    """Tell, at a glance at the letters alone, whether so few slips can lead from one name to the other.

    A slip puts at most one letter in the place of another: two letters, at most, that only one of the names has.
    """
    if abs(len(one.joined) - len(other.joined)) > slips:
        return False
    return (one.letters ^ other.letters).bit_count() <= 2 * slips


def _is_within(one: str, other: str, slips: int) -> bool:
    """Tell whether a text becomes another by so few slips: optimal string alignment (Damerau, Levenshtein)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, theirs in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > slips and min(before) > slips:
            return False
    return row[-1] <= slips


def bare_number(number: str) -> str:
    """Return a document's number without what is typed one time and not the next: spaces, a suffix in brackets."""
    return re.sub(r"\([0-9]+\)$|[ ./-]", "", number.upper())
