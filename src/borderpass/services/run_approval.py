"""How is a signed batch carried out? Each application is approved, then signed with the office's key; part by part.

1. What the application says now has the digest that stands in the statement; else it falls out, and the governor is
   asked again with what it says by then.
2. The approval is stored in one transaction with the outcome: a run after a crash finds it done.
3. The pass is signed. Without a usable key the approval stands, and the pass is signed when there is one.

What is approved is approved at the instant of the touch, under the orders in force then.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from borderpass.domain.actors import Actor, StaffRole
from borderpass.domain.approval import Capacity, Outcome
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.jobs import Trouble
from borderpass.services.approve_application import approve_now, find_ground_for
from borderpass.services.describe_content import content_of
from borderpass.services.open_keystore import open_keystore
from borderpass.services.sign_pass import sign_pass
from borderpass.signing.file_keystore import FileKeystore
from borderpass.signing.signer import SigningError
from borderpass.store.models import Application, ApprovalBatch, ApprovalItem, Job
from borderpass.store.queries.approvals import items_of

if TYPE_CHECKING:  # which calls us
    from borderpass.services.run_job import Progress

_IN_THE_STATEMENT = (Outcome.PROPOSED, Outcome.FALLEN, Outcome.APPROVED, Outcome.SIGNED)


def run_approval(job: Job, progress: "Progress", now: datetime) -> None:
    """Approve and sign what stands in a batch; what could not be done is told by its Ground."""
    batch = ApprovalBatch.objects.get(id=job.id)
    actor = approver_of(batch)
    keystore = _open_keystore()
    for item in items_of(batch).filter(outcome__in=_IN_THE_STATEMENT):
        _carry_out(item, batch, actor, keystore, now)
        progress.step(Trouble(item.application.reference, item.why) if item.why else None)


def approver_of(batch: ApprovalBatch) -> Actor:
    """Return who approved a batch, as they acted then."""
    acts_for = batch.office_id if batch.capacity == Capacity.DEPUTY else ""
    return Actor(batch.by, StaffRole(batch.role), batch.scope, acts_for)


def _carry_out(
    item: ApprovalItem, batch: ApprovalBatch, actor: Actor, keystore: FileKeystore | None, now: datetime
) -> None:
    if item.outcome == Outcome.PROPOSED:
        _approve(item, batch, actor)
    if item.outcome == Outcome.APPROVED:
        _sign(item, keystore, now)


def _approve(item: ApprovalItem, batch: ApprovalBatch, actor: Actor) -> None:
    assert batch.signed_at is not None  # a job begins with the touch
    with transaction.atomic():
        application = Application.objects.select_for_update().select_related("office").get(id=item.application_id)
        refusal = _approve_unchanged(application, item, batch, actor, batch.signed_at)
        if refusal is None:
            _note(item, Outcome.APPROVED, "")
        else:
            _note(item, Outcome.FALLEN, refusal.value)


def _approve_unchanged(
    application: Application, item: ApprovalItem, batch: ApprovalBatch, actor: Actor, at: datetime
) -> Ground | None:
    authority = find_ground_for(application, actor, at)
    if isinstance(authority, Declined):
        return authority.ground
    if content_of(application, authority).digest() != item.content:
        return Ground.CHANGED_SINCE
    approved = approve_now(application, authority, actor, at, method=batch.method, batch=str(batch.id))
    return approved.ground if isinstance(approved, Declined) else None


def _sign(item: ApprovalItem, keystore: FileKeystore | None, now: datetime) -> None:
    if keystore is None:
        _note(item, Outcome.APPROVED, Ground.KEY_NOT_USABLE.value)
        return
    try:
        issued = sign_pass(item.application_id, keystore, now)
    except SigningError:
        _note(item, Outcome.APPROVED, Ground.KEY_NOT_USABLE.value)
        return
    if isinstance(issued, Declined):
        _note(item, Outcome.APPROVED, issued.ground.value)
    else:
        _note(item, Outcome.SIGNED, "")


def _note(item: ApprovalItem, outcome: Outcome, why: str) -> None:
    item.outcome, item.why = outcome.value, why
    ApprovalItem.objects.filter(id=item.id).update(outcome=outcome.value, why=why)


def _open_keystore() -> FileKeystore | None:
    """Return the keystore, or None where no passphrase is set: approvals are stored all the same."""
    try:
        return open_keystore(settings.HOME)
    except SigningError:
        return None
