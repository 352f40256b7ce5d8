"""Is this the original of a receipt or a slip, or a copy? The first that was printed is the original."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.store.models import Receipt, Refund, SlipPrint
from borderpass.store.queries.audit import write_audit

_TRIES = 5


def record_print(print_id: UUID, paper: Receipt | Refund, actor: Actor, now: datetime) -> SlipPrint | Declined:
    """Record that a paper goes to the printer; return which print it is, or why not.

    `print_id` is made by the page: the same id is the same print, so that a double click makes no copy.
    """
    if not actor.may_at_office(Act.TAKE_FEE, paper.office_id):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} may not print {paper.number}")
    what = {"receipt": paper} if isinstance(paper, Receipt) else {"refund": paper}
    for attempt in range(_TRIES):
        already = SlipPrint.objects.filter(id=print_id).first()
        if already is not None:
            mine = paper.id in (already.receipt_id, already.refund_id)
            return already if mine else Declined(Ground.NOT_ALLOWED, "another print has this id; load the page again")
        try:
            with transaction.atomic():
                seq = SlipPrint.objects.filter(**what).count() + 1
                printed = SlipPrint.objects.create(id=print_id, **what, seq=seq, at=now, by=actor.name)
                if seq > 1:
                    write_audit(Deed.PRINT_AGAIN, actor, now, "receipt", paper.number, print=seq)
                return printed
        except IntegrityError:
            if attempt == _TRIES - 1:
                raise
    raise AssertionError("unreachable")
