"""Who stands in for a governor at an instant, and which deputies may be seen?"""

from dataclasses import replace
from datetime import date, datetime

from django.db.models import QuerySet

from borderpass.domain.actors import Actor, StaffRole
from borderpass.domain.local_time import local_day
from borderpass.store.models import Deputy, Staff
from borderpass.store.queries.offices import offices_for


def stand_in(actor: Actor, now: datetime) -> Actor:
    """Return the actor as they act at an instant: a clerk who is the deputy of the day acts for the own governor."""
    if actor.role is not StaffRole.CLERK:
        return actor
    today = deputies_on(local_day(now)).filter(office_id=actor.scope, staff__username=actor.name)
    return replace(actor, acts_for=actor.scope) if today.exists() else actor


def deputies_on(day: date) -> QuerySet[Deputy]:
    """Return who stands in for somebody on a local day."""
    return Deputy.objects.filter(ended_at=None, from_on__lte=day, until_on__gte=day)


def deputies_for(actor: Actor) -> QuerySet[Deputy]:
    """Return the deputies, past ones too, of the offices that an actor may look into, the latest first."""
    known = Deputy.objects.select_related("staff").filter(office__in=offices_for(actor))
    return known.order_by("-from_on", "-named_at")


def clerks_of(office_code: str) -> QuerySet[Staff]:
    """Return who works at the counter of an office, by name: they can be named deputy."""
    clerks = Staff.objects.filter(role=StaffRole.CLERK.value, scope=office_code, is_active=True)
    return clerks.order_by("full_name", "username")
