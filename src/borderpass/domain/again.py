"""What may be done about a pass that somebody has, and when? Renew, extend, replace, correct.

No order that we know of says from when on a pass may be renewed or extended, or how often it is extended: the days and
the "once" below are assumptions, to be replaced by what the authority decides.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from borderpass.domain.passes import PassKind
from borderpass.domain.provisions import Purpose
from borderpass.domain.standing import NOT_WITH_ITS_HOLDER, StandingGround
from borderpass.domain.status import Status

FROM_DAYS_BEFORE_THE_END = 60


class Again(StrEnum):
    """What is applied for."""

    RENEWAL = "renewal"
    EXTENSION = "extension"
    REPLACEMENT = "replacement"
    CORRECTION = "correction"


PURPOSE_FOR = {
    Again.RENEWAL: Purpose.NEW,
    Again.EXTENSION: Purpose.EXTENSION,
    Again.REPLACEMENT: Purpose.REPLACEMENT,
    Again.CORRECTION: Purpose.CORRECTION,
}
KEEPS_NUMBER = frozenset({Again.EXTENSION, Again.CORRECTION})
"""The pass stays the same and its paper is exchanged. A lost paper may be found: what replaces it has a new number."""


class NotNow(StrEnum):
    """Why something cannot be done about a pass."""

    NOT_GOOD = "not_good"  # revoked or suspended
    NOT_CURRENT = "not_current"
    TOO_EARLY = "too_early"
    ENDED = "ended"
    EXTENDED_ALREADY = "extended_already"
    ONE_TIME = "one_time"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a pass stands: `last_day` is the last local day on which it is valid, `ground` why it is not good, if so."""

    kind: PassKind
    status: Status
    last_day: date
    ground: StandingGround | None = None
    current: bool = True


def may_from(last_day: date) -> date:
    """Return the local day from which on a pass may be renewed or extended."""
    return last_day - timedelta(days=FROM_DAYS_BEFORE_THE_END)


def find_why_not(again: Again, standing: Standing, today: date) -> NotNow | None:
    """Return why something cannot be done about a pass on a local day, or None: it can.

    What has ended may be renewed at any time, and nothing else. A lost pass may have been revoked as lost before.
    """
    if not standing.current:
        return NotNow.NOT_CURRENT
    ended = today > standing.last_day
    if again is Again.REPLACEMENT:
        gone = standing.status is Status.VALID or standing.ground in NOT_WITH_ITS_HOLDER
        return NotNow.NOT_GOOD if not gone else NotNow.ENDED if ended else None
    if standing.status is not Status.VALID:
        return NotNow.NOT_GOOD
    if again is Again.CORRECTION:
        return NotNow.ENDED if ended else None
    if standing.kind not in (PassKind.TWO_YEAR, PassKind.EXTENSION):
        return NotNow.ONE_TIME
    if again is Again.EXTENSION:
        if standing.kind is PassKind.EXTENSION:
            return NotNow.EXTENDED_ALREADY
        if ended:
            return NotNow.ENDED
    return NotNow.TOO_EARLY if today < may_from(standing.last_day) else None
