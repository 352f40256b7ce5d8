"""Who stands in for the governor, on which days? Named by the governor, and ended before their time if need be."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy

from borderpass.domain.actors import Act
from borderpass.domain.declined import Declined
from borderpass.domain.local_time import local_day
from borderpass.services.name_deputy import end_deputy, name_deputy
from borderpass.store.models import Deputy
from borderpass.store.queries.deputies import clerks_of, deputies_for
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.governor.wording import say_why
from borderpass.web.office.page import office_page
from borderpass.web.wording import say_day

SHOWN_AT_MOST = 30


class DeputyForm(forms.Form):
    """Who, and on which days."""

    staff = forms.ChoiceField(label=gettext_lazy("Who stands in"))
    from_on = forms.DateField(label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    until_on = forms.DateField(label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, here: Here, data: Any = None) -> None:
        super().__init__(data)
        clerks = clerks_of(here.office.code)
        staff = self.fields["staff"]
        assert isinstance(staff, forms.ChoiceField)
        staff.choices = [("", "–"), *((str(one.id), one.full_name or one.username) for one in clerks)]
        staff.error_messages |= {"invalid_choice": gettext("Choose somebody who works at this office.")}
        for name, field in self.fields.items():
            field.error_messages |= {"required": gettext("Fill this in."), "invalid": gettext("Give a day.")}
            if name in self.errors:
                field.widget.attrs["aria-invalid"] = "true"


@office_view(Act.READ_OFFICE, "GET", "POST")
def deputies(request: HttpRequest, here: Here) -> HttpResponse:
    """Show who stands in and who did; name somebody."""
    if request.method != "POST":
        return _page(request, here, DeputyForm(here))
    here.demand(Act.MANAGE_STAFF)
    form = DeputyForm(here, request.POST)
    if not form.is_valid():
        return _page(request, here, form, 422)
    filled = form.cleaned_data
    days = filled["from_on"], filled["until_on"]
    named = name_deputy(here.office.code, UUID(filled["staff"]), *days, here.actor, here.now)
    if isinstance(named, Declined):
        form.add_error(None, say_why(named.ground))
        return _page(request, here, form, 422)
    messages.success(request, gettext("%(name)s stands in on these days.") % {"name": _name(named)})
    return redirect("governor_deputies", here.office.code)


@office_view(Act.MANAGE_STAFF, "POST")
def end(request: HttpRequest, here: Here, deputy_id: UUID) -> HttpResponse:
    """End a deputyship at once."""
    if not deputies_for(here.actor).filter(id=deputy_id, office=here.office).exists():
        raise Http404
    ended = end_deputy(deputy_id, here.actor, here.now)
    if not isinstance(ended, Declined):
        messages.success(request, gettext("%(name)s does not stand in any more.") % {"name": _name(ended)})
    return redirect("governor_deputies", here.office.code)


def _page(request: HttpRequest, here: Here, form: DeputyForm, status: int = 200) -> HttpResponse:
    known = deputies_for(here.actor).filter(office=here.office)[:SHOWN_AT_MOST]
    shown = {
        "form": form,
        "may_name": here.may(Act.MANAGE_STAFF),
        "deputies": [_say(here, one) for one in known],
        "today": local_day(here.now).isoformat(),
    }
    return office_page(request, here, "office/governor/deputies.html", shown, status=status)


def _say(here: Here, deputy: Deputy) -> dict[str, Any]:
    today = local_day(here.now)
    over = deputy.ended_at is not None or deputy.until_on < today
    now = not over and deputy.from_on <= today
    return {
        "id": deputy.id,
        "name": _name(deputy),
        "from_on": say_day(deputy.from_on),
        "until_on": say_day(deputy.until_on),
        "named_by": deputy.named_by,
        "over": over,
        "standing": gettext("stands in today") if now else gettext("over") if over else gettext("is to come"),
    }


def _name(deputy: Deputy) -> str:
    return deputy.staff.full_name or deputy.staff.username
