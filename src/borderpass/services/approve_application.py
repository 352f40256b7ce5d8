"""How is an application approved? The approval is stored before anything is signed.

1. The actor decides for this office, and a delegation in force covers the holder's home (services/find_authority.py).
2. The fee is paid, and the same person has no live pass, and none approved and about to be signed.
3. The approval is stored, with the order it rests on and how it was made sure of. `services.sign_pass` does the rest,
   now or after a crash.

Governors come here through a batch that they signed with a passkey (services/approve_batch.py). `approve_application`
is the way of the command line: the operator of the installation has no passkey, and the event and the audit trail say
that it was the operator who did it in a governor's name.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application import Event, State
from borderpass.domain.application_form import NEEDS_NO_OTHER_PASS
from borderpass.domain.approval import Method
from borderpass.domain.declined import Declined, Ground
from borderpass.services.find_application import find_for, not_movable
from borderpass.services.find_authority import Authority, find_authority
from borderpass.services.supersede_old_pass import find_lost_ground
from borderpass.store.models import Application, FollowUp, IssuedPass
from borderpass.store.queries.applications import applications_of, lock_applications_of, move
from borderpass.store.queries.passes import live_passes_of


def approve_application(application_id: UUID, actor: Actor, now: datetime) -> Application | Declined:
    """Approve an application as the operator; return it, or why not. Approving what is approved changes nothing."""
    application = find_for(application_id, Act.APPROVE, actor)
    if isinstance(application, Declined):
        return application
    if application.state == State.APPROVED:
        return application
    authority = find_ground_for(application, actor, now)
    if isinstance(authority, Declined):
        return authority
    with transaction.atomic():
        return approve_now(application, authority, actor, now, method=Method.OPERATOR.value)


def find_ground_for(application: Application, actor: Actor, now: datetime) -> Authority | Declined:
    """Return by what an actor can approve an application, or why not. A second pass: see find_second_pass."""
    if application.state == State.LODGED:
        return Declined(Ground.UNPAID, f"the fee for application {application.reference} has not been paid")
    return find_authority(application, Act.APPROVE, actor, now)


def approve_now(
    application: Application, authority: Authority, actor: Actor, at: datetime, **detail: Any
) -> Application | Declined:
    """Store the approval of an application as it was read. Call it inside a transaction.

    `detail` says how it was made sure of. Where another office's key signs, the event says so, and sign_pass reads it.
    """
    second = find_second_pass(application, at, locked=True) or find_lost_ground(application)
    if second is not None:
        return second
    if authority.signing_office != application.office_id:
        detail["signing_office"] = authority.signing_office
    if move(application, Event.APPROVE, actor, at, order=authority.order_number, **detail) is None:
        return not_movable(application, "cannot be approved")
    return application


def find_second_pass(application: Application, now: datetime, *, locked: bool) -> Declined | None:
    """Return why this would be the person's second pass, or None.

    With `locked` their applications are locked until the transaction ends: one of them is decided at a time.
    """
    about = FollowUp.objects.filter(application=application)
    if application.purpose not in NEEDS_NO_OTHER_PASS and not about.exists():
        return None
    person = (application.document_number, application.name_latin, application.born_on)
    for other in lock_applications_of(*person) if locked else applications_of(*person):
        unsigned = other.state == State.APPROVED and not IssuedPass.objects.filter(application=other).exists()
        if unsigned and other.id != application.id and find_lost_ground(other) is None:
            words = f"{application.name_latin} gets a pass already, by application {other.reference}"
            return Declined(Ground.LIVE_PASS_EXISTS, words)
    others = live_passes_of(*person, now).exclude(application=application)
    held = others.exclude(id__in=about.values("old_pass")).first()
    if held is None:
        return None
    return Declined(Ground.LIVE_PASS_EXISTS, f"{application.name_latin} holds pass {held.number} already")
