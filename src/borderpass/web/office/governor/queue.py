"""What waits for the governor? The oldest first, with the days left of both clocks and what is unusual."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from borderpass.domain.actors import Act
from borderpass.domain.application import State
from borderpass.domain.approval import Capacity
from borderpass.domain.local_time import local_day
from borderpass.domain.provisions import Purpose
from borderpass.domain.queues import Queue
from borderpass.services.find_authority import capacity_of
from borderpass.services.find_due_days import find_due_days
from borderpass.services.find_unusual import unusual_of
from borderpass.services.propose_approval import BATCH_MAX
from borderpass.store.keys import new_id
from borderpass.store.models import Application
from borderpass.store.queries.applications import applications_for
from borderpass.store.queries.deputies import deputies_on
from borderpass.store.queries.offices import offices_for
from borderpass.store.queries.work import in_queue
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.lines import due_of
from borderpass.web.office.desk.wording import PURPOSES, DueWords, say_due, say_instant
from borderpass.web.office.governor.wording import DECIDES, say_unusual
from borderpass.web.office.page import office_page

PAGE_LINES = 100
SHOWN_SIGNS = 2


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """An application that waits: `unusual` are sentences, at most two; `more` says how many others there are."""

    id: str
    url: str
    reference: str
    name_khmer: str
    name_latin: str
    purpose: str
    since: str
    due: DueWords | None
    unusual: list[str]
    more: str
    unsigned: bool


def waiting_for(here: Here) -> Any:
    """Return what waits for the governor here, oldest first, each with `signed`."""
    return in_queue(applications_for(here.actor).filter(office=here.office), Queue.FOR_THE_GOVERNOR)


def say_waiting(here: Here, applications: Sequence[Application]) -> list[WaitingLine]:
    """Return applications as lines of the governor's pages."""
    unusual = unusual_of(applications, here.now)
    return [_line(here, one, [say_unusual(sign) for sign in unusual[one.id]]) for one in applications]


def _line(here: Here, application: Application, unusual: list[str]) -> WaitingLine:
    state, more = State(application.state), len(unusual) - SHOWN_SIGNS
    return WaitingLine(
        id=str(application.id),
        url=reverse("governor_decide", args=[here.office.code, application.id]),
        reference=application.reference,
        name_khmer=application.name_khmer,
        name_latin=application.name_latin,
        purpose=str(PURPOSES[Purpose(application.purpose)]),
        since=say_instant(application.lodged_at),
        due=due_of(state, application.lodged_at, here.now),
        unusual=unusual[:SHOWN_SIGNS],
        more=ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more} if more > 0 else "",
        unsigned=state is State.APPROVED,
    )


@office_view()
def queue_page(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the governor's queue; whoever may approve chooses from it."""
    return show_queue(request, here)


def show_queue(request: HttpRequest, here: Here, wrong: str = "", status: int = 200) -> HttpResponse:
    """Answer with the queue, and with what was wrong about the last choice."""
    page = Paginator(waiting_for(here), PAGE_LINES).get_page(request.GET.get("page"))
    lines = say_waiting(here, list(page.object_list))
    may_approve = here.may(Act.APPROVE)
    capacity = capacity_of(here.actor, here.office.code) if may_approve else None
    shown = {
        "lines": lines,
        "page": page,
        "waiting": page.paginator.count,
        "may_choose": may_approve and any(not line.unsigned for line in lines),
        "batch_id": new_id(),
        "take_all": gettext("Take all that wait (at most %(count)s)") % {"count": BATCH_MAX},
        "wrong": wrong,
        "deputy": _say_deputy(here),
        "in_stead": DECIDES[capacity] if capacity in (Capacity.DEPUTY, Capacity.PROVINCE) else "",
        "districts": _say_districts(here),
    }
    return office_page(request, here, "office/governor/queue.html", shown, status=status)


def _say_deputy(here: Here) -> str:
    today = deputies_on(local_day(here.now)).filter(office=here.office).select_related("staff").first()
    if today is None:
        return ""
    return gettext("%(name)s stands in for the governor today.") % {
        "name": today.staff.full_name or today.staff.username
    }


def _say_districts(here: Here) -> list[dict[str, Any]]:
    """Return the offices of the province with what waits in each, for whoever looks into several."""
    if not here.actor.province:
        return []
    waiting = in_queue(applications_for(here.actor), Queue.FOR_THE_GOVERNOR).order_by()
    counted = {row["office"]: row for row in waiting.values("office").annotate(n=Count("id"), oldest=Min("lodged_at"))}
    return [
        {
            "office": office,
            "count": counted[office.code]["n"] if office.code in counted else 0,
            "due": say_due(find_due_days(counted[office.code]["oldest"], here.now)) if office.code in counted else None,
        }
        for office in offices_for(here.actor).order_by("code")
    ]
