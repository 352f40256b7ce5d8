"""What if the paper is no good? It is recorded as spoiled, with its blank, and can be printed again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application import Event
from borderpass.domain.declined import Declined
from borderpass.services.check_words import check_words
from borderpass.services.find_application import find_for, not_movable
from borderpass.services.use_blanks import spoil_blank
from borderpass.store.models import Application
from borderpass.store.queries.applications import move


def spoil_print(application_id: UUID, note: str, actor: Actor, now: datetime) -> Application | Declined:
    """Record that the printed paper was spoiled, and why; it can then be printed again."""
    application = find_for(application_id, Act.PRINT, actor)
    if isinstance(application, Declined):
        return application
    if (problem := check_words(note, "say what is wrong with the paper")) is not None:
        return problem
    with transaction.atomic():
        if move(application, Event.SPOIL, actor, now, note.strip()) is None:
            return not_movable(application, "has no paper to spoil")
        spoil_blank(application)
    return application
