"""How is money given back? Of a fee, what the order says; of a payment by KHQR that was no fee, all of it. Never twice.

1. What is owed, and that it was not given back before: then the slip that is there is the answer.
2. Cash comes out of the till of the day, which has to hold it; a transfer is made at the bank first, whose reference is
   written on the slip.
3. The slip is numbered without gaps, and the ledger says where the money went.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.khqr_payments import KhqrState
from borderpass.domain.ledger import Account, Method, Posting, give_back_postings, pay_owed_postings
from borderpass.domain.local_time import local_day
from borderpass.services.check_words import check_words
from borderpass.services.find_application import find_for
from borderpass.services.find_due_back import find_due_back
from borderpass.services.open_till import lock_till, open_till
from borderpass.store.models import Application, KhqrRequest, Refund
from borderpass.store.queries.applications import next_number
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.ledger import balance_of, post
from borderpass.store.queries.money import requests_for

REFERENCE_MAX_CHARACTERS = 64


def return_fee(application_id: UUID, method: Method, reference: str, actor: Actor, now: datetime) -> Refund | Declined:
    """Give back what is owed of the fee of an application that ended without a pass; return the slip, or why not.

    `reference` is the bank's for a transfer, and empty for cash.
    """
    application = find_for(application_id, Act.TAKE_FEE, actor)
    if isinstance(application, Declined):
        return application
    if (already := Refund.objects.filter(receipt__application=application).first()) is not None:
        return already
    due = find_due_back(application)
    if isinstance(due, Declined):
        return due
    what = {"receipt": due.receipt, "order_number": due.order_number, "amount_riel": due.amount_riel}
    postings = give_back_postings(due.amount_riel, method)
    given = _give(application, what, postings, method, reference, actor, now)
    # Where somebody else gave it back at the same moment, theirs is the slip.
    return Refund.objects.filter(receipt=due.receipt).first() or given


def return_payment(request_id: UUID, method: Method, reference: str, actor: Actor, now: datetime) -> Refund | Declined:
    """Give back a payment by KHQR that was no fee; return the slip, or why not."""
    request = requests_for(actor).filter(id=request_id).first()
    if request is None:
        return Declined(Ground.UNKNOWN_PAYMENT, f"there is no payment {request_id} here")
    if not actor.may_at_office(Act.TAKE_FEE, request.office_id):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} may not give money back at office {request.office_id}")
    if (already := Refund.objects.filter(request=request).first()) is not None:
        return already
    if request.state != KhqrState.OWED_BACK:
        return Declined(Ground.NOTHING_OWED, "this payment is not owed back")
    amount_riel = riel_paid(request)
    if amount_riel == 0 and method is Method.CASH:
        words = f"{request.paid_amount} {request.paid_currency} cannot be given back from a drawer of riel: transfer it"
        return Declined(Ground.BAD_FORM, words)
    postings = pay_owed_postings(amount_riel, method)
    what = {"request": request, "amount_riel": amount_riel}
    given = _give(request.application, what, postings, method, reference, actor, now)
    return Refund.objects.filter(request=request).first() or given


def riel_paid(request: KhqrRequest) -> int:
    """Return what was paid as whole riel; 0 where it was another currency, or no whole riel: no ledger holds that."""
    is_riel = request.paid_currency == "KHR" and request.paid_amount.isdigit()
    return int(request.paid_amount) if is_riel else 0


def _give(
    application: Application,
    what: dict[str, Any],
    postings: list[Posting],
    method: Method,
    reference: str,
    actor: Actor,
    now: datetime,
) -> Refund | Declined:
    reference = " ".join(reference.split())
    ask = "give the bank's reference of the transfer" if method is Method.KHQR else None
    if (problem := check_words(reference, ask)) is not None:
        return problem
    if len(reference) > REFERENCE_MAX_CHARACTERS:
        return Declined(Ground.BAD_FORM, f"shorten the reference to {REFERENCE_MAX_CHARACTERS} characters")
    if method is Method.CASH:
        problem = _find_short(application.office_id, what["amount_riel"])
        opened = problem or open_till(application.office_id, 0, actor, now)
        if isinstance(opened, Declined):
            return opened
    try:
        with transaction.atomic():
            given = _store(application, what, postings, method, reference, actor, now)
            if isinstance(given, Declined):
                transaction.set_rollback(True)
            return given
    except IntegrityError:
        return Declined(Ground.WRONG_STATE, "somebody else has just given this back")


def _store(
    application: Application,
    what: dict[str, Any],
    postings: list[Posting],
    method: Method,
    reference: str,
    actor: Actor,
    now: datetime,
) -> Refund | Declined:
    office_code = application.office_id
    till = lock_till(office_code, now) if method is Method.CASH else None
    if isinstance(till, Declined):
        return till
    if till is not None and (problem := _find_short(office_code, what["amount_riel"])) is not None:
        return problem
    number = f"B{office_code}-{local_day(now).year % 100:02d}-{next_number(office_code, 'refund', now):06d}"
    refund = Refund.objects.create(
        number=number,
        application=application,
        office_id=office_code,
        method=method.value,
        reference=reference,
        given_at=now,
        given_by=actor.name,
        **what,
    )
    post(office_code, postings, actor.name, now, till=till, refund=refund)
    said = {"refund": number, "amount_riel": refund.amount_riel, "method": method.value}
    write_audit(Deed.GIVE_BACK, actor, now, "application", application.reference, **said)
    return refund


def _find_short(office_code: str, amount_riel: int) -> Declined | None:
    """Return that the drawer does not hold what is to be given back, or None when it does."""
    held_riel = balance_of(office_code, Account.DRAWER)
    if held_riel >= amount_riel:
        return None
    words = f"the drawer holds {held_riel:,} riel, and {amount_riel:,} are to be given back"
    return Declined(Ground.TILL_SHORT, words)
