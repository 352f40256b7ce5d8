"""Which day is it in Phnom Penh, and when does it begin and end?"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borderpass.domain.local_time import (
    LATEST_TIMESTAMP,
    age_on,
    end_of_day,
    from_timestamp,
    last_valid_day,
    local_day,
    start_of_day,
    to_timestamp,
    years_later,
)

DAY = date(2026, 11, 23)


def test_day_begins_at_17_hours_utc_of_the_day_before() -> None:
    assert start_of_day(DAY) == datetime(2026, 11, 22, 17, tzinfo=UTC)
    assert end_of_day(DAY) == datetime(2026, 11, 23, 17, tzinfo=UTC)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1970, 1, 2), date(9998, 12, 30)))
def test_day_is_from_its_first_second_to_its_last(day: date) -> None:
    assert local_day(start_of_day(day)) == day == local_day(end_of_day(day) - timedelta(seconds=1))
    assert local_day(end_of_day(day)) == day + timedelta(days=1)
    assert last_valid_day(end_of_day(day)) == day


@settings(max_examples=60, deadline=None)
@given(st.integers(0, LATEST_TIMESTAMP))
def test_seconds_come_back_and_have_a_local_day(seconds: int) -> None:
    at = from_timestamp(seconds)
    assert to_timestamp(at) == seconds
    assert local_day(at + timedelta(seconds=300)) >= local_day(at) >= last_valid_day(at)


@settings(max_examples=60, deadline=None)
@given(st.integers(820_454_400, 4_102_444_800))
def test_fixed_offset_agrees_with_the_time_zone_tables(seconds: int) -> None:
    at = from_timestamp(seconds)
    for zone in ("Asia/Phnom_Penh", "Asia/Bangkok"):
        assert at.astimezone(ZoneInfo(zone)).date() == local_day(at)


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (date(2026, 11, 23), 2, date(2028, 11, 23)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),
    ],
)
def test_same_day_years_later(day: date, years: int, later: date) -> None:
    assert years_later(day, years) == later


@pytest.mark.parametrize(
    ("born_on", "age"),
    [(date(2014, 11, 23), 12), (date(2014, 11, 24), 11), (date(2014, 11, 22), 12), (date(2026, 11, 23), 0)],
)
def test_age_changes_on_the_birthday(born_on: date, age: int) -> None:
    assert age_on(born_on, DAY) == age


def test_born_on_29_february_ages_on_1_march() -> None:
    assert age_on(date(2012, 2, 29), date(2024, 2, 28)) == 11
    assert age_on(date(2012, 2, 29), date(2026, 2, 28)) == 13
    assert age_on(date(2012, 2, 29), date(2026, 3, 1)) == 14
