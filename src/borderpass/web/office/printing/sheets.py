"""What came of a sheet of many passes? How far it is, the PDF, and how each paper came out of the printer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext

from borderpass.domain.actors import Act
from borderpass.domain.application import State
from borderpass.domain.blanks import Blank, Outcome, read_blank
from borderpass.domain.declined import Declined
from borderpass.domain.jobs import JobKind, JobState
from borderpass.printing.print_sheet import Layout
from borderpass.services.check_words import WORDS_MAX_CHARACTERS
from borderpass.services.print_sheet import draw_recorded, sheet_events
from borderpass.services.shift_blanks import shift_blanks
from borderpass.services.spoil_print import spoil_print
from borderpass.store.models import Application, ApplicationEvent, BlankUse, Job, JobResult
from borderpass.store.queries.jobs import jobs_for
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.wording import STATES
from borderpass.web.office.jobs.views import STOP_POLLING
from borderpass.web.office.jobs.wording import say_job
from borderpass.web.office.money.papers import as_pdf
from borderpass.web.office.money.uuid_field import read_uuid
from borderpass.web.office.page import office_page
from borderpass.web.office.printing.wording import LAYOUTS, say_problem

PAGE_LINES = 50


@office_view()
def sheets(request: HttpRequest, here: Here) -> HttpResponse:
    """List what was printed many at once, newest first."""
    found = jobs_for(here.actor).filter(office=here.office, kind=JobKind.PRINT).order_by("-made_at", "-id")
    page = Paginator(found, PAGE_LINES).get_page(request.GET.get("page"))
    return office_page(
        request, here, "office/printing/sheets.html", {"jobs": [_line(here, job) for job in page], "page": page}
    )


def _line(here: Here, job: Job) -> dict[str, Any]:
    return {"id": job.id, "said": say_job(here, job), "layout": LAYOUTS[Layout(job.parameters["layout"])]}


@office_view(Act.READ_OFFICE, "GET", "POST")
def sheet(request: HttpRequest, here: Here, job_id: UUID) -> HttpResponse:
    """Show a sheet (GET); take down which of its papers are no good (POST)."""
    job = _find(here, job_id)
    if request.method == "POST":
        here.demand(Act.PRINT)
        if "ate" in request.POST:
            return _shift(request, here, job)
        return _judge(request, here, job)
    return _show(request, here, job)


@office_view()
def sheet_progress(request: HttpRequest, here: Here, job_id: UUID) -> HttpResponse:
    """Show how far a sheet is; when it is done, the page is loaded again with its papers."""
    job = _find(here, job_id)
    over = job.state in (JobState.DONE, JobState.FAILED)
    response = render(
        request, "office/jobs/progress.html", {"job": say_job(here, job)}, status=STOP_POLLING if over else 200
    )
    if over:
        response.headers["HX-Refresh"] = "true"
    return response


@office_view(Act.PRINT)
def sheet_pdf(request: HttpRequest, here: Here, job_id: UUID) -> HttpResponse:
    """Give the PDF of a sheet, to be looked at and printed from the browser."""
    job = _find(here, job_id)
    result = JobResult.objects.filter(job=job).first()
    if result is not None:
        return as_pdf(bytes(result.octets), result.file_name)
    pdf = draw_recorded(job) if job.state == JobState.FAILED else b""
    if not pdf:
        raise Http404
    return as_pdf(pdf, f"passes-{here.office.code}.pdf")


def _find(here: Here, job_id: UUID) -> Job:
    job = jobs_for(here.actor).filter(office=here.office, kind=JobKind.PRINT, id=job_id).first()
    if job is None:
        raise Http404
    return job


def _judge(request: HttpRequest, here: Here, job: Job) -> HttpResponse:
    """Spoil the papers that were marked, each for its reason; those that are spoiled already stay so."""
    bad = {one for text in request.POST.getlist("bad") if (one := read_uuid(text)) is not None}
    events = [event for event in sheet_events(job) if event.application_id in bad and _is_printed(event)]
    reasons = {event.application_id: request.POST.get(f"why-{event.application_id}", "") for event in events}
    if any(not reason.strip() for reason in reasons.values()):
        return _show(request, here, job, gettext("Say of each spoiled paper what is wrong with it."), 422)
    spoiled = 0
    for event in events:
        answer = spoil_print(event.application_id, reasons[event.application_id], here.actor, here.now)
        if isinstance(answer, Declined):
            return _show(request, here, job, say_problem(answer), 422)
        spoiled += 1
    if spoiled:
        words = ngettext("%(count)s paper is spoiled.", "%(count)s papers are spoiled.", spoiled) % {"count": spoiled}
        messages.success(request, words)
    return redirect("printing_sheet", here.office.code, job.id)


def _shift(request: HttpRequest, here: Here, job: Job) -> HttpResponse:
    """Take down that the printer ate a blank: the papers from there on lie on the next ones."""
    about, _, number = request.POST["ate"].partition(" ")
    application_id, blank = read_uuid(about), read_blank(number)
    if application_id is None or blank is None:
        return _show(request, here, job, gettext("Load the page again."), 422)
    answer = shift_blanks(job, application_id, blank, here.actor, here.now)
    if isinstance(answer, Declined):
        return _show(request, here, job, say_problem(answer), 409)
    messages.success(request, gettext("Blank %(number)s is void.") % {"number": answer})
    return redirect("printing_sheet", here.office.code, job.id)


def _is_printed(event: ApplicationEvent) -> bool:
    """Tell whether a print is the last thing that happened to its application."""
    return event.application.state == State.PRINTED and event.application.events == event.seq


def _show(request: HttpRequest, here: Here, job: Job, wrong: str = "", status: int = 200) -> HttpResponse:
    events = sheet_events(job)
    kept = {one.print_id: one for one in BlankUse.objects.filter(print__in=events)}
    bad = set(request.POST.getlist("bad"))
    lines = [_say_paper(event, kept.get(event.id), bad, request) for event in events]
    over = job.state in (JobState.DONE, JobState.FAILED)
    still_printed = any(line["is_printed"] for line in lines)
    shown = {
        **_line(here, job),
        "job": job,
        "is_over": over,
        "lines": lines if over else [],
        "numbered": bool(kept),
        "first": lines[0]["blank"] if lines else "",
        "last": lines[-1]["blank"] if lines else "",
        "has_file": JobResult.objects.filter(job=job).exists() or (job.state == JobState.FAILED and still_printed),
        "may_print": here.may(Act.PRINT) and over,
        "left": still_printed,
        "note_max": WORDS_MAX_CHARACTERS,
        "wrong": wrong,
    }
    return office_page(request, here, "office/printing/sheet.html", shown, status=status)


def _say_paper(event: ApplicationEvent, use: BlankUse | None, bad: set[str], request: HttpRequest) -> dict[str, Any]:
    one: Application = event.application
    return {
        "id": str(one.id),
        "reference": one.reference,
        "name_khmer": one.name_khmer,
        "name_latin": one.name_latin,
        "blank": str(Blank(use.series, use.number)) if use is not None else "",
        "is_printed": _is_printed(event),
        "is_spoiled": use is not None and use.outcome == Outcome.SPOILED,
        "state": STATES[State(one.state)],
        "bad": str(one.id) in bad,
        "why": request.POST.get(f"why-{one.id}", ""),
    }
