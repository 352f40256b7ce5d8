"""Who applies in the demo? People of five offices; names and faces are made up, the places are not."""

from datetime import date, timedelta
from typing import NamedTuple

from borderpass.domain.gazetteer import Gazetteer
from borderpass.domain.passes import Companion, Sex

OFFICES = ("0110", "0106", "0105", "0212", "0100")
DEFAULT_RESIDENTS = 28

_FAMILIES = (
    ("សុខ", "SOK"),
    ("ចាន់", "CHAN"),
    ("គឹម", "KIM"),
    ("លី", "LY"),
    ("ហេង", "HENG"),
    ("នួន", "NUON"),
    ("ប៊ុន", "BUN"),
    ("ទេព", "TEP"),
    ("ស្រី", "SREY"),
    ("ម៉ៅ", "MAO"),
    ("ព្រំ", "PRUM"),
    ("អ៊ុក", "OUK"),
    ("ឈឹម", "CHHIM"),
)
_WOMEN = (
    ("សុខា", "SOKHA"),
    ("បុប្ផា", "BOPHA"),
    ("ស្រីមុំ", "SREYMOM"),
    ("ចន្ធី", "CHANTHY"),
    ("រស្មី", "RASMEY"),
    ("សុភាព", "SOPHEAP"),
    ("ណារី", "NARY"),
    ("ច័ន្ទរស្មី", "CHANRASMEY"),
)
_MEN = (
    ("ដារ៉ា", "DARA"),
    ("វិជ្ជា", "VICHEA"),
    ("រិទ្ធ", "RITH"),
    ("សំណាង", "SAMNANG"),
    ("ពិសិដ្ឋ", "PISETH"),
    ("បូរ៉ា", "BORA"),
    ("វណ្ណៈ", "VANNAK"),
    ("កុសល", "KOSAL"),
)


class Resident(NamedTuple):
    """Somebody made up. `home_code` is a village; `seed` draws the face."""

    seed: int
    name_khmer: str
    name_latin: str
    born_on: date
    sex: Sex
    id_number: str
    home_code: str
    companions: tuple[Companion, ...]


def make_residents(count: int, gazetteer: Gazetteer, today: date) -> list[tuple[str, Resident]]:
    """Return so many residents, each with the office they go to; the same ones every time."""
    return [_make(number, gazetteer, today) for number in range(count)]


def _make(number: int, gazetteer: Gazetteer, today: date) -> tuple[str, Resident]:
    office = OFFICES[number % len(OFFICES)]
    woman = number % 2 == 0
    given = (_WOMEN if woman else _MEN)[number // 2 % 8]
    family = _FAMILIES[number * 5 % len(_FAMILIES)]
    age = 19 + number * 7 % 50
    born_on = today - timedelta(days=age * 365 + number * 11 + 40)
    child = Companion(
        f"{family[1]} {_WOMEN[(number + 3) % 8][1]}", today - timedelta(days=365 * 6 + number), Sex.FEMALE
    )
    return office, Resident(
        seed=number,
        name_khmer=f"{family[0]} {given[0]}",
        name_latin=f"{family[1]} {given[1]}",
        born_on=born_on,
        sex=Sex.FEMALE if woman else Sex.MALE,
        id_number=f"{10_000_000 + number * 37_123:09d}",
        home_code=_village(office, number, gazetteer),
        companions=(child,) if number % 6 == 0 else (),
    )


def _village(office: str, number: int, gazetteer: Gazetteer) -> str:
    """Return a village of the office's land; a provincial hall's applicants come from all over the province."""
    land = office if not office.endswith("00") else gazetteer.children(office[:2])[number % 9].code
    communes = gazetteer.children(land)
    commune = communes[number % len(communes)]
    villages = gazetteer.children(commune.code)
    return villages[number % len(villages)].code if villages else commune.code
