"""Which numbered blanks has an office, what became of them, and which come next?"""

from datetime import date, datetime, timedelta

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from borderpass.domain.actors import EVERYWHERE, Act, Actor
from borderpass.domain.blanks import Blank, Lot, Outcome, PaperForm, StockFigures, next_blanks
from borderpass.domain.local_time import start_of_day
from borderpass.store.models import BlankCount, BlankDelivery, BlankUse, Office

_TICK = timedelta(microseconds=1)


def lots_of(office_code: str, form: PaperForm) -> list[Lot]:
    """Return what was delivered to an office, oldest first."""
    deliveries = BlankDelivery.objects.filter(office_id=office_code, form=form).order_by("received_at", "id")
    return [Lot(*row) for row in deliveries.values_list("series", "first", "last")]


def has_blanks(office_code: str, form: PaperForm) -> bool:
    """Tell whether an office prints this form onto numbered blanks: it does from its first delivery on."""
    return BlankDelivery.objects.filter(office_id=office_code, form=form).exists()


def unused_blanks(office_code: str, form: PaperForm, count: int, first: Blank | None = None) -> list[Blank]:
    """Return the next blanks of an office that nothing became of yet, at most `count` of them.

    Lots that are used up are left to the database: after a year they are nearly all.
    """
    within = BlankUse.objects.filter(
        series=OuterRef("series"), number__gte=OuterRef("first"), number__lte=OuterRef("last")
    )
    so_many = within.order_by().values("series").annotate(n=Count("id")).values("n")
    deliveries = BlankDelivery.objects.filter(office_id=office_code, form=form).order_by("received_at", "id")
    open_ones = deliveries.alias(used=Coalesce(Subquery(so_many), 0)).filter(used__lt=F("last") - F("first") + 1)
    lots = [Lot(*row) for row in open_ones.values_list("series", "first", "last")]
    if first is not None and not any(lot.holds(first) for lot in lots):
        lots = lots_of(office_code, form)  # it lies in one that is used up: they go on in the next
    used: set[Blank] = set()
    for lot in lots:
        taken = BlankUse.objects.filter(series=lot.series, number__gte=lot.first, number__lte=lot.last)
        used |= {Blank(lot.series, number) for number in taken.values_list("number", flat=True)}
    return next_blanks(lots, used, count, first)


def is_used(blank: Blank) -> bool:
    """Tell whether something became of a blank, in any office."""
    return BlankUse.objects.filter(series=blank.series, number=blank.number).exists()


def lock_stock(office_code: str) -> None:
    """Let nobody else take blanks of an office until the transaction ends. (SQLite locks by beginning to write.)"""
    Office.objects.select_for_update().get(code=office_code)


def instant_of_use(office_code: str, form: PaperForm, now: datetime) -> datetime:
    """Return when a blank is used: never before the last count, which has stated what was used until then."""
    last = BlankCount.objects.filter(office_id=office_code, form=form).order_by("-at").values_list("at", flat=True)
    counted_at = last.first()
    return now if counted_at is None or counted_at < now else counted_at + _TICK


def figures_on(office_code: str, form: PaperForm, day: date, until: datetime) -> StockFigures:
    """Return the figures of a local day up to and including an instant."""
    begin = start_of_day(day)
    deliveries = BlankDelivery.objects.filter(office_id=office_code, form=form)
    uses = BlankUse.objects.filter(office_id=office_code, form=form)
    today = uses.filter(at__gte=begin, at__lte=until).order_by().values("outcome").annotate(n=Count("id"))
    became = {row["outcome"]: row["n"] for row in today}
    opening = _size(deliveries.filter(received_at__lt=begin)) - uses.filter(at__lt=begin).count()
    received = _size(deliveries.filter(received_at__gte=begin, received_at__lte=until))
    return StockFigures(opening, received, *(became.get(one, 0) for one in Outcome))


def _size(deliveries: QuerySet[BlankDelivery]) -> int:
    return deliveries.aggregate(n=Sum(F("last") - F("first") + 1))["n"] or 0


def counts_for(actor: Actor) -> QuerySet[BlankCount]:
    """Return the counts of blanks that an actor may read."""
    if not actor.may(Act.READ_OFFICE):
        return BlankCount.objects.none()
    if actor.scope == EVERYWHERE:
        return BlankCount.objects.all()
    if actor.province:
        return BlankCount.objects.filter(office__code__startswith=actor.province)
    return BlankCount.objects.filter(office_id=actor.scope)
