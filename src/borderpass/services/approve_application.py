"""How does a governor approve? The approval is stored before anything is signed.

1. The actor is the governor of this office (or acts for it), and a delegation in force covers the holder's home.
2. The fee is paid, and the same person has no live pass, and none approved and about to be signed.
3. The approval is stored, with the orders it rests on. `services.sign_pass` does the rest, now or after a crash.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application import Event, State
from borderpass.domain.application_form import NEEDS_NO_OTHER_PASS
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.terms import may_sign
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.find_application import find_for, not_movable
from borderpass.store.models import Application, IssuedPass
from borderpass.store.queries.applications import lock_applications_of, move
from borderpass.store.queries.passes import live_passes_of


def approve_application(application_id: UUID, actor: Actor, now: datetime) -> Application | Declined:
    """Approve an application; return it, or why not. Approving what is approved changes nothing."""
    application = find_for(application_id, Act.APPROVE, actor)
    if isinstance(application, Declined):
        return application
    if application.state == State.APPROVED:
        return application
    if application.state == State.LODGED:
        return Declined(Ground.UNPAID, f"the fee for application {application.reference} has not been paid")
    delegation = may_sign(rules_for_all_time(), application.office_id, application.home_code, now)
    if delegation is None:
        return Declined(
            Ground.NOT_DELEGATED, f"no order in force lets office {application.office_id} sign for this resident"
        )
    with transaction.atomic():
        refusal = _find_second_pass(application, now)
        if refusal is not None:
            return refusal
        if move(application, Event.APPROVE, actor, now, order=delegation.term.order_number) is None:
            return not_movable(application, "cannot be approved")
    return application


def _find_second_pass(application: Application, now: datetime) -> Declined | None:
    """Return why this would be the person's second pass. Their applications are locked: one is decided at a time."""
    if application.purpose not in NEEDS_NO_OTHER_PASS:
        return None
    person = (application.document_number, application.name_latin, application.born_on)
    for other in lock_applications_of(*person):
        unsigned = other.state == State.APPROVED and not IssuedPass.objects.filter(application=other).exists()
        if unsigned and other.id != application.id:
            words = f"{application.name_latin} gets a pass already, by application {other.reference}"
            return Declined(Ground.LIVE_PASS_EXISTS, words)
    held = live_passes_of(*person, now).exclude(application=application).first()
    if held is None:
        return None
    return Declined(Ground.LIVE_PASS_EXISTS, f"{application.name_latin} holds pass {held.number} already")
