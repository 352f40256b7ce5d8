"""By when is an application due? By the law and by the practice, under the order in force when it was lodged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from borderpass.domain.local_time import local_day, start_of_day
from borderpass.domain.rulebook import Rulebook
from borderpass.domain.terms import processing_time
from borderpass.domain.working_days import days_left, deadlines
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.load_holidays import load_calendar


@dataclass(frozen=True, slots=True)
class DueDays:
    """The last days in time, and how many are left to each: 0 on the day itself, negative when it is over.

    `holidays_known` is False where the calendar does not reach so far: the days may then be later than they seem.
    """

    practice_on: date
    practice_left: int
    law_on: date
    law_left: int
    holidays_known: bool

    @property
    def late(self) -> bool:
        """Whether the office has taken longer than it is held to."""
        return self.practice_left < 0


def find_due_days(lodged_at: datetime, now: datetime) -> DueDays | None:
    """Return by when what was lodged at an instant is due; None where no order said so then."""
    return _due_days(rules_for_all_time(), local_day(lodged_at), local_day(now))


def due_days_of(lodged_on: Iterable[date], now: datetime) -> Mapping[date, DueDays]:
    """Return by when is due what was lodged on some local days; without those for which no order said so."""
    rules, today = rules_for_all_time(), local_day(now)
    dues = {day: _due_days(rules, day, today) for day in set(lodged_on)}
    return {day: due for day, due in dues.items() if due is not None}


def late_among(lodged_on: Iterable[date], now: datetime) -> set[date]:
    """Return those of some local days of lodging whose applications are late by now."""
    return {day for day, due in due_days_of(lodged_on, now).items() if due.late}


def _due_days(rules: Rulebook, lodged_on: date, today: date) -> DueDays | None:
    time = processing_time(rules, start_of_day(lodged_on))
    if time is None:
        return None
    calendar = load_calendar()
    due = deadlines(calendar, time, lodged_on)
    return DueDays(
        practice_on=due.practice_on,
        practice_left=days_left(calendar, today, due.practice_on, due.counted_in),
        law_on=due.law_on,
        law_left=days_left(calendar, today, due.law_on, due.counted_in),
        holidays_known=calendar.covers(due.law_on),
    )
