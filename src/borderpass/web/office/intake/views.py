"""How is an application taken in at the counter, and one that was returned mended? One form, and all its buttons.

Every button sends the whole form to its own address. With scripts htmx puts in only that part of the answer that
changed; without them the whole page comes again. What was typed is kept in a draft each time, even where the session
ended meanwhile.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from borderpass.domain.actors import Act
from borderpass.domain.application import State
from borderpass.domain.attachments import MAX_FILE_BYTES, AttachmentKind
from borderpass.domain.declined import Declined
from borderpass.domain.local_time import local_day
from borderpass.pictures.portrait import MAX_FILE_BYTES as MAX_PICTURE_BYTES
from borderpass.pictures.portrait import Refusal
from borderpass.services.attach_document import attach_document, remove_document
from borderpass.services.save_draft import discard_draft, save_draft
from borderpass.services.save_draft_picture import lay_frame, save_draft_picture
from borderpass.store.keys import new_id
from borderpass.store.models import Application, Draft, Staff
from borderpass.store.queries.applications import find_application
from borderpass.store.queries.drafts import find_draft
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.intake.address import find_lines, pick
from borderpass.web.office.intake.card import find_reference, read_card
from borderpass.web.office.intake.forms import read_frame, what_was_typed
from borderpass.web.office.intake.lodge import take_in
from borderpass.web.office.intake.preapplication import fill_from_home, forget_home, is_of_somebody_else
from borderpass.web.office.intake.sheet import Sheet, open_sheet, read_ticket, show_sheet
from borderpass.web.office.intake.wording import say_paper_refusal, say_picture_refusal


def keeping_what_was_typed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep what a form sent, for the clerk it was made for, where nobody is signed in any more."""

    @wraps(view)
    def wrapped(request: HttpRequest, office: str, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            form_id = next(iter(kwargs.values()))
            ticket = read_ticket(request.POST.get("ticket", ""))
            clerk = Staff.objects.filter(username=ticket[0], is_active=True).first() if ticket else None
            if ticket is not None and clerk is not None and ticket[1:] == (office, str(form_id)):
                save_draft(form_id, office, what_was_typed(request.POST), clerk.actor(), timezone.now())
        return view(request, office=office, **kwargs)

    return wrapped


@office_view(Act.TAKE_IN)
def begin(request: HttpRequest, here: Here) -> HttpResponse:
    """Begin a form under an id of its own; what is asked for along with it goes along."""
    url = reverse("intake_form", args=[here.office.code, new_id()])
    return redirect(f"{url}?{request.GET.urlencode()}" if request.GET else url)


@keeping_what_was_typed
@office_view(Act.TAKE_IN, "GET", "POST")
def form(request: HttpRequest, here: Here, form_id: UUID) -> HttpResponse:
    """Show a form as it was left, or do what one of its buttons says."""
    lodged = find_application(here.actor, form_id)
    if lodged is not None:
        return _go(request, reverse("intake_done", args=[here.office.code, lodged.id]))
    sheet = open_sheet(here, form_id)
    reference = request.GET.get("reference", "")
    if request.method == "GET" and reference and sheet.draft is None:
        fill_from_home(sheet, reference)
    return _answer(request, sheet)


@keeping_what_was_typed
@office_view(Act.TAKE_IN, "GET", "POST")
def edit(request: HttpRequest, here: Here, application_id: UUID) -> HttpResponse:
    """Show the form of an application that was returned, or do what one of its buttons says."""
    application = here.application(application_id)
    if application.state != State.RETURNED:
        return _go(request, reverse("office_application", args=[here.office.code, application.id]))
    return _answer(request, open_sheet(here, application_id, application))


def _answer(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    if request.method != "POST":
        return show_sheet(request, sheet)
    act, _, word = request.POST.get("act", "lodge").partition(":")
    sheet.fields = {**sheet.fields, **what_was_typed(request.POST)}
    sheet.compared = request.POST.get("compared", "")
    if act in CHANGING:
        CHANGING[act](sheet, request, word)
    kept = save_draft(sheet.form_id, sheet.here.office.code, sheet.fields, sheet.here.actor, sheet.here.now)
    if isinstance(kept, Declined):
        raise Http404
    if isinstance(kept, Application):
        return _go(request, reverse("intake_done", args=[sheet.here.office.code, kept.id]))
    sheet.draft = kept
    done = DOING[act](sheet, request, word) if act in DOING else None
    return done or show_sheet(request, sheet, 422 if sheet.errors is not None else 200)


def _read_card(sheet: Sheet, request: HttpRequest, word: str) -> None:
    text = request.POST.get("card", "")
    reference = find_reference(text)
    if reference is not None:
        fill_from_home(sheet, reference)
        return
    sheet.card = read_card(text, local_day(sheet.here.now))
    if is_of_somebody_else(sheet.card.fields, sheet.fields):
        forget_home(sheet)
    sheet.fields |= sheet.card.fields
    if sheet.card.fields:
        sheet.focus = "document_number" if sheet.fields.get("name_khmer") else "name_khmer"


def _find_place(sheet: Sheet, request: HttpRequest, word: str) -> None:
    sheet.places = find_lines(sheet.fields.get("place", ""), sheet.here.office.code)
    sheet.focus = "place"


def _pick_place(sheet: Sheet, request: HttpRequest, word: str) -> None:
    sheet.fields |= pick(word)
    sheet.focus = "occupation" if len(word) == 8 else "village"


def _choose_place(sheet: Sheet, request: HttpRequest, word: str) -> None:
    sheet.focus = "village" if sheet.fields.get("commune") else "commune"


def _take_picture(sheet: Sheet, request: HttpRequest, word: str) -> None:
    sent = request.FILES.get("picture")
    sheet.focus = "picture"
    if not isinstance(sent, UploadedFile):
        return
    too_large = (sent.size or 0) > MAX_PICTURE_BYTES
    here, form_id = sheet.here, sheet.form_id
    saved = (
        Refusal.TOO_LARGE_FILE
        if too_large
        else save_draft_picture(form_id, here.office.code, sent.read(), here.actor, here.now)
    )
    if isinstance(saved, Refusal):
        sheet.picture_trouble = say_picture_refusal(saved)
    elif isinstance(saved, Draft):
        sheet.draft = saved


def _lay_frame(sheet: Sheet, request: HttpRequest, word: str) -> None:
    frame = read_frame(sheet.fields)
    sheet.focus = ""
    if frame is not None:
        laid = lay_frame(sheet.form_id, frame, sheet.here.actor, sheet.here.now)
        sheet.draft = laid if isinstance(laid, Draft) else sheet.draft


def _add_paper(sheet: Sheet, request: HttpRequest, word: str) -> None:
    sent, kind = request.FILES.get("paper"), request.POST.get("paper_kind", "")
    sheet.focus = "paper"
    if not isinstance(sent, UploadedFile) or kind not in list(AttachmentKind):
        return
    here = sheet.here
    data = sent.read(MAX_FILE_BYTES + 1)
    name = sent.name or ""
    added = attach_document(sheet.form_id, here.office.code, AttachmentKind(kind), name, data, here.actor, here.now)
    if isinstance(added, Declined):
        sheet.paper_trouble = say_paper_refusal(len(data))


def _remove_paper(sheet: Sheet, request: HttpRequest, word: str) -> None:
    sheet.focus = "paper"
    try:
        remove_document(sheet.form_id, UUID(word), sheet.here.actor)
    except ValueError:
        raise Http404 from None


def _lodge(sheet: Sheet, request: HttpRequest, word: str) -> HttpResponse | None:
    application = take_in(sheet)
    if application is None:
        return None
    return _go(request, reverse("intake_done", args=[sheet.here.office.code, application.id]))


def _discard(sheet: Sheet, request: HttpRequest, word: str) -> HttpResponse:
    discard_draft(sheet.form_id, sheet.here.actor)
    return _go(request, reverse("office", args=[sheet.here.office.code]))


CHANGING: dict[str, Callable[[Sheet, HttpRequest, str], None]] = {
    "card": _read_card,
    "search": _find_place,
    "pick": _pick_place,
    "place": _choose_place,
}
"""Buttons that change what was typed, before it is kept."""
DOING: dict[str, Callable[[Sheet, HttpRequest, str], HttpResponse | None]] = {
    "picture": _take_picture,
    "frame": _lay_frame,
    "attach": _add_paper,
    "remove": _remove_paper,
    "lodge": _lodge,
    "discard": _discard,
}
"""Buttons that do something with what was kept. (`save` keeps, and nothing else.)"""


def _go(request: HttpRequest, url: str) -> HttpResponse:
    """Lead to another page, for a script too."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


@office_view(Act.TAKE_IN)
def picture(request: HttpRequest, here: Here, form_id: UUID) -> HttpResponse:
    """Show the whole photo of one's own draft."""
    draft = find_draft(here.actor, form_id)
    if draft is None or draft.picture is None or draft.office_id != here.office.code:
        raise Http404
    return HttpResponse(bytes(draft.picture), content_type="image/jpeg")
