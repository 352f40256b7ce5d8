"""Does the money add up: the ledger, the receipts, what was given back, the tills and what the bank told?"""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from borderpass.domain.application import State
from borderpass.domain.khqr_payments import KhqrState
from borderpass.domain.ledger import Account, EntryKind, Method
from borderpass.domain.till import TillFigures
from borderpass.services.return_fee import riel_paid
from borderpass.services.share_fees import APPROVED
from borderpass.store.models import KhqrRequest, LedgerEntry, Receipt, Refund, Sequence, Till
from borderpass.store.queries.ledger import balance_of, balances_of
from borderpass.store.queries.money import ENDED, owed_payments

_Checks = dict[str, tuple[int, int]]


def find_money_imbalances() -> list[str]:
    """Return each place where the money does not add up; an empty list is the proof that it does."""
    checks = _check_receipts() | _check_holdings() | _check_payments()
    uneven = [f"{what}: {one:,} against {other:,}" for what, (one, other) in checks.items() if one != other]
    return [*uneven, *_find_bad_shares(), *_find_gaps(), *_find_bad_tills()]


def _check_receipts() -> _Checks:
    """What was taken and given back stands in the ledger, each to the riel."""
    receipts, refunds = Receipt.objects.filter(amount_riel__gt=0), Refund.objects.filter(amount_riel__gt=0)
    fees = LedgerEntry.objects.filter(kind=EntryKind.FEE)
    backs = LedgerEntry.objects.filter(kind__in=[EntryKind.GIVE_BACK, EntryKind.PAY_OWED])
    same = Q(amount_riel=F("receipt__amount_riel"))
    return {
        "ledger: fees and receipts": (fees.filter(same).count(), receipts.count()),
        "ledger: riel of fees and of receipts": (_riel(fees), _riel(receipts)),
        "ledger: money given back and its slips": (
            backs.filter(amount_riel=F("refund__amount_riel")).count(),
            refunds.count(),
        ),
        "ledger: riel given back and on slips": (_riel(backs), _riel(refunds)),
    }


def _check_holdings() -> _Checks:
    """What is held for others is what was taken for them, and everything together is nothing."""
    held = balances_of(LedgerEntry.objects.all())
    shared = LedgerEntry.objects.filter(kind=EntryKind.SHARE)
    given = Refund.objects.exclude(receipt=None)
    owed = sum(riel_paid(request) for request in owed_payments(KhqrRequest.objects.all()))
    return {
        "ledger: all accounts together": (held.total(), 0),
        "ledger: fees not earned yet": (-held[Account.UNEARNED], _riel(Receipt.objects) - _riel(given) - _riel(shared)),
        "ledger: shares": (-held[Account.DISTRICT] - held[Account.PROVINCE], _riel(shared)),
        "ledger: payments owed back": (-held[Account.OWED_BACK], owed),
    }


def _check_payments() -> _Checks:
    """Each receipt by KHQR rests on a payment of that sum, each fee in cash on a till (or is older than tills are)."""
    by_bank = Receipt.objects.filter(method=Method.KHQR)
    fees = LedgerEntry.objects.filter(kind=EntryKind.FEE)
    rest = fees.filter(receipt__method=Method.KHQR, request__state=KhqrState.RECEIPTED, debit=Account.BANK)
    in_cash = fees.filter(receipt__method=Method.CASH)
    return {
        "khqr: receipts and payments": (by_bank.count(), KhqrRequest.objects.filter(state=KhqrState.RECEIPTED).count()),
        "khqr: receipts that rest on a payment": (rest.count(), by_bank.count()),
        "cash: fees in a drawer without its till": (in_cash.filter(debit=Account.DRAWER, till=None).count(), 0),
        "cash: fees that went elsewhere": (in_cash.exclude(debit__in=[Account.DRAWER, Account.TREASURER]).count(), 0),
    }


