"""How does a page say what was found, and what there is to say beside it?"""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.search_office import Found, Hint
from borderpass.store.models import Office
from borderpass.web.office.access import Here
from borderpass.web.wording import language

_HINTS: dict[Hint, Promise] = {
    Hint.NOTHING_ASKED: gettext_lazy("Type a name, a reference or a number, or scan a code."),
    Hint.TOO_LONG: gettext_lazy("This is too long to be the code of a border pass."),
    Hint.MISTYPED: gettext_lazy(
        "The last character does not fit this number: compare it with the paper and type it again."
    ),
    Hint.CODE_UNKNOWN: gettext_lazy(
        "No pass with this code was issued here. Scan it again; if nothing changes, the paper is not to be trusted."
    ),
    Hint.CODE_ALTERED: gettext_lazy(
        "A pass with this content was issued here, but with another signature: the paper is not to be trusted."
    ),
}
_OTHER_OFFICE = gettext_lazy("By its number this belongs to another office: %(office)s.")


def say_hint(found: Found) -> str:
    """Return what there is to say beside what was found; empty when nothing."""
    if found.hint is None:
        return ""
    if found.hint is Hint.OTHER_OFFICE:
        return str(_OTHER_OFFICE) % {"office": _name_of_office(found.other_office)}
    return str(_HINTS[found.hint])


def address_of(here: Here, found: Found) -> str:
    """Return the address of the one page that is meant; empty where there are several, or something to say first."""
    if found.made_at_home:
        return f"{reverse('office', args=[here.office.code])}new/?reference={found.made_at_home}"
    if found.only is None or found.hint is not None:
        return ""
    return reverse("office_application", args=[here.office.code, found.only])


def _name_of_office(code: str) -> str:
    """Return the name of an office; that of its district or its code, where there is no such office here."""
    office = Office.objects.filter(code=code).first()
    if office is not None:
        return str(getattr(office, f"name_{language()}"))
    place = load_gazetteer().find(code)
    if place is None:
        return code
    return place.full_name_km if language() == "km" else place.name_latin
