"""How does long work begin? It is written down, and a worker takes it up; nobody waits for it.

The id comes from the page that begins it: beginning the same job again gives the one that is there.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from borderpass.domain.actors import Actor
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.jobs import ACT_FOR, JobKind, JobState
from borderpass.store.models import Job, Office


def start_job(
    job_id: UUID, kind: JobKind, office_code: str, parameters: dict[str, Any], total: int, actor: Actor, now: datetime
) -> Job | Declined:
    """Begin a job of so many parts in an office; return it, or why not. `parameters` is what JSON can hold."""
    if not actor.may_at_office(ACT_FOR[kind], office_code):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} may not have this done at office {office_code}")
    if not Office.objects.filter(code=office_code).exists():
        return Declined(Ground.UNKNOWN_OFFICE, f"there is no office {office_code}")
    try:
        with transaction.atomic():
            return Job.objects.create(
                id=job_id,
                kind=kind.value,
                office_id=office_code,
                parameters=parameters,
                made_by=actor.name,
                role=actor.role.value,
                scope=actor.scope,
                made_at=now,
                state=JobState.WAITING,
                total=total,
            )
    except IntegrityError:
        already = Job.objects.filter(id=job_id, office_id=office_code, kind=kind.value, made_by=actor.name).first()
        return already or Declined(Ground.NOT_ALLOWED, "another job has this id; load the page again")
