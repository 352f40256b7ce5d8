"""Which printed passes wait for their holders, and since when?"""

from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from borderpass.domain.application import Event, State
from borderpass.domain.hand_over import NOT_COLLECTED_AFTER
from borderpass.store.models import Application, ApplicationEvent


def not_collected(applications: QuerySet[Application], now: datetime) -> QuerySet[Any]:
    """Return those whose pass has lain printed for 30 days, each with `printed_at`, the longest first."""
    prints = ApplicationEvent.objects.filter(application=OuterRef("pk"), event=Event.PRINT, seq=OuterRef("events"))
    waiting: QuerySet[Any] = applications.filter(state=State.PRINTED).annotate(
        printed_at=Subquery(prints.values("at")[:1])
    )
    return waiting.filter(printed_at__lte=now - NOT_COLLECTED_AFTER).order_by(F("printed_at"), "id")
