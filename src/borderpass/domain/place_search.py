"""Which village or commune does somebody mean who types its name: in Khmer or Latin, with more of the address or less?

What a counter types: the name alone, its beginning, the name with its type ("ភូមិ..."), the name and the commune or
district behind it, an older spelling, a letter wrong. Places near the office come first, for its applicants live there.
"""

import re
from collections.abc import Iterator

from borderpass.domain.gazetteer import COMMUNE_DIGITS, PROVINCE_DIGITS, TYPE_KM, VILLAGE_DIGITS, Gazetteer, Place, fold
from borderpass.domain.similar import are_close

_BREAKS = re.compile(r"[\s,;/\u200b]+")
_TYPES = sorted({*map(fold, TYPE_KM.values()), "village", "phum", "commune", "khum", "sangkat", "district", "srok"})
_WORDS_OF_TYPES = frozenset(_TYPES)
_LEAST_LETTERS = 2
_LEVELS = (COMMUNE_DIGITS, VILLAGE_DIGITS)


def search_places(gazetteer: Gazetteer, typed: str, near: str = "", limit: int = 10) -> tuple[Place, ...]:
    """Return the communes and villages that may be meant, those under the code `near` first; at most `limit`.

    Where nothing has the name, those of the province of `near` whose name is a slip of the hand away.
    """
    words = [bare for word in _BREAKS.split(typed) if (bare := _without_type(fold(word)))]
    if not words or len("".join(words)) < _LEAST_LETTERS:
        return ()
    found = list(_with_that_name(gazetteer, words)) or list(_nearly(gazetteer, "".join(words), near))
    found.sort(key=lambda hit: (_distance(hit[1], near), hit[0], hit[1].code))
    return tuple(place for _, place in found[:limit])


def _distance(place: Place, near: str) -> int:
    """Return 0 for a place in `near`, 1 for one in its province, 2 for any other."""
    if place.code.startswith(near):
        return 0
    return 1 if place.code.startswith(near[:PROVINCE_DIGITS]) else 2


def _without_type(word: str) -> str:
    if word in _WORDS_OF_TYPES:
        return ""
    return next((word.removeprefix(one) for one in _TYPES if not one.isascii() and word.startswith(one)), word)


def _with_that_name(gazetteer: Gazetteer, words: list[str]) -> Iterator[tuple[int, Place]]:
    """Yield places, with a rank, whose name is the first words and whose address above holds the others."""
    for taken in range(len(words), 0, -1):
        name, above = "".join(words[:taken]), words[taken:]
        hits = gazetteer.search(name, limit=10_000, lengths=_LEVELS)
        fitting = [(rank, place) for rank, place in enumerate(hits) if _lies_in(gazetteer, place, above)]
        if fitting:
            yield from fitting
            return


def _lies_in(gazetteer: Gazetteer, place: Place, words: list[str]) -> bool:
    if not words:
        return True
    names = [fold(name) for up in gazetteer.ancestors(place.code) for name in (up.name_km, up.name_latin, *up.aliases)]
    return all(any(word in name for name in names) for word in words)


def _nearly(gazetteer: Gazetteer, name: str, near: str) -> Iterator[tuple[int, Place]]:
    """Yield the places of the province whose name may be meant in spite of a slip."""
    province = near[:PROVINCE_DIGITS]
    if not province:
        return
    for level in _LEVELS:
        for code, place in gazetteer.places[level].items():
            names = [fold(one) for one in (place.name_km, place.name_latin, *place.aliases)]
            begins = [one[: len(name)] for one in names]
            if code.startswith(province) and any(are_close(name, one) for one in (*names, *begins)):
                yield 0, place
