"""Which passes of the old books has an office? Looked up by the old number, a name, a birth date or an ID number."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from borderpass.domain.asked import ASKED_MAX_CHARACTERS, understand
from borderpass.domain.local_time import local_day
from borderpass.domain.passes import Sex
from borderpass.store.models import OldPass
from borderpass.store.queries.old_books import old_passes_for, search_old_passes
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.wording import SEXES, say_address, say_date
from borderpass.web.office.page import office_page

PAGE_LINES = 50


@office_view()
def search(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the passes that are asked for; without a question all, those that are good longest first."""
    text = _tidy(request.GET.get("old", ""))
    found = old_passes_for(here.actor).filter(office=here.office)
    found = search_old_passes(found, text, understand(text)) if text else found.order_by("-valid_until", "number_key")
    page = Paginator(found, PAGE_LINES).get_page(request.GET.get("page"))
    shown = {
        "asked": text,
        "lines": [describe_old_pass(here, one) for one in page],
        "page": page,
        "also": "&" + urlencode({"old": text}),
    }
    return office_page(request, here, "office/imports/passes.html", shown)


def count_old_passes(here: Here, text: str) -> int:
    """Return how many passes of the office's old books a text finds; of an empty or overlong one, none."""
    typed = _tidy(text)
    if not typed or len(text) > ASKED_MAX_CHARACTERS:
        return 0
    found = old_passes_for(here.actor).filter(office=here.office)
    return search_old_passes(found, typed, understand(typed)).count()


def _tidy(text: str) -> str:
    return text.replace("\0", " ").strip()[:ASKED_MAX_CHARACTERS]


def describe_old_pass(here: Here, one: OldPass) -> dict[str, object]:
    """Return a pass of the old books as pages show it."""
    return {
        "old_number": one.old_number,
        "name_khmer": one.name_khmer,
        "name_latin": one.name_latin,
        "sex": str(SEXES[Sex(one.sex)]),
        "born_on": say_date(one.born_on),
        "document_number": one.document_number,
        "address": " ".join(say_address(one.home_code)),
        "issued_on": say_date(one.issued_on),
        "valid_until": say_date(one.valid_until),
        "is_good": one.valid_until >= local_day(here.now),
        "remarks": one.remarks,
    }
