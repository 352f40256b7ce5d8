"""When does a session end by itself? After a working day, and earlier where nobody sits at the screen any more."""

from datetime import datetime, timedelta

from borderpass.domain.actors import StaffRole

LONGEST = timedelta(hours=8)
IDLE_IN_AN_OFFICE = timedelta(minutes=30)
_AT_A_GATE = frozenset({StaffRole.GATE_OFFICER, StaffRole.GATE_COMMANDER})


def idle_limit(role: StaffRole) -> timedelta:
    """Return for how long somebody may do nothing. At a gate the screen waits as long as the shift."""
    return LONGEST if role in _AT_A_GATE else IDLE_IN_AN_OFFICE


def is_over(role: StaffRole, signed_in_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Tell whether a session has ended: begun eight hours ago, or left alone for too long."""
    return now - signed_in_at >= LONGEST or now - seen_at >= idle_limit(role)
