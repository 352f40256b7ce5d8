"""How much is there to do today, and what is it? The queues of an office with their counts, oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from borderpass.domain.queues import QUEUES, Queue
from borderpass.services.find_due_days import late_among
from borderpass.store.models import Application
from borderpass.store.queries.applications import applications_for
from borderpass.store.queries.work import Waiting, as_lines, count_waiting, in_queue, with_running_clock
from borderpass.web.office.access import Here
from borderpass.web.office.part import NewLine
from borderpass.web.office.parts import NEW_WORK

TITLES: dict[Queue, Promise] = {
    Queue.NEW: gettext_lazy("New"),
    Queue.TO_PAY: gettext_lazy("To pay"),
    Queue.FOR_THE_GOVERNOR: gettext_lazy("For the governor"),
    Queue.TO_PRINT: gettext_lazy("To print"),
    Queue.TO_HAND_OVER: gettext_lazy("To hand over"),
    Queue.RETURNED: gettext_lazy("Returned"),
    Queue.LATE: gettext_lazy("Late"),
}
MEANINGS: dict[Queue, Promise] = {
    Queue.NEW: gettext_lazy("Begun at home or at the counter, and not taken in yet."),
    Queue.TO_PAY: gettext_lazy("Taken in; the applicant has still to pay."),
    Queue.FOR_THE_GOVERNOR: gettext_lazy("Paid; the governor decides and signs."),
    Queue.TO_PRINT: gettext_lazy("Signed; the paper has still to be printed."),
    Queue.TO_HAND_OVER: gettext_lazy("Printed; the applicant has still to fetch it."),
    Queue.RETURNED: gettext_lazy("Sent back by the governor; to be mended with the applicant."),
    Queue.LATE: gettext_lazy("Past the day that offices are held to, and the office has still something to do."),
}


@dataclass(frozen=True, slots=True)
class QueueCount:
    """A queue and how much stands in it."""

    queue: Queue
    title: Promise
    count: int


def count_queues(here: Here) -> tuple[QueueCount, ...]:
    """Return all queues of the office in the order of the work."""
    waiting = _waiting(here)
    late = late_among(waiting.by_day, here.now)
    counts = {queue: waiting.queues[queue] for queue in QUEUES}
    counts[Queue.NEW] = sum(work.count(here) for work in NEW_WORK)
    counts[Queue.LATE] = sum(waiting.by_day[day] for day in late)
    return tuple(QueueCount(queue, title, counts[queue]) for queue, title in TITLES.items())


def _waiting(here: Here) -> Waiting:
    return count_waiting(applications_for(here.actor), here.office.code)


def find_in_queue(here: Here, queue: Queue, start: int, stop: int) -> Sequence[Application]:
    """Return a slice of the applications in a queue, oldest first. What is new is no application yet: see find_new."""
    applications = applications_for(here.actor).filter(office=here.office)
    if queue is Queue.LATE:
        late = late_among(_waiting(here).by_day, here.now)
        return list(as_lines(with_running_clock(applications, late))[start:stop])
    return list(as_lines(in_queue(applications, queue))[start:stop])


def find_new(here: Here, start: int, stop: int) -> list[NewLine]:
    """Return a slice of what waits to be taken in, oldest first."""
    lines = [line for work in NEW_WORK for line in work.lines(here, 0, stop)]
    return sorted(lines, key=lambda line: line.since)[start:stop]
