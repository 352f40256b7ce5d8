"""Which messages may an actor see, and in which order are they looked at?"""

from datetime import datetime

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from borderpass.domain.actors import Actor
from borderpass.domain.application import State
from borderpass.domain.notices import Channel, NoticeKind, NoticeState
from borderpass.domain.status import Status
from borderpass.store.models import IssuedPass, Notice
from borderpass.store.queries.offices import offices_for


def notices_for(actor: Actor) -> QuerySet[Notice]:
    """Return the messages of the offices whose papers an actor may read, with what they are about."""
    return Notice.objects.select_related("application", "office").filter(office__in=offices_for(actor))


def failures_first(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Return messages in the order of what needs somebody: given up, failing, waiting, over; of each newest first."""
    rank = Case(
        When(state=NoticeState.GIVEN_UP, then=Value(0)),
        When(failing(), then=Value(1)),
        When(state=NoticeState.WAITING, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return notices.annotate(rank=rank).order_by("rank", "-made_at", "-id")


def failing() -> Q:
    """Return what a message fulfils that failed and is tried again."""
    return Q(state=NoticeState.WAITING) & ~Q(failure="")


def passes_to_warn_of(after: datetime, until: datetime, offered: frozenset[Channel]) -> QuerySet[IssuedPass]:
    """Return the good passes that end between two instants and whose holders have not been told, soonest first.

    Left out are those who cannot be told by a channel that is offered, so that they do not hold up the others.
    """
    by_default = Q(application__contact=None) & ~Q(application__phone="")
    reached = Q(application__contact__channel__in=offered)
    if Channel.SMS in offered:
        reached |= by_default
    in_hand = IssuedPass.objects.filter(
        expires_at__gt=after,
        expires_at__lte=until,
        status=Status.VALID,
        current=True,
        qr_text__isnull=False,
        application__state=State.HANDED_OVER,
    )
    told = Notice.objects.filter(kind=NoticeKind.EXPIRING).values("application_id")
    found = in_hand.filter(reached).exclude(application_id__in=told)
    return found.select_related("application").order_by("expires_at", "id")
