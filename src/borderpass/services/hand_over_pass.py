"""How does a pass reach its holder? Its paper was checked, somebody took it, and what stands for that is kept."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application import Event, State
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.hand_over import NAME_MAX_CHARACTERS, Collected, Collector
from borderpass.services.check_paper import passed_check
from borderpass.services.check_words import check_words
from borderpass.services.find_application import find_for, not_movable
from borderpass.services.supersede_old_pass import supersede_old_pass
from borderpass.store.models import Application, HandOver
from borderpass.store.queries.applications import move


def hand_over_pass(
    application_id: UUID, actor: Actor, now: datetime, collected: Collected | None = None, unchecked: str = ""
) -> Application | Declined:
    """Record that the holder, or who came for them, has the pass. Handing it over again changes nothing.

    `unchecked` is why the paper was not scanned: without it, the last print has to have passed its check.
    """
    application = find_for(application_id, Act.HAND_OVER, actor)
    if isinstance(application, Declined) or application.state == State.HANDED_OVER:
        return application
    taken = collected or Collected()
    if (problem := _find_problem(taken, unchecked)) is not None:
        return problem
    if application.state != State.PRINTED:
        return not_movable(application, "cannot be handed over")
    checked = passed_check(application) is not None
    reason = "" if checked else unchecked.strip()
    if not checked and not reason:
        return Declined(Ground.NOT_CHECKED, "scan the code on the paper first, or say why that is not possible")
    said: dict[str, str] = {"by": taken.by.value} if taken.by is Collector.OTHER else {}
    with transaction.atomic():
        if move(application, Event.HAND_OVER, actor, now, reason, **said) is None:
            return not_movable(application, "cannot be handed over")
        HandOver.objects.create(
            application=application,
            collector=taken.by,
            name=taken.name.strip(),
            relation=taken.relation.strip(),
            signature_png=taken.signature,
            typed=taken.typed.strip(),
            unchecked=reason,
            at=now,
            by=actor.name,
        )
        if (problem := supersede_old_pass(application, actor, now)) is not None:
            return problem
    return application


def _find_problem(taken: Collected, unchecked: str) -> Declined | None:
    for words in (taken.name, taken.relation, taken.typed, unchecked):
        if (problem := check_words(words, None)) is not None:
            return problem
    if any(len(words.strip()) > NAME_MAX_CHARACTERS for words in (taken.name, taken.relation, taken.typed)):
        return Declined(Ground.BAD_FORM, f"shorten each name to {NAME_MAX_CHARACTERS} characters")
    if taken.by is Collector.OTHER and not (taken.name.strip() and taken.relation.strip()):
        return Declined(Ground.BAD_FORM, "write who takes the pass, and what they are to its holder")
    return None
