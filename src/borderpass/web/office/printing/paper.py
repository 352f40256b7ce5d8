"""How does one signed pass become paper? Printed, looked at, spoiled if it is no good, and passed on to be checked."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from borderpass.domain.actors import Act
from borderpass.domain.application import State
from borderpass.domain.blanks import Blank, PaperForm
from borderpass.domain.declined import Declined, Ground
from borderpass.services.check_paper import last_print, passed_check
from borderpass.services.check_words import WORDS_MAX_CHARACTERS
from borderpass.services.print_pass import print_pass
from borderpass.services.spoil_print import spoil_print
from borderpass.store.models import Application, BlankUse, IssuedPass
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.money.papers import as_pdf
from borderpass.web.office.page import office_page
from borderpass.web.office.printing.queue import read_first, say_next_blanks
from borderpass.web.office.printing.wording import say_problem


@office_view(Act.PRINT, "GET")
def paper(request: HttpRequest, here: Here, application_id: UUID) -> HttpResponse:
    """Show what is to be done with the paper now."""
    return _page(request, here, here.application(application_id))


@office_view(Act.PRINT, "POST")
def print_it(request: HttpRequest, here: Here, application_id: UUID) -> HttpResponse:
    """Print the pass: the answer is the PDF."""
    application = here.application(application_id)
    form = request.POST.get("form", "")
    if form not in list(PaperForm):
        return _page(request, here, application, gettext("Choose A6 or card."), 422)
    first = read_first(request, PaperForm(form))
    if isinstance(first, Declined):
        return _page(request, here, application, say_problem(first), 422)
    printed = print_pass(application.id, PaperForm(form), here.actor, here.now, first)
    if isinstance(printed, Declined):
        return _page(request, here, application, say_problem(printed), 409)
    return as_pdf(printed, f"{application.reference}.pdf")


@office_view(Act.PRINT, "POST")
def spoil(request: HttpRequest, here: Here, application_id: UUID) -> HttpResponse:
    """Take down that the paper is spoiled, so that it can be printed again."""
    application = here.application(application_id)
    spoiled = spoil_print(application.id, request.POST.get("note", ""), here.actor, here.now)
    if isinstance(spoiled, Declined):
        status = 422 if spoiled.ground is Ground.BAD_FORM else 409
        return _page(request, here, application, say_problem(spoiled), status)
    return redirect("printing_paper", here.office.code, application.id)


def _page(
    request: HttpRequest, here: Here, application: Application, problem: str = "", status: int = 200
) -> HttpResponse:
    application.refresh_from_db()
    use = BlankUse.objects.filter(print=last_print(application)).first() if application.events else None
    shown = {
        "application": application,
        "issued": IssuedPass.objects.filter(application=application, qr_text__isnull=False).first(),
        "to_print": application.state in (State.APPROVED, State.SPOILED),
        "printed": application.state == State.PRINTED,
        "handed_over": application.state == State.HANDED_OVER,
        "checked": passed_check(application) is not None,
        "blanks": say_next_blanks(here),
        "blank": str(Blank(use.series, use.number)) if use is not None and use.print_id is not None else "",
        "problem": problem,
        "note_max": WORDS_MAX_CHARACTERS,
    }
    return office_page(request, here, "office/printing/paper.html", shown, status=status)
