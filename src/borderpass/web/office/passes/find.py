"""/office/<office>/passes/: which pass is meant? By its number, or by its code that the hand scanner reads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from borderpass.domain.actors import Act
from borderpass.services.take_in_stack import find_number
from borderpass.store.models import IssuedPass
from borderpass.store.queries.passes import passes_for
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.page import office_page

_NUMBER_MAX = 24


@office_view(Act.READ_OFFICE, "GET", "POST")
def find(request: HttpRequest, here: Here) -> HttpResponse:
    """Ask for a pass, and lead to it. A code holds personal data: it is posted, so that no address shows it."""
    if request.method != "POST":
        return _ask(request, here)
    text = request.POST.get("q", "").strip("\r\n\t")
    found = find_typed(here, text) if text.strip() else None
    if found is not None:
        return redirect("passes_one", here.office.code, found.number)
    hint = gettext("There is no such pass at this office. Compare the number with the paper.")
    return _ask(request, here, text if len(text) <= _NUMBER_MAX else "", hint)


def _ask(request: HttpRequest, here: Here, text: str = "", hint: str = "") -> HttpResponse:
    shown = {"q": text, "hint": hint, "may_take_in": here.may(Act.TAKE_IN)}
    return office_page(request, here, "office/passes/find.html", shown, status=422 if hint else 200)


def find_typed(here: Here, text: str) -> IssuedPass | None:
    """Return the current paper of the pass that a number, or the text of a paper's code, means at this office."""
    number = find_number(text, here.actor)
    issued = passes_for(here.actor).filter(number=number, current=True).first() if number else None
    at_home = issued is not None and here.office.code in (issued.office_id, issued.application.office_id)
    return issued if at_home else None
