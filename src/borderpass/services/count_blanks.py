"""Are all numbered blanks there at the end of a day? They are counted; it balances, or the difference has a reason.

1. What has to be there follows from the deliveries and from what became of each number.
2. What was counted is held against it, and stated with it. A difference without a reason states nothing.

A count may be taken again on the same day: the last one is the day's close. Blanks that are missing are made void by
their numbers (services/receive_blanks.py); until then the difference stays to be seen every day.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.blanks import PaperForm
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.local_time import local_day
from borderpass.services.check_words import check_words
from borderpass.store.models import BlankCount
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.blanks import figures_on, has_blanks, lock_stock

_MOST = 2_000_000


def count_blanks(
    count_id: UUID, office_code: str, form: PaperForm, counted: int, reason: str, actor: Actor, now: datetime
) -> BlankCount | Declined:
    """State how many blanks an office has in its drawer; return the count, or why not. The same id is once."""
    if not actor.may_at_office(Act.PRINT, office_code):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} ({actor.role}) has no blanks at office {office_code}")
    if not has_blanks(office_code, form):
        return Declined(Ground.WRONG_BLANK, "this office never received numbered blanks of this form")
    if not 0 <= counted <= _MOST:
        return Declined(Ground.BAD_FORM, f"count again: a stock has from 0 to {_MOST:,} blanks")
    if (problem := check_words(reason, None)) is not None:
        return problem
    with transaction.atomic():
        lock_stock(office_code)
        if (already := BlankCount.objects.filter(id=count_id, office_id=office_code).first()) is not None:
            return already
        figures = figures_on(office_code, form, local_day(now), now)
        difference = counted - figures.left
        if difference and not reason.strip():
            words = f"{counted:,} blanks were counted and {figures.left:,} should be there: count again, or say why"
            return Declined(Ground.OUT_OF_BALANCE, words)
        count = BlankCount.objects.create(
            id=count_id,
            office_id=office_code,
            form=form,
            day=local_day(now),
            at=now,
            by=actor.name,
            opening=figures.opening,
            received=figures.received,
            printed=figures.printed,
            spoiled=figures.spoiled,
            void=figures.void,
            counted=counted,
            reason=reason.strip() if difference else "",
        )
        said = {"form": form.value, "counted": counted, "difference": difference}
        write_audit(Deed.COUNT_BLANKS, actor, now, "office", office_code, **said)
    return count


def figures_of(count: BlankCount) -> tuple[int, int]:
    """Return how many blanks had to be there at a count, and the difference (below zero: missing)."""
    left = count.opening + count.received - count.printed - count.spoiled - count.void
    return left, count.counted - left
