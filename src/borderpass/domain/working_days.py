"""On which days does an office work, and when is a pass due?

The day on which an application is lodged is day nought: what is lodged on a Monday and has two days is due on
Wednesday. Orders say how many days there are and how they are counted (`ProcessingTime`); the calendar says which days
are holidays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from borderpass.domain.orders import Evidence
from borderpass.domain.provisions import DayCount, ProcessingTime
from borderpass.domain.trust import Names

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday: the local day, its name, and how sure we are that it is that day."""

    on: date
    name: Names
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The weekdays on which offices work (1 Monday to 7 Sunday, at least one) and the holidays of some years.

    In a year that is not in `years` every such weekday counts as worked: a date is then a day or two too early,
    never none at all. Screens ask `covers` and say so.
    """

    workdays: frozenset[int]
    years: frozenset[int]
    holidays: Mapping[date, tuple[Holiday, ...]]

    def covers(self, day: date) -> bool:
        """Tell whether the holidays of that year are known."""
        return day.year in self.years

    def holidays_on(self, day: date) -> tuple[Holiday, ...]:
        """Return the holidays that fall on a day: none, one, or two that coincide."""
        return self.holidays.get(day, ())


@dataclass(frozen=True, slots=True)
class Deadlines:
    """By when a pass is due: by law, and by the practice that offices are held to."""

    law_on: date
    practice_on: date
    counted_in: DayCount


def is_working_day(calendar: WorkCalendar, day: date) -> bool:
    """Tell whether an office works on a local day."""
    return day.isoweekday() in calendar.workdays and not calendar.holidays_on(day)


def add_working_days(calendar: WorkCalendar, day: date, days: int) -> date:
    """Return the working day that comes so many (0 or more) working days after a day; for 0 the day itself."""
    if days < 0:
        raise ValueError(f"{days} working days; count 0 or more")
    while days:
        day += _DAY
        days -= is_working_day(calendar, day)
    return day


def working_days_between(calendar: WorkCalendar, after: date, until: date) -> int:
    """Return how many working days come after a day up to and including another; negative when that one is earlier."""
    if until < after:
        return -working_days_between(calendar, until, after)
    return sum(is_working_day(calendar, after + number * _DAY) for number in range(1, (until - after).days + 1))


def due_on(calendar: WorkCalendar, lodged_on: date, days: int, counted_in: DayCount) -> date:
    """Return the last day that is in time for what was lodged on a local day and has so many (0 or more) days."""
    if counted_in is DayCount.CALENDAR:
        return lodged_on + days * _DAY
    return add_working_days(calendar, lodged_on, days)


def days_left(calendar: WorkCalendar, today: date, due: date, counted_in: DayCount) -> int:
    """Return how many days are left: 0 on the day it is due, negative as soon as that day is over.

    In working days, what was due on a Friday is one day late on Saturday, on Sunday and on Monday.
    """
    if counted_in is DayCount.CALENDAR:
        return (due - today).days
    left = working_days_between(calendar, today, due)
    return min(left, -1) if today > due else left


def deadlines(calendar: WorkCalendar, time: ProcessingTime, lodged_on: date) -> Deadlines:
    """Return when a pass is due that was lodged on a local day, under the order in force (`terms.processing_time`)."""
    return Deadlines(
        law_on=due_on(calendar, lodged_on, time.law_days, time.counted_in),
        practice_on=due_on(calendar, lodged_on, time.practice_days, time.counted_in),
        counted_in=time.counted_in,
    )
