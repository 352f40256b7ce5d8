"""How is the fee taken at the counter? In cash, as the order in force sets it, against a numbered receipt."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application import Event, State, next_state
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.ledger import Method
from borderpass.domain.provisions import Fee, Purpose
from borderpass.domain.terms import fee_for
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.find_application import find_for, not_movable
from borderpass.services.open_till import lock_till, open_till
from borderpass.services.write_receipt import write_receipt
from borderpass.store.models import Application, Receipt


def take_fee(application_id: UUID, amount_riel: int, actor: Actor, now: datetime) -> Receipt | Declined:
    """Take the fee for an application in cash; return the receipt, or why not.

    Taking it again from an application that was paid gives the receipt that is there: money is taken once. Cash goes
    into the till of the day (services/open_till.py); a fee of nothing needs none.
    """
    application = find_for(application_id, Act.TAKE_FEE, actor)
    if isinstance(application, Declined):
        return application
    receipt = Receipt.objects.filter(application=application).first()
    if receipt is not None:
        return receipt
    fee = find_fee(application, now)
    if isinstance(fee, Declined):
        return fee
    if amount_riel != fee.amount_riel:
        return Declined(
            Ground.WRONG_AMOUNT,
            f"the fee is {fee.amount_riel:,} riel (order {fee.term.order_number}), not {amount_riel:,}",
        )
    if next_state(State(application.state), Event.PAY) is None:
        return not_movable(application, "cannot be paid for")
    if fee.amount_riel and isinstance(till := open_till(application.office_id, 0, actor, now), Declined):
        return till
    with transaction.atomic():
        taken = _take(application, fee, actor, now)
        if not isinstance(taken, Receipt):
            transaction.set_rollback(True)  # the receipt's number goes to the next
    # Where somebody else took the fee at the same moment, theirs is the receipt.
    taken = taken or Receipt.objects.filter(application=application).first()
    return taken or not_movable(application, "cannot be paid for")


def find_fee(application: Application, now: datetime) -> Fee | Declined:
    """Return what an application costs at an instant, and the order that says so."""
    fee = fee_for(rules_for_all_time(), Purpose(application.purpose), now)
    return fee or Declined(Ground.NO_RULE, f"no order in force sets a fee for {application.purpose}")


def _take(application: Application, fee: Fee, actor: Actor, now: datetime) -> Receipt | Declined | None:
    till = lock_till(application.office_id, now) if fee.amount_riel else None
    if isinstance(till, Declined):
        return till
    order_number = fee.term.order_number
    return write_receipt(application, fee.amount_riel, order_number, Method.CASH, actor, now, till=till)
