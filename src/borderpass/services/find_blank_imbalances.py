"""Do the numbered blanks add up: deliveries, prints, spoiled papers and counts?"""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef

from borderpass.domain.application import Event
from borderpass.domain.blanks import Lot, Outcome, PaperForm
from borderpass.store.models import ApplicationEvent, BlankCount, BlankDelivery, BlankUse
from borderpass.store.queries.blanks import figures_on


def find_blank_imbalances() -> list[str]:
    """Return each place where the blanks do not add up; an empty list is the proof that they do."""
    prints = ApplicationEvent.objects.filter(event=Event.PRINT)
    on_blanks = BlankUse.objects.exclude(outcome=Outcome.VOID)
    after = ApplicationEvent.objects.filter(application=OuterRef("print__application"), seq=OuterRef("print__seq") + 1)
    spoiled = Exists(after.filter(event=Event.SPOIL))
    delivered = BlankDelivery.objects.filter(
        office=OuterRef("office"),
        form=OuterRef("form"),
        series=OuterRef("series"),
        first__lte=OuterRef("number"),
        last__gte=OuterRef("number"),
    )
    checks = {
        "blanks: numbered prints and blanks used for them": (
            prints.filter(detail__numbered=True).count(),
            on_blanks.filter(print__event=Event.PRINT, print__application__office=F("office")).count(),
        ),
        "blanks: spoiled papers and spoiled blanks": (
            on_blanks.filter(spoiled).count(),
            on_blanks.filter(spoiled, outcome=Outcome.SPOILED).count(),
        ),
        "blanks: spoiled without a spoiled paper": (
            on_blanks.exclude(spoiled).filter(outcome=Outcome.SPOILED).count(),
            0,
        ),
        "blanks: used and never delivered": (BlankUse.objects.exclude(Exists(delivered)).count(), 0),
    }
    uneven = [f"{what}: {one:,} against {other:,}" for what, (one, other) in checks.items() if one != other]
    return [*uneven, *_find_overlaps(), *_find_bad_counts()]


def _find_overlaps() -> Iterator[str]:
    before: Lot | None = None
    for row in BlankDelivery.objects.order_by("series", "first").values_list("series", "first", "last"):
        lot = Lot(*row)
        if before is not None and lot.overlaps(before):
            yield f"blanks {lot.series}{lot.first} were delivered twice"
        before = lot if before is None or before.series != lot.series or lot.last > before.last else before


def _find_bad_counts() -> Iterator[str]:
    """A count says what the deliveries and uses up to its instant say; a paper may be found spoiled later."""
    for count in BlankCount.objects.order_by("at"):
        figures = figures_on(count.office_id, PaperForm(count.form), count.day, count.at)
        now = (figures.opening, figures.received, figures.printed + figures.spoiled + figures.void)
        if now != (count.opening, count.received, count.printed + count.spoiled + count.void):
            yield f"count of blanks of office {count.office_id} on {count.day}: it is not what became of them"
