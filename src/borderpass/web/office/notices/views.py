"""Which messages were sent, which failed, and what does the office do about it?"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from borderpass.domain.actors import Act
from borderpass.domain.declined import Declined
from borderpass.domain.notices import Channel, NoticeKind, NoticeState, mask_address
from borderpass.printing.qr_symbol import make_text_symbol
from borderpass.services.link_telegram import telegram_link_of
from borderpass.services.open_gateways import channels_offered
from borderpass.services.queue_notice import contact_of
from borderpass.services.send_again import send_again
from borderpass.services.set_contact import set_contact
from borderpass.store.models import Application, Notice
from borderpass.store.queries.notices import failing, failures_first, notices_for
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.wording import say_instant
from borderpass.web.office.notices.forms import ContactForm
from borderpass.web.office.notices.wording import CHANNELS, KINDS, say_failing, say_failure, say_given_up, say_state
from borderpass.web.office.page import office_page

PAGE_LINES = 50


@office_view()
def notices(request: HttpRequest, here: Here) -> HttpResponse:
    """List the office's messages: first those that somebody has to look at."""
    found = notices_for(here.actor).filter(office=here.office)
    page = Paginator(failures_first(found), PAGE_LINES).get_page(request.GET.get("page"))
    shown = {
        "lines": [say_notice(here, one) for one in page.object_list],
        "page": page,
        "given_up": say_given_up(found.filter(state=NoticeState.GIVEN_UP).count()),
        "failing": say_failing(found.filter(failing()).count()),
        "missing": [CHANNELS[one] for one in Channel if one is not Channel.NONE and one not in channels_offered()],
        "offered": [CHANNELS[one] for one in Channel if one in channels_offered()],
    }
    return office_page(request, here, "office/notices/list.html", shown)


@office_view(Act.TAKE_IN, "POST")
def again(request: HttpRequest, here: Here, notice_id: UUID) -> HttpResponse:
    """Send one once more, and go back to where that was asked."""
    notice = notices_for(here.actor).filter(office=here.office, id=notice_id).first()
    if notice is None:
        raise Http404
    if isinstance(send_again(notice.id, here.actor, here.now), Declined):
        messages.error(request, gettext("Say first how the applicant is to be told."))
        return redirect("notices_application", here.office.code, notice.application_id)
    messages.success(request, gettext("It will be sent within a minute."))
    if request.POST.get("from") == "application":
        return redirect("notices_application", here.office.code, notice.application_id)
    return redirect("notices", here.office.code)


@office_view(Act.READ_OFFICE, "GET", "POST")
def of_application(request: HttpRequest, here: Here, application_id: UUID) -> HttpResponse:
    """Show what one applicant was told and how, or change how."""
    application = here.application(application_id)
    if request.method != "POST":
        return _page(request, here, application, ContactForm(contact=contact_of(application)))
    here.demand(Act.TAKE_IN)
    form = ContactForm(request.POST)
    if form.is_valid():
        if not isinstance(set_contact(application.id, *form.chosen(), here.actor, here.now), Declined):
            messages.success(request, gettext("Kept. Messages from now on go there."))
            return redirect("notices_application", here.office.code, application.id)
        form.add_error(None, gettext("This could not be kept. Load the page again."))
    form.mark()
    return _page(request, here, application, form)


def _page(request: HttpRequest, here: Here, application: Application, form: ContactForm) -> HttpResponse:
    contact = contact_of(application)
    found = notices_for(here.actor).filter(application=application).order_by("-made_at", "-id")
    shown = {
        "application": application,
        "lines": [say_notice(here, one) for one in found],
        "form": form,
        "channel": CHANNELS[Channel(contact.channel)],
        "address": contact.address,
        "is_offered": contact.channel in channels_offered(),
        "wants_none": contact.channel == Channel.NONE,
        "may_send": here.may(Act.TAKE_IN),
        "telegram": _draw(telegram_link_of(application)),
    }
    return office_page(request, here, "office/notices/application.html", shown, status=422 if form.errors else 200)


def _draw(link: str) -> str:
    # Our own drawing, of our own text.
    return mark_safe(make_text_symbol(link).svg) if link else ""  # noqa: S308


def say_notice(here: Here, one: Notice) -> dict[str, Any]:
    """Return what a line says of a message."""
    state, channel = NoticeState(one.state), Channel(one.channel)
    return {
        "notice": one,
        "kind": KINDS[NoticeKind(one.kind)],
        "channel": CHANNELS[channel],
        "address": mask_address(channel, one.address),
        "state": say_state(state, one.failure),
        "failure": say_failure(one.failure),
        "wrong": state is NoticeState.GIVEN_UP or bool(one.failure),
        "made": say_instant(one.made_at),
        "sent": say_instant(one.sent_at) if one.sent_at else "",
        "next": say_instant(one.next_try_at) if one.next_try_at and one.failure else "",
        "tries": one.tries,
        "may_send": state in (NoticeState.SENT, NoticeState.GIVEN_UP) and here.may(Act.TAKE_IN),
    }
