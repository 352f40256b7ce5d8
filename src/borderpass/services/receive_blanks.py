"""How do numbered blanks come into an office's stock, and how do they leave it without a pass?

A delivery is a series with its first and last number; no number is delivered twice, in whatever office. Blanks that
nothing will be printed on (torn, eaten by the printer, missing) are made void one by one, with a reason.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.blanks import MOST_NUMBER, Blank, Lot, Outcome, PaperForm
from borderpass.domain.declined import Declined, Ground
from borderpass.services.check_words import check_words
from borderpass.store.models import BlankDelivery, BlankUse, Office
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.blanks import instant_of_use, lock_stock, lots_of

VOID_MAX = 500


def receive_blanks(
    delivery_id: UUID, office_code: str, form: PaperForm, lot: Lot, actor: Actor, now: datetime
) -> BlankDelivery | Declined:
    """Take a delivery in; return it, or why not. The id comes from the page: twice is once."""
    if (problem := _not_here(office_code, actor)) is not None:
        return problem
    if lot.size < 1 or lot.first < 1 or lot.last > MOST_NUMBER:
        return Declined(Ground.WRONG_BLANK, "write the first and the last number of the delivery, in this order")
    mine = BlankDelivery.objects.filter(id=delivery_id, office_id=office_code)
    with transaction.atomic():
        lock_stock(office_code)
        if (already := mine.first()) is not None:
            return already
        if _overlapping(lot).exists():
            return Declined(Ground.WRONG_BLANK, f"some of {lot.series}{lot.first} to {lot.last} were delivered before")
        try:
            with transaction.atomic():
                made = {"office_id": office_code, "form": form, "received_at": now, "received_by": actor.name}
                delivery = BlankDelivery.objects.create(id=delivery_id, **lot._asdict(), **made)
        except IntegrityError:
            return Declined(Ground.WRONG_BLANK, "this delivery was taken in elsewhere; load the page again")
        said = {"form": form.value, "series": lot.series, "first": lot.first, "last": lot.last}
        write_audit(Deed.RECEIVE_BLANKS, actor, now, "office", office_code, **said)
    return delivery


def void_blanks(
    office_code: str, form: PaperForm, lot: Lot, reason: str, actor: Actor, now: datetime
) -> int | Declined:
    """Make blanks void that nothing was printed on; return how many, or why none. All of them have to be unused."""
    if (problem := _not_here(office_code, actor) or check_words(reason, "say what became of the blanks")) is not None:
        return problem
    if not 1 <= lot.size <= VOID_MAX:
        return Declined(Ground.WRONG_BLANK, f"write the first and the last number, at most {VOID_MAX} of them")
    blanks = [Blank(lot.series, number) for number in range(lot.first, lot.last + 1)]
    with transaction.atomic():
        lock_stock(office_code)
        lots = lots_of(office_code, form)
        if not all(any(one.holds(blank) for one in lots) for blank in blanks):
            return Declined(Ground.WRONG_BLANK, "some of these numbers are not in the stock of this office")
        if BlankUse.objects.filter(series=lot.series, number__gte=lot.first, number__lte=lot.last).exists():
            return Declined(Ground.WRONG_BLANK, "some of these numbers are used already")
        at = instant_of_use(office_code, form, now)
        made = {"office_id": office_code, "form": form, "outcome": Outcome.VOID, "reason": reason.strip()}
        BlankUse.objects.bulk_create(BlankUse(**one._asdict(), **made, at=at, by=actor.name) for one in blanks)
        said = {"form": form.value, "series": lot.series, "first": lot.first, "last": lot.last}
        write_audit(Deed.VOID_BLANKS, actor, now, "office", office_code, **said, reason=reason.strip())
    return len(blanks)


def _not_here(office_code: str, actor: Actor) -> Declined | None:
    if not actor.may_at_office(Act.PRINT, office_code):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} ({actor.role}) has no blanks at office {office_code}")
    if not Office.objects.filter(code=office_code).exists():
        return Declined(Ground.UNKNOWN_OFFICE, f"there is no office {office_code}")
    return None


def _overlapping(lot: Lot) -> QuerySet[BlankDelivery]:
    return BlankDelivery.objects.filter(series=lot.series, first__lte=lot.last, last__gte=lot.first)
