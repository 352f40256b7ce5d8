"""Which messages are due, and what becomes of each? A chore of the worker, every minute.

1. A message that is no longer true is dropped, or waits on (domain/notices.py).
2. It is held for a few minutes by moving its next try on: of two workers one sends it.
3. It is sent outside of any transaction, and what came of it is recorded. A crash between the two sends it once more.
4. A channel whose gateway cannot be reached is left in peace until the next time; the others go on.
"""

from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from borderpass.domain.application import State
from borderpass.domain.notices import Channel, Failure, NoticeKind, NoticeState, Standing, standing_of, try_again_at
from borderpass.notices.sender import NotDeliveredError, Sender
from borderpass.services.open_gateways import channels_offered, open_gateways
from borderpass.store.models import Notice

_AT_ONCE = 50
_HOLD = timedelta(minutes=15)


def send_due_notices(now: datetime) -> int:
    """Send what is due through the gateways of the settings; return how many were taken."""
    if not channels_offered() or not _due(now).exists():
        return 0
    return send_through(open_gateways(), now)


def send_through(sender: Sender, now: datetime) -> int:
    """Do that through a sender."""
    taken = 0
    left: set[str] = set()
    for notice in _due(now).select_related("application").order_by("next_try_at", "id")[:_AT_ONCE]:
        if notice.channel in left or not _is_wanted(notice, now) or not _hold(notice, now):
            continue
        failure = _send(notice, sender, now)
        if failure is None:
            taken += 1
        elif failure is not Failure.REFUSED:
            left.add(notice.channel)
    return taken


def _due(now: datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(state=NoticeState.WAITING, next_try_at__lte=now)


def _is_wanted(notice: Notice, now: datetime) -> bool:
    standing = standing_of(NoticeKind(notice.kind), State(notice.application.state))
    as_read = Notice.objects.filter(id=notice.id, next_try_at=notice.next_try_at)
    if standing is Standing.DROP:
        as_read.update(state=NoticeState.UNNEEDED, next_try_at=None)
    elif standing is Standing.HOLD:
        as_read.update(next_try_at=now + _HOLD)
    return standing is Standing.SEND


def _hold(notice: Notice, now: datetime) -> bool:
    as_read = Notice.objects.filter(id=notice.id, state=NoticeState.WAITING, next_try_at=notice.next_try_at)
    return as_read.update(next_try_at=now + _HOLD, tries=F("tries") + 1) == 1


def _send(notice: Notice, sender: Sender, now: datetime) -> Failure | None:
    """Send a message that is held; return why it failed, or None."""
    held = Notice.objects.filter(id=notice.id, next_try_at=now + _HOLD)
    try:
        sender.send(Channel(notice.channel), notice.address, notice.text)
    except NotDeliveredError as error:
        again_at = try_again_at(notice.tries + 1, now)
        state = NoticeState.WAITING if again_at else NoticeState.GIVEN_UP
        said = f"{error.failure} {error.status}" if error.status else error.failure
        held.update(state=state, next_try_at=again_at, failure=said, given_up_at=None if again_at else now)
        return error.failure
    held.update(state=NoticeState.SENT, next_try_at=None, sent_at=now, failure="")
    return None
