"""Which days were closed, how, and with which difference? One's own office's, or those of a whole province."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse

from borderpass.domain.local_time import local_day
from borderpass.services.describe_close import describe_close, print_close_report
from borderpass.services.print_receipt import say_who
from borderpass.store.models import Till
from borderpass.store.queries.money import tills_for
from borderpass.store.queries.offices import offices_for
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.wording import say_instant
from borderpass.web.office.money.papers import as_pdf
from borderpass.web.office.money.wording import say_receipts, say_riel, say_signed, say_slips
from borderpass.web.office.page import office_page
from borderpass.web.wording import language, say_day, say_number, say_weekday

PAGE_LINES = 31


def find_close(here: Here, day: str) -> Till:
    """Return the closed till of a day of this office. Raise Http404 where there is none."""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    one = tills_for(here.actor).filter(office=here.office, day=on).exclude(closed_at=None).first()
    if one is None:
        raise Http404
    return one


@office_view()
def closes(request: HttpRequest, here: Here) -> HttpResponse:
    """List the days that were closed, newest first; whoever reads several offices sees the last of each beside."""
    closed = tills_for(here.actor).filter(office=here.office).exclude(closed_at=None).order_by("-day")
    page = Paginator(closed, PAGE_LINES).get_page(request.GET.get("page"))
    shown = {"lines": [_line(one) for one in page.object_list], "page": page, "offices": _say_offices(here)}
    return office_page(request, here, "office/money/closes.html", shown)


def _line(one: Till) -> dict[str, Any]:
    expected = one.opening_riel + (one.received_riel or 0) - (one.returned_riel or 0)
    difference = (one.counted_riel or 0) - expected
    return {
        "day": one.day.isoformat(),
        "said": say_weekday(one.day),
        "opening": say_riel(one.opening_riel),
        "received": say_riel(one.received_riel or 0),
        "returned": say_riel(one.returned_riel or 0),
        "counted": say_riel(one.counted_riel or 0),
        "difference": say_signed(difference) if difference else "",
        "closed_by": say_who(one.closed_by),
    }


def _say_offices(here: Here) -> list[dict[str, Any]]:
    """Return each office that the actor reads with its last close; nothing for who reads but one."""
    offices = list(offices_for(here.actor).order_by("code"))
    if len(offices) < 2:
        return []
    tills = tills_for(here.actor).order_by("office_id", F("day").desc())
    last: dict[str, Till] = {}
    left_open: dict[str, date] = {}
    for one in tills.filter(day__gte=date.fromordinal(local_day(here.now).toordinal() - PAGE_LINES)):
        if one.closed_at is None:
            left_open[one.office_id] = one.day
        else:
            last.setdefault(one.office_id, one)
    return [
        {
            "code": office.code,
            "name": getattr(office, f"name_{language()}"),
            "last": _line(last[office.code]) if office.code in last else None,
            "open": say_day(left_open[office.code]) if office.code in left_open else "",
            "late": office.code in left_open and left_open[office.code] != local_day(here.now),
        }
        for office in offices
    ]


@office_view()
def close(request: HttpRequest, here: Here, day: str) -> HttpResponse:
    """Show the close of one day."""
    one = find_close(here, day)
    said = describe_close(one)
    shown = {
        **_line(one),
        "till": one,
        "opened": say_instant(said.opened_at),
        "opened_by": said.opened_by,
        "closed": say_instant(said.closed_at),
        "expected": say_riel(said.expected_riel),
        "balances": said.difference_riel == 0,
        "handed_on": say_riel(said.handed_on_riel),
        "left": say_riel(said.left_riel),
        "receipts": say_receipts(said.receipts),
        "numbers": (said.first_receipt, said.last_receipt) if said.receipts else None,
        "slips": say_slips(said.refunds),
        "khqr": say_riel(said.khqr_riel),
        "khqr_receipts": say_receipts(said.khqr_receipts),
        "notes": [(say_riel(note), say_number(number), say_riel(note * number)) for note, number in said.counted],
        "other": say_riel(said.other_riel) if said.other_riel else "",
        "reason": said.reason,
    }
    return office_page(request, here, "office/money/close.html", shown)


@office_view()
def report(request: HttpRequest, here: Here, day: str) -> HttpResponse:
    """Give the close of one day on paper."""
    return as_pdf(print_close_report(find_close(here, day)), f"close-{here.office.code}-{day}.pdf")
