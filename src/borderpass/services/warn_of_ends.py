"""Whose pass ends within thirty days, and was not told yet? A chore: each holder is told once, by day.

A pass for a short time ends soon from its first day on: whoever gets one is told by its paper, not by us. Nor is
somebody told who holds, or has applied for, what comes after it.
"""

from datetime import datetime, timedelta

from django.db import transaction

from borderpass.domain.notices import WARNING_DAYS, NoticeKind
from borderpass.services.open_gateways import channels_offered
from borderpass.services.queue_notice import queue_notice
from borderpass.store.models import IssuedPass
from borderpass.store.queries.notices import passes_to_warn_of
from borderpass.store.queries.passes import live_passes_of, open_follow_ups

_AT_ONCE = 500
_WARNING = timedelta(days=WARNING_DAYS)


def warn_of_ends(now: datetime) -> int:
    """Write a message for each pass that will end soon; return how many. At most some hundreds at a time."""
    offered = channels_offered()
    if not offered:
        return 0
    written = 0
    found = passes_to_warn_of(now, now + _WARNING, offered)
    for pass_id in list(found.values_list("id", flat=True)):
        issued = found.filter(id=pass_id).first()
        if issued is None or not _needs_warning(issued, now):
            continue
        with transaction.atomic():
            written += queue_notice(issued.application, NoticeKind.EXPIRING, now) is not None
        if written == _AT_ONCE:
            break
    return written


def _needs_warning(issued: IssuedPass, now: datetime) -> bool:
    if issued.expires_at - issued.valid_from_at < 2 * _WARNING or open_follow_ups(issued).exists():
        return False
    person = issued.application
    held = live_passes_of(person.document_number, person.name_latin, person.born_on, now)
    return not held.filter(expires_at__gt=issued.expires_at).exists()
