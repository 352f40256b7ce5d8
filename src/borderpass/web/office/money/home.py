"""Who has to pay, what does the drawer hold, and what is owed back? The money of the day on one page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from borderpass.domain.actors import Act
from borderpass.domain.application import State
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.khqr_payments import KhqrState, OwedGround
from borderpass.domain.provisions import Purpose
from borderpass.domain.queues import Queue
from borderpass.services.find_due_back import find_due_back
from borderpass.services.search_office import search_office
from borderpass.services.take_fee import find_fee
from borderpass.store.models import Application, KhqrRequest
from borderpass.store.queries.applications import applications_for
from borderpass.store.queries.money import ended_with_fee, owed_payments, requests_for
from borderpass.store.queries.work import in_queue
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.search import say_hint
from borderpass.web.office.desk.wording import PURPOSES, say_instant
from borderpass.web.office.money.till import find_till, say_till
from borderpass.web.office.money.wording import ENDED, OWED, say_paid, say_riel
from borderpass.web.office.page import office_page

SHOWN = 20
_ASKED_MAX = 300


@office_view()
def money(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the money of the day; who is asked for by a reference or a code is led to their fee at once."""
    asked = request.GET.get("q", "")[:_ASKED_MAX]
    applications = applications_for(here.actor).filter(office=here.office)
    waiting, hint = in_queue(applications, Queue.TO_PAY).order_by("-lodged_at", "-id"), ""
    if asked.strip():
        found = search_office(asked, here.office.code, here.actor)
        if found.only is not None and here.may(Act.TAKE_FEE):
            return redirect("money_fee", here.office.code, found.only)
        waiting, hint = waiting.filter(id__in=found.applications.values("id")), say_hint(found)
    count = waiting.count()
    shown = {
        "asked": asked,
        "hint": hint,
        "to_pay": [_say_to_pay(here, one) for one in waiting[:SHOWN]],
        "more": max(0, count - SHOWN),
        "count": count,
        "may_take": here.may(Act.TAKE_FEE),
        "owed": say_owed(here),
        "codes": _say_codes(here),
        **say_till(here, find_till(here)),
    }
    return office_page(request, here, "office/money/home.html", shown)


def _say_to_pay(here: Here, one: Application) -> dict[str, Any]:
    cost = find_fee(one, here.now)
    return {
        "application": one,
        "purpose": PURPOSES[Purpose(one.purpose)],
        "amount": "" if isinstance(cost, Declined) else say_riel(cost.amount_riel),
        "since": say_instant(one.lodged_at),
        "url": reverse("money_fee", args=[here.office.code, one.id]),
    }


def say_owed(here: Here) -> list[dict[str, Any]]:
    """Return what is owed back: fees of applications that ended, and payments that were no fees; oldest first."""
    applications = applications_for(here.actor).filter(office=here.office)
    lines = [line for one in ended_with_fee(applications) if (line := _say_fee(here, one)) is not None]
    payments = owed_payments(requests_for(here.actor).filter(office=here.office))
    return [*lines, *(_say_payment(here, one) for one in payments)]


def _say_fee(here: Here, one: Application) -> dict[str, Any] | None:
    due = find_due_back(one)
    if isinstance(due, Declined) and due.ground is Ground.NOTHING_OWED:
        return None
    return {
        "application": one,
        "amount": "" if isinstance(due, Declined) else say_riel(due.amount_riel),
        "why": ENDED[State(one.state)],
        "since": "" if isinstance(due, Declined) else say_instant(due.since),
        "url": reverse("money_return_fee", args=[here.office.code, one.id]),
    }


def _say_payment(here: Here, one: KhqrRequest) -> dict[str, Any]:
    return {
        "application": one.application,
        "amount": say_paid(one.paid_amount, one.paid_currency),
        "why": OWED[OwedGround(one.ground)],
        "since": say_instant(one.paid_at) if one.paid_at else "",
        "url": reverse("money_return_payment", args=[here.office.code, one.id]),
    }


def _say_codes(here: Here) -> list[dict[str, Any]]:
    """Return the codes that nobody has said yet whether they were paid."""
    waiting = requests_for(here.actor).filter(office=here.office, state=KhqrState.WAITING).order_by("-made_at")
    return [
        {
            "application": one.application,
            "amount": say_riel(one.amount_riel),
            "made": say_instant(one.made_at),
            "trouble": one.trouble,
            "url": reverse("money_khqr", args=[here.office.code, one.id]),
        }
        for one in waiting[:SHOWN]
    ]
