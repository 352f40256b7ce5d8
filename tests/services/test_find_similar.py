"""Is somebody found who applied before anywhere in the country, and is nothing shown of another office's people?"""

from datetime import date

import pytest

from borderpass.domain.application import State
from borderpass.domain.similar import Likeness, Person
from borderpass.services.find_similar import SHOWN_AT_MOST, find_similar
from tests.cast import BOPHA, DARA, MALEE, NEXT_CLERK, RITH, SEREI
from tests.installation import SOKHA, lodged, minutes_later

pytestmark = pytest.mark.usefixtures("installation")
PERSON = Person(SOKHA.name_latin, SOKHA.name_khmer, SOKHA.born_on, SOKHA.document_number)
UNLIKE = {"name_latin": "CHAN DARA", "name_khmer": "ចាន់ ដារ៉ា", "born_on": date(1980, 5, 5)}


def test_our_own_is_shown_whole() -> None:
    application = lodged()
    [found] = find_similar(PERSON, BOPHA)
    assert (found.likeness, found.application) == (Likeness.SAME_NUMBER, application)
    assert found.state is State.LODGED


def test_another_offices_is_told_by_office_reference_and_state_only() -> None:
    theirs = lodged(office=SEREI, name_latin=SOKHA.name_latin)
    [found] = find_similar(PERSON, BOPHA)
    assert (found.office.code, found.reference, found.state) == (SEREI, theirs.reference, State.LODGED)
    assert found.application is None


def test_the_likest_come_first_then_the_newest_and_never_more_than_fit_beside() -> None:
    number = lodged(**UNLIKE)
    swapped = lodged(1, name_latin=SOKHA.name_latin, born_on=date(1990, 2, 1))
    days = [
        lodged(
            number + 2, now=minutes_later(number), name_latin=SOKHA.name_latin, document_number=f"0999999{number:02d}"
        )
        for number in range(8)
    ]
    found = find_similar(PERSON, BOPHA)
    assert [one.reference for one in found] == [
        number.reference,
        *(one.reference for one in reversed(days[-(SHOWN_AT_MOST - 1) :])),
    ]
    assert swapped.reference not in {one.reference for one in found}


def test_two_digits_of_the_birth_date_swapped_are_seen() -> None:
    lodged(born_on=date(1990, 2, 1), document_number="099999999")
    [found] = find_similar(PERSON, BOPHA)
    assert found.likeness is Likeness.SWAPPED_DAY


@pytest.mark.parametrize("typed", ["010203040(01)", "010 203 040", "010203040"])
def test_a_number_is_found_however_it_is_written(typed: str) -> None:
    lodged(document_number="010203040(02)", **UNLIKE)
    assert [one.likeness for one in find_similar(PERSON._replace(document_number=typed), BOPHA)] == [
        Likeness.SAME_NUMBER
    ]


def test_the_lifelong_code_counts_as_well() -> None:
    lodged(second_number="1234567890", document_number="088888888", **UNLIKE)
    assert find_similar(PERSON._replace(second_number="1234567890"), BOPHA) != []


def test_the_application_that_is_mended_is_not_its_own_double() -> None:
    application = lodged()
    assert find_similar(PERSON, BOPHA, application.id) == []


def test_somebody_else_is_nobody_here() -> None:
    lodged(**UNLIKE, document_number="077777777")
    assert find_similar(PERSON, BOPHA) == []


def test_how_much_is_shown_hangs_on_who_looks() -> None:
    lodged()
    assert all(find_similar(PERSON, one)[0].application is not None for one in (BOPHA, DARA, RITH))
    assert all(find_similar(PERSON, one)[0].application is None for one in (NEXT_CLERK, MALEE))
