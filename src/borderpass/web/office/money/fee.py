"""What does this application cost, and how is it paid: in cash, or by KHQR?"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from borderpass.domain.actors import Act
from borderpass.domain.application import State
from borderpass.domain.declined import Declined
from borderpass.domain.khqr_payments import KhqrState
from borderpass.domain.local_time import local_day
from borderpass.domain.provisions import Fee, Purpose
from borderpass.services.begin_khqr import begin_khqr
from borderpass.services.check_khqr import check_khqr
from borderpass.services.open_bank import open_bank
from borderpass.services.take_fee import find_fee, take_fee
from borderpass.store.keys import new_id
from borderpass.store.models import Application, KhqrRequest, OfficeAccount, Receipt, Till
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.wording import PURPOSES, STATES
from borderpass.web.office.money.uuid_field import read_uuid
from borderpass.web.office.money.wording import say_riel, say_why
from borderpass.web.office.page import office_page
from borderpass.web.wording import say_weekday


@office_view(Act.TAKE_FEE, "GET", "POST")
def fee(request: HttpRequest, here: Here, application_id: UUID) -> HttpResponse:
    """Show the fee, or take it in cash. Who has paid already is shown the receipt."""
    application = here.application(application_id)
    receipt = Receipt.objects.filter(application=application).first()
    if receipt is not None:
        return redirect("money_receipt", here.office.code, receipt.number)
    if request.method != "POST":
        return _page(request, here, application)
    _ask_about_codes(here, application)
    taken = take_fee(application.id, _amount(request), here.actor, here.now)
    if isinstance(taken, Declined):
        return _page(request, here, application, taken, 409)
    return redirect("money_receipt", here.office.code, taken.number)


@office_view(Act.TAKE_FEE, "POST")
def begin(request: HttpRequest, here: Here, application_id: UUID) -> HttpResponse:
    """Ask for the fee by KHQR, and show the code."""
    application = here.application(application_id)
    request_id = read_uuid(request.POST.get("request_id"))
    if open_bank() is None or request_id is None:
        return redirect("money_fee", here.office.code, application.id)
    asked = begin_khqr(request_id, application.id, here.actor, here.now)
    if isinstance(asked, Declined):
        return _page(request, here, application, asked, 409)
    return redirect("money_khqr", here.office.code, asked.id)


def _amount(request: HttpRequest) -> int:
    typed = request.POST.get("amount_riel", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 9 else -1


def _ask_about_codes(here: Here, application: Application) -> None:
    """Before cash is taken, ask whether a code that somebody holds was paid in the meantime."""
    bank = open_bank()
    for one in KhqrRequest.objects.filter(application=application, state=KhqrState.WAITING) if bank else ():
        check_khqr(one.id, bank, here.actor, here.now)  # type: ignore[arg-type]  # there is a bank here


def _page(
    request: HttpRequest, here: Here, application: Application, problem: Declined | None = None, status: int = 200
) -> HttpResponse:
    found = find_fee(application, here.now)
    cost = None if isinstance(found, Declined) else found
    if isinstance(found, Declined):
        problem = problem or found
    to_pay = cost if application.state == State.LODGED else None
    shown = {
        "application": application,
        "purpose": PURPOSES[Purpose(application.purpose)],
        "state": STATES[State(application.state)],
        "to_pay": to_pay is not None,
        "problem": say_why(problem) if problem is not None else "",
        **(_say_fee(cost) if cost is not None else {}),
        **(_say_till(here, to_pay) if to_pay is not None else {}),
        **_say_khqr(here, application, to_pay),
    }
    return office_page(request, here, "office/money/fee.html", shown, status=status)


def _say_fee(cost: Fee) -> dict[str, Any]:
    order = cost.term.order_number
    return {"amount_riel": cost.amount_riel, "amount": say_riel(cost.amount_riel), "order": order}


def _say_till(here: Here, cost: Fee) -> dict[str, Any]:
    """Whether cash can be taken, and what is to be done before."""
    if cost.amount_riel == 0:
        return {"takes_cash": True, "free": True}
    today = local_day(here.now)
    till = Till.objects.filter(office=here.office, closed_at=None).first()
    if till is not None and till.day != today:
        return {"takes_cash": False, "left_open": say_weekday(till.day)}
    closed = till is None and Till.objects.filter(office=here.office, day=today).exists()
    return {"takes_cash": not closed, "is_closed": closed, "opens_till": till is None and not closed}


def _say_khqr(here: Here, application: Application, cost: Fee | None) -> dict[str, Any]:
    """Whether a code is offered, and the one that waits."""
    waiting = KhqrRequest.objects.filter(application=application, state=KhqrState.WAITING).order_by("-made_at").first()
    offered = cost is not None and cost.amount_riel > 0 and open_bank() is not None
    account = OfficeAccount.objects.filter(office=here.office).first() if offered else None
    return {
        "khqr_offered": offered,
        "account": account,
        "request_id": new_id(),
        "waiting_url": reverse("money_khqr", args=[here.office.code, waiting.id]) if waiting else "",
    }
