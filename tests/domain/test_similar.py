"""Is somebody found who applies twice with a slip of the hand in between, and is a namesake let go?"""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain.similar import Likeness, Person, are_close, bare_number, days_one_slip_away, how_alike

SOKHA = Person("SOK SOKHA", "សុខ សុខា", date(1990, 1, 2), "010203040", "1234567890")
NAMES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ ", min_size=1, max_size=20)
DAYS = st.dates(date(1930, 1, 1), date(2026, 12, 31))


def other(**changes: Any) -> Person:
    """Somebody with no number of Sokha's."""
    return SOKHA._replace(**{"document_number": "099999999", "second_number": "", **changes})


@pytest.mark.parametrize(
    ("changes", "likeness"),
    [
        ({"document_number": "010203040", "name_latin": "X", "name_khmer": "ក"}, Likeness.SAME_NUMBER),
        ({"document_number": "010 203 040", "born_on": date(1970, 5, 5)}, Likeness.SAME_NUMBER),
        ({"document_number": "010203040(01)", "born_on": date(1970, 5, 5)}, Likeness.SAME_NUMBER),
        ({"second_number": "1234567890", "born_on": date(1970, 5, 5)}, Likeness.SAME_NUMBER),
        ({}, Likeness.SAME_DAY),
        ({"name_khmer": "ក"}, Likeness.SAME_DAY),
        ({"name_latin": "CHAN DARA"}, Likeness.SAME_DAY),
        ({"name_latin": "SOKHA SOK", "name_khmer": "ក"}, Likeness.SAME_DAY),
        ({"name_latin": "SOKH SOKA", "name_khmer": "ក"}, Likeness.SAME_DAY),
        ({"name_latin": "SOK S.", "name_khmer": "ក"}, Likeness.SAME_DAY),
        ({"name_latin": "SOKSOKHA", "name_khmer": "ក"}, Likeness.SAME_DAY),
        ({"born_on": date(1990, 2, 1)}, Likeness.SWAPPED_DAY),
        ({"born_on": date(1909, 1, 2)}, Likeness.SWAPPED_DAY),
        ({"born_on": date(1990, 2, 1), "name_latin": "SOKHA SOK", "name_khmer": "ក"}, Likeness.SWAPPED_DAY),
        ({"born_on": date(1990, 2, 1), "name_latin": "SOK SOKA", "name_khmer": "ក"}, None),
        ({"born_on": date(1990, 1, 3)}, None),
        ({"name_latin": "CHAN DARA", "name_khmer": "ចាន់ ដារ៉ា"}, None),
        ({"name_latin": "SOK DARA", "name_khmer": "សុខ ដារ៉ា"}, None),
        ({"name_latin": "", "name_khmer": ""}, None),
    ],
    ids=str,
)
def test_somebody_else_or_the_same(changes: dict[str, Any], likeness: Likeness | None) -> None:
    assert how_alike(SOKHA, other(**changes)) is likeness
    assert how_alike(other(**changes), SOKHA) is likeness


def test_a_number_that_is_not_a_cards_counts_only_with_the_birth_date() -> None:
    """Certificates are numbered anew in each commune and year."""
    child, far = other(document_number="12/2019"), other(document_number="12-2019", name_latin="X", name_khmer="ក")
    assert how_alike(child, far) is Likeness.SAME_NUMBER
    assert how_alike(child, far._replace(born_on=date(1991, 1, 2))) is None


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("SOK SOKHA", "SOK SOKHA"),
        ("SOK SOKHA", "Sok-Sokha"),
        ("CHANRASMEY SOKHA", "CHANRASMY SOKHAA"),
        ("KIM LY", "LY KIM"),
        ("KIM LY", "KIM LI"),
        ("KIM SOKHA", "KMI SOKHA"),
        ("OUK CHANTHY RITH", "RITH OUK CHANTHY"),
        ("OUK C RITH", "OUK CHANTHY RITH"),
        ("ច័ន្ទរស្មី សុខ", "សុខ ច័ន្ទរស្មី"),
        ("សុខ ផល្លី", "សុខ ផល្លិ"),
        ("កណ្តាល", "កណ្ដាល"),
    ],
)
def test_names_a_slip_apart_are_close(one: str, two: str) -> None:
    assert are_close(one, two)
    assert are_close(two, one)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("KIM LY", "KIM SO"),
        ("SOK", "SAN"),
        ("S S", "K K"),
        ("SOK S", "CHAN S"),
        ("", "SOK"),
        ("SOK SOKHA", "SOK SOKHA MARIE ANNE"),
        ("សុខ សុខា", "ចាន់ សុខា"),
    ],
)
def test_names_further_apart_are_not(one: str, two: str) -> None:
    assert not are_close(one, two)
    assert not are_close(two, one)


def test_days_with_two_digits_swapped_are_days() -> None:
    days = days_one_slip_away(date(1990, 12, 5))
    assert date(1990, 5, 12) in days
    assert date(1909, 12, 5) in days
    assert date(1990, 12, 5) not in days
    assert date(1990, 12, 6) not in days


@given(DAYS)
def test_a_swap_can_be_taken_back(day: date) -> None:
    assert all(day in days_one_slip_away(one) for one in days_one_slip_away(day))


@given(NAMES, NAMES, DAYS, DAYS)
def test_likeness_has_no_direction(one: str, two: str, first: date, second: date) -> None:
    mine, theirs = Person(one, "ក", first), Person(two, "ខ", second)
    assert how_alike(mine, theirs) is how_alike(theirs, mine)


@given(NAMES.filter(lambda name: name.strip()), st.data())
def test_one_letter_wrong_is_always_close(name: str, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([at for at, letter in enumerate(name) if letter != " "]))
    typed = name[:at] + data.draw(st.sampled_from("ABCXYZ")) + name[at + 1 :]
    assert are_close(name, typed)


@pytest.mark.parametrize(
    ("typed", "bare"), [("010203040(01)", "010203040"), ("12/2019 ka", "122019KA"), ("", ""), ("(01)", "")]
)
def test_a_number_is_compared_without_what_is_typed_one_time_and_not_the_next(typed: str, bare: str) -> None:
    assert bare_number(typed) == bare
