"""What does the page of an application say of its money, beside the fee that was paid?"""

from typing import Any

from django.urls import reverse

from borderpass.domain.actors import Act
from borderpass.domain.declined import Declined
from borderpass.domain.khqr_payments import KhqrState, OwedGround
from borderpass.domain.ledger import Method
from borderpass.services.find_due_back import find_due_back
from borderpass.store.models import Application, KhqrRequest, Receipt, Refund
from borderpass.web.office.access import Here
from borderpass.web.office.desk.wording import say_instant
from borderpass.web.office.money.wording import GIVEN_BY, KHQR_STATES, METHODS, OWED, say_paid, say_riel


def describe_money(here: Here, application: Application) -> dict[str, Any] | None:
    """Return the receipt, what is owed back of it, what was given back, and the codes; None where there is nothing."""
    receipt = Receipt.objects.filter(application=application).first()
    refunds = list(Refund.objects.filter(application=application).order_by("given_at"))
    requests = list(KhqrRequest.objects.filter(application=application).order_by("made_at"))
    if receipt is None and not requests:
        return None
    return {
        "receipt_number": receipt.number if receipt else "",
        "method": METHODS[Method(receipt.method)] if receipt else "",
        "due": _say_due(here, application, receipt, refunds),
        "refunds": [_say_refund(one) for one in refunds],
        "requests": [_say_request(here, one) for one in requests if one.state != KhqrState.LAPSED],
    }


def _say_due(
    here: Here, application: Application, receipt: Receipt | None, refunds: list[Refund]
) -> dict[str, Any] | None:
    if receipt is None or any(one.receipt_id == receipt.id for one in refunds):
        return None
    due = find_due_back(application)
    if isinstance(due, Declined):
        return None
    url = reverse("money_return_fee", args=[here.office.code, application.id]) if here.may(Act.TAKE_FEE) else ""
    return {"amount": say_riel(due.amount_riel), "order": due.order_number, "url": url}


def _say_refund(one: Refund) -> dict[str, Any]:
    method, at = GIVEN_BY[Method(one.method)], say_instant(one.given_at)
    return {"number": one.number, "amount": say_riel(one.amount_riel), "method": method, "at": at}


def _say_request(here: Here, one: KhqrRequest) -> dict[str, Any]:
    owed = one.state == KhqrState.OWED_BACK
    name = "money_return_payment" if owed else "money_khqr"
    return {
        "said": KHQR_STATES[KhqrState(one.state)],
        "ground": OWED[OwedGround(one.ground)] if one.ground else "",
        "paid": say_paid(one.paid_amount, one.paid_currency) if one.paid_amount else "",
        "made": say_instant(one.made_at),
        "url": reverse(name, args=[here.office.code, one.id]) if here.may(Act.TAKE_FEE) else "",
    }
