"""Which signed passes wait for their paper? Several are chosen and printed as one PDF, in a job."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from borderpass.domain.actors import Act
from borderpass.domain.blanks import Blank, PaperForm, read_blank
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.queues import Queue
from borderpass.printing.print_sheet import Layout
from borderpass.services.print_sheet import FORM_OF, SHEET_MAX, begin_sheet
from borderpass.store.keys import new_id
from borderpass.store.queries.applications import applications_for
from borderpass.store.queries.blanks import has_blanks, unused_blanks
from borderpass.store.queries.work import in_queue
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.lines import say_lines
from borderpass.web.office.money.uuid_field import read_uuid
from borderpass.web.office.page import office_page
from borderpass.web.office.printing.wording import FORMS, LAYOUTS, say_problem


@office_view(Act.READ_OFFICE, "GET", "POST")
def queue(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what waits to be printed (GET), or have the chosen ones printed (POST)."""
    if request.method == "POST":
        here.demand(Act.PRINT)
        return _begin(request, here)
    return _show(request, here)


def say_next_blanks(here: Here) -> list[dict[str, Any]]:
    """Return for each form with numbered blanks which number should lie on top in the printer."""
    forms = [form for form in PaperForm if has_blanks(here.office.code, form)]
    found = {form: unused_blanks(here.office.code, form, 1) for form in forms}
    return [
        {"form": form.value, "label": _say_first(form), "number": str(found[form][0]) if found[form] else ""}
        for form in forms
    ]


def _say_first(form: PaperForm) -> str:
    return gettext("%(form)s: number on the blank that lies on top in the printer") % {"form": FORMS[form]}


def read_first(request: HttpRequest, form: PaperForm) -> Blank | Declined | None:
    """Return the number that the clerk read off the blank in the printer; None where nothing was typed."""
    typed = request.POST.get(f"first_{form.value}", "").strip()
    if not typed:
        return None
    return read_blank(typed) or Declined(Ground.WRONG_BLANK, "this is no number of a blank")


def _begin(request: HttpRequest, here: Here) -> HttpResponse:
    job_id, layout = read_uuid(request.POST.get("job")), request.POST.get("layout", "")
    if job_id is None or layout not in list(Layout):
        return _show(request, here, gettext("Choose how the passes lie on the paper."), 422)
    ids = [one for text in request.POST.getlist("application") if (one := read_uuid(text)) is not None]
    if not ids or len(ids) > SHEET_MAX:
        return _show(request, here, gettext("Mark from 1 to %(count)s passes.") % {"count": SHEET_MAX}, 422)
    first = read_first(request, FORM_OF[Layout(layout)])
    if isinstance(first, Declined):
        return _show(request, here, say_problem(first), 422)
    job = begin_sheet(job_id, here.office.code, ids, Layout(layout), first, here.actor, here.now)
    if isinstance(job, Declined):
        return _show(request, here, say_problem(job), 422)
    return redirect("printing_sheet", here.office.code, job.id)


def _show(request: HttpRequest, here: Here, wrong: str = "", status: int = 200) -> HttpResponse:
    waiting = in_queue(applications_for(here.actor).filter(office=here.office), Queue.TO_PRINT)
    page = Paginator(waiting, SHEET_MAX).get_page(request.GET.get("page"))
    applications = list(page.object_list)
    marked = set(request.POST.getlist("application"))
    shown = {
        "lines": [
            {"id": str(one.id), "marked": str(one.id) in marked, "said": said}
            for one, said in zip(applications, say_lines(here, applications), strict=True)
        ],
        "page": page,
        "waiting": page.paginator.count,
        "may_print": here.may(Act.PRINT),
        "may_check": here.may(Act.HAND_OVER),
        "job_id": new_id(),
        "layouts": [
            {"value": one.value, "said": said, "chosen": one.value == request.POST.get("layout", Layout.A6.value)}
            for one, said in LAYOUTS.items()
        ],
        "blanks": [
            {**one, "number": request.POST.get(f"first_{one['form']}", one["number"])} for one in say_next_blanks(here)
        ],
        "wrong": wrong,
    }
    return office_page(request, here, "office/printing/queue.html", shown, status=status)
