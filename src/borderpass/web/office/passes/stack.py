"""/office/<office>/passes/stack/: an agent brings many passes to be extended. Scanned, summed, paid at once."""

from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from borderpass.domain.actors import Act
from borderpass.domain.again import Again, find_why_not
from borderpass.domain.application import State
from borderpass.domain.declined import Declined
from borderpass.domain.local_time import local_day
from borderpass.domain.provisions import Purpose
from borderpass.domain.terms import fee_for
from borderpass.services.apply_again import standing_of
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.print_receipt import print_fee_receipts
from borderpass.services.record_print import record_print
from borderpass.services.take_in_stack import LINES_MAX, Agent, Line, lines_of, take_in_stack, take_stack_fees
from borderpass.store.keys import new_id
from borderpass.store.models import Application, Receipt, Stack
from borderpass.store.queries.passes import find_pass
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.wording import STATES, say_instant
from borderpass.web.office.money.papers import as_pdf
from borderpass.web.office.money.uuid_field import read_uuid
from borderpass.web.office.money.wording import say_why as say_money
from borderpass.web.office.page import office_page
from borderpass.web.office.passes.wording import say_not_now, say_why
from borderpass.web.wording import say_number

_LATEST = 10


@office_view(Act.TAKE_IN, "GET", "POST")
def begin(request: HttpRequest, here: Here) -> HttpResponse:
    """Take in what was scanned; what was not taken in stays in the form, each with its reason."""
    if request.method != "POST":
        return _form(request, here, {"stack_id": new_id()})
    stack_id = read_uuid(request.POST.get("stack_id")) or new_id()
    agent = Agent(request.POST.get("agent_name", ""), request.POST.get("agent_phone", ""))
    filled: dict[str, Any] = {"stack_id": stack_id, "agent": agent, "texts": request.POST.get("texts", "")}
    lines = take_in_stack(stack_id, here.office.code, agent, filled["texts"].split("\n"), here.actor, here.now)
    if isinstance(lines, Declined):
        most = gettext("Write who brings the stack, with a phone number, and scan 1 to %(most)s passes.")
        return _form(request, here, filled | {"problem": most % {"most": LINES_MAX}}, 422)
    wrong = [line for line in lines if isinstance(line.taken_in, Declined)]
    if not wrong:
        return redirect("passes_stack_one", here.office.code, stack_id)
    filled |= {
        "texts": "\n".join(line.text for line in wrong),
        "wrong": [{"what": line.number or line.text[:24], "why": _say_wrong(here, line)} for line in wrong],
        "taken_in": _say_taken_in(len(lines) - len(wrong)),
    }
    return _form(request, here, filled, 422)


@office_view()
def show(request: HttpRequest, here: Here, stack_id: UUID) -> HttpResponse:
    """Show what was taken in of a stack, what it costs, and how each line stands."""
    return _page(request, here, _stack(here, stack_id))


@office_view(Act.TAKE_FEE, "POST")
def fees(request: HttpRequest, here: Here, stack_id: UUID) -> HttpResponse:
    """Take the fees of all lines that are not paid, in cash."""
    stack = _stack(here, stack_id)
    typed = request.POST.get("amount_riel", "")
    amount = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 9 else -1
    taken = take_stack_fees(stack, amount, here.actor, here.now)
    if isinstance(taken, Declined):
        return _page(request, here, stack, str(say_money(taken)), 409)
    many = ngettext("%(count)s fee was taken.", "%(count)s fees were taken.", len(taken)) % {"count": len(taken)}
    messages.success(request, many)
    return redirect("passes_stack_one", here.office.code, stack.id)


@office_view(Act.TAKE_FEE, "POST")
def receipts(request: HttpRequest, here: Here, stack_id: UUID) -> HttpResponse:
    """Give one PDF with the receipts of all lines, and record that they were printed."""
    stack = _stack(here, stack_id)
    papers = list(Receipt.objects.filter(application__in=lines_of(stack)).order_by("number"))
    if not papers:
        raise Http404
    print_id = read_uuid(request.POST.get("print_id")) or new_id()
    prints = [record_print(uuid5(print_id, one.number), one, here.actor, here.now) for one in papers]
    again = any(not isinstance(one, Declined) and one.seq > 1 for one in prints)
    return as_pdf(print_fee_receipts(papers, copy=again), f"{papers[0].number}.pdf")


