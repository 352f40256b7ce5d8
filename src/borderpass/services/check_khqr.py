"""Was a code paid, and what follows from that?

1. The bank is asked, outside of any transaction: it may take its time. When it cannot say, nothing is known, and it is
   asked again.
2. Not paid: the code goes on waiting, or lapses once it cannot be paid any more.
3. Paid, and it is the fee that the application waits for: the receipt is written.
4. Paid, but another amount, or for what was paid already or has ended: it is recorded as owed back, until it is given
   back. Of two that ask at once one acts.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from borderpass.banking.bank import Bank, BankUnreachable, Payment
from borderpass.domain.actors import Actor, StaffRole
from borderpass.domain.application import State
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.khqr_payments import KhqrState, OwedGround, find_ground, has_lapsed
from borderpass.domain.ledger import Method, owe_postings
from borderpass.services.open_bank import open_bank
from borderpass.services.return_fee import riel_paid
from borderpass.services.write_receipt import write_receipt
from borderpass.store.models import Application, KhqrRequest, Receipt
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.ledger import post
from borderpass.store.queries.money import requests_for

_ASKED_AT_ONCE = 100
_TROUBLE_CHARACTERS = 200


def check_khqr(request_id: UUID, bank: Bank, actor: Actor, now: datetime) -> KhqrRequest | Declined:
    """Ask the bank about a code and do what follows; return the request as it then is.

    Where the bank cannot say, `trouble` says why, and the request waits on.
    """
    request = requests_for(actor).filter(id=request_id).first()
    if request is None:
        return Declined(Ground.UNKNOWN_PAYMENT, f"there is no payment {request_id} here")
    if request.state != KhqrState.WAITING:
        return request
    _ask(request, bank, actor, now)
    request.refresh_from_db()
    return request


def check_waiting_khqr(bank: Bank, now: datetime) -> int:
    """Ask about the codes that wait for an answer, longest unasked first; return how many were answered.

    This is for the pages that were left. A bank that gives no answer is left in peace until the next time.
    """
    longest_unasked = F("asked_at").asc(nulls_first=True)
    waiting = KhqrRequest.objects.filter(state=KhqrState.WAITING).order_by(longest_unasked, "made_at")
    answered = 0
    for request in waiting[:_ASKED_AT_ONCE]:
        whoever_asked = Actor(request.made_by, StaffRole(request.role), request.scope)
        if not _ask(request, bank, whoever_asked, now):
            break
        answered += 1
    return answered


def check_left_khqr(now: datetime) -> int:
    """Do that with the bank of the settings, where there is one: a chore (services/run_chores.py)."""
    bank = open_bank()
    return 0 if bank is None else check_waiting_khqr(bank, now)


def _ask(request: KhqrRequest, bank: Bank, actor: Actor, now: datetime) -> bool:
    """Do what the bank's answer asks for; tell whether there was one."""
    waiting = KhqrRequest.objects.filter(id=request.id, state=KhqrState.WAITING)
    try:
        payment = bank.find_payment(request.md5)
    except BankUnreachable as error:
        waiting.update(asked_at=now, trouble=str(error)[:_TROUBLE_CHARACTERS])
        return False
    if payment is not None:
        with transaction.atomic():
            _settle(request, payment, actor, now)
    elif has_lapsed(request.expires_at, now):
        waiting.update(asked_at=now, trouble="", state=KhqrState.LAPSED, settled_at=now)
    else:
        waiting.update(asked_at=now, trouble="")
    return True


def _settle(request: KhqrRequest, payment: Payment, actor: Actor, now: datetime) -> None:
    """Write the receipt, or that the payment is owed back; nothing where somebody else did in the meantime."""
    paid = {
        "state": KhqrState.RECEIPTED,
        "asked_at": now,
        "settled_at": now,
        "trouble": "",
        "paid_amount": f"{payment.amount:f}",
        "paid_currency": payment.currency,
        "transaction_hash": payment.transaction_hash,
        "payer_hash": payment.from_account_hash,
        "paid_at": payment.acknowledged_at,
    }
    if KhqrRequest.objects.filter(id=request.id, state=KhqrState.WAITING).update(**paid) != 1:
        return
    request.refresh_from_db()
    settles = payment.settles(request.amount_riel)
    ground = _find_ground(request, settles)
    if ground is None and not _write_receipt(request, actor, now):
        # Cash was taken at the same moment, or the application ended.
        ground = _find_ground(request, settles)
    if ground is not None:
        _owe(request, ground, actor, now)


def _find_ground(request: KhqrRequest, settles: bool) -> OwedGround | None:
    application = Application.objects.get(id=request.application_id)
    was_paid = Receipt.objects.filter(application=application).exists()
    return find_ground(settles, was_paid, application.state == State.LODGED)


def _write_receipt(request: KhqrRequest, actor: Actor, now: datetime) -> bool:
    application = Application.objects.get(id=request.application_id)
    with transaction.atomic():
        order, amount = request.order_number, request.amount_riel
        receipt = write_receipt(application, amount, order, Method.KHQR, actor, now, request=request)
        if receipt is None:
            transaction.set_rollback(True)  # its number goes to the next
    return receipt is not None


def _owe(request: KhqrRequest, ground: OwedGround, actor: Actor, now: datetime) -> None:
    KhqrRequest.objects.filter(id=request.id).update(state=KhqrState.OWED_BACK, ground=ground)
    post(request.office_id, owe_postings(riel_paid(request)), actor.name, now, request=request)
    said = {"ground": ground.value, "amount": request.paid_amount, "currency": request.paid_currency}
    write_audit(Deed.OWE_PAYMENT, actor, now, "application", request.application.reference, **said)
