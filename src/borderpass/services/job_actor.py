"""In whose name is a part of long work done? In that of whoever began it."""

from borderpass.domain.actors import Actor, StaffRole
from borderpass.store.models import Job


def actor_of(job: Job) -> Actor:
    """Return who began a job, with the role and the scope that they had then."""
    return Actor(job.made_by, StaffRole(job.role), job.scope)
