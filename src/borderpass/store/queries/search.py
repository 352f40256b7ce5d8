"""Which applications are meant? Looked up among those that the caller may read."""

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace

from borderpass.domain.asked import Asked
from borderpass.store.models import Application, IssuedPass

_IN_LATIN, _IN_KHMER, _IN_NUMBERS = (" ", "-", ".", "'"), (" ", "\u200b", "-", ".", "'"), (" ", "-", ".", "/")
"""What may stand between the letters of each as they are kept (domain/application_form.py)."""
_LOOKS_ALIKE = ("\u17d2\u178a", "\u17d2\u178f")
_LEAST_DIGITS = 4


def search_applications(applications: QuerySet[Application], asked: Asked) -> QuerySet[Application]:
    """Return those of some applications that are asked for, newest first."""
    found = applications.alias(
        khmer=_bare(Replace(F("name_khmer"), *map(Value, _LOOKS_ALIKE)), _IN_KHMER),
        latin=_bare(F("name_latin"), _IN_LATIN),
        document=_bare(F("document_number"), _IN_NUMBERS),
    )
    return found.filter(_condition(asked)).order_by("-lodged_at", "-id")


def _condition(asked: Asked) -> Q:
    if asked.reference:
        return Q(reference=asked.reference)
    if asked.pass_number:
        return Q(id__in=IssuedPass.objects.filter(number=asked.pass_number).values("application"))
    if asked.serial:
        with_number = IssuedPass.objects.filter(number__contains=f"-{asked.serial}-")
        return Q(reference__contains=f"-{asked.serial}-") | Q(id__in=with_number.values("application"))
    condition = Q()
    for name in asked.names_khmer:
        condition &= Q(khmer__contains=name)
    for name in asked.names_latin:
        condition &= Q(latin__contains=name)
    if asked.born_on is not None:
        condition &= Q(born_on=asked.born_on)
    if asked.document_number:
        condition &= _of_number(asked.document_number)
    return condition


def _of_number(number: str) -> Q:
    """Return the condition that a document or a phone has a number, or begins with it."""
    if len(number) < _LEAST_DIGITS:
        return Q(document=number)
    return Q(document__startswith=number) | Q(phone__endswith=number.removeprefix("0"))


def _bare(text: F | Replace, characters: tuple[str, ...]) -> F | Replace:
    """Return a column in the form in which `domain.asked` leaves what is typed."""
    for character in characters:
        text = Replace(text, Value(character), Value(""))
    return text
