"""How much of its fee is owed to an application that ended without a pass, and by which order?"""

from dataclasses import dataclass
from datetime import datetime

from borderpass.domain.application import Event, State
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.ledger import given_back
from borderpass.domain.provisions import Ending
from borderpass.domain.terms import refund_for
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.store.models import Application, ApplicationEvent, Receipt

_ENDINGS = {
    State.REFUSED: (Ending.REFUSED, Event.REFUSE),
    State.WITHDRAWN: (Ending.WITHDRAWN, Event.WITHDRAW),
}


@dataclass(frozen=True, slots=True)
class DueBack:
    """What is to be given back of a receipt's fee, under which order, and since when (aware)."""

    receipt: Receipt
    amount_riel: int
    order_number: str
    since: datetime


def find_due_back(application: Application) -> DueBack | Declined:
    """Return what is to be given back, by the order in force when the application ended; or why nothing is.

    It says what the order says, whether or not that was given back since.
    """
    if State(application.state) not in _ENDINGS:
        words = f"application {application.reference} is {application.state}: only who gets no pass gets the fee back"
        return Declined(Ground.WRONG_STATE, words)
    receipt = Receipt.objects.filter(application=application).first()
    if receipt is None or receipt.amount_riel == 0:
        return Declined(Ground.NOTHING_OWED, f"nothing was paid for application {application.reference}")
    ending, event = _ENDINGS[State(application.state)]
    ended = ApplicationEvent.objects.filter(application=application, event=event).latest("seq")
    refund = refund_for(rules_for_all_time(), ending, ended.at)
    if refund is None:
        return Declined(Ground.NO_RULE, f"no order says what is given back when an application is {ending}")
    amount_riel = given_back(receipt.amount_riel, refund)
    if amount_riel == 0:
        words = f"order {refund.term.order_number} gives nothing back when an application is {ending}"
        return Declined(Ground.NOTHING_OWED, words)
    return DueBack(receipt, amount_riel, refund.term.order_number, ended.at)
