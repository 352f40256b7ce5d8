"""How does the drawer end a day? It is counted; it balances, or the difference is stated with a reason and booked.

1. What should be there follows from the ledger: what the till opened with, was received, and was given back.
2. What was counted is held against it. A difference without a reason closes nothing.
3. The difference is booked as over or short, and what is carried away goes to the treasurer; the rest stays.
4. What was earned by now is shared.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.ledger import close_postings
from borderpass.domain.till import Counted, TillFigures, check_close
from borderpass.services.check_words import check_words
from borderpass.services.share_fees import share_fees
from borderpass.store.models import Till
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.ledger import figures_of, post
from borderpass.store.queries.money import tills_for


def close_till(
    till_id: UUID, counted: Counted, handed_on_riel: int, reason: str, actor: Actor, now: datetime
) -> Till | Declined:
    """Close a till with what was counted in it and what of that is handed on; return it, or why not.

    Closing it again changes nothing.
    """
    till = tills_for(actor).filter(id=till_id).first()
    if till is None or not actor.may_at_office(Act.TAKE_FEE, till.office_id):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} has no such till to close")
    if (problem := check_words(reason, None)) is not None:
        return problem
    with transaction.atomic():
        till = Till.objects.select_for_update().get(id=till_id)
        if till.closed_at is not None:
            return till
        figures = figures_of(till)
        problem = check_close(figures.expected_riel, counted, handed_on_riel, reason)
        if problem is not None:
            return problem
        _close(till, figures, counted, handed_on_riel, reason.strip(), actor, now)
    share_fees(now, till.office_id)
    return till


def _close(
    till: Till, figures: TillFigures, counted: Counted, handed_on_riel: int, reason: str, actor: Actor, now: datetime
) -> None:
    difference_riel = counted.total_riel - figures.expected_riel
    notes = {str(note): number for note, number in counted.notes.items() if number}
    closed = {
        "closed_at": now,
        "closed_by": actor.name,
        "received_riel": figures.received_riel,
        "returned_riel": figures.returned_riel,
        "counted_riel": counted.total_riel,
        "handed_on_riel": handed_on_riel,
        "counted": notes | ({"other": counted.other_riel} if counted.other_riel else {}),
        "reason": reason if difference_riel else "",
    }
    Till.objects.filter(id=till.id).update(**closed)
    for name, value in closed.items():
        setattr(till, name, value)
    post(till.office_id, close_postings(difference_riel, handed_on_riel), actor.name, now, till=till)
    said = {"day": till.day.isoformat(), "counted_riel": counted.total_riel, "difference_riel": difference_riel}
    write_audit(Deed.CLOSE_TILL, actor, now, "office", till.office_id, **said, handed_on_riel=handed_on_riel)
