"""How does a signed pass become paper, and how does the paper reach its holder? Print, spoil, check, hand over."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from borderpass.domain.actors import Act
from borderpass.domain.application import State
from borderpass.domain.declined import Declined, Ground
from borderpass.services.check_paper import check_paper
from borderpass.services.check_words import WORDS_MAX_CHARACTERS
from borderpass.services.print_pass import PaperForm, hand_over_pass, print_pass, spoil_print
from borderpass.store.models import Application, IssuedPass
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.money.papers import as_pdf
from borderpass.web.office.page import office_page


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
    printed = print_pass(application.id, PaperForm(form), here.actor, here.now)
    if isinstance(printed, Declined):
        return _page(request, here, application, _say(printed), 409)
    return as_pdf(printed, f"{application.reference}.pdf")


@office_view(Act.PRINT, "POST")
def spoil(request: HttpRequest, here: Here, application_id: UUID) -> HttpResponse:
    """Take down that the paper is spoiled, so that it can be printed again."""
    application = here.application(application_id)
    note = request.POST.get("note", "")
    spoiled = spoil_print(application.id, note, here.actor, here.now)
    if isinstance(spoiled, Declined):
        return _page(request, here, application, _say(spoiled), 422 if spoiled.ground is Ground.BAD_FORM else 409)
    return redirect("printing_paper", here.office.code, application.id)


@office_view(Act.HAND_OVER, "POST")
def hand_over(request: HttpRequest, here: Here, application_id: UUID) -> HttpResponse:
    """Hand the pass over, once the scanned paper is the pass that was signed."""
    application = here.application(application_id)
    checked = check_paper(application.id, request.POST.get("text", ""), here.actor)
    if isinstance(checked, Declined):
        return _page(request, here, application, _say(checked), 422)
    handed = hand_over_pass(application.id, here.actor, here.now)
    if isinstance(handed, Declined):
        return _page(request, here, application, _say(handed), 409)
    return redirect("printing_paper", here.office.code, application.id)


def _page(
    request: HttpRequest, here: Here, application: Application, problem: str = "", status: int = 200
) -> HttpResponse:
    application.refresh_from_db()
    shown = {
        "application": application,
        "issued": IssuedPass.objects.filter(application=application, qr_text__isnull=False).first(),
        "to_print": application.state in (State.APPROVED, State.SPOILED),
        "printed": application.state == State.PRINTED,
        "handed_over": application.state == State.HANDED_OVER,
        "problem": problem,
        "note_max": WORDS_MAX_CHARACTERS,
    }
    return office_page(request, here, "office/printing/paper.html", shown, status=status)


def _say(declined: Declined) -> str:
    words = {
        Ground.BAD_FORM: gettext("Say what is wrong with the paper."),
        Ground.WRONG_PAPER: gettext(
            "This is not the pass of this application. Do not hand it over: look for the right one."
        ),
        Ground.WRONG_STATE: gettext("Somebody was faster, or it is not signed yet. This is how it stands now."),
    }
    return words.get(declined.ground, declined.message)
