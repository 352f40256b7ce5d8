"""How does an application end, or go back, without a pass? Returned, taken up again, refused, or withdrawn."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application import Event
from borderpass.domain.declined import Declined, Ground
from borderpass.services.check_words import check_words
from borderpass.services.find_application import find_for, not_movable
from borderpass.store.models import Application
from borderpass.store.queries.applications import move

_ACT_FOR = {
    Event.RETURN: Act.RETURN,
    Event.REFUSE: Act.REFUSE,
    Event.RESUBMIT: Act.TAKE_IN,
    Event.WITHDRAW: Act.TAKE_IN,
}
_WITH_A_REASON = frozenset({Event.RETURN, Event.REFUSE})


def close_application(
    application_id: UUID, event: Event, note: str, actor: Actor, now: datetime
) -> Application | Declined:
    """Return, resubmit, refuse or withdraw an application. A governor's no needs a reason in words."""
    act = _ACT_FOR.get(event)
    if act is None:
        return Declined(Ground.WRONG_STATE, f"an application is not closed by {event}")
    application = find_for(application_id, act, actor)
    if isinstance(application, Declined):
        return application
    ask = f"say why, so that the applicant can be told ({event})" if event in _WITH_A_REASON else None
    if (problem := check_words(note, ask)) is not None:
        return problem
    with transaction.atomic():
        if move(application, event, actor, now, note.strip()) is None:
            return not_movable(application, f"cannot {event}")
    return application
