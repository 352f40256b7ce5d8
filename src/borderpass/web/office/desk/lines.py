"""What does a list of applications show of each? Who, what, whose turn it is, and by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from borderpass.domain.application import State
from borderpass.domain.local_time import local_day
from borderpass.domain.provisions import Purpose
from borderpass.domain.queues import CLOCK_RUNS
from borderpass.services.find_due_days import DueDays, due_days_of, find_due_days
from borderpass.web.office.access import Here
from borderpass.web.office.desk.wording import NEXT, PURPOSES, STATES, UNSIGNED, DueWords, say_due, say_instant
from borderpass.web.office.part import NewLine


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """An application in a list."""

    url: str
    reference: str
    name_khmer: str
    name_latin: str
    purpose: str
    state: str
    next: str
    since: str
    due: DueWords | None


@dataclass(frozen=True, slots=True)
class NewWords:
    """Something in the list of what is new."""

    url: str
    reference: str
    name_khmer: str
    name_latin: str
    since: str


def say_new(lines: Iterable[NewLine]) -> list[NewWords]:
    """Return what is new as a page shows it."""
    return [NewWords(one.url, one.reference, one.name_khmer, one.name_latin, say_instant(one.since)) for one in lines]


def say_lines(here: Here, applications: Iterable[Any]) -> list[ApplicationLine]:
    """Return applications (`with_signed`) as lines."""
    listed = list(applications)
    dues = due_days_of({local_day(one.lodged_at) for one in listed}, here.now)
    return [_line(here, one, dues.get(local_day(one.lodged_at))) for one in listed]


def _line(here: Here, application: Any, due: DueDays | None) -> ApplicationLine:
    state = State(application.state)
    return ApplicationLine(
        url=reverse("office_application", args=[here.office.code, application.id]),
        reference=application.reference,
        name_khmer=application.name_khmer,
        name_latin=application.name_latin,
        purpose=str(PURPOSES[Purpose(application.purpose)]),
        state=str(STATES[state]),
        next=say_next(state, application.signed),
        since=say_instant(application.lodged_at),
        due=say_due(due) if state in CLOCK_RUNS else None,
    )


def say_next(state: State, signed: bool) -> str:
    """Return what comes next with an application."""
    return str(UNSIGNED if state is State.APPROVED and not signed else NEXT[state])


def due_of(state: State, lodged_at: datetime, now: datetime) -> DueWords | None:
    """Return by when the office is to be done with an application; None while it waits for the applicant."""
    return say_due(find_due_days(lodged_at, now)) if state in CLOCK_RUNS else None
