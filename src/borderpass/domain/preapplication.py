"""How is a form named that somebody filled in at home, and for how long is it kept?

`POOOO-YY-NNNNNN-C`: a P, the code of the office it is for, the year, the number in that office and year, and the check
character of `domain.pass_number` over all of it.
"""

from datetime import datetime, timedelta

from borderpass.domain.local_time import end_of_day, local_day
from borderpass.domain.pass_number import check_character

WAITS_DAYS = 30
"""So many days after that on which it was sent somebody brings it to the counter."""
FOLLOWED_FOR = timedelta(days=365)
"""After it was taken in: its reference leads to the application that came of it."""
TYPED_FOR = timedelta(hours=2)
"""While it is filled in: so long after somebody touched it last. Phones are shared."""


def make_reference(office: str, year: int, serial: int) -> str:
    """Return a reference; `year` may be given in full."""
    body = f"P{office}{year % 100:02d}{serial:06d}"
    return f"{body[:5]}-{body[5:7]}-{body[7:]}-{check_character(body)}"


def waits_until(sent_at: datetime) -> datetime:
    """Return the first instant at which a form that was sent at an instant is not kept any more: a local midnight."""
    return end_of_day(local_day(sent_at) + timedelta(days=WAITS_DAYS))
