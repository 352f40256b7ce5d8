"""What would a governor sign? The applications that can be approved, put into one statement; and why the others cannot.

The id of a batch comes from the page: proposing it again gives the one that is there. A proposal is good for half an
hour and for whoever made it; nothing is approved by it.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application import State
from borderpass.domain.approval import Listed, Outcome, Statement, write_statement
from borderpass.domain.declined import Declined, Ground
from borderpass.services.approve_application import find_ground_for, find_second_pass
from borderpass.services.describe_content import content_of
from borderpass.services.find_application import not_movable
from borderpass.services.find_authority import Authority, capacity_of
from borderpass.store.keys import new_id
from borderpass.store.models import Application, ApprovalBatch, ApprovalItem, Office, Staff
from borderpass.store.queries.applications import applications_for

BATCH_MAX = 500
GOOD_FOR = timedelta(minutes=30)


class _Looked(NamedTuple):
    """An application that was looked at: by what and with which content it can be approved, or why it cannot."""

    application: Application
    authority: Authority | None
    content: str
    why: str


def propose_approval(
    batch_id: UUID, application_ids: Sequence[UUID], office_code: str, actor: Actor, now: datetime
) -> ApprovalBatch | Declined:
    """Put applications of an office into one statement; return the batch, or why there is none."""
    if not actor.may_at_office(Act.APPROVE, office_code):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} ({actor.role}) does not approve at office {office_code}")
    already = ApprovalBatch.objects.filter(id=batch_id).first()
    if already is not None:
        return _own(already, office_code, actor)
    if not application_ids:
        return Declined(Ground.NOTHING_TO_SIGN, "choose at least one application")
    if len(set(application_ids)) > BATCH_MAX:
        return Declined(Ground.BATCH_REFUSED, f"choose at most {BATCH_MAX} applications at a time")
    found = applications_for(actor).filter(office_id=office_code, id__in=set(application_ids))
    looked = [_look(one, actor, now) for one in found.select_related("office").order_by("lodged_at", "id")]
    if not looked:
        return Declined(Ground.UNKNOWN_APPLICATION, "none of these applications is here")
    try:
        with transaction.atomic():
            return _store(batch_id, office_code, looked, actor, now)
    except IntegrityError:
        # The same was proposed twice at once, and the other one was faster.
        return _own(ApprovalBatch.objects.get(id=batch_id), office_code, actor)


def _own(batch: ApprovalBatch, office_code: str, actor: Actor) -> ApprovalBatch | Declined:
    if batch.office_id == office_code and batch.by == actor.name:
        return batch
    return Declined(Ground.UNKNOWN_BATCH, "another approval has this id: load the page again")


def _look(application: Application, actor: Actor, now: datetime) -> _Looked:
    authority = find_ground_for(application, actor, now)
    if not isinstance(authority, Declined):
        against = _find_against(application, now)
        if against is None:
            return _Looked(application, authority, content_of(application, authority).digest(), "")
        authority = against
    return _Looked(application, None, "", authority.ground.value)


def _find_against(application: Application, now: datetime) -> Declined | None:
    if application.state != State.PAID:
        return not_movable(application, "cannot be approved")
    return find_second_pass(application, now, locked=False)


def _store(batch_id: UUID, office_code: str, looked: list[_Looked], actor: Actor, now: datetime) -> ApprovalBatch:
    capacity = capacity_of(actor, office_code)
    signing = next((one.authority.signing_office for one in looked if one.authority), office_code)
    statement = write_statement(
        Statement(
            batch_id=batch_id,
            office=office_code,
            signing_office=signing,
            by=actor.name,
            capacity=capacity,
            at=now.replace(microsecond=0),
            applications=tuple(
                Listed(one.application.id, one.application.reference, one.content) for one in looked if one.authority
            ),
        )
    )
    batch = ApprovalBatch.objects.create(
        id=batch_id,
        office=Office.objects.get(code=office_code),
        signing_office_id=signing,
        staff=Staff.objects.get(username=actor.name),
        by=actor.name,
        role=actor.role.value,
        scope=actor.scope,
        capacity=capacity.value,
        proposed_at=now,
        statement=statement,
        digest=hashlib.sha256(statement).hexdigest(),
    )
    ApprovalItem.objects.bulk_create(
        ApprovalItem(
            id=new_id(),
            batch=batch,
            application=one.application,
            seq=number,
            content=one.content,
            order_number=one.authority.order_number if one.authority else "",
            outcome=Outcome.PROPOSED.value if one.authority else Outcome.REFUSED.value,
            why=one.why,
        )
        for number, one in enumerate(looked, 1)
    )
    return batch
