"""Which offices may an actor look into?"""

from django.db.models import QuerySet

from borderpass.domain.actors import EVERYWHERE, Act, Actor
from borderpass.store.models import Office


def offices_for(actor: Actor) -> QuerySet[Office]:
    """Return the offices whose papers an actor may read: the own one, a province's, all, or none."""
    if not actor.may(Act.READ_OFFICE):
        return Office.objects.none()
    if actor.scope == EVERYWHERE:
        return Office.objects.all()
    if actor.province:
        return Office.objects.filter(code__startswith=actor.province)
    return Office.objects.filter(code=actor.scope)
