"""Which applications may be seen, and how does one move?"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.timezone import localtime

from borderpass.domain.actors import EVERYWHERE, Act, Actor
from borderpass.domain.application import Event, State, next_state
from borderpass.domain.audit import Deed
from borderpass.domain.passes import Companion, Sex
from borderpass.store.models import Application, ApplicationEvent, Sequence
from borderpass.store.queries.audit import write_audit


def applications_for(actor: Actor) -> QuerySet[Application]:
    """Return the applications an actor may read: an office's, a province's, all, or none."""
    if not actor.may(Act.READ_OFFICE):
        return Application.objects.none()
    if actor.scope == EVERYWHERE:
        return Application.objects.all()
    if actor.province:
        return Application.objects.filter(office__code__startswith=actor.province)
    return Application.objects.filter(office_id=actor.scope)


def find_application(actor: Actor, application_id: UUID) -> Application | None:
    """Return an application that the actor may read; one that is another's is as unknown as none."""
    return applications_for(actor).select_related("office").filter(id=application_id).first()


def applications_of(document_number: str, name_latin: str, born_on: Any) -> QuerySet[Application]:
    """Return all applications of somebody, wherever they are: the same document, or the same name and birth date."""
    person = Q(document_number=document_number) | Q(name_latin=name_latin, born_on=born_on)
    return Application.objects.filter(person).order_by("id")


def lock_applications_of(document_number: str, name_latin: str, born_on: Any) -> list[Application]:
    """Return the same, locked until the transaction ends. (SQLite locks by beginning one.)"""
    return list(applications_of(document_number, name_latin, born_on).select_for_update())


def move(
    application: Application, event: Event, actor: Actor, at: datetime, note: str = "", **detail: Any
) -> State | None:
    """Move an application by an event and add the event; return the new state, or None when it could not happen.

    The update is conditional on the state and the number of events that were read, so of two people who act at
    once one finds that there is nothing to move. Call it inside a transaction.
    """
    after = next_state(State(application.state), event)
    if after is None:
        return None
    unchanged = Application.objects.filter(id=application.id, state=application.state, events=application.events)
    if unchanged.update(state=after, events=F("events") + 1) != 1:
        return None
    application.state, application.events = after, application.events + 1
    add_event(application, event, actor, at, note, detail)
    return after


def add_event(
    application: Application, event: Event, actor: Actor, at: datetime, note: str, detail: dict[str, Any]
) -> None:
    """Add an event to the history of an application that stands at it already, and to the audit trail."""
    ApplicationEvent.objects.create(
        application=application,
        seq=application.events,
        event=event,
        at=at,
        by=actor.name,
        role=actor.role,
        note=note,
        detail=detail,
    )
    said = {**detail, "note": note} if note else detail
    write_audit(Deed(event.value), actor, at, "application", application.reference, **said)


def next_number(office_code: str, purpose: str, at: datetime) -> int:
    """Return the next number of an office in the local year of an instant. Call it inside a transaction."""
    key = {"office_id": office_code, "year": localtime(at).year, "purpose": purpose}
    if not Sequence.objects.filter(**key).update(last=F("last") + 1):
        Sequence.objects.get_or_create(**key, defaults={"last": 0})
        Sequence.objects.filter(**key).update(last=F("last") + 1)
    return Sequence.objects.get(**key).last


def write_companions(companions: Iterable[Companion]) -> list[list[str | int]]:
    """Return children as an application keeps them: name, birth date as YYYY-MM-DD, sex."""
    return [[child.name, child.born_on.isoformat(), int(child.sex)] for child in companions]


def read_companions(kept: Iterable[Any]) -> tuple[Companion, ...]:
    """Return the children that an application keeps."""
    return tuple(Companion(name, date.fromisoformat(born_on), Sex(sex)) for name, born_on, sex in kept)
