"""Where does an application stand, for whoever knows its reference and the applicant's birth date?

A reference that does not exist and a birth date that does not fit are answered alike. Each try counts, for its
reference and for where it comes from, until it was right: references can be guessed, and birth dates too.
"""

from dataclasses import dataclass
from datetime import date, datetime

from borderpass.domain.application import State
from borderpass.domain.asked import understand
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.local_time import last_valid_day
from borderpass.domain.queues import CLOCK_RUNS
from borderpass.services.find_due_days import DueDays, find_due_days
from borderpass.services.limit_tries import Tried, network_of, try_once
from borderpass.store.models import PreApplication, PublicTry
from borderpass.store.queries.preapplications import find_followed


@dataclass(frozen=True, slots=True)
class Followed:
    """Where it stands. `state` is None for a form from home, which is to be brought by the end of `bring_by`.

    `due` is there while the office has something to do.
    """

    office_code: str
    state: State | None
    due: DueDays | None = None
    bring_by: date | None = None


def follow_application(typed: str, born_on: date, address: str, now: datetime) -> Followed | Declined:
    """Return where the application or form from home of a typed reference stands, or why that is not told."""
    asked = understand(typed)
    if asked is None or not asked.reference or asked.mistyped:
        return Declined(Ground.BAD_FORM, "not a reference, or mistyped: its check character does not fit")
    from_there = try_once(Tried.FOLLOW_FROM, network_of(address), now)
    for_that = try_once(Tried.FOLLOW_WHAT, asked.reference, now) if from_there is not None else None
    if from_there is None or for_that is None:
        return Declined(Ground.TOO_MANY_TRIES, "too many tries: wait a while, or ask the office")
    found = find_followed(asked.reference, born_on, now)
    if found is None:
        return Declined(Ground.UNKNOWN_APPLICATION, "no application has this reference and this birth date")
    PublicTry.objects.filter(id__in=[from_there.id, for_that.id]).delete()
    if isinstance(found, PreApplication):
        return Followed(found.office_id, None, bring_by=last_valid_day(found.expires_at))
    state = State(found.state)
    due = find_due_days(found.lodged_at, now) if state in CLOCK_RUNS else None
    return Followed(found.office_id, state, due)
