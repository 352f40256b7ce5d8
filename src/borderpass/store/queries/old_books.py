"""Which old books and which passes of theirs may be seen, and whose may they be?"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace

from borderpass.domain.actors import EVERYWHERE, Act, Actor
from borderpass.domain.asked import Asked
from borderpass.domain.old_book_rows import key_of
from borderpass.domain.similar import Person, bare_number, days_one_slip_away
from borderpass.store.models import Application, OldImport, OldPass

_IN_NAMES = (" ", "\u200b", "-", ".", "'")
_LOOKS_ALIKE = ("\u17d2\u178a", "\u17d2\u178f")
_FIELDS = ("id", "name_latin", "name_khmer", "born_on", "document_number")


def _scope(actor: Actor) -> Q | None:
    """Return the condition that an office's books may be read, or None when no office's may."""
    if not actor.may(Act.READ_OFFICE):
        return None
    if actor.scope == EVERYWHERE:
        return Q()
    return Q(office__code__startswith=actor.province) if actor.province else Q(office_id=actor.scope)


def old_imports_for(actor: Actor) -> QuerySet[OldImport]:
    """Return the files that an actor may see, without what is in them."""
    scope = _scope(actor)
    return OldImport.objects.none() if scope is None else OldImport.objects.filter(scope).defer("octets")


def old_passes_for(actor: Actor) -> QuerySet[OldPass]:
    """Return the passes of the old books that an actor may read."""
    scope = _scope(actor)
    return OldPass.objects.none() if scope is None else OldPass.objects.filter(scope)


def keys_there(office_code: str) -> frozenset[str]:
    """Return the keys of the numbers that an office has imported."""
    return frozenset(OldPass.objects.filter(office_id=office_code).values_list("number_key", flat=True))


def search_old_passes(passes: QuerySet[OldPass], typed: str, asked: Asked | None) -> QuerySet[OldPass]:
    """Return those of some passes that are asked for: by their old number, or by what `asked` understood."""
    wanted = Q(number_key=key_of(typed)[:40])
    found = passes
    if asked is not None and not (asked.reference or asked.pass_number):
        found = passes.alias(
            khmer=_bare(Replace(F("name_khmer"), *map(Value, _LOOKS_ALIKE))), latin=_bare(F("name_latin"))
        )
        wanted |= _of_person(asked)
    return found.filter(wanted).order_by("-valid_until", "number_key")


def _of_person(asked: Asked) -> Q:
    condition = Q()
    for name in asked.names_khmer:
        condition &= Q(khmer__contains=name)
    for name in asked.names_latin:
        condition &= Q(latin__contains=name)
    if asked.born_on is not None:
        condition &= Q(born_on=asked.born_on)
    if asked.document_number:
        condition &= Q(document_number__startswith=asked.document_number)
    return condition if condition else Q(pk__in=[])


def _bare(text: F | Replace) -> F | Replace:
    for character in _IN_NAMES:
        text = Replace(text, Value(character), Value(""))
    return text


class OldCandidate(NamedTuple):
    """A pass of the old books of somebody who may be the same person."""

    id: UUID
    person: Person


def old_candidates_for(person: Person) -> Iterator[OldCandidate]:
    """Yield every old pass in the country that shares a number or nearly a birth date with a person."""
    same = Q(born_on=person.born_on) | Q(born_on__in=days_one_slip_away(person.born_on))
    number = bare_number(person.document_number)
    if number:
        same |= Q(document_number__in={person.document_number, number}) | Q(document_number__startswith=f"{number}(")
    for key, *names in OldPass.objects.filter(same).values_list(*_FIELDS).iterator(chunk_size=1_000):
        yield OldCandidate(key, Person(*names))


def applications_since(book: OldImport, since: datetime) -> QuerySet[Application]:
    """Return the applications that were taken in since an instant under the number of somebody in a book."""
    numbers = OldPass.objects.filter(book=book).exclude(document_number="").values("document_number")
    return Application.objects.filter(lodged_at__gte=since, document_number__in=numbers)
