"""What is unusual about an application? Small rules, each of which says one thing that a governor should look at.

None of them refuses anything: a poor family shares a phone, and people move. A rule gets facts that were looked up
before, and answers with a Sign, or with None.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from borderpass.domain.local_time import age_on
from borderpass.domain.similar import are_close

PHONES_SHARED_FROM = 4
MOVED_WITHIN = timedelta(days=366)
OLD_FROM_YEARS = 90
_DISTRICT_DIGITS = 4


class Unusual(StrEnum):
    """What is unusual, the weightier first: in this order it is shown."""

    OTHER_PERSON_SAME_NUMBER = "other_person_same_number"
    NAME_CHANGED = "name_changed"
    SAME_PERSON_ELSEWHERE = "same_person_elsewhere"
    PASS_LOST_STANDING = "pass_lost_standing"  # not a password
    MOVED_LATELY = "moved_lately"
    NO_FACE = "no_face"
    PHOTO_DARK = "photo_dark"
    PHOTO_BLURRED = "photo_blurred"
    AGE_NEAR_LIMIT = "age_near_limit"
    CHILD_NEAR_LIMIT = "child_near_limit"
    VERY_OLD = "very_old"
    PAID_TWICE = "paid_twice"
    PHONE_SHARED = "phone_shared"
    SAME_HANDS = "same_hands"
    MENDED = "mended"
    NO_PAPERS = "no_papers"


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that is unusual: `about` names what it is about (a reference, a name), `count` how many or how old."""

    what: Unusual
    about: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another application with the same number, phone, or name and birth date. `lodged_on` is a local day."""

    reference: str
    office_code: str
    name_latin: str
    name_khmer: str
    born_on: date
    home_code: str
    lodged_on: date
    same_number: bool
    has_ended: bool
    lost_standing: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an application. `earlier` is the newest first; `hands` who took it in and who took the fee.

    `hands_in_office` is how many people work at the counter: where it is one, nobody else could have. `travels_under`
    is the age under which the order lets a child travel along.
    """

    today: date
    office_code: str
    name_latin: str
    name_khmer: str
    born_on: date
    home_code: str
    travels_under: int
    children_born_on: tuple[date, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    others_with_phone: int = 0
    face_found: bool = True
    photo_dark: bool = False
    photo_blurred: bool = False
    papers: int = 1
    payments: int = 1
    times_mended: int = 0
    hands: tuple[str, str] = ("", "")
    hands_in_office: int = 1
    fields_mended: tuple[str, ...] = ()


def find_unusual(facts: Facts) -> list[Sign]:
    """Return what is unusual, the weightier first; an empty list: nothing is."""
    found = [sign for rule in RULES if (sign := rule(facts)) is not None]
    order = list(Unusual)
    return sorted(found, key=lambda sign: order.index(sign.what))


def _is_same(facts: Facts, one: Earlier) -> bool:
    alike = are_close(facts.name_latin, one.name_latin) or are_close(facts.name_khmer, one.name_khmer)
    return one.born_on == facts.born_on and alike


def _number_of_another(facts: Facts) -> Sign | None:
    for one in facts.earlier:
        if one.same_number and not _is_same(facts, one) and one.born_on != facts.born_on:
            return Sign(Unusual.OTHER_PERSON_SAME_NUMBER, one.reference)
    return None


def _name_changed(facts: Facts) -> Sign | None:
    for one in facts.earlier:
        if one.same_number and one.born_on == facts.born_on:
            changed = (one.name_latin, one.name_khmer) != (facts.name_latin, facts.name_khmer)
            return Sign(Unusual.NAME_CHANGED, f"{one.name_khmer} {one.name_latin}") if changed else None
    return None


def _applies_elsewhere(facts: Facts) -> Sign | None:
    for one in facts.earlier:
        if not one.has_ended and _is_same(facts, one):
            return Sign(Unusual.SAME_PERSON_ELSEWHERE, one.reference)
    return None


def _lost_standing(facts: Facts) -> Sign | None:
    for one in facts.earlier:
        if one.lost_standing and (one.same_number or _is_same(facts, one)):
            return Sign(Unusual.PASS_LOST_STANDING, one.reference)
    return None


def _moved_lately(facts: Facts) -> Sign | None:
    for one in facts.earlier:
        if one.same_number and facts.today - one.lodged_on <= MOVED_WITHIN:
            moved = one.home_code[:_DISTRICT_DIGITS] != facts.home_code[:_DISTRICT_DIGITS]
            return Sign(Unusual.MOVED_LATELY, one.home_code) if moved else None
    return None


def _no_face(facts: Facts) -> Sign | None:
    return None if facts.face_found else Sign(Unusual.NO_FACE)


def _dark(facts: Facts) -> Sign | None:
    return Sign(Unusual.PHOTO_DARK) if facts.photo_dark else None


def _blurred(facts: Facts) -> Sign | None:
    return Sign(Unusual.PHOTO_BLURRED) if facts.photo_blurred else None


def _age_near_limit(facts: Facts) -> Sign | None:
    age = age_on(facts.born_on, facts.today)
    return Sign(Unusual.AGE_NEAR_LIMIT, count=age) if age == facts.travels_under else None


def _child_near_limit(facts: Facts) -> Sign | None:
    near = [born for born in facts.children_born_on if age_on(born, facts.today) == facts.travels_under - 1]
    return Sign(Unusual.CHILD_NEAR_LIMIT, count=len(near)) if near else None


def _very_old(facts: Facts) -> Sign | None:
    age = age_on(facts.born_on, facts.today)
    return Sign(Unusual.VERY_OLD, count=age) if age >= OLD_FROM_YEARS else None


def _paid_twice(facts: Facts) -> Sign | None:
    return Sign(Unusual.PAID_TWICE, count=facts.payments) if facts.payments > 1 else None


def _phone_shared(facts: Facts) -> Sign | None:
    many = facts.others_with_phone >= PHONES_SHARED_FROM
    return Sign(Unusual.PHONE_SHARED, count=facts.others_with_phone) if many else None


def _same_hands(facts: Facts) -> Sign | None:
    taken_in, took_fee = facts.hands
    alone = bool(taken_in) and taken_in == took_fee and facts.hands_in_office > 1
    return Sign(Unusual.SAME_HANDS, taken_in) if alone else None


def _mended(facts: Facts) -> Sign | None:
    if not facts.times_mended:
        return None
    return Sign(Unusual.MENDED, ",".join(facts.fields_mended), facts.times_mended)


def _no_papers(facts: Facts) -> Sign | None:
    return None if facts.papers else Sign(Unusual.NO_PAPERS)


RULES: tuple[Callable[[Facts], Sign | None], ...] = (
    *(_number_of_another, _name_changed, _applies_elsewhere, _lost_standing, _moved_lately),
    *(_no_face, _dark, _blurred, _age_near_limit, _child_near_limit, _very_old),
    *(_paid_twice, _phone_shared, _same_hands, _mended, _no_papers),
)
