"""What is there to do today, where is somebody's application, and what comes next with it?"""

from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from borderpass.domain.actors import Act
from borderpass.domain.asked import ASKED_MAX_CHARACTERS
from borderpass.domain.local_time import local_day
from borderpass.domain.queues import Queue
from borderpass.services.search_office import search_office
from borderpass.store.models import Portrait
from borderpass.store.queries.work import as_lines
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.application import describe
from borderpass.web.office.desk.lines import say_lines, say_new
from borderpass.web.office.desk.queues import MEANINGS, TITLES, count_queues, find_in_queue, find_new
from borderpass.web.office.desk.search import address_of, say_hint
from borderpass.web.office.imports.passes import count_old_passes
from borderpass.web.office.page import office_page
from borderpass.web.wording import say_weekday

SHOWN_OF_EACH, PAGE_LINES = 5, 50


@office_view()
def day(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the day's work: each queue that is not empty with the oldest of it."""
    queues = count_queues(here)
    shown = [
        {
            "queue": one,
            "lines": _lines(here, one.queue, 0, SHOWN_OF_EACH),
            "new": one.queue is Queue.NEW,
            "more": one.count > SHOWN_OF_EACH,
        }
        for one in sorted(queues, key=lambda one: one.queue is not Queue.LATE)
        if one.count
    ]
    context = {"shown": shown, "queues": queues, "today": say_weekday(local_day(here.now))}
    return office_page(request, here, "office/desk/day.html", context)


@office_view()
def queue_page(request: HttpRequest, here: Here, queue: str) -> HttpResponse:
    """Show a queue, oldest first, a page at a time."""
    if queue not in list(Queue):
        raise Http404
    one = Queue(queue)
    queues = count_queues(here)
    count = next(found.count for found in queues if found.queue is one)
    page = Paginator(range(count), PAGE_LINES).get_page(request.GET.get("page"))
    start = (page.number - 1) * PAGE_LINES
    lines = _lines(here, one, start, start + PAGE_LINES)
    shown = {
        "queue": one,
        "title": TITLES[one],
        "meaning": MEANINGS[one],
        "lines": lines,
        "page": page,
        "queues": queues,
        "new": one is Queue.NEW,
    }
    return office_page(request, here, "office/desk/queue.html", shown)


def _lines(here: Here, queue: Queue, start: int, stop: int) -> list[object]:
    if queue is Queue.NEW:
        return list(say_new(find_new(here, start, stop)))
    return list(say_lines(here, find_in_queue(here, queue, start, stop)))


@office_view(Act.READ_OFFICE, "GET", "POST")
def search(request: HttpRequest, here: Here) -> HttpResponse:
    """Find applications. The form sends a POST, so that what a scanner reads off a pass stands in no address."""
    text = request.POST.get("q", "") if request.method == "POST" else request.GET.get("q", "")
    if request.method == "POST" and 0 < len(text.strip()) <= ASKED_MAX_CHARACTERS:
        return redirect(f"{request.path}?{urlencode({'q': text.strip()})}")
    found = search_office(text, here.office.code, here.actor)
    leads_to = address_of(here, found)
    if leads_to:
        return redirect(leads_to)
    page = Paginator(as_lines(found.applications), PAGE_LINES).get_page(request.GET.get("page"))
    shown = {
        "query": text if len(text) <= ASKED_MAX_CHARACTERS else "",
        "hint": say_hint(found),
        "lines": say_lines(here, page.object_list),
        "page": page,
        "also": "&" + urlencode({"q": text}),
        "searching": True,
        "old_passes": count_old_passes(here, text),
    }
    return office_page(request, here, "office/desk/search.html", shown)


@office_view()
def application_page(request: HttpRequest, here: Here, application_id: UUID) -> HttpResponse:
    """Show one application on one page."""
    shown = describe(here, here.application(application_id))
    return office_page(request, here, "office/desk/application.html", shown)


@office_view(Act.READ_PHOTO)
def photo(request: HttpRequest, here: Here, application_id: UUID) -> HttpResponse:
    """Show the photo of an application."""
    application = here.application(application_id)
    portrait = Portrait.objects.filter(application=application).first()
    if portrait is None:
        raise Http404
    return HttpResponse(bytes(portrait.print_jpeg), content_type="image/jpeg")
