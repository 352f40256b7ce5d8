"""Which devices and cases may be seen, and how far has each device come?"""

from typing import Any

from django.db.models import Count, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from borderpass.domain.actors import EVERYWHERE, Act, Actor
from borderpass.store.models import Case, Device, Record


def devices_for(actor: Actor) -> QuerySet[Device]:
    """Return the devices in an actor's scope: a gate's, all, or none."""
    if not actor.may(Act.READ_GATE):
        return Device.objects.none()
    return Device.objects.all() if actor.scope == EVERYWHERE else Device.objects.filter(checkpoint=actor.scope)


def with_progress(devices: QuerySet[Device]) -> QuerySet[Any]:
    """Return devices, each with `highest_seq` (0: nothing yet) and `open_cases`, by gate, direction and lane."""
    records = Record.objects.filter(device=OuterRef("id")).order_by().values("device")
    highest = records.annotate(top=Max("device_seq")).values("top")
    cases = Case.objects.filter(device=OuterRef("id"), resolved_at=None).order_by().values("device")
    return devices.annotate(
        highest_seq=Coalesce(Subquery(highest), 0),
        open_cases=Coalesce(Subquery(cases.annotate(n=Count("id")).values("n"), output_field=IntegerField()), 0),
    ).order_by("checkpoint", "revoked_at", "direction", "lane", "enrolled_at")


def count_records(device: Device) -> tuple[int, int, int]:
    """Return a device's highest number, how many numbered records are kept, and how many could not be used."""
    counted = Record.objects.filter(device=device).aggregate(
        highest=Max("device_seq"),
        numbered=Count("id", filter=Q(device_seq__isnull=False)),
        unusable=Count("id", filter=Q(kind=Record.UNUSABLE)),
    )
    return counted["highest"] or 0, counted["numbered"], counted["unusable"]


def cases_for(actor: Actor) -> QuerySet[Case]:
    """Return the cases of the devices in an actor's scope, oldest first."""
    return Case.objects.filter(device__in=devices_for(actor)).select_related("device").order_by("opened_at", "id")
