"""Which place does a gazetteer code name, what lies under it, and which gates are there?

Codes are those of the national gazetteer: two digits name a province, four a district, six a commune, eight a
village, and each code begins with its parent's. The tables and where they come from: gazetteer/README.md.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

PROVINCE_DIGITS, DISTRICT_DIGITS, COMMUNE_DIGITS, VILLAGE_DIGITS = 2, 4, 6, 8
CODE_LENGTHS = (PROVINCE_DIGITS, DISTRICT_DIGITS, COMMUNE_DIGITS, VILLAGE_DIGITS)

# Khmer writes ្ដ and ្ត with one glyph, so people type either: a search must not tell them apart.
_SAME_GLYPH = ("\u17d2\u178a", "\u17d2\u178f")
_KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_IGNORED = dict.fromkeys(map(ord, " \u00a0\u200b\u200c\u200d\u2060\ufeff'\u2018\u2019\u02bc`\"-.,()"))
_ACCENTED = {
    ord(letter): plain for letter, plain in zip("àáâãäåèéêëìíîïòóôõöùúûü", "aaaaaaeeeeiiiiooooouuuu", strict=True)
}


class PlaceType(StrEnum):
    """What kind of administrative unit a place is."""

    PROVINCE = "province"
    CAPITAL = "capital"
    DISTRICT = "district"
    MUNICIPALITY = "municipality"
    KHAN = "khan"
    COMMUNE = "commune"
    SANGKAT = "sangkat"
    VILLAGE = "village"


TYPES_BY_LENGTH: Mapping[int, frozenset[PlaceType]] = MappingProxyType(
    {
        PROVINCE_DIGITS: frozenset({PlaceType.PROVINCE, PlaceType.CAPITAL}),
        DISTRICT_DIGITS: frozenset({PlaceType.DISTRICT, PlaceType.MUNICIPALITY, PlaceType.KHAN}),
        COMMUNE_DIGITS: frozenset({PlaceType.COMMUNE, PlaceType.SANGKAT}),
        VILLAGE_DIGITS: frozenset({PlaceType.VILLAGE}),
    }
)

TYPE_KM: Mapping[PlaceType, str] = MappingProxyType(
    {
        PlaceType.PROVINCE: "ខេត្ត",
        PlaceType.CAPITAL: "រាជធានី",
        PlaceType.DISTRICT: "ស្រុក",
        PlaceType.MUNICIPALITY: "ក្រុង",
        PlaceType.KHAN: "ខណ្ឌ",
        PlaceType.COMMUNE: "ឃុំ",
        PlaceType.SANGKAT: "សង្កាត់",
        PlaceType.VILLAGE: "ភូមិ",
    }
)


class CambodianKind(StrEnum):
    """How Cambodia classes a checkpoint."""

    INTERNATIONAL = "international"
    LOCAL = "local"


class ThaiKind(StrEnum):
    """How Thailand classes its side: permanent, temporary, temporary trade or relief point."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    TEMPORARY_TRADE = "temporary_trade"
    RELIEF = "relief"


class Confidence(StrEnum):
    """How well a checkpoint's row is supported."""

    SOURCED = "sourced"
    KIND_CONFLICTING = "kind_conflicting"
    COUNTERPART_UNKNOWN = "counterpart_unknown"


@dataclass(frozen=True, slots=True)
class Place:
    """One province, district, commune or village; names are NFC, aliases other spellings of either."""

    code: str
    type: PlaceType
    name_km: str
    name_latin: str
    aliases: tuple[str, ...] = ()

    @property
    def full_name_km(self) -> str:
        """The name with its type in front, as a Khmer address has it: ក្រុងប៉ោយប៉ែត."""
        return TYPE_KM[self.type] + self.name_km


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The Thai side of a checkpoint, in Latin letters and in Thai script."""

    name_latin: str
    name_th: str
    district_latin: str
    district_th: str
    province_latin: str
    province_th: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One crossing point. Cambodian names and `district_code` are empty where that side is not known.

    `name_th` is the Cambodian gate's name in Thai script; `latitude` and `longitude` are degrees (WGS 84) or
    None.
    """

    id: str
    name_km: str
    name_latin: str
    name_th: str
    district_code: str
    counterpart: Counterpart
    kind_kh: CambodianKind
    kind_th: ThaiKind
    latitude: float | None
    longitude: float | None
    aliases: tuple[str, ...]
    confidence: Confidence
    note: str

    def label(self, language: str) -> str:
        """The name to show in `km`, `th` or any other language (Latin letters); never empty.

        A point whose Cambodian side is unknown goes by its Thai name.
        """
        if language == "th":
            return self.name_th or self.counterpart.name_th
        latin = self.name_latin or self.counterpart.name_latin
        return (self.name_km or latin) if language == "km" else latin


