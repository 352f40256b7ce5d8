"""Which number does a new paper get, and until when is it good?"""

from datetime import date, timedelta

import pytest

from borderpass.domain.again import Again
from borderpass.domain.declined import Ground
from borderpass.domain.local_time import last_valid_day
from borderpass.services.find_term import find_term, number_of
from borderpass.store.models import IssuedPass, Office
from tests.again import asked_for, days_before_the_end
from tests.cast import POIPET, SEREI
from tests.installation import NOW, Installation, declined, done, handed_over, lodged


@pytest.fixture
def held(installation: Installation) -> IssuedPass:
    return handed_over(installation)


def test_new_pass_has_the_next_number_and_the_whole_term(held: IssuedPass) -> None:
    office = Office.objects.get(code=POIPET)
    term = done(find_term(lodged(2), office, NOW))
    assert (term.last_day, term.keeps) == (date(2028, 11, 22), None)
    assert number_of(term, office, NOW)[0].startswith("0110-26-000002-")


@pytest.mark.parametrize(
    ("again", "keeps", "days"),
    [
        (Again.RENEWAL, False, 724),
        (Again.EXTENSION, True, 365),
        (Again.REPLACEMENT, False, 724),
        (Again.CORRECTION, True, 0),
    ],
)
def test_days_won_and_number_kept(again: Again, keeps: bool, days: int, held: IssuedPass) -> None:
    now = days_before_the_end(held, 5)
    office = Office.objects.get(code=POIPET)
    term = done(find_term(asked_for(held, again, now), office, now))
    assert term.last_day - last_valid_day(held.expires_at) == timedelta(days=days)
    assert (term.keeps == held) is keeps
    number, edition = number_of(term, office, now)
    assert (number == held.number, edition) == (keeps, 2 if keeps else 1)


@pytest.mark.parametrize("again", [Again.EXTENSION, Again.CORRECTION])
def test_another_office_gives_its_own_number(again: Again, held: IssuedPass) -> None:
    now = days_before_the_end(held, 5)
    office = Office.objects.get(code=SEREI)
    term = done(find_term(asked_for(held, again, now), office, now))
    assert term.keeps is None
    assert number_of(term, office, now)[0].startswith(SEREI)


def test_extension_that_is_signed_late_begins_where_the_pass_ended_or_today(held: IssuedPass) -> None:
    application = asked_for(held, Again.EXTENSION, days_before_the_end(held, 0))
    office, late = Office.objects.get(code=POIPET), days_before_the_end(held, -3)
    assert done(find_term(application, office, late)).last_day == date(2029, 11, 24)


def test_correction_of_what_has_ended_is_declined(held: IssuedPass) -> None:
    application = asked_for(held, Again.CORRECTION, days_before_the_end(held, 0))
    office, late = Office.objects.get(code=POIPET), days_before_the_end(held, -1)
    assert declined(find_term(application, office, late)) is Ground.WRONG_STATE
