"""/office/<office>/passes/<number>/: one pass, how it stands, and what is done about it now."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from borderpass.domain.actors import Act
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.standing import StandingGround
from borderpass.domain.status import Status
from borderpass.services.change_status import change_status
from borderpass.services.check_words import WORDS_MAX_CHARACTERS
from borderpass.store.models import IssuedPass
from borderpass.store.queries.passes import passes_for
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.page import office_page
from borderpass.web.office.passes.describe import describe_pass_page
from borderpass.web.office.passes.wording import CHANGES, say_why

_CHOSEN = {status.name.lower(): status for status in (Status.VALID, Status.SUSPENDED, Status.REVOKED)}


def pass_here(here: Here, number: str) -> IssuedPass:
    """Return the current paper of a pass that this office signed, or took the application for. Raise Http404."""
    issued = passes_for(here.actor).filter(number=number, current=True).first()
    if issued is None or here.office.code not in (issued.office_id, issued.application.office_id):
        raise Http404
    return issued


@office_view()
def one(request: HttpRequest, here: Here, number: str) -> HttpResponse:
    """Show one pass."""
    return show_pass(request, here, pass_here(here, number))


@office_view()
def of_application(request: HttpRequest, here: Here, application_id: UUID) -> HttpResponse:
    """Lead from an application to its pass."""
    issued = IssuedPass.objects.filter(application=here.application(application_id), qr_text__isnull=False).first()
    if issued is None:
        raise Http404
    return redirect("passes_one", here.office.code, issued.number)


@office_view(Act.READ_OFFICE, "POST")
def change(request: HttpRequest, here: Here, number: str) -> HttpResponse:
    """Revoke, suspend or reinstate a pass."""
    issued = pass_here(here, number)
    here.demand(Act.CHANGE_STATUS)
    to, code = request.POST.get("to", ""), request.POST.get("ground", "")
    words = request.POST.get("words", "")
    answer = {"to": to, "ground": code, "words": words}
    if to not in _CHOSEN or code not in list(StandingGround):
        return show_pass(request, here, issued, answer | {"wrong": gettext("Choose why.")}, 422)
    status = _CHOSEN[to]
    changed = change_status(issued.number, status, words, here.actor, here.now, StandingGround(code))
    if isinstance(changed, Declined):
        bad = changed.ground is Ground.BAD_FORM
        wrong = gettext("Say in words why, in at most 300 letters.") if bad else say_why(changed)
        return show_pass(request, here, pass_here(here, number), answer | {"wrong": wrong}, 422 if bad else 409)
    done = {"number": issued.number, "standing": CHANGES[status]}
    messages.success(request, gettext("%(number)s: %(standing)s. The gates learn of it with the next list.") % done)
    return redirect("passes_one", here.office.code, issued.number)


def show_pass(
    request: HttpRequest, here: Here, issued: IssuedPass, answer: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    """Answer with the page of a pass; `answer` is what was filled in to change its standing, and what is wrong."""
    shown = {**describe_pass_page(here, issued), "words_max": WORDS_MAX_CHARACTERS}
    filled = dict(answer or {})
    if filled.get("to") not in {change["value"] for change in shown["changes"]}:
        filled["to"] = ""  # its form is not on the page any more: what is wrong is said at the top
    shown["answer"] = filled
    return office_page(request, here, "office/passes/one.html", shown, status=status)
