"""What does the close of a day's till say? The figures of the close, and the receipts that they are the sum of."""

from django.db.models import Count, Max, Min, Sum

from borderpass.domain.ledger import EntryKind, Method
from borderpass.domain.local_time import end_of_day, start_of_day
from borderpass.printing.money_papers import ClosePaper
from borderpass.printing.print_close import print_close
from borderpass.services.print_receipt import say_who
from borderpass.store.models import LedgerEntry, Receipt, Till


def describe_close(till: Till) -> ClosePaper:
    """Return the report of a till that was closed. Raise ValueError for one that is open."""
    if till.closed_at is None:
        raise ValueError(f"the till of {till.day} is open")
    in_cash = Receipt.objects.filter(entries__till=till, entries__kind=EntryKind.FEE)
    taken = in_cash.aggregate(count=Count("id"), first=Min("number"), last=Max("number"))
    given = LedgerEntry.objects.filter(till=till, kind__in=[EntryKind.GIVE_BACK, EntryKind.PAY_OWED])
    within = {"taken_at__gte": start_of_day(till.day), "taken_at__lt": end_of_day(till.day)}
    by_bank = Receipt.objects.filter(office_id=till.office_id, method=Method.KHQR, **within)
    khqr = by_bank.aggregate(count=Count("id"), riel=Sum("amount_riel"))
    notes = sorted(((int(note), number) for note, number in till.counted.items() if note != "other"), reverse=True)
    return ClosePaper(
        office_km=till.office.name_km,
        office_latin=till.office.name_en,
        day=till.day,
        opened_at=till.opened_at,
        opened_by=say_who(till.opened_by),
        closed_at=till.closed_at,
        closed_by=say_who(till.closed_by),
        opening_riel=till.opening_riel,
        received_riel=till.received_riel or 0,
        receipts=taken["count"],
        first_receipt=taken["first"] or "",
        last_receipt=taken["last"] or "",
        returned_riel=till.returned_riel or 0,
        refunds=given.count(),
        counted=tuple(notes),
        other_riel=till.counted.get("other", 0),
        counted_riel=till.counted_riel or 0,
        reason=till.reason,
        handed_on_riel=till.handed_on_riel or 0,
        khqr_riel=khqr["riel"] or 0,
        khqr_receipts=khqr["count"],
    )


def print_close_report(till: Till) -> bytes:
    """Return the PDF of that report."""
    return print_close(describe_close(till))
