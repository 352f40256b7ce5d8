"""Which rule says what about an application, and from where on?"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from borderpass.domain.unusual import PHONES_SHARED_FROM, Earlier, Facts, Sign, Unusual, find_unusual

TODAY = date(2026, 11, 23)
USUAL = Facts(TODAY, "0110", "SOK SOKHA", "សុខ សុខា", date(1990, 1, 2), "01100101", travels_under=12)
EARLIER = Earlier(
    reference="A0106-25-000001-K",
    office_code="0106",
    name_latin="SOK SOKHA",
    name_khmer="សុខ សុខា",
    born_on=date(1990, 1, 2),
    home_code="01100101",
    lodged_on=TODAY - timedelta(days=100),
    same_number=True,
    has_ended=True,
    lost_standing=False,
)
NAMED = "A0106-25-000001-K"


def signs(**facts: Any) -> list[Sign]:
    return find_unusual(replace(USUAL, **facts))


def after(**changes: Any) -> list[Sign]:
    """Return what is unusual with one earlier application that differs so."""
    return signs(earlier=(replace(EARLIER, **changes),))


def test_nothing_is_unusual_about_an_ordinary_application() -> None:
    assert signs() == []
    assert after() == []


@pytest.mark.parametrize(
    ("changes", "sign"),
    [
        (
            {"name_latin": "KEO DARA", "name_khmer": "កែវ ដារ៉ា", "born_on": date(1970, 5, 5)},
            Unusual.OTHER_PERSON_SAME_NUMBER,
        ),
        ({"has_ended": False}, Unusual.SAME_PERSON_ELSEWHERE),
        ({"lost_standing": True}, Unusual.PASS_LOST_STANDING),
        ({"has_ended": False, "same_number": False}, Unusual.SAME_PERSON_ELSEWHERE),
    ],
)
def test_another_application_says(changes: dict[str, Any], sign: Unusual) -> None:
    assert after(**changes) == [Sign(sign, NAMED)]


def test_name_that_changed_is_told_with_the_old_one() -> None:
    assert after(name_latin="CHAN SOPHY", name_khmer="ចាន់ សុភី") == [Sign(Unusual.NAME_CHANGED, "ចាន់ សុភី CHAN SOPHY")]


def test_moving_is_told_across_districts_and_within_a_year() -> None:
    assert after(home_code="01060201") == [Sign(Unusual.MOVED_LATELY, "01060201")]
    assert after(home_code="01100201") == []
    assert after(home_code="01060201", lodged_on=TODAY - timedelta(days=366)) == [
        Sign(Unusual.MOVED_LATELY, "01060201")
    ]
    assert after(home_code="01060201", lodged_on=TODAY - timedelta(days=367)) == []


@pytest.mark.parametrize(
    ("facts", "sign"),
    [
        ({"face_found": False}, Sign(Unusual.NO_FACE)),
        ({"photo_dark": True}, Sign(Unusual.PHOTO_DARK)),
        ({"photo_blurred": True}, Sign(Unusual.PHOTO_BLURRED)),
        ({"born_on": date(2014, 11, 23)}, Sign(Unusual.AGE_NEAR_LIMIT, count=12)),
        ({"born_on": date(1936, 11, 23)}, Sign(Unusual.VERY_OLD, count=90)),
        ({"children_born_on": (date(2015, 11, 23), date(2020, 1, 1))}, Sign(Unusual.CHILD_NEAR_LIMIT, count=1)),
        ({"payments": 2}, Sign(Unusual.PAID_TWICE, count=2)),
        ({"others_with_phone": PHONES_SHARED_FROM}, Sign(Unusual.PHONE_SHARED, count=PHONES_SHARED_FROM)),
        ({"hands": ("bopha", "bopha"), "hands_in_office": 2}, Sign(Unusual.SAME_HANDS, "bopha")),
        ({"times_mended": 1, "fields_mended": ("photo",)}, Sign(Unusual.MENDED, "photo", 1)),
        ({"papers": 0}, Sign(Unusual.NO_PAPERS)),
    ],
)
def test_one_fact_one_sign(facts: dict[str, Any], sign: Sign) -> None:
    assert signs(**facts) == [sign]


@pytest.mark.parametrize(
    "facts",
    [
        {"born_on": date(2013, 11, 23)},
        {"born_on": date(1936, 11, 24)},
        {"children_born_on": (date(2015, 11, 24),)},
        {"others_with_phone": PHONES_SHARED_FROM - 1},
        {"hands": ("bopha", "bopha"), "hands_in_office": 1},
        {"hands": ("bopha", "kunthea"), "hands_in_office": 2},
    ],
)
def test_short_of_the_limit_nothing_is_said(facts: dict[str, Any]) -> None:
    assert signs(**facts) == []


def test_the_weightier_stands_first() -> None:
    found = signs(papers=0, photo_dark=True, earlier=(replace(EARLIER, has_ended=False),))
    assert [one.what for one in found] == [Unusual.SAME_PERSON_ELSEWHERE, Unusual.PHOTO_DARK, Unusual.NO_PAPERS]
