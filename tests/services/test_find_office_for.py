"""Is an applicant told at once which office is theirs?"""

import pytest

from borderpass.services.add_office import add_office
from borderpass.services.find_office_for import Whose, find_office_for
from borderpass.services.load_gazetteer import load_gazetteer
from tests.cases.clock import local
from tests.cast import HALL, MINISTRY, POIPET, SEREI
from tests.installation import NOW, done

pytestmark = pytest.mark.usefixtures("installation")


@pytest.mark.parametrize("home", ["0110", "011001", "01100101"])
def test_the_offices_own_land_is_its_own(home: str) -> None:
    found = find_office_for(home, POIPET, NOW)
    assert found is not None
    assert found.whose is Whose.OURS


def test_a_neighbour_is_told_of_their_district_and_of_the_hall() -> None:
    found = find_office_for("01060201", POIPET, NOW)
    assert found is not None
    assert found.whose is Whose.ANOTHERS
    assert [code for code, _ in found.offices] == [SEREI, HALL]
    [office, hall] = [office for _, office in found.offices]
    assert office is not None
    assert hall is None  # it was not set up here


def test_the_hall_takes_its_whole_province() -> None:
    done(add_office(HALL, load_gazetteer(), MINISTRY, NOW))
    for home, whose in (("01060201", Whose.OURS), ("02120101", Whose.ANOTHERS)):
        found = find_office_for(home, HALL, NOW)
        assert found is not None
        assert found.whose is whose


def test_who_lives_inland_has_no_office() -> None:
    found = find_office_for("120101", POIPET, NOW)
    assert found is not None
    assert (found.whose, found.offices) == (Whose.NOT_ELIGIBLE, ())


def test_before_districts_could_sign_the_hall_was_the_one() -> None:
    found = find_office_for("01100101", POIPET, local("2020-01-01"))
    assert found is not None
    assert (found.whose, [code for code, _ in found.offices]) == (Whose.ANOTHERS, [HALL])


@pytest.mark.parametrize("home", ["", "01", "0199", "01109999", "x", "011"])
def test_what_is_no_place_is_nobodys_question(home: str) -> None:
    assert find_office_for(home, POIPET, NOW) is None
