"""Who is across now, and who should be back?

A stay begins with an admitted exit and ends with the next admitted crossing of the same pass. It is overdue from the
day after the `back_by` that was decided at the exit; a later order does not make it shorter.
"""

from dataclasses import dataclass
from datetime import date, datetime

from borderpass.domain.actors import EVERYWHERE, Act, Actor
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.local_time import local_day
from borderpass.services.load_gazetteer import load_checkpoints
from borderpass.store.queries.stays import stays_for

OVERDUE_MAX = 500


@dataclass(frozen=True, slots=True)
class Stay:
    """A pass that should be back: where and when it left, until which day it might stay, how many days over."""

    number: str
    gate: str
    exited_at: datetime
    back_by: date
    days_over: int


@dataclass(frozen=True, slots=True)
class Across:
    """How many passes are across and overdue at an instant, and the oldest of the overdue."""

    gate: str | None
    counted_at: datetime
    across: int
    overdue: int
    overdue_stays: tuple[Stay, ...]


def count_across(actor: Actor, gate: str | None, now: datetime) -> Across | Declined:
    """Return who is across in an actor's scope, of one gate or of all; a gate out of scope is as unknown as none."""
    own = actor.scope if actor.may(Act.READ_GATE) and actor.scope != EVERYWHERE else None
    if gate is not None and (gate not in load_checkpoints() or own not in (None, gate)):
        return Declined(Ground.UNKNOWN_PLACE, "there is no such gate in your scope")
    today = local_day(now)
    stays = stays_for(actor, gate)
    overdue = stays.filter(back_by__lt=today).order_by("back_by", "at", "id")
    rows = overdue.values_list("pass_number", "checkpoint", "at", "back_by")[:OVERDUE_MAX]
    oldest = tuple(
        Stay(number, where, at, back_by, (today - back_by).days)
        for number, where, at, back_by in rows
        if at is not None and back_by is not None
    )
    late = len(oldest) if len(oldest) < OVERDUE_MAX else overdue.count()
    return Across(gate or own, now, stays.count(), late, oldest)