@dataclass(frozen=True, slots=True)
class HomeNames:
    """Where someone lives, smallest unit first, for display: with types in Khmer, bare in Latin letters."""

    km: str
    latin: str


def is_code(text: str) -> bool:
    """Whether `text` has the form of a gazetteer code: 2, 4, 6 or 8 ASCII digits."""
    return len(text) in CODE_LENGTHS and text.isascii() and text.isdigit()


def lies_under(code: str, prefix: str) -> bool:
    """Whether the place `code` is `prefix` or lies in it. Anything that is not a code lies nowhere.

    `0110` lies under `01`; nothing lies under `011` or the empty text, which name no place.
    """
    return is_code(code) and is_code(prefix) and code.startswith(prefix)


def fold(text: str) -> str:
    """`text` as search compares it, without case, accents, apostrophes, spaces and the form of digits."""
    folded = text.casefold().translate(_IGNORED).translate(_ACCENTED).translate(_KHMER_DIGITS)
    return folded.replace(*_SAME_GLYPH)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All places, by length of code and then by code in ascending order, and all checkpoints by id.

    `places` may be a mapping that reads a level only when it is first asked for.
    """

    places: Mapping[int, Mapping[str, Place]]
    checkpoints: Mapping[str, Checkpoint]
    _folded: dict[int, tuple[tuple[Place, tuple[str, ...]], ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def of(cls, places: Iterable[Place], checkpoints: Iterable[Checkpoint] = ()) -> "Gazetteer":
        """A gazetteer of the places and checkpoints given, in any order."""
        levels: dict[int, dict[str, Place]] = {length: {} for length in CODE_LENGTHS}
        for place in sorted(places, key=lambda place: place.code):
            levels[len(place.code)][place.code] = place
        return cls(levels, {checkpoint.id: checkpoint for checkpoint in checkpoints})

    def find(self, code: str) -> Place | None:
        """The place with this code, or None."""
        return self.places[len(code)].get(code) if is_code(code) else None

    def find_checkpoint(self, checkpoint_id: str) -> Checkpoint | None:
        """The checkpoint with this id, or None."""
        return self.checkpoints.get(checkpoint_id)

    def ancestors(self, code: str) -> tuple[Place, ...]:
        """The known places that `code` lies in, province first, itself left out."""
        if not is_code(code):
            return ()
        above = (self.find(code[:length]) for length in CODE_LENGTHS if length < len(code))
        return tuple(place for place in above if place)

    def children(self, code: str = "") -> tuple[Place, ...]:
        """The places one level below `code`, in code order; the provinces when `code` is empty."""
        length = len(code) + PROVINCE_DIGITS
        if length > VILLAGE_DIGITS or not (code == "" or is_code(code)):
            return ()
        return tuple(place for child, place in self.places[length].items() if child.startswith(code))

    def home_names(self, code: str) -> HomeNames | None:
        """Names of the commune, district and province of `code`, as far as they are known; None if none is.

        A code newer than our tables still shows its district or province.
        """
        home = self.ancestors(code)
        here = self.find(code)
        if here and here.type is not PlaceType.VILLAGE:
            home = (*home, here)
        if not home:
            return None
        return HomeNames(
            km=" ".join(place.full_name_km for place in reversed(home)),
            latin=", ".join(place.name_latin for place in reversed(home)),
        )

    def search(
        self, text: str, within: str = "", limit: int = 20, lengths: Collection[int] = CODE_LENGTHS
    ) -> tuple[Place, ...]:
        """Places whose Khmer name, Latin name or an alias contains `text`, at most `limit`.

        Whole names come before beginnings, those before the rest, larger units before smaller. `within` keeps
        to one place and what lies in it; `lengths` to levels (4: districts). No text, or a `within` that is
        no code, finds nothing.
        """
        wanted = fold(text)
        if not wanted or not (within == "" or is_code(within)):
            return ()
        found: list[tuple[int, int, str, Place]] = []
        for length in sorted(set(lengths) & set(CODE_LENGTHS)):
            for place, names in self._folded_level(length):
                if place.code.startswith(within) and (
                    ranks := [_rank(name, wanted) for name in names if wanted in name]
                ):
                    found.append((min(ranks), length, place.code, place))
        return tuple(place for *_, place in sorted(found, key=lambda hit: hit[:3])[:limit])

    def _folded_level(self, length: int) -> tuple[tuple[Place, tuple[str, ...]], ...]:
        if length not in self._folded:
            self._folded[length] = tuple(
                (place, tuple(map(fold, (place.name_km, place.name_latin, *place.aliases))))
                for place in self.places[length].values()
            )
        return self._folded[length]


def _rank(name: str, wanted: str) -> int:
    """0 for the whole name, 1 for its beginning, 2 for a part."""
    if name == wanted:
        return 0
    return 1 if name.startswith(wanted) else 2
