"""How does a governor approve? The approval is stored before anything is signed.

1. The actor is the governor of this office (or acts for it), and a delegation in force covers the holder's home.
2. The fee is paid, and no live pass of the same person has come up since the application was lodged.
3. The approval is stored, with the orders it rests on. `services.sign_pass` does the rest, now or after a crash.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application import Event, State
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.provisions import Purpose
from borderpass.domain.terms import may_sign
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.find_application import find_for, not_movable
from borderpass.store.models import Application
from borderpass.store.queries.applications import move
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
    if application.purpose in (Purpose.NEW, Purpose.ONE_TIME):
        live = live_passes_of(application.document_number, application.name_latin, application.born_on, now)
        live = live.exclude(application=application)
        if (other := live.first()) is not None:
            return Declined(Ground.LIVE_PASS_EXISTS, f"{application.name_latin} holds pass {other.number} already")
    with transaction.atomic():
        if move(application, Event.APPROVE, actor, now, order=delegation.term.order_number) is None:
            return not_movable(application, "cannot be approved")
    return application
