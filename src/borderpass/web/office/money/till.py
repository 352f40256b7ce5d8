"""What should the drawer hold now, how does it begin the day, and how is it counted at its end?"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from borderpass.domain.actors import Act
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.ledger import Account, EntryKind
from borderpass.domain.local_time import local_day
from borderpass.services.close_till import close_till
from borderpass.services.open_till import open_till
from borderpass.services.print_receipt import say_who
from borderpass.store.models import LedgerEntry, Till
from borderpass.store.queries.ledger import balance_of, figures_of
from borderpass.store.queries.money import tills_for
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.wording import say_instant
from borderpass.web.office.money.forms import CloseForm, OpenForm
from borderpass.web.office.money.uuid_field import read_uuid
from borderpass.web.office.money.wording import ENTRIES, say_riel, say_signed, say_why
from borderpass.web.office.page import office_page
from borderpass.web.wording import say_weekday


def find_till(here: Here) -> Till | None:
    """Return the till that is open in the office, else that of today, or None when today's was not opened yet."""
    tills = tills_for(here.actor).filter(office=here.office)
    return tills.filter(closed_at=None).first() or tills.filter(day=local_day(here.now)).first()


def say_till(here: Here, till: Till | None) -> dict[str, Any]:
    """Return a till in words: whether it is open, of which day, and what it should hold."""
    today = local_day(here.now)
    if till is None:
        left = balance_of(here.office.code, Account.DRAWER)
        return {"till": None, "day": say_weekday(today), "left": say_riel(left)}
    figures = figures_of(till)
    return {
        "till": till,
        "day": say_weekday(till.day),
        "is_open": till.closed_at is None,
        "of_before": till.closed_at is None and till.day != today,
        "opened": say_instant(till.opened_at),
        "opened_by": say_who(till.opened_by),
        "opening": say_riel(figures.opening_riel),
        "received": say_riel(figures.received_riel),
        "returned": say_riel(figures.returned_riel),
        "expected": say_riel(figures.expected_riel),
        "expected_riel": figures.expected_riel,
    }


@office_view(Act.READ_OFFICE, "GET", "POST")
def till(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the drawer, or open it for today."""
    one, form = find_till(here), OpenForm(request.POST or None)
    if request.method == "POST":
        here.demand(Act.TAKE_FEE)
        if form.is_valid():
            opened = open_till(here.office.code, form.cleaned_data["brought_riel"], here.actor, here.now)
            if not isinstance(opened, Declined):
                messages.success(request, gettext("The till is open."))
                return redirect("money_till", here.office.code)
            form.add_error(None, say_why(opened))
        form.mark()
    shown = {
        **say_till(here, one),
        "form": form,
        "may_take": here.may(Act.TAKE_FEE),
        "moves": _say_moves(one) if one is not None else [],
    }
    return office_page(request, here, "office/money/till.html", shown, status=422 if form.errors else 200)


def _say_moves(one: Till) -> list[dict[str, Any]]:
    """Return what went into the drawer and out of it, newest first."""
    entries = LedgerEntry.objects.filter(till=one).select_related("receipt__application", "refund__application")
    return [
        {
            "at": say_instant(entry.at),
            "what": ENTRIES[EntryKind(entry.kind)],
            "number": entry.receipt.number if entry.receipt else entry.refund.number if entry.refund else "",
            "is_receipt": entry.receipt is not None,
            "amount": say_signed(entry.amount_riel if entry.debit == Account.DRAWER else -entry.amount_riel),
        }
        for entry in entries.order_by("-at", "-id")[:200]
    ]


@office_view(Act.TAKE_FEE, "GET", "POST")
def close(request: HttpRequest, here: Here) -> HttpResponse:
    """Count the drawer and close it."""
    one = tills_for(here.actor).filter(office=here.office, closed_at=None).first()
    if request.method == "POST" and one is None:
        return _closed_already(request, here)
    if one is None:
        return redirect("money_till", here.office.code)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if read_uuid(request.POST.get("till_id")) != one.id:
            return _closed_already(request, here)
        filled = form.cleaned_data
        closed = close_till(one.id, form.counted(), filled["handed_on_riel"], filled["reason"], here.actor, here.now)
        if not isinstance(closed, Declined):
            messages.success(request, gettext("The till is closed."))
            return redirect("money_close", here.office.code, closed.day.isoformat())
        form.add_error("reason" if closed.ground is Ground.OUT_OF_BALANCE else None, _say_problem(form, one, closed))
    return _close_page(request, here, one, form)


def _closed_already(request: HttpRequest, here: Here) -> HttpResponse:
    """Answer to a second click: the till that was shown is closed."""
    till_id = read_uuid(request.POST.get("till_id"))
    closed = tills_for(here.actor).filter(office=here.office).exclude(closed_at=None)
    one = closed.filter(id=till_id).first() if till_id is not None else None
    if one is None:
        return redirect("money_till", here.office.code)
    return redirect("money_close", here.office.code, one.day.isoformat())


def _say_problem(form: CloseForm, one: Till, problem: Declined) -> str:
    if problem.ground is not Ground.OUT_OF_BALANCE:
        return gettext("Look at what was counted and at what is handed on: it cannot be like this.")
    counted, expected = form.counted().total_riel, figures_of(one).expected_riel
    return gettext(
        "%(counted)s were counted, %(expected)s should be there: %(difference)s. Count again, or say why."
    ) % {
        "counted": say_riel(counted),
        "expected": say_riel(expected),
        "difference": say_signed(counted - expected),
    }


def _close_page(request: HttpRequest, here: Here, one: Till, form: CloseForm) -> HttpResponse:
    form.mark()
    counted = form.counted() if form.is_bound and not any(name.startswith("note_") for name in form.errors) else None
    shown = {
        **say_till(here, one),
        "form": form,
        "notes": form.notes(),
        "counted": say_riel(counted.total_riel) if counted is not None else "",
    }
    return office_page(request, here, "office/money/till_close.html", shown, status=422 if form.errors else 200)