def _find_bad_shares() -> Iterator[str]:
    """Nothing is shared of what may have to be given back, and nothing twice."""
    riel = {"shared": Coalesce(Sum("entries__amount_riel", filter=Q(entries__kind=EntryKind.SHARE)), 0)}
    receipts: QuerySet[Any] = Receipt.objects.annotate(**riel)
    shared = receipts.filter(shared__gt=0).select_related("application", "refund")
    early = shared.exclude(application__state__in=(*APPROVED, *ENDED))
    for receipt in early:
        yield f"receipt {receipt.number} is shared, and its application is {receipt.application.state}"
    too_much = shared.exclude(shared=F("amount_riel") - Coalesce(F("refund__amount_riel"), 0))
    for receipt in too_much:
        yield f"receipt {receipt.number}: {receipt.shared:,} riel shared of {receipt.amount_riel:,}"
    approved_and_back = Refund.objects.filter(receipt__application__state__in=list(APPROVED))
    for refund in approved_and_back.select_related("application"):
        yield f"slip {refund.number} gives the fee back of an application that is {State(refund.application.state)}"


def _find_gaps() -> Iterator[str]:
    """Receipts and slips are numbered without gaps, by office and year."""
    letters: dict[str, tuple[str, QuerySet[Any]]] = {
        "receipt": ("R", Receipt.objects.all()),
        "refund": ("B", Refund.objects.all()),
    }
    for sequence in Sequence.objects.filter(purpose__in=list(letters)):
        letter, rows = letters[sequence.purpose]
        prefix = f"{letter}{sequence.office_id}-{sequence.year % 100:02d}-"
        there = rows.filter(number__startswith=prefix).count()
        if there != sequence.last:
            yield f"numbers {prefix}...: {sequence.last:,} were given and {there:,} are there"


def _find_bad_tills() -> Iterator[str]:
    """Each close says what the ledger says, and the drawer holds what the last till says."""
    moved, last = _moved_by_till(), dict[str, tuple[Till, int]]()
    for till in Till.objects.order_by("office_id", "day"):
        into = moved.get(till.id, Counter())
        received_riel, returned_riel = into[EntryKind.FEE], -into[EntryKind.GIVE_BACK] - into[EntryKind.PAY_OWED]
        figures = TillFigures(till.opening_riel, received_riel, returned_riel)
        left_riel = figures.expected_riel
        if till.closed_at is not None:
            counted_riel, handed_on_riel = left_riel + into[EntryKind.DIFFERENCE], -into[EntryKind.HAND_ON]
            said = (till.received_riel, till.returned_riel, till.counted_riel, till.handed_on_riel)
            if said != (received_riel, returned_riel, counted_riel, handed_on_riel):
                yield f"till of office {till.office_id} on {till.day}: its close is not what the ledger says"
            left_riel = (till.counted_riel or 0) - (till.handed_on_riel or 0)
        last[till.office_id] = (till, left_riel)
    for office_code, (till, left_riel) in last.items():
        held_riel = balance_of(office_code, Account.DRAWER)
        if held_riel != left_riel:
            yield f"drawer of office {office_code}: {held_riel:,} riel in the ledger, {left_riel:,} by till {till.day}"


def _moved_by_till() -> dict[UUID, Counter[str]]:
    """Return what each kind of entry put into the drawer of each till (below zero: took out)."""
    rows = LedgerEntry.objects.exclude(till=None).order_by().values("till", "kind")
    into, out = Sum("amount_riel", filter=Q(debit=Account.DRAWER)), Sum("amount_riel", filter=Q(credit=Account.DRAWER))
    moved: dict[UUID, Counter[str]] = {}
    for row in rows.annotate(into=into, out=out):
        moved.setdefault(row["till"], Counter())[row["kind"]] = (row["into"] or 0) - (row["out"] or 0)
    return moved


def _riel(rows: Any) -> int:
    return rows.aggregate(riel=Sum("amount_riel"))["riel"] or 0
