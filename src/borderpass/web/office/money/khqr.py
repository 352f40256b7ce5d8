"""Was the code on the screen paid? The page asks every few seconds, and says what came of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from borderpass.domain.actors import Act
from borderpass.domain.declined import Declined
from borderpass.domain.khqr_payments import KhqrState, OwedGround
from borderpass.printing.qr_symbol import make_text_symbol
from borderpass.services.check_khqr import check_khqr
from borderpass.services.open_bank import open_bank
from borderpass.services.print_khqr import print_khqr_slip
from borderpass.store.models import KhqrRequest, Receipt
from borderpass.store.queries.money import requests_for
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.money.papers import as_pdf
from borderpass.web.office.money.wording import KHQR_STATES, OWED, say_paid, say_riel
from borderpass.web.office.page import office_page
from borderpass.web.wording import say_clock
from borderpass.wire.khqr import read_khqr

STOP_POLLING = 286
_FRAGMENT = "HX-Request"


def find_request(here: Here, request_id: UUID) -> KhqrRequest:
    """Return a request to pay of this office. Raise Http404 where there is none, or where it is another's."""
    one = requests_for(here.actor).filter(id=request_id, office=here.office).first()
    if one is None:
        raise Http404
    return one


@office_view(Act.TAKE_FEE)
def khqr(request: HttpRequest, here: Here, request_id: UUID) -> HttpResponse:
    """Show the code, large."""
    one = find_request(here, request_id)
    if one.state == KhqrState.RECEIPTED:
        return redirect("money_receipt", here.office.code, _receipt(one).number)
    said = read_khqr(one.text)
    shown = {
        **_say(here, one, here.now),
        "symbol": mark_safe(make_text_symbol(one.text).svg),  # noqa: S308  # our own drawing, of our own text
        "amount": say_riel(one.amount_riel),
        "account": said.account,
        "account_name": said.name_khmer or said.name,
        "order": one.order_number,
    }
    return office_page(request, here, "office/money/khqr.html", shown)


@office_view(Act.TAKE_FEE, "POST")
def state(request: HttpRequest, here: Here, request_id: UUID) -> HttpResponse:
    """Ask the bank, and say what it says. The page asks this; without scripts a button does."""
    one = find_request(here, request_id)
    bank = open_bank()
    if bank is not None:
        checked = check_khqr(one.id, bank, here.actor, here.now)
        one = one if isinstance(checked, Declined) else checked
    is_fragment = request.headers.get(_FRAGMENT) == "true"
    if one.state == KhqrState.RECEIPTED:
        address = reverse("money_receipt", args=[here.office.code, _receipt(one).number])
        return HttpResponse(status=204, headers={"HX-Redirect": address}) if is_fragment else redirect(address)
    if not is_fragment:
        return redirect("money_khqr", here.office.code, one.id)
    status = 200 if one.state == KhqrState.WAITING else STOP_POLLING
    return render(request, "office/money/khqr_state.html", _say(here, one, here.now), status=status)


@office_view(Act.TAKE_FEE)
def slip(request: HttpRequest, here: Here, request_id: UUID) -> HttpResponse:
    """Give the code on paper."""
    one = find_request(here, request_id)
    return as_pdf(print_khqr_slip(one), f"khqr-{one.application.reference}.pdf")


def _receipt(one: KhqrRequest) -> Receipt:
    return Receipt.objects.get(application_id=one.application_id)


def _say(here: Here, one: KhqrRequest, now: datetime) -> dict[str, Any]:
    left_s = max(0, int((one.expires_at - now).total_seconds()))
    waits = one.state == KhqrState.WAITING
    return {
        "here": here,
        "one": one,
        "application": one.application,
        "waits": waits,
        "is_good": waits and left_s > 0,
        "said": KHQR_STATES[KhqrState(one.state)],
        "until": say_clock(one.expires_at)[:5],
        "left": gettext("%(minutes)s min %(seconds)s s") % {"minutes": left_s // 60, "seconds": f"{left_s % 60:02}"},
        "few_left": left_s < 60,
        "asked_at": say_clock(one.asked_at) if one.asked_at else "",
        "trouble": one.trouble,
        "ground": OWED[OwedGround(one.ground)] if one.ground else "",
        "paid": say_paid(one.paid_amount, one.paid_currency) if one.paid_amount else "",
    }
