"""When is a fee earned, and who gets which part of it?

A fee is earned when its application was approved, or ended and the order gives nothing back of it (any more). It is
then shared as the order said that was in force when it was taken: the province's part is its own, the district's that
of the district or city where the applicant lives. This runs at each close and as a chore; again changes nothing.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from borderpass.domain.application import State
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.ledger import Account, EntryKind, share_of, share_postings
from borderpass.domain.terms import split_for
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.find_due_back import find_due_back
from borderpass.store.models import LedgerEntry, Receipt
from borderpass.store.queries.ledger import post_shares

APPROVED = (State.APPROVED, State.PRINTED, State.SPOILED, State.HANDED_OVER)
_ENDED = (State.REFUSED, State.WITHDRAWN)
_AT_ONCE = 200
_SYSTEM = "system"


def share_fees(now: datetime, office_code: str | None = None) -> int:
    """Share what was earned by an instant, in one office or in all; return how many fees that were."""
    shared = LedgerEntry.objects.filter(kind=EntryKind.SHARE).values("receipt")
    waiting = Receipt.objects.filter(amount_riel__gt=0, application__state__in=(*APPROVED, *_ENDED))
    waiting = waiting.exclude(id__in=shared).select_related("application", "refund").order_by("taken_at", "id")
    if office_code is not None:
        waiting = waiting.filter(office_id=office_code)
    receipts, done = list(waiting), 0
    for start in range(0, len(receipts), _AT_ONCE):
        with transaction.atomic():
            done += _share(receipts[start : start + _AT_ONCE], now)
    return done


def _share(receipts: Iterable[Receipt], now: datetime) -> int:
    rulebook, done = rules_for_all_time(), 0
    for receipt in receipts:
        split, earned_riel = split_for(rulebook, receipt.taken_at), earned_of(receipt)
        if split is None or earned_riel <= 0:
            continue
        places = {Account.DISTRICT: receipt.application.home_code[:4], Account.PROVINCE: receipt.office_id[:2]}
        postings = share_postings(share_of(earned_riel, split))
        post_shares(receipt.office_id, receipt, postings, places, now, _SYSTEM)
        done += 1
    return done


def earned_of(receipt: Receipt) -> int:
    """Return how much of a fee is earned for good: all of it, what was not given back, or nothing yet."""
    if receipt.application.state in APPROVED:
        return receipt.amount_riel
    refund = getattr(receipt, "refund", None)
    if refund is not None:
        return receipt.amount_riel - int(refund.amount_riel)
    due = find_due_back(receipt.application)
    return receipt.amount_riel if isinstance(due, Declined) and due.ground is Ground.NOTHING_OWED else 0
