"""What becomes of a code: receipted, owed back, or lapsed?"""

from datetime import timedelta

import pytest

from borderpass.domain.khqr_payments import SETTLES_WITHIN, OwedGround, find_ground, has_lapsed
from tests.cases.clock import MONDAY

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("settles", "was_paid", "can_be_paid", "ground"),
    [
        (True, False, True, None),
        (True, True, False, OwedGround.PAID_BEFORE),
        (True, False, False, OwedGround.APPLICATION_ENDED),
        (False, False, True, OwedGround.OTHER_AMOUNT),
        (False, True, False, OwedGround.OTHER_AMOUNT),
    ],
)
def test_a_payment_is_the_fee_or_owed_back_with_a_ground(
    settles: bool, was_paid: bool, can_be_paid: bool, ground: OwedGround | None
) -> None:
    assert find_ground(settles, was_paid, can_be_paid) is ground


def test_a_code_lapses_when_the_bank_says_so_a_while_after_it_expired() -> None:
    late = MONDAY + SETTLES_WITHIN
    assert not has_lapsed(MONDAY, late - SECOND)
    assert has_lapsed(MONDAY, late)
