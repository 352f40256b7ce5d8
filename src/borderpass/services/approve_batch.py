"""How does a governor approve many with one touch? The touch is over the statement; the rest is long work.

1. The batch is the actor's own, was not signed yet, and was proposed within half an hour.
2. The passkey's assertion is over the SHA-256 of the statement (services/sign_with_passkey.py). Where the installation
   allows it, the password typed again takes its place, and the approval says so.
3. Evidence, instant and the job that does the rest are stored together. The job has the batch's id, so that a
   second touch finds what the first one began.

The work itself is services/run_approval.py.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.approval import Method, Outcome
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.jobs import JobKind
from borderpass.services.propose_approval import GOOD_FOR
from borderpass.services.sign_with_passkey import challenge_for, verify_assertion_over
from borderpass.services.start_job import start_job
from borderpass.services.try_password import LockedOut, try_password
from borderpass.store.models import ApprovalBatch, ApprovalItem, Job
from borderpass.store.queries.approvals import batches_for
from borderpass.store.queries.audit import write_audit
from borderpass.wire.passkeys import RelyingParty, write_evidence


def find_batch(batch_id: UUID, office_code: str, actor: Actor) -> ApprovalBatch | Declined:
    """Return a batch that the actor made in an office and may sign, or that it is not here."""
    batch = batches_for(actor).filter(id=batch_id, office_id=office_code, by=actor.name).first()
    if batch is None:
        return Declined(Ground.UNKNOWN_BATCH, f"there is no approval {batch_id} of {actor.name} here")
    if not actor.may_at_office(Act.APPROVE, office_code):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} ({actor.role}) does not approve at office {office_code}")
    return batch


def ask_for_touch(batch: ApprovalBatch, party: RelyingParty, now: datetime) -> str | Declined:
    """Return the JSON with which the browser asks for the passkey over a batch, or why there is nothing to sign."""
    return _find_against(batch, now) or challenge_for(bytes.fromhex(batch.digest), batch.staff, party)


def approve_by_passkey(
    batch: ApprovalBatch, assertion: str, party: RelyingParty, actor: Actor, now: datetime
) -> Job | Declined:
    """Approve a batch by the touch of a passkey; return the job that does the rest, or why not."""
    already = Job.objects.filter(id=batch.id).first()
    if already is not None:
        return already
    if (against := _find_against(batch, now)) is not None:
        return against
    evidence = verify_assertion_over(bytes.fromhex(batch.digest), assertion, batch.staff, party, now)
    if isinstance(evidence, Declined):
        return evidence
    return _begin(batch, Method.PASSKEY, write_evidence(evidence), actor, now)


def approve_by_password(
    batch: ApprovalBatch, password: str, address: str, actor: Actor, now: datetime
) -> Job | Declined | LockedOut:
    """Approve a batch by the password typed again, where the installation allows that; else as above."""
    already = Job.objects.filter(id=batch.id).first()
    if already is not None:
        return already
    if not settings.APPROVE_BY_PASSWORD:
        return Declined(Ground.NOT_ALLOWED, "here an approval is signed with a passkey")
    if (against := _find_against(batch, now)) is not None:
        return against
    tried = try_password(batch.by, password, address, now)
    if isinstance(tried, Declined | LockedOut):
        return tried
    return _begin(batch, Method.PASSWORD, {}, actor, now)


def _find_against(batch: ApprovalBatch, now: datetime) -> Declined | None:
    if not ApprovalItem.objects.filter(batch=batch, outcome=Outcome.PROPOSED).exists():
        return Declined(Ground.NOTHING_TO_SIGN, "none of these applications can be approved now")
    if now - batch.proposed_at > GOOD_FOR:
        return Declined(Ground.TOO_LATE, "these applications were looked at too long ago: choose them again")
    return None


def _begin(
    batch: ApprovalBatch, method: Method, evidence: dict[str, Any], actor: Actor, now: datetime
) -> Job | Declined:
    proposed = ApprovalItem.objects.filter(batch=batch, outcome=Outcome.PROPOSED).count()
    with transaction.atomic():
        mine = ApprovalBatch.objects.filter(id=batch.id, signed_at=None)
        if mine.update(method=method.value, evidence=evidence, signed_at=now) != 1:
            return Job.objects.get(id=batch.id)
        job = start_job(batch.id, JobKind.APPROVE, batch.office_id, {}, proposed, actor, now)
        if isinstance(job, Declined):
            transaction.set_rollback(True)
            return job
        said = {"digest": batch.digest, "method": method.value, "capacity": batch.capacity, "applications": proposed}
        write_audit(Deed.SIGN_APPROVAL, actor, now, "approval", str(batch.id), **said)
    return job
