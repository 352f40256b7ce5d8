"""What may be done about a pass, to the day?"""

from datetime import date, timedelta

import pytest

from borderpass.domain.again import Again, NotNow, Standing, find_why_not, may_from
from borderpass.domain.passes import PassKind
from borderpass.domain.standing import NOT_WITH_ITS_HOLDER, StandingGround, grounds_for
from borderpass.domain.status import Status

END = date(2028, 11, 21)
GOOD = Standing(PassKind.TWO_YEAR, Status.VALID, END)


def days(before: int) -> date:
    return END - timedelta(days=before)


@pytest.mark.parametrize(
    ("again", "before", "why_not"),
    [
        (Again.RENEWAL, 61, NotNow.TOO_EARLY),
        (Again.RENEWAL, 60, None),
        (Again.RENEWAL, 0, None),
        (Again.RENEWAL, -1, None),
        (Again.RENEWAL, -4_000, None),
        (Again.EXTENSION, 61, NotNow.TOO_EARLY),
        (Again.EXTENSION, 60, None),
        (Again.EXTENSION, 0, None),
        (Again.EXTENSION, -1, NotNow.ENDED),
        (Again.REPLACEMENT, 700, None),
        (Again.REPLACEMENT, 0, None),
        (Again.REPLACEMENT, -1, NotNow.ENDED),
        (Again.CORRECTION, 700, None),
        (Again.CORRECTION, 0, None),
        (Again.CORRECTION, -1, NotNow.ENDED),
    ],
)
def test_days_of_a_good_pass(again: Again, before: int, why_not: NotNow | None) -> None:
    assert find_why_not(again, GOOD, days(before)) is why_not


@pytest.mark.parametrize("status", [Status.REVOKED, Status.SUSPENDED])
@pytest.mark.parametrize("ground", StandingGround)
@pytest.mark.parametrize("again", Again)
def test_pass_that_is_not_good_is_replaced_at_most_and_only_when_lost(
    again: Again, ground: StandingGround, status: Status
) -> None:
    standing = Standing(PassKind.TWO_YEAR, status, END, ground)
    possible = again is Again.REPLACEMENT and ground in NOT_WITH_ITS_HOLDER
    assert (find_why_not(again, standing, days(10)) is None) is possible


@pytest.mark.parametrize("again", Again)
def test_paper_that_another_took_the_place_of_is_over(again: Again) -> None:
    old = Standing(PassKind.TWO_YEAR, Status.REVOKED, END, StandingGround.SUPERSEDED, current=False)
    assert find_why_not(again, old, days(10)) is NotNow.NOT_CURRENT


def test_extended_pass_is_renewed_and_not_extended() -> None:
    extended = Standing(PassKind.EXTENSION, Status.VALID, END)
    assert find_why_not(Again.EXTENSION, extended, days(10)) is NotNow.EXTENDED_ALREADY
    assert find_why_not(Again.RENEWAL, extended, days(10)) is None


@pytest.mark.parametrize("kind", [PassKind.ONE_TIME, PassKind.SPECIMEN])
def test_one_time_pass_is_corrected_or_replaced_only(kind: PassKind) -> None:
    standing = Standing(kind, Status.VALID, END)
    assert [one for one in Again if find_why_not(one, standing, days(1)) is None] == [
        Again.REPLACEMENT,
        Again.CORRECTION,
    ]


def test_day_on_which_it_begins_is_a_day_of_it() -> None:
    assert may_from(END) == days(60)


def test_nobody_chooses_superseded_and_each_change_has_another_ground() -> None:
    assert all(StandingGround.SUPERSEDED not in grounds_for(status) for status in Status)
    assert all(StandingGround.OTHER in grounds_for(one) for one in (Status.VALID, Status.REVOKED, Status.SUSPENDED))
    assert grounds_for(Status.NEVER_ISSUED) == ()
