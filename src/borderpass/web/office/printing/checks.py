"""Is this paper good? What lies on the desk is scanned, one after the other, before it is put away to be fetched."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from borderpass.domain.actors import Act
from borderpass.domain.application import State
from borderpass.domain.declined import Declined
from borderpass.domain.hand_over import Check
from borderpass.services.check_paper import check_paper, find_paper
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.page import office_page
from borderpass.web.office.printing.wording import CHECKS, say_problem

TEXT_MAX_CHARACTERS = 5_000


@office_view(Act.HAND_OVER, "GET", "POST")
def check(request: HttpRequest, here: Here) -> HttpResponse:
    """Ask for a code (GET), and say large what it is (POST)."""
    shown = _look(request, here) if request.method == "POST" else {}
    return office_page(request, here, "office/printing/check.html", shown)


def _look(request: HttpRequest, here: Here) -> dict[str, Any]:
    text = request.POST.get("text", "")[: TEXT_MAX_CHARACTERS + 1]
    application = find_paper(text, here.office.code, here.actor)
    if application is None:
        return {"found": Check.UNREADABLE, "said": CHECKS[Check.UNREADABLE], "good": False}
    checked = check_paper(application.id, text, here.actor, here.now)
    if isinstance(checked, Declined):
        return {"found": "", "said": say_problem(checked), "good": False, "application": application}
    found = Check(checked.found)
    waits = application.state == State.PRINTED and found is Check.OK
    return {
        "found": found,
        "said": CHECKS[found],
        "good": found is Check.OK,
        "application": application,
        "hand_over_url": reverse("printing_hand_over", args=[here.office.code, application.id]) if waits else "",
    }
