"""Into which account do this office's fees go by KHQR? Who reads the office sees it; its governor sets it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from borderpass.domain.actors import Act
from borderpass.domain.declined import Declined
from borderpass.services.open_bank import open_bank
from borderpass.services.print_receipt import say_who
from borderpass.services.set_office_account import set_office_account
from borderpass.store.models import OfficeAccount
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.wording import say_instant
from borderpass.web.office.money.forms import OfficeAccountForm, account_as_typed
from borderpass.web.office.page import office_page


@office_view(Act.READ_OFFICE, "GET", "POST")
def account(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the account, or set it."""
    one = OfficeAccount.objects.filter(office=here.office).first()
    if request.method != "POST":
        return _page(request, here, one, OfficeAccountForm(initial=account_as_typed(one)))
    here.demand(Act.SET_ACCOUNT)
    form = OfficeAccountForm(request.POST)
    if form.is_valid():
        done = set_office_account(here.office.code, form.as_account(), here.actor, here.now)
        if not isinstance(done, Declined):
            messages.success(request, gettext("The account was set. New codes lead to it."))
            return redirect("money_account", here.office.code)
        form.add_error(None, gettext("This does not fit into a KHQR. Compare each field with what the bank gave you."))
    form.mark()
    return _page(request, here, one, form)


def _page(request: HttpRequest, here: Here, one: OfficeAccount | None, form: OfficeAccountForm) -> HttpResponse:
    shown = {
        "account": one,
        "form": form,
        "may_set": here.may(Act.SET_ACCOUNT),
        "bank_is_asked": open_bank() is not None,
        "set_at": say_instant(one.set_at) if one else "",
        "set_by": say_who(one.set_by) if one else "",
    }
    return office_page(request, here, "office/money/account.html", shown, status=422 if form.errors else 200)
