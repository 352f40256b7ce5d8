"""/office/<office>/imports/: a file of an old book is sent, checked, mended, imported as a whole, or taken back."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy

from borderpass.domain.actors import Act
from borderpass.domain.declined import Declined
from borderpass.domain.old_book_columns import Column
from borderpass.domain.old_book_rows import Fault, Wrong
from borderpass.services.import_old_book import begin_import
from borderpass.services.send_old_book import send_old_book
from borderpass.services.undo_old_book import KEPT_FOR, UNDONE_WITHIN, find_ground_against_undoing, undo_old_book
from borderpass.sheets.refused import MOST_BYTES, MOST_ROWS
from borderpass.sheets.write_old_book import XLSX, write_template
from borderpass.store.keys import new_id
from borderpass.store.models import Job, OldImport
from borderpass.store.models.old_books import BookState
from borderpass.store.queries.old_books import old_imports_for, old_passes_for
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.wording import say_instant
from borderpass.web.office.imports.notes import NOTES
from borderpass.web.office.imports.wording import say_column, say_declined, say_state, say_trouble, say_wrong
from borderpass.web.office.page import office_page
from borderpass.web.wording import say_number

PAGE_LINES = 20
FAULTS_SHOWN = 50
_MB = 1024 * 1024


class SendForm(forms.Form):
    """A file, and the id under which it is sent: made with the page, so that a double click is once."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=gettext_lazy("The filled-in sheet (.xlsx or .csv)"),
        error_messages={
            "required": gettext_lazy("Choose the file."),
            "empty": gettext_lazy("This file is empty. Choose another one."),
        },
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                gettext("This file is larger than %(told)s MB. Send it in parts.") % {"told": MOST_BYTES // _MB}
            )
        return file


