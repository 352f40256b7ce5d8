"""Which messages are kept no longer? Those that have been over for a year: their addresses are nobody's business."""

from datetime import datetime, timedelta

from borderpass.domain.notices import NoticeState
from borderpass.store.models import Notice

KEPT = timedelta(days=400)
"""Longer than anything of which a message tells once can happen again."""


def forget_notices(now: datetime) -> int:
    """Delete them; return how many. What still waits is kept."""
    over = Notice.objects.filter(made_at__lt=now - KEPT).exclude(state=NoticeState.WAITING)
    return over.delete()[0]
