"""What has to be done again and again, and what of it is due? The worker asks between two jobs.

Of several workers one does a chore: whoever moves its time on. One that fails is logged, and tried at its next time.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from borderpass.services.check_khqr import check_left_khqr
from borderpass.services.forget_notices import forget_notices
from borderpass.services.keep_home_form import forget_home_forms
from borderpass.services.limit_tries import forget_tries
from borderpass.services.link_telegram import link_telegram
from borderpass.services.lodge_preapplication import forget_preapplications
from borderpass.services.run_job import forget_results
from borderpass.services.save_draft import forget_drafts
from borderpass.services.send_notices import send_due_notices
from borderpass.services.share_fees import share_fees
from borderpass.services.sign_waiting import sign_waiting
from borderpass.services.undo_old_book import forget_old_books
from borderpass.services.warn_of_ends import warn_of_ends
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
    "forget_home_forms": Chore(timedelta(minutes=15), forget_home_forms),
    "forget_preapplications": Chore(timedelta(hours=6), forget_preapplications),
    "forget_tries": Chore(timedelta(hours=1), forget_tries),
    "forget_old_books": Chore(timedelta(hours=6), forget_old_books),
    "sign_waiting": Chore(timedelta(minutes=1), sign_waiting),
    "check_khqr": Chore(timedelta(minutes=1), check_left_khqr),
    "link_telegram": Chore(timedelta(minutes=1), link_telegram),
    "forget_notices": Chore(timedelta(days=1), forget_notices),
    "send_notices": Chore(timedelta(minutes=1), send_due_notices),
    "warn_of_ends": Chore(timedelta(hours=1), warn_of_ends),
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