@office_view(Act.READ_OFFICE, "GET", "POST")
def home(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what was sent so far, and take in a file."""
    form = SendForm(initial={"id": new_id()})
    if request.method == "POST":
        here.demand(Act.TAKE_IN)
        form = SendForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            sent = send_old_book(
                form.cleaned_data["id"], here.office.code, file.name, file.read(), here.actor, here.now
            )
            if not isinstance(sent, Declined):
                return _follow(request, here, sent)
            form.add_error(None, say_declined(sent))
    found = old_imports_for(here.actor).filter(office=here.office).order_by("-sent_at", "-id")
    page = Paginator(found, PAGE_LINES).get_page(request.GET.get("page"))
    shown = {
        "form": form,
        "may_send": here.may(Act.TAKE_IN),
        "lines": [_line(one) for one in page],
        "page": page,
        "there": say_number(old_passes_for(here.actor).filter(office=here.office).count()),
        "limits": gettext("At most %(rows)s rows and %(mb)s MB.")
        % {"rows": say_number(MOST_ROWS), "mb": MOST_BYTES // _MB},
    }
    return office_page(request, here, "office/imports/home.html", shown, status=422 if form.errors else 200)


def _follow(request: HttpRequest, here: Here, sent: OldImport) -> HttpResponse:
    if sent.state == BookState.CHECKING:
        return redirect("office_job", here.office.code, sent.id)
    if sent.state == BookState.IMPORTED:
        messages.info(request, gettext("This very file was imported before. Nothing was changed."))
    return redirect("imports_one", here.office.code, sent.id)


@office_view(Act.TAKE_IN)
def template(request: HttpRequest, here: Here) -> HttpResponse:
    """Give the empty sheet."""
    response = HttpResponse(write_template(NOTES), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="old-books-{here.office.code}.xlsx"'
    return response


@office_view()
def one(request: HttpRequest, here: Here, import_id: UUID) -> HttpResponse:
    """Show one file: what was found, what is to be done next."""
    book = _find(here, import_id)
    is_good, ground = book.state == BookState.GOOD, find_ground_against_undoing(book, here.now)
    until = book.imported_at + UNDONE_WITHIN if book.imported_at else None
    shown = {
        **_line(book),
        "book": book,
        "may_act": here.may(Act.TAKE_IN),
        "trouble": say_trouble(book.refused_because),
        "faults": [_fault(*fault) for fault in book.faults[:FAULTS_SHOWN]],
        "more_faults": len(book.faults) > FAULTS_SHOWN,
        "sheet_of": _sheet_of(book) if here.may(Act.TAKE_IN) else None,
        "can_import": is_good and here.now < book.sent_at + KEPT_FOR,
        "is_importing": _is_importing(book),
        "can_undo": ground is None,
        "cannot_undo": say_declined(ground) if ground and book.state == BookState.IMPORTED else "",
        "import_words": gettext("Import all %(rows)s rows") % {"rows": say_number(book.rows)},
        "undo_words": gettext(
            "All %(rows)s passes of this file go away again. This is possible until %(until)s, while nobody of them has"
            " applied."
        )
        % {"rows": say_number(book.rows), "until": say_instant(until) if until else ""},
        "job_id": new_id(),
    }
    return office_page(request, here, "office/imports/one.html", shown)


def _sheet_of(book: OldImport) -> UUID | None:
    """Return the job whose file is the sheet to be mended: that of the check, or of an import that found mistakes."""
    made = Job.objects.filter(office_id=book.office_id, parameters__import=str(book.id), result__isnull=False)
    return made.order_by("-made_at").values_list("id", flat=True).first()


def _is_importing(book: OldImport) -> bool:
    under_way = Job.objects.filter(office_id=book.office_id, finished_at=None, parameters__import=str(book.id))
    return book.state == BookState.GOOD and under_way.exists()


@office_view(Act.TAKE_IN, "POST")
def import_all(request: HttpRequest, here: Here, import_id: UUID) -> HttpResponse:
    """Begin to import all rows of a good file."""
    book = _find(here, import_id)
    form = _JobForm(request.POST)
    if not form.is_valid():
        return redirect("imports_one", here.office.code, book.id)
    begun = begin_import(form.cleaned_data["job_id"], book.id, here.actor, here.now)
    if isinstance(begun, Declined):
        messages.error(request, say_declined(begun))
        return redirect("imports_one", here.office.code, book.id)
    return redirect("office_job", here.office.code, begun.id)


class _JobForm(forms.Form):
    job_id = forms.UUIDField()


@office_view(Act.TAKE_IN, "POST")
def undo(request: HttpRequest, here: Here, import_id: UUID) -> HttpResponse:
    """Take an import back."""
    book = _find(here, import_id)
    undone = undo_old_book(book.id, here.actor, here.now)
    if isinstance(undone, Declined):
        messages.error(request, say_declined(undone))
    else:
        messages.success(request, gettext("The import was taken back: none of its passes is here any more."))
    return redirect("imports_one", here.office.code, book.id)


def _find(here: Here, import_id: UUID) -> OldImport:
    book = old_imports_for(here.actor).filter(office=here.office, id=import_id).first()
    if book is None:
        raise Http404
    return book


def _line(book: OldImport) -> dict[str, Any]:
    """Return a file as a line of the list."""
    return {
        "id": book.id,
        "file_name": book.file_name,
        "state": say_state(book.state),
        "is_checking": book.state == BookState.CHECKING,
        "rows": say_number(book.rows),
        "good": say_number(book.rows - book.faulty_rows),
        "wrong": say_number(book.faulty_rows) if book.faulty_rows else "",
        "sent_by": book.sent_by,
        "sent_at": say_instant(book.sent_at),
        "imported_by": book.imported_by,
        "imported_at": say_instant(book.imported_at) if book.imported_at else "",
        "undone_by": book.undone_by,
        "undone_at": say_instant(book.undone_at) if book.undone_at else "",
    }


def _fault(row: int, column: str, wrong: str, told: list[str]) -> dict[str, object]:
    said = say_wrong(Fault(Column(column), Wrong(wrong), tuple(told)))
    return {"row": row, "column": say_column(column), "said": said}
