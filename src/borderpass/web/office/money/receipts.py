"""Which receipts were written, what does one look like on paper, and is this its original?"""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from borderpass.domain.actors import Act
from borderpass.domain.declined import Declined
from borderpass.domain.ledger import Method
from borderpass.domain.provisions import Purpose
from borderpass.services.print_receipt import preview_fee_receipt, print_fee_receipt
from borderpass.services.print_refund import print_refund_slip
from borderpass.services.record_print import record_print
from borderpass.store.keys import new_id
from borderpass.store.models import Receipt, Refund, SlipPrint
from borderpass.store.queries.money import prints_for, receipts_for
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.wording import PURPOSES, say_instant
from borderpass.web.office.money.papers import as_pdf, as_png
from borderpass.web.office.money.uuid_field import read_uuid
from borderpass.web.office.money.wording import METHODS, say_riel
from borderpass.web.office.page import office_page

PAGE_LINES = 50
_ASKED_MAX = 100


def find_receipt(here: Here, number: str) -> Receipt:
    """Return a receipt of this office. Raise Http404 where there is none, or where it is another's."""
    one = receipts_for(here.actor).filter(number=number, office=here.office).first()
    if one is None:
        raise Http404
    return one


@office_view()
def receipts(request: HttpRequest, here: Here) -> HttpResponse:
    """List the receipts, newest first; or those whose number, application or payer is asked for."""
    asked = " ".join(request.GET.get("q", "").replace("\0", "").split())[:_ASKED_MAX]
    found = receipts_for(here.actor).filter(office=here.office).order_by("-taken_at", "-id")
    if asked:
        of_person = Q(application__name_latin__icontains=asked) | Q(application__name_khmer__icontains=asked)
        found = found.filter(Q(number__icontains=asked) | Q(application__reference__icontains=asked) | of_person)
    page = Paginator(found.select_related("refund"), PAGE_LINES).get_page(request.GET.get("page"))
    shown = {
        "lines": [_line(one) for one in page.object_list],
        "page": page,
        "asked": asked,
        "also": "&" + urlencode({"q": asked}) if asked else "",
    }
    return office_page(request, here, "office/money/receipts.html", shown)


def _line(one: Receipt) -> dict[str, Any]:
    return {
        "receipt": one,
        "amount": say_riel(one.amount_riel),
        "method": METHODS[Method(one.method)],
        "taken_at": say_instant(one.taken_at),
        "given_back": getattr(one, "refund", None) is not None,
    }


@office_view()
def receipt(request: HttpRequest, here: Here, number: str) -> HttpResponse:
    """Show a receipt as the paper that it is, to be printed."""
    one = find_receipt(here, number)
    shown = {
        **_line(one),
        "application": one.application,
        "purpose": PURPOSES[Purpose(one.application.purpose)],
        "prints": SlipPrint.objects.filter(receipt=one).count(),
        "print_id": new_id(),
        "may_print": here.may(Act.TAKE_FEE),
        "refund": Refund.objects.filter(receipt=one).first(),
    }
    return office_page(request, here, "office/money/receipt.html", shown)


@office_view()
def preview(request: HttpRequest, here: Here, number: str) -> HttpResponse:
    """Give a picture of the paper that would be printed next."""
    one = find_receipt(here, number)
    return as_png(preview_fee_receipt(one, copy=SlipPrint.objects.filter(receipt=one).exists()))


@office_view(Act.TAKE_FEE, "POST")
def print_receipt(request: HttpRequest, here: Here, number: str) -> HttpResponse:
    """Print it: the first time the original, after that copies."""
    return record_and_show(request, here, find_receipt(here, number))


def record_and_show(request: HttpRequest, here: Here, paper: Receipt | Refund) -> HttpResponse:
    """Record that a paper is printed, and lead to it."""
    printed = record_print(read_uuid(request.POST.get("print_id")) or new_id(), paper, here.actor, here.now)
    if isinstance(printed, Declined):
        raise Http404
    return redirect("money_print", here.office.code, printed.id)


@office_view(Act.TAKE_FEE)
def printed(request: HttpRequest, here: Here, print_id: UUID) -> HttpResponse:
    """Give the paper of one print, as it went to the printer."""
    one = prints_for(here.actor).filter(id=print_id).first()
    paper = None if one is None else one.receipt or one.refund
    if one is None or paper is None or paper.office_id != here.office.code:
        raise Http404
    is_copy = one.seq > 1
    pdf = (
        print_fee_receipt(paper, copy=is_copy) if isinstance(paper, Receipt) else print_refund_slip(paper, copy=is_copy)
    )
    return as_pdf(pdf, f"{paper.number}.pdf")
