"""What is meant by what somebody typed, or a hand scanner, to find an application?

A reference or a pass number, whole or only its serial; a document's or a phone's number; names in Khmer or Latin
letters, in any order, and a date of birth. Forgiven is what people mistype without noticing: case, accents, spaces,
hyphens, the form of digits, and the Khmer letters that look alike.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from borderpass.domain.gazetteer import fold
from borderpass.domain.pass_number import check_character, is_pass_number, normalise_pass_number

ASKED_MAX_CHARACTERS = 200
_READ_AT_MOST = 1_000
_KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_REFERENCE = re.compile(r"([AP])([0-9]{4})([0-9]{2})([0-9]{6})([0-9A-Z])")
_REFERENCE_IN_ADDRESS = re.compile(r"[AP][0-9]{4}-[0-9]{2}-[0-9]{6}-[0-9A-Z]$")
_DAY = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
_SERIAL_MAX_DIGITS = 6
_KHMER = re.compile(r"[\u1780-\u17d3]")
_DIGIT = re.compile(r"[0-9]")
_BETWEEN = re.compile(r"[^0-9A-Za-z()]")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for. Of the numbers at most one is set; names and the date of birth narrow each other down.

    `mistyped` tells that a reference or a pass number is meant whose check character does not fit.
    """

    reference: str = ""
    pass_number: str = ""
    mistyped: bool = False
    serial: str = ""
    document_number: str = ""
    names_khmer: tuple[str, ...] = ()
    names_latin: tuple[str, ...] = ()
    born_on: date | None = None

    @property
    def is_preapplication(self) -> bool:
        """Whether the reference is of something made at home that was not taken in yet."""
        return self.reference.startswith("P")


def understand(text: str) -> Asked | None:
    """Return what is meant by a text, or None when there is nothing in it to look for."""
    text = text[:_READ_AT_MOST]  # normalising takes the square of a run of marks
    text = _printable(unicodedata.normalize("NFC", text.translate(_KHMER_DIGITS))).strip()[:ASKED_MAX_CHARACTERS]
    in_address = _REFERENCE_IN_ADDRESS.search(text.upper())
    body = re.sub(r"[\s-]+", "", in_address[0] if in_address else text).upper()
    if (reference := _REFERENCE.fullmatch(body)) is not None:
        kind, office, year, serial, check = reference.groups()
        whole = f"{kind}{office}-{year}-{serial}-{check}"
        return Asked(reference=whole, mistyped=check_character(body[:-1]) != check)
    number = normalise_pass_number(text)
    if re.fullmatch(r"[0-9]{12}[0-9A-Z]", body):
        return Asked(pass_number=number, mistyped=not is_pass_number(number))
    if body.isascii() and body.isdigit() and len(body) <= _SERIAL_MAX_DIGITS:
        return Asked(serial=f"{int(body):06d}")
    return _understand_words(text)


def _understand_words(text: str) -> Asked | None:
    khmer, latin, born_on, document_number = list[str](), list[str](), None, ""
    for word in text.split():
        if (day := _DAY.fullmatch(word)) is not None:
            born_on = _read_day(day)
        elif _DIGIT.search(word):
            document_number += _BETWEEN.sub("", word).upper()
        elif _KHMER.search(word):
            khmer.append(fold(word))
        elif folded := fold(_without_marks(word)):
            latin.append(folded.upper())
    asked = Asked(document_number=document_number, names_khmer=tuple(khmer), names_latin=tuple(latin), born_on=born_on)
    return asked if asked != Asked() else None


def _printable(text: str) -> str:
    """Return a text with a space for what nobody types and no database takes: controls, halves of pairs."""
    return "".join(" " if unicodedata.category(one) in ("Cc", "Cs") else one for one in text)


def _without_marks(word: str) -> str:
    """Return a Latin word without accents. (Of a Khmer word the marks are the vowels.)"""
    return "".join(one for one in unicodedata.normalize("NFD", word) if unicodedata.category(one) != "Mn")


def _read_day(written: re.Match[str]) -> date | None:
    day, month, year = (int(part) for part in written.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
