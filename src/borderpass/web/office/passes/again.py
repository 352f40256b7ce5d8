"""/office/<office>/passes/<number>/again/<what>/: renew, extend, replace or correct a pass."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from borderpass.domain.actors import Act
from borderpass.domain.again import KEEPS_NUMBER, PURPOSE_FOR, Again, find_why_not
from borderpass.domain.application import State
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.local_time import last_valid_day, local_day
from borderpass.domain.provisions import Fee
from borderpass.domain.terms import fee_for
from borderpass.services.apply_again import apply_again, standing_of
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.mend_application import form_of
from borderpass.store.models import IssuedPass
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.wording import say_address
from borderpass.web.office.page import office_page
from borderpass.web.office.passes.forms import AgainForm
from borderpass.web.office.passes.one import pass_here, show_pass
from borderpass.web.office.passes.wording import AGAIN, say_not_now, say_why
from borderpass.web.wording import say_day, say_number

_FIELD = re.compile(r"(?:^|; )([a-z_]+): ")


@office_view(Act.TAKE_IN, "GET", "POST")
def ask(request: HttpRequest, here: Here, number: str, again: str) -> HttpResponse:
    """Ask what this needs, and take it in; then comes its fee, or its governor."""
    issued = pass_here(here, number)
    if again not in list(Again):
        raise Http404
    what, held = Again(again), form_of(issued.application)
    if request.method != "POST":
        standing = standing_of(issued)
        why_not = find_why_not(what, standing, local_day(here.now))
        if why_not is not None:
            return show_pass(request, here, issued, {"wrong": say_not_now(why_not, standing.last_day)}, 409)
        return _page(request, here, issued, AgainForm(what, held))
    form = AgainForm(what, held, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, here, issued, form, 422)
    taken_in = apply_again(form.asked(issued.number), here.actor, here.now)
    if isinstance(taken_in, Declined):
        _put_problem(form, taken_in)
        bad = taken_in.ground in (Ground.BAD_FORM, Ground.PHOTO_REFUSED, Ground.UNKNOWN_PLACE)
        return _page(request, here, issued, form, 422 if bad else 409)
    next_page = "money_fee" if taken_in.state == State.LODGED and here.may(Act.TAKE_FEE) else "office_application"
    return redirect(next_page, here.office.code, taken_in.id)


def _put_problem(form: AgainForm, problem: Declined) -> None:
    """Say what is wrong at its field, where it is about fields of this form."""
    fields = [name for name in _FIELD.findall(problem.message) if name in form.fields]
    if problem.ground is Ground.PHOTO_REFUSED and "photo" in form.fields:
        form.add_error("photo", say_why(problem))
    elif problem.ground is Ground.UNKNOWN_PLACE and "home_code" in form.fields:
        form.add_error("home_code", gettext("No place has this code."))
    elif problem.ground is Ground.BAD_FORM and fields:
        for name in fields:
            form.add_error(name, gettext("This cannot be right."))
    else:
        form.add_error(None, say_why(problem))


def _say_fee(fee: Fee) -> str:
    said = {"amount": say_number(fee.amount_riel), "order": fee.term.order_number}
    return gettext("The fee is %(amount)s riel, by order %(order)s.") % said


def _page(request: HttpRequest, here: Here, issued: IssuedPass, form: AgainForm, status: int = 200) -> HttpResponse:
    fee = fee_for(rules_for_all_time(), PURPOSE_FOR[form.again], here.now)
    shown = {
        "issued": issued,
        "application": issued.application,
        "what": AGAIN[form.again],
        "form": form,
        "valid_until": say_day(last_valid_day(issued.expires_at)),
        "address": say_address(issued.application.home_code),
        "keeps_number": form.again in KEEPS_NUMBER,
        "at_once": form.again is Again.REPLACEMENT,
        "fee": "" if fee is None else _say_fee(fee),
        "free": fee is not None and fee.amount_riel == 0,
    }
    return office_page(request, here, "office/passes/again.html", shown, status=status)
