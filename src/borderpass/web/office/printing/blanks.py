"""Which numbered blanks has the office? Deliveries come in, torn ones go out, and at the day's end they are counted."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from borderpass.domain.actors import Act
from borderpass.domain.blanks import Blank, PaperForm
from borderpass.domain.declined import Declined
from borderpass.domain.local_time import local_day
from borderpass.services.count_blanks import count_blanks, figures_of
from borderpass.services.print_receipt import say_who
from borderpass.services.receive_blanks import receive_blanks, void_blanks
from borderpass.services.shift_blanks import EATEN
from borderpass.store.keys import new_id
from borderpass.store.models import BlankCount, BlankUse
from borderpass.store.queries.blanks import counts_for, figures_on, has_blanks, lots_of, unused_blanks
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.wording import say_instant
from borderpass.web.office.page import office_page
from borderpass.web.office.printing.forms import CountForm, ReceiveForm, VoidForm
from borderpass.web.office.printing.wording import FORMS, OUTCOMES, say_lot, say_problem
from borderpass.web.wording import say_number, say_weekday

PAGE_LINES = 31
_USES_SHOWN = 30


@office_view()
def blanks(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the stock of the office."""
    return _show(request, here)


@office_view(Act.PRINT, "POST")
def receive(request: HttpRequest, here: Here) -> HttpResponse:
    """Take a delivery in."""
    form = ReceiveForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        answer = receive_blanks(said["delivery"], here.office.code, said["form"], form.lot, here.actor, here.now)
        if not isinstance(answer, Declined):
            messages.success(request, gettext("%(numbers)s are in the stock.") % {"numbers": say_lot(form.lot)})
            return redirect("printing_blanks", here.office.code)
        form.add_error(None, say_problem(answer))
    return _show(request, here, receiving=form, status=422)


@office_view(Act.PRINT, "POST")
def void(request: HttpRequest, here: Here) -> HttpResponse:
    """Make blanks void that nothing was printed on."""
    form = VoidForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        answer = void_blanks(here.office.code, said["form"], form.lot, said["reason"], here.actor, here.now)
        if not isinstance(answer, Declined):
            messages.success(request, gettext("%(numbers)s are void.") % {"numbers": say_lot(form.lot)})
            return redirect("printing_blanks", here.office.code)
        form.add_error(None, say_problem(answer))
    return _show(request, here, voiding=form, status=422)


@office_view(Act.PRINT, "POST")
def count(request: HttpRequest, here: Here) -> HttpResponse:
    """State how many blanks were counted at the end of the day."""
    form = CountForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        answer = count_blanks(
            said["count"], here.office.code, said["form"], said["counted"], said["reason"], here.actor, here.now
        )
        if not isinstance(answer, Declined):
            messages.success(request, gettext("The count is taken down."))
            return redirect("printing_counts", here.office.code)
        form.add_error(None, say_problem(answer))
    return _show(request, here, counting=form, status=422)


@office_view()
def counts(request: HttpRequest, here: Here) -> HttpResponse:
    """List the counts, newest first."""
    found = counts_for(here.actor).filter(office=here.office).order_by("-at")
    page = Paginator(found, PAGE_LINES).get_page(request.GET.get("page"))
    shown = {"lines": [_say_count(one) for one in page], "page": page}
    return office_page(request, here, "office/printing/counts.html", shown)


def _say_count(one: BlankCount) -> dict[str, Any]:
    left, difference = figures_of(one)
    return {
        "day": say_weekday(one.day),
        "at": say_instant(one.at),
        "by": say_who(one.by),
        "form": FORMS[PaperForm(one.form)],
        "figures": [say_number(n) for n in (one.opening, one.received, one.printed, one.spoiled, one.void, left)],
        "counted": say_number(one.counted),
        "difference": f"{difference:+,}".replace("-", "−") if difference else "",
        "reason": one.reason,
    }


def _show(
    request: HttpRequest,
    here: Here,
    receiving: ReceiveForm | None = None,
    voiding: VoidForm | None = None,
    counting: CountForm | None = None,
    status: int = 200,
) -> HttpResponse:
    stocks = [_say_stock(here, form) for form in PaperForm if has_blanks(here.office.code, form)]
    uses = BlankUse.objects.filter(office=here.office).order_by("-at", "-series", "-number")[:_USES_SHOWN]
    wrong = receiving or voiding or counting
    if wrong is not None:
        wrong.mark()
    shown = {
        "stocks": stocks,
        "may_print": here.may(Act.PRINT),
        "today": say_weekday(local_day(here.now)),
        "receiving": receiving or ReceiveForm(initial={"delivery": new_id()}),
        "voiding": voiding or VoidForm(),
        "counting": counting or CountForm(initial={"count": new_id()}),
        "form": wrong,
        "uses": [
            {
                "number": str(Blank(one.series, one.number)),
                "outcome": OUTCOMES[one.outcome],  # type: ignore[index]  # the table's values are the domain's
                "reason": gettext("The printer ate it") if one.reason == EATEN else one.reason,
                "at": say_instant(one.at),
                "by": say_who(one.by),
            }
            for one in uses
        ],
    }
    return office_page(request, here, "office/printing/blanks.html", shown, status=status)


def _say_stock(here: Here, form: PaperForm) -> dict[str, Any]:
    figures = figures_on(here.office.code, form, local_day(here.now), here.now)
    following = unused_blanks(here.office.code, form, 1)
    return {
        "form": form.value,
        "said": FORMS[form],
        "opening": say_number(figures.opening),
        "received": say_number(figures.received),
        "printed": say_number(figures.printed),
        "spoiled": say_number(figures.spoiled),
        "void": say_number(figures.void),
        "left": say_number(figures.left),
        "next": str(following[0]) if following else "",
        "lots": [say_lot(lot) for lot in lots_of(here.office.code, form)][-5:],
    }
