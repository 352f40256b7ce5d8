"""Was every pass that was signed approved by somebody, and can that be proved today?

For each approval event, newest and oldest alike:

- by passkey: the batch's statement has the digest that was signed, the evidence verifies with the passkey of whom the
  statement names, the application stands in it, and it says today what its digest was made of; where its pass is
  signed, the pass says the same;
- by password or by the operator: it is counted as such. There is no evidence to verify, and the event says so.

An approval that was stored before approvals said how they were made sure of counts as the operator's.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from borderpass.domain.application import Event
from borderpass.domain.approval import Method, Outcome, challenge_of, read_statement
from borderpass.domain.passes import Pass
from borderpass.services.describe_content import describe_content, says_the_same
from borderpass.services.sign_with_passkey import verify_evidence
from borderpass.store.models import Application, ApplicationEvent, ApprovalBatch, ApprovalItem, IssuedPass
from borderpass.wire.claims import read_claims
from borderpass.wire.passkeys import read_evidence
from borderpass.wire.refusal import WireError

_READ_AT_ONCE = 500


@dataclass(slots=True)
class Verified:
    """How many approvals were made sure of in which way, how many passes rest on them, and what does not hold."""

    by_method: Counter[Method] = field(default_factory=Counter)
    passes: int = 0
    problems: list[str] = field(default_factory=list)


def verify_approvals() -> Verified:
    """Look at every approval and every signed pass there is."""
    found = Verified()
    batches = {batch.id: list(_find_wrong(batch)) for batch in ApprovalBatch.objects.exclude(signed_at=None)}
    for batch_id, wrong in batches.items():
        found.problems += [f"approval {batch_id}: {one}" for one in wrong]
    events = ApplicationEvent.objects.filter(event=Event.APPROVE).select_related("application").order_by("at", "id")
    for event in events.iterator(chunk_size=_READ_AT_ONCE):
        method = Method(event.detail.get("method", Method.OPERATOR))
        found.by_method[method] += 1
        if method is not Method.OPERATOR:
            found.problems += [f"application {event.application.reference}: {one}" for one in _find_unproved(event)]
    signed = IssuedPass.objects.filter(qr_text__isnull=False)
    found.passes = signed.count()
    approved = ApplicationEvent.objects.filter(event=Event.APPROVE).values("application")
    unapproved = signed.exclude(application__in=approved).values_list("number", flat=True)
    found.problems += [f"pass {number}: nobody approved it" for number in unapproved]
    return found


def _find_wrong(batch: ApprovalBatch) -> Iterator[str]:
    octets = bytes(batch.statement)
    digest = challenge_of(octets)
    try:
        statement = read_statement(octets)
    except ValueError as error:
        yield str(error)
        return
    named = (statement.batch_id, statement.by, statement.office, digest.hex())
    if named != (batch.id, batch.by, batch.office_id, batch.digest):
        yield "its statement is not the one that was signed"
    if batch.method == Method.PASSWORD:
        return
    try:
        passkey = verify_evidence(digest, read_evidence(batch.evidence))
    except WireError:
        passkey = None
    if passkey is None or passkey.staff_id != batch.staff_id or passkey.staff.username != statement.by:
        yield f"its evidence does not prove that {statement.by} signed it"


def _find_unproved(event: ApplicationEvent) -> Iterator[str]:
    item = ApprovalItem.objects.filter(
        application=event.application_id, outcome__in=[Outcome.APPROVED, Outcome.SIGNED]
    ).first()
    if item is None or str(item.batch_id) != event.detail.get("batch"):
        yield "the approval that its history names does not have it"
        return
    batch = ApprovalBatch.objects.get(id=item.batch_id)
    listed = _listed_in(bytes(batch.statement))
    application = event.application
    content = describe_content(application, item.order_number, batch.signing_office_id)
    if listed.get(application.id) != content.digest():
        yield "it does not say any more what was approved"
    yield from _find_other_pass(application)


@lru_cache(maxsize=4)
def _listed_in(statement: bytes) -> dict[UUID, str]:
    """Return the digests that a statement holds; the events of one batch come one after the other."""
    try:
        return {one.application_id: one.content for one in read_statement(statement).applications}
    except ValueError:
        return {}


def _find_other_pass(application: Application) -> Iterator[str]:
    issued = IssuedPass.objects.filter(application=application, qr_text__isnull=False).first()
    if issued is None:
        return
    said = read_claims(bytes(issued.payload))
    if not isinstance(said, Pass) or not says_the_same(said, application):
        yield f"pass {issued.number} says something else than what was approved"
