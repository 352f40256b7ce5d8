"""Which day does an argument name?"""

import argparse
from datetime import date

from borderpass.domain.local_time import LATEST_TIMESTAMP, from_timestamp

FIRST_DAY = from_timestamp(0).date()
LAST_DAY = from_timestamp(LATEST_TIMESTAMP).date()


def read_day(text: str) -> date:
    """Return the day of a text YYYY-MM-DD. Raise ArgumentTypeError, with what is wrong, where it is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day of the form YYYY-MM-DD") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise argparse.ArgumentTypeError(f"{day} is not between {FIRST_DAY} and {LAST_DAY}")
    return day
