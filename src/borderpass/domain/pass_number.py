"""How is a border pass numbered, and is a number typed right?

`OOOO-YY-NNNNNN-C`: office code, year, number in that office and year, and the check character of
ISO/IEC 7064 MOD 37,36 (the hybrid system over 0-9 and A-Z), which finds every single wrong character and every
swap of two neighbours but one pair.
"""

import re
from typing import NamedTuple

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUE = {character: value for value, character in enumerate(_ALPHABET)}
# The standard's step for every remainder and character: add, reduce to 1..36, double modulo 37.
_NEXT = [
    {character: ((remainder + value) % 36 or 36) * 2 % 37 for character, value in _VALUE.items()}
    for remainder in range(37)
]
_NUMBER = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{6}-[0-9A-Z]")
_HIGHEST_SERIAL = 999_999


class PassNumber(NamedTuple):
    """The parts of a pass number: office code (4 digits), year (two digits of it), serial (1 to 999,999)."""

    office: str
    year: int
    serial: int

    def __str__(self) -> str:
        body = f"{self.office}{self.year:02d}{self.serial:06d}"
        return f"{self.office}-{self.year:02d}-{self.serial:06d}-{check_character(body)}"


def check_character(body: str) -> str:
    """Return the ISO/IEC 7064 MOD 37,36 check character of a string over 0-9A-Z."""
    remainder = 36
    for character in body:
        remainder = _NEXT[remainder][character]
    return _ALPHABET[(37 - remainder) % 36]


def make_pass_number(office: str, year: int, serial: int) -> str:
    """Return the full number; `year` may be given in full. Raise ValueError when a part is out of range."""
    if not re.fullmatch(r"[0-9]{4}", office):
        raise ValueError(f"office code {office!r} is not 4 digits")
    if not 1 <= serial <= _HIGHEST_SERIAL:
        raise ValueError(f"serial {serial} is not between 1 and {_HIGHEST_SERIAL}")
    return str(PassNumber(office, year % 100, serial))


def parse_pass_number(text: str) -> PassNumber | None:
    """Return the parts of a full pass number, or None when its form or its check character is wrong."""
    if not is_pass_number(text):
        return None
    return PassNumber(text[:4], int(text[5:7]), int(text[8:14]))


def is_pass_number(text: str) -> bool:
    """Tell whether a text has the form of a pass number and the right check character."""
    return _NUMBER.fullmatch(text) is not None and check_character(text[:4] + text[5:7] + text[8:14]) == text[15]


def normalise_pass_number(typed: str) -> str:
    """Return what a person typed (spaces, small letters, missing hyphens) in the form that is printed."""
    body = re.sub(r"[\s-]+", "", typed).upper()
    if len(body) != 13:
        return typed.strip().upper()
    return f"{body[:4]}-{body[4:6]}-{body[6:12]}-{body[12]}"
