"""How does an application end, or go back, without a pass? Returned, taken up again, refused, or withdrawn.

A governor's no has a ground (domain/decisions.py), or words of its own: both are kept with the event. Whoever decides
in another's stead, a deputy or the province, does it by what lets them approve (services/find_authority.py).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import DECIDING, Act, Actor
from borderpass.domain.application import Event, State
from borderpass.domain.approval import Capacity
from borderpass.domain.decisions import RefusalGround, ReturnReason, grounds_in
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.notices import NoticeKind
from borderpass.services.check_words import check_words
from borderpass.services.find_application import find_for, not_movable
from borderpass.services.find_authority import capacity_of, find_authority
from borderpass.services.queue_notice import queue_notice
from borderpass.store.models import Application
from borderpass.store.queries.applications import move

_ACT_FOR = {
    Event.RETURN: Act.RETURN,
    Event.REFUSE: Act.REFUSE,
    Event.RESUBMIT: Act.TAKE_IN,
    Event.WITHDRAW: Act.TAKE_IN,
}
_WITH_A_REASON = frozenset({Event.RETURN, Event.REFUSE})
_TOLD = {Event.RETURN: NoticeKind.RETURNED, Event.REFUSE: NoticeKind.REFUSED}


def return_application(
    application_id: UUID, reason: ReturnReason, words: str, actor: Actor, now: datetime
) -> Application | Declined:
    """Send an application back to be mended, for a reason; return it, or why not."""
    return close_application(application_id, Event.RETURN, words, actor, now, reason)


def refuse_application(
    application_id: UUID, ground: RefusalGround, words: str, actor: Actor, now: datetime
) -> Application | Declined:
    """Refuse an application on a ground; return it, or why not."""
    application = find_for(application_id, Act.REFUSE, actor)
    if isinstance(application, Declined):
        return application
    if ground not in grounds_in(State(application.state)):
        return Declined(Ground.BAD_FORM, f"application {application.reference} is paid: give another ground")
    return close_application(application_id, Event.REFUSE, words, actor, now, ground)


def close_application(
    application_id: UUID,
    event: Event,
    note: str,
    actor: Actor,
    now: datetime,
    ground: RefusalGround | ReturnReason | None = None,
) -> Application | Declined:
    """Return, resubmit, refuse or withdraw an application. A governor's no needs a ground, or a reason in words."""
    act = _ACT_FOR.get(event)
    if act is None:
        return Declined(Ground.WRONG_STATE, f"an application is not closed by {event}")
    application = find_for(application_id, act, actor)
    if isinstance(application, Declined):
        return application
    if act in DECIDING and capacity_of(actor, application.office_id) is not Capacity.GOVERNOR:
        authority = find_authority(application, act, actor, now)
        if isinstance(authority, Declined):
            return authority
    says_nothing = ground in (None, RefusalGround.OTHER, ReturnReason.OTHER)
    ask = f"say why, so that the applicant can be told ({event})" if event in _WITH_A_REASON and says_nothing else None
    if (problem := check_words(note, ask)) is not None:
        return problem
    detail = {} if ground is None else {"ground": ground.value}
    with transaction.atomic():
        if move(application, event, actor, now, note.strip(), **detail) is None:
            return not_movable(application, f"cannot {event}")
        if event in _TOLD:
            queue_notice(application, _TOLD[event], now)
    return application
