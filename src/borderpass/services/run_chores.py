"""What has to be done again and again, and what of it is due? The worker asks between two jobs.

Of several workers one does a chore: whoever moves its time on. One that fails is logged, and tried at its next time.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from borderpass.services.check_khqr import check_left_khqr
from borderpass.services.run_job import forget_results
from borderpass.services.save_draft import forget_drafts
from borderpass.services.share_fees import share_fees
from borderpass.store.models import ChoreTime

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to be done every so often. `run` gets the instant; what it returns is of no interest here."""

    every: timedelta
    run: Callable[[datetime], object]


CHORES: dict[str, Chore] = {
    "forget_results": Chore(timedelta(hours=6), forget_results),
    "forget_drafts": Chore(timedelta(hours=6), forget_drafts),
    "check_khqr": Chore(timedelta(minutes=1), check_left_khqr),
    "share_fees": Chore(timedelta(hours=1), share_fees),
}
"""Each by the name under which its time is kept."""


def run_due_chores(now: datetime) -> list[str]:
    """Do what is due at an instant; return the names of what was done. What was never done is due at once."""
    done = []
    not_due = _not_due(now)
    for name, chore in CHORES.items():
        if name in not_due:
            continue
        ChoreTime.objects.get_or_create(name=name, defaults={"due_at": now})
        if ChoreTime.objects.filter(name=name, due_at__lte=now).update(due_at=now + chore.every) != 1:
            continue
        try:
            chore.run(now)
        except Exception:
            _log.exception("chore %s failed", name)
        else:
            done.append(name)
    return done


def _not_due(now: datetime) -> set[str]:
    return set(ChoreTime.objects.filter(due_at__gt=now).values_list("name", flat=True))
