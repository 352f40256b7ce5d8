"""On which days does an office work, and when is a pass due?"""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain.orders import Evidence
from borderpass.domain.provisions import DayCount, ProcessingTime, Term
from borderpass.domain.trust import Names
from borderpass.domain.working_days import (
    Deadlines,
    Holiday,
    WorkCalendar,
    add_working_days,
    days_left,
    deadlines,
    due_on,
    is_working_day,
    working_days_between,
)

CALENDAR, WORKING = DayCount.CALENDAR, DayCount.WORKING


def april(day: int) -> date:
    return date(2026, 4, day)


def november(day: int) -> date:
    return date(2026, 11, day)


def holidays(*days: date) -> dict[date, tuple[Holiday, ...]]:
    return {day: (Holiday(day, Names("ក", "a", "ก"), Evidence.STATED),) for day in days}


# Khmer New Year from Tuesday to Thursday; the Water Festival from Monday to Wednesday; Women's Day, a Sunday.
OFF = [april(14), april(15), april(16), november(23), november(24), november(25), date(2026, 3, 8)]
WEEK = WorkCalendar(frozenset(range(1, 6)), frozenset({2026}), holidays(*OFF))
LAW = ProcessingTime(Term("A/time", "A", datetime(2016, 1, 1, tzinfo=UTC)), 5, 2, WORKING)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (april(10), True),  # Friday
        (april(11), False),  # Saturday
        (april(12), False),  # Sunday
        (april(13), True),  # Monday before the new year
        (april(14), False),
        (april(16), False),
        (april(17), True),  # Friday between the new year and the weekend
        (date(2026, 3, 8), False),  # a holiday that is a Sunday
        (date(2026, 3, 9), True),  # and moves to no other day
    ],
)
def test_an_office_works_on_weekdays_that_are_no_holidays(day: date, worked: bool) -> None:
    assert is_working_day(WEEK, day) is worked


def test_an_office_may_have_another_week() -> None:
    six_days = WorkCalendar(frozenset(range(1, 7)), frozenset(), {})
    assert is_working_day(six_days, april(11))
    assert not is_working_day(six_days, april(12))


def test_a_year_without_its_holidays_is_not_covered_and_counts_weekends_only() -> None:
    assert WEEK.covers(april(14))
    assert not WEEK.covers(date(2027, 4, 14))
    assert is_working_day(WEEK, date(2027, 4, 14))


def test_a_day_knows_its_holidays() -> None:
    assert [holiday.on for holiday in WEEK.holidays_on(april(14))] == [april(14)]
    assert WEEK.holidays_on(april(13)) == ()


@pytest.mark.parametrize(
    ("day", "days", "then"),
    [
        (april(6), 0, april(6)),
        (april(11), 0, april(11)),
        (april(6), 1, april(7)),
        (april(6), 5, april(13)),  # Monday to Monday
        (april(10), 1, april(13)),  # Friday to Monday
        (april(11), 1, april(13)),  # Saturday to Monday
        (april(13), 1, april(17)),  # over the new year
        (april(13), 2, april(20)),  # over the new year and the weekend
        (april(15), 1, april(17)),  # from within it
        (november(20), 1, november(26)),  # Friday, over the weekend and the Water Festival
        (date(2026, 3, 6), 1, date(2026, 3, 9)),  # a holiday on a Sunday takes no day away
        (date(2026, 12, 31), 1, date(2027, 1, 1)),  # whose holidays nobody has told
    ],
)
def test_working_days_are_added(day: date, days: int, then: date) -> None:
    assert add_working_days(WEEK, day, days) == then


def test_days_are_not_taken_away() -> None:
    with pytest.raises(ValueError, match="-1 working days; count 0 or more"):
        add_working_days(WEEK, april(6), -1)


@pytest.mark.parametrize(
    ("after", "until", "days"),
    [
        (april(6), april(6), 0),
        (april(6), april(7), 1),
        (april(6), april(13), 5),
        (april(10), april(12), 0),  # Friday to Sunday
        (april(10), april(13), 1),
        (april(13), april(17), 1),
        (april(13), april(16), 0),
        (april(1), april(30), 18),
        (april(13), april(6), -5),
        (april(12), april(10), 0),
    ],
)
def test_working_days_between_leave_out_the_first_and_count_the_last(after: date, until: date, days: int) -> None:
    assert working_days_between(WEEK, after, until) == days


def test_the_day_of_lodging_is_day_nought() -> None:
    assert due_on(WEEK, april(6), 2, CALENDAR) == april(8)
    assert due_on(WEEK, april(6), 2, WORKING) == april(8)
    assert due_on(WEEK, april(6), 0, WORKING) == april(6)


def test_calendar_days_run_through_the_new_year_and_working_days_do_not() -> None:
    assert due_on(WEEK, april(13), 5, CALENDAR) == april(18)
    assert due_on(WEEK, april(13), 5, WORKING) == april(23)


@pytest.mark.parametrize(
    ("today", "calendar_days", "working_days"),
    [
        (april(13), 4, 1),  # Monday, due on Friday, the new year between
        (april(14), 3, 1),
        (april(16), 1, 1),
        (april(17), 0, 0),  # the day itself is in time
        (april(18), -1, -1),  # Saturday: late, though nobody works
        (april(19), -2, -1),
        (april(20), -3, -1),  # Monday: one working day late
        (april(21), -4, -2),
    ],
)
def test_days_left_are_negative_as_soon_as_it_is_late(today: date, calendar_days: int, working_days: int) -> None:
    assert days_left(WEEK, today, april(17), CALENDAR) == calendar_days
    assert days_left(WEEK, today, april(17), WORKING) == working_days


def test_what_is_due_on_a_day_off_is_not_late_before_that_day_is_over() -> None:
    """An order that counts calendar days can end in the new year; its days left are then asked in the same days."""
    due = due_on(WEEK, april(12), 2, CALENDAR)
    assert due == april(14)
    assert [days_left(WEEK, april(day), due, CALENDAR) for day in (13, 14, 15)] == [1, 0, -1]


def test_two_clocks_run_for_every_application() -> None:
    assert deadlines(WEEK, LAW, april(9)) == Deadlines(april(21), april(13), WORKING)


def test_the_order_says_how_days_are_counted() -> None:
    """Lodged on the Friday before the Water Festival."""
    by_the_calendar = ProcessingTime(LAW.term, 5, 2, CALENDAR)
    assert deadlines(WEEK, by_the_calendar, november(20)) == Deadlines(november(25), november(22), CALENDAR)
    assert deadlines(WEEK, LAW, november(20)) == Deadlines(date(2026, 12, 2), november(27), WORKING)


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(day=DAYS, days=st.integers(1, 60))
def test_what_was_added_is_what_lies_between(day: date, days: int) -> None:
    then = add_working_days(WEEK, day, days)
    assert is_working_day(WEEK, then)
    assert working_days_between(WEEK, day, then) == days
    assert days_left(WEEK, day, then, WORKING) == days


@given(first=DAYS, second=DAYS, third=DAYS)
def test_stretches_of_days_add_up(first: date, second: date, third: date) -> None:
    way_round = working_days_between(WEEK, first, second) + working_days_between(WEEK, second, third)
    assert way_round == working_days_between(WEEK, first, third)


@given(today=DAYS, due=DAYS, counted_in=st.sampled_from(DayCount))
def test_late_is_what_is_negative(today: date, due: date, counted_in: DayCount) -> None:
    assert (days_left(WEEK, today, due, counted_in) < 0) is (today > due)
