"""After how many wrong passwords is there how long to wait?"""

from datetime import timedelta

import pytest

from borderpass.domain.lock_out import TRIES_OF_A_NAME, TRIES_WITHIN, minutes_to_wait
from tests.cases.clock import MONDAY as NOW


def ago(*minutes: float) -> list[object]:
    return [NOW - timedelta(minutes=one) for one in sorted(minutes)]


@pytest.mark.parametrize(
    ("minutes_ago", "wait"),
    [
        ((), 0),
        ((0, 0, 0, 0), 0),
        ((0, 0, 0, 0, 0), 15),
        ((0, 1, 2, 3, 4), 11),
        ((1, 2, 3, 4, 14.99), 1),
        ((1, 2, 3, 4, 15), 0),
        ((1, 2, 3, 4, 20), 0),
        ((0, 1, 2, 3, 4, 5, 6), 11),
    ],
)
def test_five_within_fifteen_minutes_lock_until_the_fifth_last_is_fifteen_minutes_old(
    minutes_ago: tuple[float, ...], wait: int
) -> None:
    assert minutes_to_wait(ago(*minutes_ago), TRIES_OF_A_NAME, NOW) == wait  # type: ignore[arg-type]


def test_a_part_of_a_minute_is_a_minute() -> None:
    failed = [NOW - TRIES_WITHIN + timedelta(microseconds=1)] * TRIES_OF_A_NAME
    assert minutes_to_wait(failed, TRIES_OF_A_NAME, NOW) == 1
    assert minutes_to_wait([NOW - TRIES_WITHIN] * TRIES_OF_A_NAME, TRIES_OF_A_NAME, NOW) == 0
