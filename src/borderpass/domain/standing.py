"""On which grounds does a pass lose its good standing, or get it back?

The codes are kept with the change for good; the words are the page's. `OTHER` needs words of the governor's own.
"""

from enum import StrEnum

from borderpass.domain.status import Status


class StandingGround(StrEnum):
    """Why the standing of a pass was changed. SUPERSEDED is never chosen: the new paper brings it about."""

    SUPERSEDED = "superseded"
    LOST = "lost"
    STOLEN = "stolen"
    DEATH = "death"
    COURT = "court"
    MISTAKE = "mistake"
    FALSE_STATEMENT = "false_statement"
    MISUSE = "misuse"
    MOVED_AWAY = "moved_away"
    INQUIRY = "inquiry"
    FOUND = "found"
    CLEARED = "cleared"
    OTHER = "other"


NOT_WITH_ITS_HOLDER = frozenset({StandingGround.LOST, StandingGround.STOLEN})
"""Whoever was revoked on one of these is given a new pass for it."""
_GROUNDS = {
    Status.REVOKED: (
        *(StandingGround.LOST, StandingGround.STOLEN, StandingGround.COURT, StandingGround.FALSE_STATEMENT),
        *(StandingGround.MISUSE, StandingGround.MOVED_AWAY, StandingGround.MISTAKE, StandingGround.DEATH),
        StandingGround.OTHER,
    ),
    Status.SUSPENDED: (
        *(StandingGround.LOST, StandingGround.STOLEN, StandingGround.INQUIRY, StandingGround.COURT),
        *(StandingGround.MISUSE, StandingGround.OTHER),
    ),
    Status.VALID: (
        *(StandingGround.FOUND, StandingGround.CLEARED, StandingGround.COURT, StandingGround.MISTAKE),
        StandingGround.OTHER,
    ),
}


def grounds_for(status: Status) -> tuple[StandingGround, ...]:
    """Return the grounds that somebody may choose to revoke, suspend or reinstate (VALID) a pass on."""
    return _GROUNDS.get(status, ())
