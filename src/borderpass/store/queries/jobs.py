"""Which jobs may an actor see?"""

from django.db.models import Q, QuerySet

from borderpass.domain.actors import EVERYWHERE, Act, Actor
from borderpass.domain.jobs import ACT_FOR
from borderpass.store.models import Job


def jobs_for(actor: Actor) -> QuerySet[Job]:
    """Return the jobs an actor may see: of the own office those one may begin; who reads several offices sees all."""
    if not actor.may(Act.READ_OFFICE):
        return Job.objects.none()
    jobs = Job.objects.select_related("office")
    if actor.scope == EVERYWHERE:
        return jobs
    if actor.province:
        return jobs.filter(office__code__startswith=actor.province)
    kinds = [kind for kind, act in ACT_FOR.items() if actor.may(act)]
    return jobs.filter(Q(kind__in=kinds) | Q(made_by=actor.name), office_id=actor.scope)
