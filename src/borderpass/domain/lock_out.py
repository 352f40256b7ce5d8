"""For how long does a password not count any more, after how many wrong ones?

Counted are the last fifteen minutes: wrong passwords for one name, and, more widely, from one address, behind which a
whole office may sit. While nothing is tried, nothing is counted: a lock-out ends by itself.
"""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

TRIES_WITHIN = timedelta(minutes=15)
TRIES_OF_A_NAME, TRIES_FROM_AN_ADDRESS = 5, 40


def minutes_to_wait(failed_at: Sequence[datetime], tries: int, now: datetime) -> int:
    """Return in how many minutes one may try again, rounded up; 0 where one may now.

    `failed_at` are the instants of the failures, latest first, as many of them as there are tries or more.
    """
    if len(failed_at) < tries:
        return 0
    wait = failed_at[tries - 1] + TRIES_WITHIN - now
    return max(0, math.ceil(wait.total_seconds() / 60))