def _stack(here: Here, stack_id: UUID) -> Stack:
    stack = Stack.objects.filter(id=stack_id, office=here.office).first()
    if stack is None:
        raise Http404
    return stack


def _say_wrong(here: Here, line: Line) -> str:
    assert isinstance(line.taken_in, Declined)
    issued = find_pass(line.number) if line.number else None
    if issued is not None and here.office.code == issued.application.office_id:
        standing = standing_of(issued)
        why_not = find_why_not(Again.EXTENSION, standing, local_day(here.now))
        if why_not is not None:
            return say_not_now(why_not, standing.last_day)
    return say_why(line.taken_in)


def _say_taken_in(count: int) -> str:
    words = ngettext("%(count)s pass was taken in.", "%(count)s passes were taken in.", count)
    return words % {"count": count} if count else ""


def _form(request: HttpRequest, here: Here, filled: dict[str, Any], status: int = 200) -> HttpResponse:
    brought = Stack.objects.filter(office=here.office, lines__isnull=False).distinct()
    latest = brought.order_by("-brought_at")[:_LATEST]
    begun = filled.get("stack_id") if filled.get("taken_in") else None
    shown = {
        **filled,
        "lines_max": LINES_MAX,
        "begun_url": reverse("passes_stack_one", args=[here.office.code, begun]) if begun else "",
        "latest": [{"id": one.id, "agent": one.agent_name, "at": say_instant(one.brought_at)} for one in latest],
    }
    return office_page(request, here, "office/passes/stack_form.html", shown, status=status)


def _page(request: HttpRequest, here: Here, stack: Stack, problem: str = "", status: int = 200) -> HttpResponse:
    applications = list(lines_of(stack).select_related("receipt"))
    fee = fee_for(rules_for_all_time(), Purpose.EXTENSION, here.now)
    lines = [_say_line(one, 0 if fee is None else fee.amount_riel) for one in applications]
    to_pay = sum(line["fee_riel"] for line in lines if line["unpaid"])
    shown = {
        "stack": stack,
        "brought_at": say_instant(stack.brought_at),
        "lines": lines,
        "unpaid": sum(line["unpaid"] for line in lines),
        "paid": sum(line["receipt"] != "" for line in lines),
        "to_pay_riel": to_pay,
        "to_pay": _say_to_pay(to_pay, sum(line["unpaid"] for line in lines)),
        "take": gettext("Take %(amount)s riel in cash") % {"amount": say_number(to_pay)},
        "total": say_number(sum(line["fee_riel"] for line in lines)),
        "problem": problem,
        "print_id": new_id(),
        "may_take": here.may(Act.TAKE_FEE),
        "may_take_in": here.may(Act.TAKE_IN),
    }
    return office_page(request, here, "office/passes/stack.html", shown, status=status)


def _say_to_pay(amount_riel: int, count: int) -> str:
    words = ngettext(
        "To pay: %(amount)s riel for %(count)s pass", "To pay: %(amount)s riel for %(count)s passes", count
    )
    return words % {"amount": say_number(amount_riel), "count": count}


def _say_line(application: Application, fee_riel: int) -> dict[str, Any]:
    receipt = getattr(application, "receipt", None)
    is_unpaid = application.state == State.LODGED
    # What ended before it was paid is never paid.
    amount = receipt.amount_riel if receipt is not None else fee_riel if is_unpaid else 0
    return {
        "application": application,
        "number": application.follow_up.old_pass.number,
        "fee_riel": amount,
        "fee": say_number(amount),
        "unpaid": is_unpaid,
        "receipt": "" if receipt is None else receipt.number,
        "state": STATES[State(application.state)],
    }
