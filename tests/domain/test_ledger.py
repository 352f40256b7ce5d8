"""Does the ledger always sum to zero, and is a fee shared and given back to the riel?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain import ledger
from borderpass.domain.ledger import Account, EntryKind, Method, Posting, Shares
from borderpass.domain.provisions import Ending, Refund, RevenueSplit, Term
from tests.cases.clock import MONDAY

TERM = Term("A/x", "A", MONDAY)
RIEL = st.integers(0, 10**12)
PERCENT = st.integers(0, 100)
METHODS = st.sampled_from(Method)


def split(district: int) -> RevenueSplit:
    return RevenueSplit(TERM, district, 100 - district)


def refund(percent: int) -> Refund:
    return Refund(TERM, Ending.REFUSED, percent)


def everything(fee: int, district: int, percent: int, method: Method, float_: int, difference: int) -> list[Posting]:
    """All that can happen to one fee and one drawer."""
    back = ledger.given_back(fee, refund(percent))
    return [
        *ledger.bring_postings(float_),
        *ledger.take_fee_postings(fee, method),
        *ledger.give_back_postings(back, method),
        *ledger.share_postings(ledger.share_of(fee - back, split(district))),
        *ledger.owe_postings(fee),
        *ledger.pay_owed_postings(fee, method),
        *ledger.close_postings(difference, float_),
    ]


@given(RIEL, PERCENT, PERCENT, METHODS, RIEL, st.integers(-(10**9), 10**9))
def test_all_accounts_together_hold_nothing_whatever_happens(
    fee: int, district: int, percent: int, method: Method, float_: int, difference: int
) -> None:
    held = ledger.balances(everything(fee, district, percent, method, float_, difference))
    assert set(held) == set(Account)
    assert held.total() == 0
    assert held[Account.UNEARNED] == held[Account.OWED_BACK] == 0, "each fee came to its end"


@given(RIEL, PERCENT)
def test_shares_are_the_whole_fee_and_the_province_gets_no_riel_too_much(fee: int, district: int) -> None:
    shares = ledger.share_of(fee, split(district))
    assert shares.district_riel + shares.province_riel == fee
    assert 0 <= shares.province_riel <= fee * (100 - district) / 100 < shares.province_riel + 1


@pytest.mark.parametrize(
    ("fee", "shares"),
    [
        (20_000, Shares(17_000, 3_000)),
        (10_000, Shares(8_500, 1_500)),
        (5_000, Shares(4_250, 750)),
        (19, Shares(17, 2)),
        (1, Shares(1, 0)),
        (0, Shares(0, 0)),
    ],
)
def test_85_to_15_in_whole_riel_the_odd_one_stays_with_the_district(fee: int, shares: Shares) -> None:
    assert ledger.share_of(fee, split(85)) == shares


@given(RIEL, PERCENT)
def test_who_is_given_back_a_part_gets_no_riel_too_little(fee: int, percent: int) -> None:
    back = ledger.given_back(fee, refund(percent))
    assert 0 <= back <= fee
    assert back - 1 < fee * percent / 100 <= back


def test_cash_lies_in_the_drawer_and_khqr_in_the_bank() -> None:
    assert ledger.take_fee_postings(20_000, Method.CASH) == [
        Posting(EntryKind.FEE, Account.DRAWER, Account.UNEARNED, 20_000)
    ]
    assert ledger.take_fee_postings(20_000, Method.KHQR)[0].debit is Account.BANK


def test_nothing_is_written_where_nothing_moves() -> None:
    assert everything(0, 85, 100, Method.CASH, 0, 0) == []


@pytest.mark.parametrize("difference", [500, -500])
def test_a_difference_is_booked_the_way_it_lies(difference: int) -> None:
    held = ledger.balances(ledger.close_postings(difference, 0))
    assert (held[Account.DRAWER], held[Account.OVER_SHORT]) == (difference, -difference)


@pytest.mark.parametrize(("debit", "amount"), [(Account.DRAWER, 0), (Account.DRAWER, -1), (Account.BANK, 5)])
def test_what_moves_nothing_is_no_posting(debit: Account, amount: int) -> None:
    with pytest.raises(ValueError, match="moves nothing"):
        Posting(EntryKind.FEE, debit, Account.BANK, amount)
