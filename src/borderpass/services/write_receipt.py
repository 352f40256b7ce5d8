"""How does money become a receipt? The application is paid, the number is the next, the ledger says where it is."""

from datetime import datetime
from typing import Any

from borderpass.domain.actors import Actor
from borderpass.domain.application import Event
from borderpass.domain.ledger import Method, take_fee_postings
from borderpass.domain.local_time import local_day
from borderpass.domain.notices import NoticeKind
from borderpass.services.queue_notice import queue_notice
from borderpass.store.models import Application, KhqrRequest, Receipt, Till
from borderpass.store.queries.applications import move, next_number
from borderpass.store.queries.ledger import post


def write_receipt(
    application: Application,
    amount_riel: int,
    order_number: str,
    method: Method,
    actor: Actor,
    now: datetime,
    *,
    till: Till | None = None,
    request: KhqrRequest | None = None,
) -> Receipt | None:
    """Write the receipt of a fee; return it, or None when the application cannot be paid for any more.

    Call it inside a transaction, and undo that when there is none: its number goes to the next. Cash rests on the till
    that it is in, KHQR on the request that was paid.
    """
    office_code = application.office_id
    serial = next_number(office_code, "receipt", now)
    number = f"R{office_code}-{local_day(now).year % 100:02d}-{serial:06d}"
    said: dict[str, Any] = {"amount_riel": amount_riel, "order": order_number, "method": method.value}
    if move(application, Event.PAY, actor, now, receipt=number, **said) is None:
        return None
    receipt = Receipt.objects.create(
        number=number,
        application=application,
        office_id=office_code,
        amount_riel=amount_riel,
        method=method.value,
        order_number=order_number,
        taken_at=now,
        taken_by=actor.name,
    )
    postings = take_fee_postings(amount_riel, method)
    post(office_code, postings, actor.name, now, till=till, receipt=receipt, request=request)
    queue_notice(application, NoticeKind.PAID, now)
    return receipt
