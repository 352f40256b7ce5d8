"""Where is the money? A ledger in which each entry moves an amount from one account to another.

An entry debits one account and credits another with the same amount, so that the balances of all accounts sum to zero
whatever is written, and no entry can be half there. Debits count as plus: what an office holds (drawer, treasurer,
bank) is above zero, what it holds for others (fees not earned yet, shares, what is owed back) below.

1. A fee that is taken is *unearned*: it may have to be given back.
2. It is *earned* when the application is approved, or has ended with nothing to give back: then it is shared.
3. What is given back leaves the drawer or the bank, out of what is unearned.
4. What was paid and not asked for (twice, another amount) is *owed back* from the moment it is found.
5. The drawer begins a day with what it held and what the treasurer brings; at its close a difference is booked as
   *over or short*, and what is carried away goes to the treasurer.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from borderpass.domain.provisions import Refund, RevenueSplit


class Account(StrEnum):
    """Where money is, or whose it is. Every office has all of them."""

    DRAWER = "drawer"
    TREASURER = "treasurer"
    BANK = "bank"
    UNEARNED = "unearned"
    DISTRICT = "district"
    PROVINCE = "province"
    OWED_BACK = "owed_back"
    OVER_SHORT = "over_short"


HOLDINGS = (Account.DRAWER, Account.TREASURER, Account.BANK)


class Method(StrEnum):
    """How money comes or goes: over the counter, or by the bank (KHQR in, a transfer out)."""

    CASH = "cash"
    KHQR = "khqr"


HELD_IN = {Method.CASH: Account.DRAWER, Method.KHQR: Account.BANK}


class EntryKind(StrEnum):
    """Why money is moved."""

    FEE = "fee"
    SHARE = "share"
    GIVE_BACK = "give_back"
    OWE = "owe"
    PAY_OWED = "pay_owed"
    BRING = "bring"
    HAND_ON = "hand_on"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True)
class Posting:
    """So many riel from the account that is credited to the one that is debited."""

    kind: EntryKind
    debit: Account
    credit: Account
    amount_riel: int

    def __post_init__(self) -> None:
        if self.amount_riel <= 0 or self.debit is self.credit:
            raise ValueError(f"{self.amount_riel} riel from {self.credit} to {self.debit} moves nothing")


@dataclass(frozen=True, slots=True)
class Shares:
    """A fee as it is shared, in whole riel."""

    district_riel: int
    province_riel: int


def share_of(amount_riel: int, split: RevenueSplit) -> Shares:
    """Return how a fee is shared: the province's percentage rounded down to whole riel, the rest to the district."""
    province_riel = amount_riel * split.province_percent // 100
    return Shares(amount_riel - province_riel, province_riel)


def given_back(amount_riel: int, refund: Refund) -> int:
    """Return how much of a fee is given back: the order's percentage, rounded up to whole riel."""
    return -(-amount_riel * refund.percent // 100)


def take_fee_postings(amount_riel: int, method: Method) -> list[Posting]:
    """Return what a fee moves when it is taken; nothing for one of no riel."""
    return _move(EntryKind.FEE, HELD_IN[method], Account.UNEARNED, amount_riel)


def share_postings(shares: Shares) -> list[Posting]:
    """Return what is moved when a fee is earned."""
    return [
        *_move(EntryKind.SHARE, Account.UNEARNED, Account.DISTRICT, shares.district_riel),
        *_move(EntryKind.SHARE, Account.UNEARNED, Account.PROVINCE, shares.province_riel),
    ]


def give_back_postings(amount_riel: int, method: Method) -> list[Posting]:
    """Return what is moved when a fee, or a part of it, is given back."""
    return _move(EntryKind.GIVE_BACK, Account.UNEARNED, HELD_IN[method], amount_riel)


def owe_postings(amount_riel: int) -> list[Posting]:
    """Return what a payment by KHQR moves that is not a fee."""
    return _move(EntryKind.OWE, Account.BANK, Account.OWED_BACK, amount_riel)


def pay_owed_postings(amount_riel: int, method: Method) -> list[Posting]:
    """Return what is moved when what is owed back is returned."""
    return _move(EntryKind.PAY_OWED, Account.OWED_BACK, HELD_IN[method], amount_riel)


def bring_postings(amount_riel: int) -> list[Posting]:
    """Return what is moved when the treasurer puts change into the drawer."""
    return _move(EntryKind.BRING, Account.DRAWER, Account.TREASURER, amount_riel)


def close_postings(difference_riel: int, handed_on_riel: int) -> list[Posting]:
    """Return what the close of a day moves: what was counted beyond (or below zero: short of) what should be there,
    and what is carried to the treasurer.
    """
    over = _move(EntryKind.DIFFERENCE, Account.DRAWER, Account.OVER_SHORT, max(0, difference_riel))
    short = _move(EntryKind.DIFFERENCE, Account.OVER_SHORT, Account.DRAWER, max(0, -difference_riel))
    return [*over, *short, *_move(EntryKind.HAND_ON, Account.TREASURER, Account.DRAWER, handed_on_riel)]


def _move(kind: EntryKind, debit: Account, credit: Account, amount_riel: int) -> list[Posting]:
    return [Posting(kind, debit, credit, amount_riel)] if amount_riel else []


def balances(postings: Iterable[Posting]) -> Counter[Account]:
    """Return what each account holds after some postings; all accounts together hold nothing."""
    held: Counter[Account] = Counter(dict.fromkeys(Account, 0))
    for one in postings:
        held[one.debit] += one.amount_riel
        held[one.credit] -= one.amount_riel
    return held
