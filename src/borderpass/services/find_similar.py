"""Has the same person applied before, here or anywhere in the country?

Every application is looked at, whoever's it is: a second pass from another office is what this is for. Of another
office's, only its office, its reference and where it stands may be shown, and nothing about the person.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from borderpass.domain.actors import Actor
from borderpass.domain.application import State
from borderpass.domain.similar import Likeness, Person, how_alike
from borderpass.store.models import Application, Office
from borderpass.store.queries.applications import applications_for
from borderpass.store.queries.similar import candidates_for

SHOWN_AT_MOST = 6


@dataclass(frozen=True, slots=True)
class Similar:
    """An application that may be of the same person. `application` is None where it is another office's."""

    likeness: Likeness
    office: Office
    reference: str
    state: State
    application: Application | None


def find_similar(person: Person, actor: Actor, leave_out: UUID | None = None) -> list[Similar]:
    """Return the applications that may be of a person, the likest first and of those the newest, at most six.

    `leave_out` is the application that is being filled in.
    """
    found: list[tuple[int, Any, Likeness]] = []
    order = list(Likeness)
    for row in candidates_for(person):
        likeness = how_alike(person, row.person) if row.id != leave_out else None
        if likeness is not None:
            found.append((order.index(likeness), row, likeness))
    found.sort(key=lambda one: (one[0], -one[1].lodged_at.timestamp()))
    shown = found[:SHOWN_AT_MOST]
    ids = [row.id for _, row, _ in shown]
    every = {one.id: one for one in Application.objects.select_related("office").filter(id__in=ids)}
    mine = set(applications_for(actor).filter(id__in=ids).values_list("id", flat=True))
    return [_describe(every[row.id], likeness, row.id in mine) for _, row, likeness in shown if row.id in every]


def _describe(application: Application, likeness: Likeness, mine: bool) -> Similar:
    state = State(application.state)
    return Similar(likeness, application.office, application.reference, state, application if mine else None)
