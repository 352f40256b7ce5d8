"""Which day and hour is it where the pass is used?

Cambodia and Thailand both keep UTC+7 all year, so a fixed offset is exact and needs no time zone tables on a phone.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone

PHNOM_PENH = timezone(timedelta(hours=7), "Asia/Phnom_Penh")
LATEST_TIMESTAMP = 253_370_764_799
"""The last second of the year 9998: every instant up to it has a local day, with room for skew and stays."""


def local_day(instant: datetime) -> date:
    """Return the calendar day in Phnom Penh at an aware instant."""
    return instant.astimezone(PHNOM_PENH).date()


def start_of_day(day: date) -> datetime:
    """Return the first instant (aware, UTC) of a calendar day in Phnom Penh."""
    return datetime.combine(day, time(), PHNOM_PENH).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """Return the first instant (aware, UTC) after a calendar day in Phnom Penh."""
    return start_of_day(day + timedelta(days=1))


def from_timestamp(seconds: int) -> datetime:
    """Return the aware UTC instant of a whole number of Unix seconds (0 to LATEST_TIMESTAMP)."""
    return datetime.fromtimestamp(seconds, UTC)


def to_timestamp(instant: datetime) -> int:
    """Return the whole Unix seconds of an aware instant."""
    return int(instant.timestamp())


def last_valid_day(expires_at: datetime) -> date:
    """Return the last day on which something that expires at this instant is still valid."""
    return local_day(expires_at - timedelta(seconds=1))


def years_later(day: date, years: int) -> date:
    """Return the same calendar day some years later; 29 February becomes 28 February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def age_on(born_on: date, day: date) -> int:
    """Return the age in completed years on a day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
