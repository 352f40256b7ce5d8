"""/office/<office>/passes/<number>/death/: the holder has died. Asked once, plainly; done at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from borderpass.domain.actors import Act
from borderpass.domain.declined import Declined, Ground
from borderpass.services.check_words import WORDS_MAX_CHARACTERS
from borderpass.services.report_death import Reported, report_death
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.page import office_page
from borderpass.web.office.passes.one import pass_here
from borderpass.web.office.passes.wording import say_why


@office_view(Act.READ_OFFICE, "GET", "POST")
def report(request: HttpRequest, here: Here, number: str) -> HttpResponse:
    """Ask by what it is known, and write it down."""
    issued = pass_here(here, number)
    here.demand(Act.CHANGE_STATUS)
    shown = {"issued": issued, "application": issued.application, "words_max": WORDS_MAX_CHARACTERS}
    if request.method != "POST":
        return office_page(request, here, "office/passes/death.html", shown)
    words = request.POST.get("words", "")
    done = report_death(issued.number, words, here.actor, here.now)
    if isinstance(done, Declined):
        bad = done.ground is Ground.BAD_FORM
        wrong = gettext("Write by what it is known, in at most 300 letters.") if bad else say_why(done)
        shown |= {"words": words, "wrong": wrong}
        return office_page(request, here, "office/passes/death.html", shown, status=422 if bad else 409)
    _tell(request, done)
    return redirect("passes_one", here.office.code, issued.number)


def _tell(request: HttpRequest, done: Reported) -> None:
    messages.success(request, gettext("It is written down. The family has nothing more to do here."))
    if done.withdrawn:
        what = gettext("Withdrawn: %(which)s. A fee that is owed back is paid to the family.")
        messages.info(request, what % {"which": ", ".join(done.withdrawn)})
    if done.still_open:
        what = gettext("Keep the paper of %(which)s here: it is not handed over any more.")
        messages.warning(request, what % {"which": ", ".join(done.still_open)})
    if done.elsewhere:
        what = gettext("Tell the offices that issued %(which)s: only they can revoke them.")
        messages.warning(request, what % {"which": ", ".join(done.elsewhere)})
