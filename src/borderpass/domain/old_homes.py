"""Which place is meant by the address of an old book: a code, or names in Khmer or Latin letters, older spellings too?

A place counts only when it alone can be meant: each name that is written has to be its own or that of a place it lies
in. Where several are left, all are named, and the one who mends the sheet chooses.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from borderpass.domain.gazetteer import (
    COMMUNE_DIGITS,
    DISTRICT_DIGITS,
    PROVINCE_DIGITS,
    VILLAGE_DIGITS,
    Gazetteer,
    fold,
    is_code,
)

CANDIDATES_NAMED = 5
_LEVEL_OF_WORD = {
    **dict.fromkeys(("ភូមិ", "village", "phum", "phumi"), VILLAGE_DIGITS),
    **dict.fromkeys(("ឃុំ", "សង្កាត់", "commune", "khum", "sangkat"), COMMUNE_DIGITS),
    **dict.fromkeys(("ស្រុក", "ក្រុង", "ខណ្ឌ", "district", "srok", "krong", "khan", "city"), DISTRICT_DIGITS),
    **dict.fromkeys(("ខេត្ត", "រាជធានី", "province", "khet", "khett"), PROVINCE_DIGITS),
}
_LEVELS = {fold(word): level for word, level in _LEVEL_OF_WORD.items()}
_KHMER_WORDS = "|".join(word for word in _LEVEL_OF_WORD if not word.isascii())
_BREAKS = re.compile(rf"[,;\n]|\s+(?=(?:{_KHMER_WORDS}))")


class Part(NamedTuple):
    """One part of an address as it is written, and its level where its column says it (else 0)."""

    text: str
    level: int = 0


class NoHome(StrEnum):
    """Why no place is found."""

    UNKNOWN = "unknown"
    APART = "apart"
    AMBIGUOUS = "ambiguous"
    TOO_LARGE = "too_large"


class HomeTrouble(NamedTuple):
    """Why; which part of the address it is about (its index); and the codes of the places that may be meant."""

    why: NoHome
    part: int
    candidates: tuple[str, ...] = ()


_KNOWN_MAX = 20_000
"""So many addresses are remembered: a book names few villages again and again."""


def take_apart(address: str) -> list[Part]:
    """Return the parts of an address that is written in one line: between commas, or each after its type's word."""
    return [Part(text) for part in _BREAKS.split(address) if (text := part.strip())]


class Homes:
    """The places of a gazetteer by their names, made once for many addresses."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._by_name: dict[str, set[str]] = defaultdict(set)
        for level in gazetteer.places.values():
            for place in level.values():
                for name in (place.name_km, place.name_latin, *place.aliases):
                    self._by_name[fold(name)].add(place.code)
        self._known: dict[tuple[Part, ...], str | HomeTrouble] = {}

    def find(self, parts: Sequence[Part]) -> str | HomeTrouble:
        """Return the code of the place that an address names, at least a district; or why none.

        The parts stand from the village up, or from the province down.
        """
        key = tuple(parts)
        if len(self._known) >= _KNOWN_MAX:
            self._known.clear()
        if key not in self._known:
            self._known[key] = self._find(key)
        return self._known[key]

    def _find(self, parts: tuple[Part, ...]) -> str | HomeTrouble:
        meant = [self._named(part) for part in parts]
        for index, codes in enumerate(meant):
            if not codes:
                return HomeTrouble(NoHome.UNKNOWN, index)
        found = _lowest(meant) or _lowest(meant[::-1])
        if not found:
            return HomeTrouble(NoHome.APART, 0)
        if len(found) > 1:
            return HomeTrouble(NoHome.AMBIGUOUS, 0, tuple(sorted(found)))
        (code,) = found
        return code if len(code) >= DISTRICT_DIGITS else HomeTrouble(NoHome.TOO_LARGE, 0, (code,))

    def _named(self, part: Part) -> set[str]:
        """Return the codes of all places that a part may name."""
        folded = fold(part.text)
        if folded.isascii() and folded.isdigit():
            codes = {folded} if is_code(folded) and self._gazetteer.find(folded) else set()
            return {code for code in codes if part.level in (0, len(code))}
        codes = {code for code in self._by_name.get(folded, ()) if part.level in (0, len(code))}
        for bare, level in _without_type(part.text, folded):
            if part.level in (0, level):
                codes |= {code for code in self._by_name.get(bare, ()) if len(code) == level}
        return codes


def _lowest(meant: list[set[str]]) -> set[str]:
    """Return the codes of the first part under which fit all other parts."""
    return {code for code in meant[0] if all(any(code.startswith(up) for up in above) for above in meant[1:])}


def _without_type(text: str, folded: str) -> list[tuple[str, int]]:
    """Return what may be left of a part without the word for its type, with the level that the word says."""
    first, _, rest = text.strip().partition(" ")
    found = [(fold(rest), _LEVELS[fold(first)])] if rest and fold(first) in _LEVELS else []
    last = text.strip().rpartition(" ")
    if last[0] and fold(last[2]) in _LEVELS:
        found.append((fold(last[0]), _LEVELS[fold(last[2])]))
    khmer = [word for word in _LEVELS if not word.isascii() and folded.startswith(word) and folded != word]
    return found + [(folded.removeprefix(word), _LEVELS[word]) for word in khmer]
