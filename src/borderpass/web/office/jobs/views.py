"""How far is long work, and what came of it? A page that can be left, and works without scripts by loading it again."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from borderpass.domain.jobs import JobState
from borderpass.store.models import Job, JobResult
from borderpass.store.queries.jobs import jobs_for
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.jobs.wording import say_job
from borderpass.web.office.page import office_page

PAGE_LINES = 50
STOP_POLLING = 286
"""htmx asks no more when it gets this status."""


@office_view()
def job_list(request: HttpRequest, here: Here) -> HttpResponse:
    """List the latest work of the office."""
    found = jobs_for(here.actor).filter(office=here.office).order_by("-made_at", "-id")
    page = Paginator(found, PAGE_LINES).get_page(request.GET.get("page"))
    shown = {"jobs": [say_job(here, job) for job in page], "page": page}
    return office_page(request, here, "office/jobs/list.html", shown)


@office_view()
def job_page(request: HttpRequest, here: Here, job_id: UUID) -> HttpResponse:
    """Show how far a job is."""
    return office_page(request, here, "office/jobs/job.html", {"job": say_job(here, _find(here, job_id))})


@office_view()
def job_progress(request: HttpRequest, here: Here, job_id: UUID) -> HttpResponse:
    """Show the part of that page that changes."""
    job = _find(here, job_id)
    over = job.state in (JobState.DONE, JobState.FAILED)
    return render(
        request, "office/jobs/progress.html", {"job": say_job(here, job)}, status=STOP_POLLING if over else 200
    )


@office_view()
def job_result(request: HttpRequest, here: Here, job_id: UUID) -> HttpResponse:
    """Give the file that a job made."""
    result = JobResult.objects.filter(job=_find(here, job_id)).first()
    if result is None:
        raise Http404
    response = HttpResponse(bytes(result.octets), content_type=result.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, result.file_name) or "attachment"
    return response


def _find(here: Here, job_id: UUID) -> Job:
    job = jobs_for(here.actor).filter(office=here.office, id=job_id).first()
    if job is None:
        raise Http404
    return job
