"""How is money written into the ledger, and what do its accounts hold?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Q, QuerySet, Sum

from borderpass.domain.actors import Actor
from borderpass.domain.ledger import Account, EntryKind, Posting
from borderpass.domain.till import TillFigures
from borderpass.store.models import KhqrRequest, LedgerEntry, Receipt, Refund, Till
from borderpass.store.queries.offices import offices_for


def post(
    office_code: str,
    postings: Iterable[Posting],
    by: str,
    at: datetime,
    *,
    till: Till | None = None,
    receipt: Receipt | None = None,
    refund: Refund | None = None,
    request: KhqrRequest | None = None,
) -> None:
    """Write postings into an office's ledger, with what they rest on. Call it inside a transaction."""
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            office_id=office_code,
            kind=one.kind.value,
            debit=one.debit.value,
            credit=one.credit.value,
            amount_riel=one.amount_riel,
            at=at,
            by=by,
            till=till,
            receipt=receipt,
            refund=refund,
            request=request,
        )
        for one in postings
    )


def post_shares(
    office_code: str, receipt: Receipt, shares: Iterable[Posting], places: Mapping[Account, str], at: datetime, by: str
) -> None:
    """Write how one fee is shared, and with whom. Written already, it stays as it is."""
    entries = [
        LedgerEntry(
            office_id=office_code,
            kind=one.kind.value,
            debit=one.debit.value,
            credit=one.credit.value,
            amount_riel=one.amount_riel,
            place=places[one.credit],
            at=at,
            by=by,
            receipt=receipt,
        )
        for one in shares
    ]
    LedgerEntry.objects.bulk_create(entries, ignore_conflicts=True)


def entries_for(actor: Actor) -> QuerySet[LedgerEntry]:
    """Return the entries of the offices whose papers an actor may read."""
    return LedgerEntry.objects.filter(office__in=offices_for(actor))


def balances_of(entries: QuerySet[LedgerEntry]) -> Counter[Account]:
    """Return what each account holds by some entries; all accounts together hold nothing."""
    held: Counter[Account] = Counter(dict.fromkeys(Account, 0))
    for side, sign in (("debit", 1), ("credit", -1)):
        for row in entries.values(side).annotate(riel=Sum("amount_riel")).order_by(side):
            held[Account(row[side])] += sign * row["riel"]
    return held


def balance_of(office_code: str, account: Account) -> int:
    """Return what one account of an office holds, in riel."""
    entries = LedgerEntry.objects.filter(office_id=office_code)
    return _sum(entries.filter(debit=account)) - _sum(entries.filter(credit=account))


def figures_of(till: Till) -> TillFigures:
    """Return what a till should hold, by the entries that it rests on."""
    entries = LedgerEntry.objects.filter(till=till).exclude(kind__in=[EntryKind.BRING, EntryKind.HAND_ON])
    entries = entries.exclude(kind=EntryKind.DIFFERENCE)
    sums = entries.aggregate(
        received=Sum("amount_riel", filter=Q(debit=Account.DRAWER)),
        returned=Sum("amount_riel", filter=Q(credit=Account.DRAWER)),
    )
    return TillFigures(till.opening_riel, sums["received"] or 0, sums["returned"] or 0)


def _sum(entries: QuerySet[LedgerEntry]) -> int:
    riel: int | None = entries.aggregate(riel=Sum("amount_riel"))["riel"]
    return riel or 0
