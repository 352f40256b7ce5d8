"""Which applications have to be looked at when somebody may have applied before?"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from borderpass.domain.similar import Person, bare_number, days_one_slip_away
from borderpass.store.models import Application

_FIELDS = ("id", "lodged_at", "name_latin", "name_khmer", "born_on", "document_number", "second_number")


class Candidate(NamedTuple):
    """An application of somebody who may be the same person."""

    id: UUID
    lodged_at: datetime
    person: Person


def candidates_for(person: Person) -> Iterator[Candidate]:
    """Yield every application in the country that shares a number or nearly a birth date with a person.

    Where a number is written with a suffix in brackets, its bare form is looked for too.
    """
    same = Q(born_on=person.born_on) | Q(born_on__in=days_one_slip_away(person.born_on))
    number = bare_number(person.document_number)
    if number:
        written = {person.document_number, number}
        same |= Q(document_number__in=written) | Q(document_number__startswith=f"{number}(")
    if person.second_number:
        same |= Q(second_number=person.second_number)
    rows = Application.objects.filter(same).values_list(*_FIELDS)
    for key, lodged_at, *names in rows.iterator(chunk_size=1_000):
        yield Candidate(key, lodged_at, Person(*names))
