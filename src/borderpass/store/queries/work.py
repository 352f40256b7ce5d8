"""How much work waits in an office, and which applications are it?"""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from borderpass.domain.application import State
from borderpass.domain.local_time import end_of_day, local_day, start_of_day
from borderpass.domain.queues import CLOCK_RUNS, Queue, queue_of
from borderpass.store.models import Application, IssuedPass

_OPEN = tuple(state for state in State if queue_of(state, signed=True) is not None)

_IN_A_LIST = ("id", "reference", "name_khmer", "name_latin", "purpose", "state", "lodged_at")


class Waiting(NamedTuple):
    """How many applications of each queue there are, and how many the office has to do something about, by the local
    day on which they were lodged.
    """

    queues: Counter[Queue]
    by_day: Counter[date]


def count_waiting(applications: QuerySet[Application], office_code: str) -> Waiting:
    """Count the open applications of an office among those an actor may read."""
    of_office = applications.filter(office_id=office_code).order_by()
    queues = Counter[Queue]()
    for row in with_signed(of_office.filter(state__in=_OPEN)).values("state", "signed").annotate(n=Count("id")):
        queue = queue_of(State(row["state"]), row["signed"])
        assert queue is not None  # every open state has one
        queues[queue] += row["n"]
    # The days are told apart here: on SQLite that is quicker than asking it to.
    lodged = of_office.filter(state__in=CLOCK_RUNS).values_list("lodged_at", flat=True)
    return Waiting(queues, Counter(local_day(at) for at in lodged))


def as_lines(applications: QuerySet[Any]) -> QuerySet[Any]:
    """Return applications with what a list shows of them, and nothing else: quicker where thousands are sorted."""
    return with_signed(applications).only(*_IN_A_LIST)


def with_signed(applications: QuerySet[Any]) -> QuerySet[Any]:
    """Return applications, each with `signed`: whether its pass is."""
    signed = IssuedPass.objects.filter(application=OuterRef("pk"), qr_text__isnull=False)
    marked: QuerySet[Any] = applications.annotate(signed=Exists(signed))
    return marked


def in_queue(applications: QuerySet[Application], queue: Queue) -> QuerySet[Any]:
    """Return those applications that stand in a queue (one of QUEUES), oldest first."""
    places = {state: {signed for signed in (True, False) if queue_of(state, signed) is queue} for state in _OPEN}
    condition = Q(state__in=[state for state, whether in places.items() if whether])
    for state, whether in places.items():
        if len(whether) == 1:
            condition &= ~Q(state=state) | Q(signed=whether.pop())
    return with_signed(applications).filter(condition).order_by("lodged_at", "id")


def with_running_clock(applications: QuerySet[Application], days: Collection[date]) -> QuerySet[Any]:
    """Return those lodged on some local days about which the office has to do something, oldest first."""
    condition = Q(pk__in=[])
    for first, last in _spans(sorted(days)):
        condition |= Q(lodged_at__gte=start_of_day(first), lodged_at__lt=end_of_day(last))
    return with_signed(applications.filter(condition, state__in=CLOCK_RUNS)).order_by("lodged_at", "id")


def _spans(days: list[date]) -> list[tuple[date, date]]:
    """Return days in ascending order as first and last days of spans without a gap."""
    spans: list[tuple[date, date]] = []
    for day in days:
        if spans and (day - spans[-1][1]).days == 1:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans
