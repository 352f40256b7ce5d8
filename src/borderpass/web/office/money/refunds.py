"""How is money given back, a fee whose application ended or a payment that was no fee, and what is its slip?"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from borderpass.domain.actors import Act
from borderpass.domain.application import State
from borderpass.domain.declined import Declined
from borderpass.domain.khqr_payments import OwedGround
from borderpass.domain.ledger import Account, Method
from borderpass.services.find_due_back import find_due_back
from borderpass.services.print_refund import preview_refund_slip
from borderpass.services.return_fee import return_fee, return_payment, riel_paid
from borderpass.store.keys import new_id
from borderpass.store.models import KhqrRequest, Refund, SlipPrint
from borderpass.store.queries.ledger import balance_of
from borderpass.store.queries.money import refunds_for
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.wording import say_instant
from borderpass.web.office.money.forms import GiveBackForm
from borderpass.web.office.money.khqr import find_request
from borderpass.web.office.money.papers import as_png
from borderpass.web.office.money.receipts import record_and_show
from borderpass.web.office.money.wording import ENDED, GIVEN_BY, OWED, say_paid, say_riel, say_why
from borderpass.web.office.page import office_page


@office_view(Act.TAKE_FEE, "GET", "POST")
def give_fee_back(request: HttpRequest, here: Here, application_id: UUID) -> HttpResponse:
    """Show what is to be given back of a fee and why, or give it back."""
    application = here.application(application_id)
    already = Refund.objects.filter(receipt__application=application).first()
    if already is not None:
        return redirect("money_refund", here.office.code, already.number)
    due = find_due_back(application)
    if isinstance(due, Declined):
        shown = {"application": application, "problem": say_why(due)}
        return office_page(request, here, "office/money/give_back.html", shown, status=409)
    shown = {
        "application": application,
        "amount": say_riel(due.amount_riel),
        "why": ENDED[State(application.state)],
        "order": due.order_number,
        "since": say_instant(due.since),
        "paid_how": due.receipt.number,
        "paid_by_khqr": due.receipt.method == Method.KHQR,
    }
    form = GiveBackForm(request.POST or None, initial={"method": Method.CASH.value})
    if request.method == "POST" and form.is_valid():
        filled = form.cleaned_data
        given = return_fee(application.id, Method(filled["method"]), filled["reference"], here.actor, here.now)
        return _answer(request, here, form, given, shown)
    return _form_page(request, here, form, shown)


@office_view(Act.TAKE_FEE, "GET", "POST")
def give_payment_back(request: HttpRequest, here: Here, request_id: UUID) -> HttpResponse:
    """Show a payment that is owed back, or give it back."""
    one = find_request(here, request_id)
    already = Refund.objects.filter(request=one).first()
    if already is not None:
        return redirect("money_refund", here.office.code, already.number)
    if not one.ground:
        return redirect("money_khqr", here.office.code, one.id)
    shown = _say_payment(one)
    form = GiveBackForm(request.POST or None, initial={"method": Method.KHQR.value})
    if request.method == "POST" and form.is_valid():
        filled = form.cleaned_data
        given = return_payment(one.id, Method(filled["method"]), filled["reference"], here.actor, here.now)
        return _answer(request, here, form, given, shown)
    return _form_page(request, here, form, shown)


def _say_payment(one: KhqrRequest) -> dict[str, Any]:
    return {
        "application": one.application,
        "amount": say_paid(one.paid_amount, one.paid_currency),
        "why": OWED[OwedGround(one.ground)],
        "since": say_instant(one.paid_at) if one.paid_at else "",
        "paid_how": one.transaction_hash,
        "paid_by_khqr": True,
        "no_riel": riel_paid(one) == 0,
    }


def _answer(
    request: HttpRequest, here: Here, form: GiveBackForm, given: Refund | Declined, shown: dict[str, Any]
) -> HttpResponse:
    if isinstance(given, Declined):
        form.add_error(None, say_why(given))
        return _form_page(request, here, form, shown)
    return redirect("money_refund", here.office.code, given.number)


def _form_page(request: HttpRequest, here: Here, form: GiveBackForm, shown: dict[str, Any]) -> HttpResponse:
    form.mark() if form.is_bound else None
    held = say_riel(balance_of(here.office.code, Account.DRAWER))
    status = 422 if form.is_bound else 200
    return office_page(
        request, here, "office/money/give_back.html", {**shown, "form": form, "held": held}, status=status
    )


def find_refund(here: Here, number: str) -> Refund:
    """Return a slip of this office. Raise Http404 where there is none, or where it is another's."""
    one = refunds_for(here.actor).filter(number=number, office=here.office).first()
    if one is None:
        raise Http404
    return one


@office_view()
def refund(request: HttpRequest, here: Here, number: str) -> HttpResponse:
    """Show a slip as the paper that it is, to be printed."""
    one = find_refund(here, number)
    shown = {
        "refund": one,
        "application": one.application,
        "amount": say_riel(one.amount_riel) if one.amount_riel else _say_other(one),
        "method": GIVEN_BY[Method(one.method)],
        "given_at": say_instant(one.given_at),
        "prints": SlipPrint.objects.filter(refund=one).count(),
        "print_id": new_id(),
        "may_print": here.may(Act.TAKE_FEE),
        "receipt_url": reverse("money_receipt", args=[here.office.code, one.receipt.number]) if one.receipt else "",
    }
    return office_page(request, here, "office/money/refund.html", shown)


def _say_other(one: Refund) -> str:
    paid = one.request
    return say_paid(paid.paid_amount, paid.paid_currency) if paid is not None else say_riel(0)


@office_view()
def preview(request: HttpRequest, here: Here, number: str) -> HttpResponse:
    """Give a picture of the slip that would be printed next."""
    one = find_refund(here, number)
    return as_png(preview_refund_slip(one, copy=SlipPrint.objects.filter(refund=one).exists()))


@office_view(Act.TAKE_FEE, "POST")
def print_refund(request: HttpRequest, here: Here, number: str) -> HttpResponse:
    """Print it: the first time the original, after that copies."""
    return record_and_show(request, here, find_refund(here, number))
