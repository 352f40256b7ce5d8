"""How is the fee taken? In cash, as the order in force sets it, against a numbered receipt."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application import Event
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.local_time import local_day
from borderpass.domain.provisions import Fee, Purpose
from borderpass.domain.terms import fee_for
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.find_application import find_for, not_movable
from borderpass.store.models import Application, Receipt
from borderpass.store.queries.applications import move, next_number

CASH = "cash"


def take_fee(application_id: UUID, amount_riel: int, actor: Actor, now: datetime) -> Receipt | Declined:
    """Take the fee for an application; return the receipt, or why not.

    Taking it again from an application that was paid gives the receipt that is there: money is taken once.
    """
    application = find_for(application_id, Act.TAKE_FEE, actor)
    if isinstance(application, Declined):
        return application
    receipt = Receipt.objects.filter(application=application).first()
    if receipt is not None:
        return receipt
    fee = fee_for(rules_for_all_time(), Purpose(application.purpose), now)
    if fee is None:
        return Declined(Ground.NO_RULE, f"no order in force sets a fee for {application.purpose}")
    if amount_riel != fee.amount_riel:
        return Declined(
            Ground.WRONG_AMOUNT,
            f"the fee is {fee.amount_riel:,} riel (order {fee.term.order_number}), not {amount_riel:,}",
        )
    with transaction.atomic():
        receipt = _store(application, fee, actor, now)
        if receipt is None:
            transaction.set_rollback(True)  # the receipt's number goes to the next
    # Where somebody else took the fee at the same moment, theirs is the receipt.
    receipt = receipt or Receipt.objects.filter(application=application).first()
    return receipt or not_movable(application, "cannot be paid for")


def _store(application: Application, fee: Fee, actor: Actor, now: datetime) -> Receipt | None:
    serial = next_number(application.office_id, "receipt", now)
    number = f"R{application.office_id}-{local_day(now).year % 100:02d}-{serial:06d}"
    order = fee.term.order_number
    if move(application, Event.PAY, actor, now, receipt=number, amount_riel=fee.amount_riel, order=order) is None:
        return None
    return Receipt.objects.create(
        number=number,
        application=application,
        office_id=application.office_id,
        amount_riel=fee.amount_riel,
        method=CASH,
        order_number=order,
        taken_at=now,
        taken_by=actor.name,
    )
