"""What does the machine-readable zone of an identity card say? ICAO Doc 9303, parts 3 and 5: TD1, three lines of 30.

Read as a reader sends it or as somebody typed it: any line ends or none, small letters, spaces around the lines.
Nothing else is put right: an O where a digit belongs is refused with its place, never taken for a zero.

What no check digit covers may be misread unnoticed: the sex, the names, the issuing state and the nationality
(part 5, section 4.2.4). The reader of the screen compares these with the front of the card.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from borderpass.domain.local_time import age_on
from borderpass.domain.passes import Sex

LINES, LINE_CHARACTERS = 3, 30
_CAMBODIA, _CARD = "KHM", "IDKHM"
_DIGITS, _LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUE = {character: value for value, character in enumerate(_DIGITS + _LETTERS)} | {"<": 0}
_WEIGHTS = (7, 3, 1)
_SMALL_TO_CAPITAL = str.maketrans(_LETTERS.lower(), _LETTERS)
_OLDEST_YEARS = 120
_SEXES = {"M": Sex.MALE, "F": Sex.FEMALE, "<": Sex.OTHER}
_NAMES = re.compile(r"([A-Z]+(?:<[A-Z]+)*)(?:<<([A-Z]+(?:<[A-Z]+)*))?<*")


class Fault(StrEnum):
    """What kind of thing is wrong. Stable: screens choose their words by it."""

    LENGTH = "length"
    CHARACTER = "character"
    CHECK_DIGIT = "check_digit"
    DATE = "date"
    NOT_A_CARD = "not_a_card"


class Field(StrEnum):
    """Which part of the zone, in the words of the messages."""

    DOCUMENT_CODE = "document code"
    ISSUING_STATE = "issuing state"
    DOCUMENT_NUMBER = "document number"
    OPTIONAL_DATA = "optional data"
    BIRTH_DATE = "date of birth"
    SEX = "sex"
    EXPIRY_DATE = "date of expiry"
    NATIONALITY = "nationality"
    COMPOSITE = "zone as a whole"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class MrzProblem:
    """Why a zone is not taken. `line` and `position` count from 1; 0 where the fault has no single place."""

    fault: Fault
    field: Field | None
    line: int
    position: int
    message: str


@dataclass(frozen=True, slots=True)
class MachineReadable:
    """What a zone says. Names are in capitals, family name first; fillers are taken off or are spaces.

    `document_code` keeps its filler (`I<`). `optional_data` is that of the first line and that of the second.
    `lines` are the three lines as they were read, in capitals.
    """

    document_code: str
    issuing_state: str
    document_number: str
    optional_data: tuple[str, str]
    born_on: date
    sex: Sex
    expires_on: date
    nationality: str
    surname: str
    given_names: str
    lines: tuple[str, str, str]

    @property
    def name_latin(self) -> str:
        """The whole name, family name first."""
        return f"{self.surname} {self.given_names}".rstrip()

    @property
    def name_may_be_cut(self) -> bool:
        """Whether the name fills its line, so that the rest of it may stand on the front of the card alone."""
        return not self.lines[2].endswith("<")


class _Allowed(NamedTuple):
    characters: str
    in_words: str


class _Part(NamedTuple):
    field: Field
    width: int
    allowed: _Allowed


class _Refused(Exception):  # noqa: N818  # how a step of reading ends; never leaves this file
    def __init__(self, fault: Fault, field: Field | None, line: int, position: int, what: str) -> None:
        place = f"line {line}, position {position}: " if position else f"line {line}: " if line else ""
        super().__init__(what)
        self.problem = MrzProblem(fault, field, line, position, place + what)


_ANY = _Allowed(_DIGITS + _LETTERS + "<", "a letter, a digit or <")
_LETTER = _Allowed(_LETTERS + "<", "a letter or <")
_DIGIT = _Allowed(_DIGITS, "a digit")
_DIGIT_OR_FILLER = _Allowed(_DIGITS + "<", "a digit or <")
_FILLER = _Allowed("<", "<")
_SEX = _Allowed("".join(_SEXES), "M, F or <")

_Layout = tuple[tuple[_Part, ...], ...]
_BELOW: _Layout = (
    (
        _Part(Field.BIRTH_DATE, 6, _DIGIT_OR_FILLER),
        _Part(Field.BIRTH_DATE, 1, _DIGIT),
        _Part(Field.SEX, 1, _SEX),
        _Part(Field.EXPIRY_DATE, 6, _DIGIT),
        _Part(Field.EXPIRY_DATE, 1, _DIGIT),
        _Part(Field.NATIONALITY, 3, _LETTER),
        _Part(Field.OPTIONAL_DATA, 11, _ANY),
        _Part(Field.COMPOSITE, 1, _DIGIT),
    ),
    (_Part(Field.NAMES, 30, _LETTER),),
)
_BEGINNING = (_Part(Field.DOCUMENT_CODE, 2, _LETTER), _Part(Field.ISSUING_STATE, 3, _LETTER))
_TD1: _Layout = (
    (
        *_BEGINNING,
        _Part(Field.DOCUMENT_NUMBER, 9, _ANY),
        _Part(Field.DOCUMENT_NUMBER, 1, _DIGIT_OR_FILLER),
        _Part(Field.OPTIONAL_DATA, 15, _ANY),
    ),
    *_BELOW,
)
_CAMBODIAN: _Layout = (
    (*_BEGINNING, _Part(Field.DOCUMENT_NUMBER, 10, _DIGIT), _Part(Field.OPTIONAL_DATA, 15, _FILLER)),
    *_BELOW,
)


def read_identity_card(text: str, today: date) -> MachineReadable | MrzProblem:
    """Return what a Cambodian identity card's zone says on a local day, or what is wrong with it.

    `IDKHM`, nine digits and their check digit, fillers; nationality KHM. An expired card is read all the same: its
    `expires_on` says so. Never raises.
    """
    try:
        lines = _split(text)
        if not lines[0].startswith(_CARD):
            position = next(at for at, one in enumerate(_CARD) if lines[0][at] != one) + 1
            what = (
                f"the zone begins with {lines[0][: len(_CARD)]!r} and not with {_CARD}; take a Cambodian identity card"
            )
            raise _Refused(Fault.NOT_A_CARD, Field.DOCUMENT_CODE, 1, position, what)
        read = _read(lines, _CAMBODIAN, today)
        if read.nationality != _CAMBODIA:
            what = f"the nationality is {read.nationality!r} and not {_CAMBODIA}; compare it with the card"
            raise _Refused(Fault.NOT_A_CARD, Field.NATIONALITY, 2, 16, what)
    except _Refused as refused:
        return refused.problem
    return read


def read_td1(text: str, today: date) -> MachineReadable | MrzProblem:
    """Return what the zone of any TD1 card says on a local day, or what is wrong with it. Never raises.

    A number of more than nine characters goes on in the optional data (part 5, section 4.2.4, note j).
    """
    try:
        return _read(_split(text), _TD1, today)
    except _Refused as refused:
        return refused.problem


def check_digit(characters: str) -> str:
    """Return the check digit of characters over 0-9, A-Z and < (part 3, section 4.9: weights 7, 3, 1, modulo 10)."""
    return str(sum(_VALUE[one] * _WEIGHTS[at % 3] for at, one in enumerate(characters)) % 10)


def _split(text: str) -> tuple[str, str, str]:
    lines = [line.strip() for line in text.translate(_SMALL_TO_CAPITAL).splitlines()]
    lines = [line for line in lines if line]
    if len(lines) == 1 and len(lines[0]) == LINES * LINE_CHARACTERS:
        lines = [lines[0][at : at + LINE_CHARACTERS] for at in range(0, len(lines[0]), LINE_CHARACTERS)]
    if len(lines) != LINES:
        characters = sum(map(len, lines))
        what = f"{len(lines)} lines with {characters} characters; a card has {LINES} lines of {LINE_CHARACTERS}"
        raise _Refused(Fault.LENGTH, None, 0, 0, what)
    for number, line in enumerate(lines, 1):
        if len(line) != LINE_CHARACTERS:
            what = f"{len(line)} characters and not {LINE_CHARACTERS}; type the line again, every < included"
            raise _Refused(Fault.LENGTH, None, number, 0, what)
    return lines[0], lines[1], lines[2]


def _read(lines: tuple[str, str, str], layout: _Layout, today: date) -> MachineReadable:
    """Characters first, then check digits, then what they mean: the first fault in this order is told."""
    _check_characters(lines, layout)
    upper, middle, lower = lines
    if upper[0] not in "ACI":
        what = f"a document code {upper[:2]!r}; that of an identity card begins with I, A or C"
        raise _Refused(Fault.NOT_A_CARD, Field.DOCUMENT_CODE, 1, 1, what)
    number, optional = _read_number(upper)
    _check(Field.BIRTH_DATE, middle[:6], middle[6], 2, 7)
    _check(Field.EXPIRY_DATE, middle[8:14], middle[14], 2, 15)
    _check(Field.COMPOSITE, upper[5:] + middle[:7] + middle[8:15] + middle[18:29], middle[29], 2, 30)
    surname, given_names = _read_names(lower)
    return MachineReadable(
        document_code=upper[:2],
        issuing_state=upper[2:5].rstrip("<"),
        document_number=number,
        optional_data=(optional, middle[18:29].rstrip("<")),
        born_on=_read_birth(middle[:6], today),
        sex=_SEXES[middle[7]],
        expires_on=_read_expiry(middle[8:14], today),
        nationality=middle[15:18].rstrip("<"),
        surname=surname,
        given_names=given_names,
        lines=lines,
    )


def _check_characters(lines: tuple[str, str, str], layout: _Layout) -> None:
    for number, (line, parts) in enumerate(zip(lines, layout, strict=True), 1):
        at = 0
        for field, width, allowed in parts:
            for position, character in enumerate(line[at : at + width], at + 1):
                if character not in allowed.characters:
                    what = f"{character!a} where {allowed.in_words} belongs ({field}); look at the card again"
                    raise _Refused(Fault.CHARACTER, field, number, position, what)
            at += width


def _check(field: Field, characters: str, digit: str, line: int, position: int) -> None:
    if check_digit(characters) != digit:
        what = f"the check digit of the {field} is {digit} and does not fit; compare every character with the card"
        raise _Refused(Fault.CHECK_DIGIT, field, line, position, what)


def _read_number(upper: str) -> tuple[str, str]:
    """Return the document number and the optional data of the first line."""
    number, digit, optional = upper[5:14], upper[14], upper[15:]
    if digit != "<":
        _check(Field.DOCUMENT_NUMBER, number, digit, 1, 15)
        if not number.strip("<"):
            raise _Refused(Fault.CHARACTER, Field.DOCUMENT_NUMBER, 1, 6, "the card has no number; look at it again")
        return number.rstrip("<"), optional.rstrip("<")
    tail, _, rest = optional.partition("<")
    if len(tail) < 2:
        what = "the check digit of the document number is missing; look at the card again"
        raise _Refused(Fault.CHECK_DIGIT, Field.DOCUMENT_NUMBER, 1, 15, what)
    _check(Field.DOCUMENT_NUMBER, number + tail[:-1], tail[-1], 1, 15 + len(tail))
    return number + tail[:-1], rest.rstrip("<")


def _read_birth(digits: str, today: date) -> date:
    """Return the latest such day that is not to come. Whoever is over a hundred has to be put right by hand."""
    if "<" in digits:
        what = "the card does not give the whole date of birth; take it from another document"
        raise _Refused(Fault.DATE, Field.BIRTH_DATE, 2, 1, what)
    born_on = max((day for day in _days(digits, today) if day <= today), default=None)
    if born_on is None or age_on(born_on, today) > _OLDEST_YEARS:
        what = f"{digits} is no date of birth, written as year, month, day; compare it with the card"
        raise _Refused(Fault.DATE, Field.BIRTH_DATE, 2, 1, what)
    return born_on


def _read_expiry(digits: str, today: date) -> date:
    """Return the such day that is nearest: a card is good for ten years, so the century is never in doubt."""
    expires_on = min(_days(digits, today), key=lambda day: abs(day - today), default=None)
    if expires_on is None:
        what = f"{digits} is no date of expiry, written as year, month, day; compare it with the card"
        raise _Refused(Fault.DATE, Field.EXPIRY_DATE, 2, 9, what)
    return expires_on


def _days(digits: str, today: date) -> Iterator[date]:
    """Yield the days of the last, this and the next century that two digits each of year, month and day can mean."""
    for century in range(today.year // 100 - 1, today.year // 100 + 2):
        try:
            yield date(century * 100 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
        except ValueError:
            continue


def _read_names(lower: str) -> tuple[str, str]:
    """Return the family name and the given names (part 3, section 4.6): << between the two, < between their parts."""
    names = _NAMES.match(lower)
    if names is None or names.end() != LINE_CHARACTERS:
        position = 1 if names is None else names.end() + 1
        what = "the family name, <<, the given names and nothing after them are expected; look at the card again"
        raise _Refused(Fault.CHARACTER, Field.NAMES, 3, position, what)
    surname, given_names = names.groups(default="")
    return surname.replace("<", " "), given_names.replace("<", " ")
