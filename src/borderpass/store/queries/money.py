"""Which tills, receipts, refunds and requests to pay may an actor see, and what is owed back?"""

from django.db.models import Q, QuerySet

from borderpass.domain.actors import Actor
from borderpass.domain.application import State
from borderpass.domain.khqr_payments import KhqrState
from borderpass.store.models import Application, KhqrRequest, Receipt, Refund, SlipPrint, Till
from borderpass.store.queries.offices import offices_for

ENDED = (State.REFUSED, State.WITHDRAWN)


def tills_for(actor: Actor) -> QuerySet[Till]:
    """Return the tills of the offices whose papers an actor may read."""
    return Till.objects.select_related("office").filter(office__in=offices_for(actor))


def receipts_for(actor: Actor) -> QuerySet[Receipt]:
    """Return the receipts of the offices whose papers an actor may read, with what they are for."""
    return Receipt.objects.select_related("application", "office").filter(office__in=offices_for(actor))


def refunds_for(actor: Actor) -> QuerySet[Refund]:
    """Return what those offices gave back."""
    return Refund.objects.select_related("application", "office", "receipt", "request").filter(
        office__in=offices_for(actor)
    )


def requests_for(actor: Actor) -> QuerySet[KhqrRequest]:
    """Return what those offices asked to be paid by KHQR."""
    return KhqrRequest.objects.select_related("application", "office").filter(office__in=offices_for(actor))


def prints_for(actor: Actor) -> QuerySet[SlipPrint]:
    """Return what those offices printed of receipts and of slips."""
    offices = offices_for(actor)
    return SlipPrint.objects.filter(Q(receipt__office__in=offices) | Q(refund__office__in=offices))


def open_till_of(office_code: str) -> Till | None:
    """Return the till that is open in an office, locked until the transaction ends. (SQLite locks by beginning one.)"""
    return Till.objects.select_for_update().filter(office_id=office_code, closed_at=None).first()


def ended_with_fee(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Return those applications that ended without a pass and whose fee was paid and not given back."""
    ended = applications.filter(state__in=ENDED, receipt__amount_riel__gt=0, receipt__refund=None)
    return ended.select_related("receipt").order_by("receipt__taken_at", "id")


def owed_payments(requests: QuerySet[KhqrRequest]) -> QuerySet[KhqrRequest]:
    """Return those payments by KHQR that are owed back, oldest first."""
    return requests.filter(state=KhqrState.OWED_BACK, refund=None).order_by("paid_at", "id")
