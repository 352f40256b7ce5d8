"""Which approvals may be seen, and what became of their applications?"""

from collections import Counter
from uuid import UUID

from django.db.models import Count, QuerySet

from borderpass.domain.actors import Actor
from borderpass.domain.approval import Outcome
from borderpass.store.models import ApprovalBatch, ApprovalItem
from borderpass.store.queries.offices import offices_for


def batches_for(actor: Actor) -> QuerySet[ApprovalBatch]:
    """Return the approvals of the offices that an actor may look into."""
    return ApprovalBatch.objects.select_related("office", "signing_office", "staff").filter(
        office__in=offices_for(actor)
    )


def items_of(batch: ApprovalBatch) -> QuerySet[ApprovalItem]:
    """Return what stands in a batch, in the order in which it was lodged."""
    return ApprovalItem.objects.select_related("application").filter(batch=batch).order_by("seq")


def outcomes_of(batch_ids: list[UUID]) -> dict[UUID, Counter[Outcome]]:
    """Return how many applications of each batch came out how."""
    found: dict[UUID, Counter[Outcome]] = {one: Counter() for one in batch_ids}
    rows = ApprovalItem.objects.filter(batch_id__in=batch_ids).values("batch_id", "outcome").annotate(n=Count("id"))
    for row in rows.order_by():
        found[row["batch_id"]][Outcome(row["outcome"])] = row["n"]
    return found
