"""How does the paper reach its holder? It is found, compared with what was signed, and taken against a signature."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from borderpass.domain.actors import Act
from borderpass.domain.application import State
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.hand_over import Check
from borderpass.domain.local_time import age_on, local_day
from borderpass.domain.queues import Queue
from borderpass.services.check_paper import check_paper, find_paper, passed_check
from borderpass.services.hand_over_pass import hand_over_pass
from borderpass.services.search_office import search_office
from borderpass.store.models import Application, IssuedPass
from borderpass.store.queries.applications import applications_for
from borderpass.store.queries.papers import not_collected
from borderpass.store.queries.work import in_queue
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.lines import say_lines
from borderpass.web.office.desk.search import say_hint
from borderpass.web.office.desk.wording import STATES, say_address, say_date, say_instant
from borderpass.web.office.page import office_page
from borderpass.web.office.printing.checks import TEXT_MAX_CHARACTERS
from borderpass.web.office.printing.forms import HandOverForm
from borderpass.web.office.printing.wording import CHECKS, say_problem
from borderpass.web.wording import say_ago, say_years

SHOWN, PAGE_LINES = 20, 50


@office_view(Act.READ_OFFICE, "GET", "POST")
def find(request: HttpRequest, here: Here) -> HttpResponse:
    """Ask whose pass is fetched. A scanned paper is checked on the way; a reference or a name leads to its page."""
    hint = ""
    if request.method == "POST":
        here.demand(Act.HAND_OVER)
        text = request.POST.get("q", "")[: TEXT_MAX_CHARACTERS + 1]
        if (scanned := find_paper(text, here.office.code, here.actor)) is not None:
            check_paper(scanned.id, text, here.actor, here.now)
        found = search_office(text, here.office.code, here.actor)
        if found.only is not None:
            return redirect("printing_hand_over", here.office.code, found.only)
        hint = say_hint(found) or gettext("Nothing was found. Scan the paper, or type the reference on the slip.")
        ready = found.applications.filter(state=State.PRINTED)
    else:
        ready = in_queue(applications_for(here.actor).filter(office=here.office), Queue.TO_HAND_OVER)
    late = not_collected(applications_for(here.actor).filter(office=here.office), here.now).count()
    shown = {"lines": _lines(here, ready), "hint": hint, "late": late, "may_hand_over": here.may(Act.HAND_OVER)}
    return office_page(request, here, "office/printing/find.html", shown, status=422 if hint else 200)


def _lines(here: Here, ready: Any) -> list[dict[str, Any]]:
    listed = list(ready.order_by("lodged_at", "id").filter(state=State.PRINTED)[:SHOWN])
    for one in listed:
        one.signed = True
    return [{"id": one.id, "said": said} for one, said in zip(listed, say_lines(here, listed), strict=True)]


@office_view()
def waiting(request: HttpRequest, here: Here) -> HttpResponse:
    """List the passes that nobody has fetched for 30 days, with how to reach their holders."""
    found = not_collected(applications_for(here.actor).filter(office=here.office), here.now)
    page = Paginator(found, PAGE_LINES).get_page(request.GET.get("page"))
    lines = [
        {"application": one, "since": say_instant(one.printed_at), "ago": say_ago(here.now - one.printed_at)}
        for one in page.object_list
    ]
    return office_page(request, here, "office/printing/waiting.html", {"lines": lines, "page": page})


@office_view(Act.HAND_OVER, "GET", "POST")
def hand_over(request: HttpRequest, here: Here, application_id: UUID) -> HttpResponse:
    """Show whom the pass is of and scan its paper; then take down who took it."""
    application = here.application(application_id)
    if request.method != "POST":
        return _page(request, here, application)
    if "text" in request.POST:
        checked = check_paper(application.id, request.POST["text"][: TEXT_MAX_CHARACTERS + 1], here.actor, here.now)
        if isinstance(checked, Declined):
            return _page(request, here, application, say_problem(checked), 409)
        if checked.found != Check.OK:
            return _page(request, here, application, str(CHECKS[Check(checked.found)]), 422)
        return redirect("printing_hand_over", here.office.code, application.id)
    form = HandOverForm(request.POST)
    if not form.is_valid():
        form.mark()
        return _page(request, here, application, status=422, form=form)
    handed = hand_over_pass(application.id, here.actor, here.now, form.collected(), form.cleaned_data["unchecked"])
    if isinstance(handed, Declined):
        status = 422 if handed.ground in (Ground.NOT_CHECKED, Ground.BAD_FORM) else 409
        return _page(request, here, application, say_problem(handed), status, form)
    messages.success(request, gettext("Handed over."))
    return redirect("printing_paper", here.office.code, application.id)


def _page(
    request: HttpRequest,
    here: Here,
    application: Application,
    problem: str = "",
    status: int = 200,
    form: HandOverForm | None = None,
) -> HttpResponse:
    application.refresh_from_db()
    checked = passed_check(application)
    shown = {
        "application": application,
        "issued": IssuedPass.objects.filter(application=application, qr_text__isnull=False).first(),
        "printed": application.state == State.PRINTED,
        "state": STATES[State(application.state)],
        "born_on": f"{say_date(application.born_on)} ({say_years(age_on(application.born_on, local_day(here.now)))})",
        "address": say_address(application.home_code),
        "children": [(name, say_date(date.fromisoformat(born_on))) for name, born_on, _ in application.companions],
        "checked_at": say_instant(checked.at) if checked is not None else "",
        "checked": checked is not None,
        "problem": problem,
        "form": form or HandOverForm(),
    }
    return office_page(request, here, "office/printing/hand_over.html", shown, status=status)
