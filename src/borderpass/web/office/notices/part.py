"""What does this package add to the pages that all share? The messages in the menu, and a section of an application."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from borderpass.store.models import Application, Notice
from borderpass.web.office.part import MenuEntry, Part, Section

if TYPE_CHECKING:
    from borderpass.web.office.access import Here


def _describe(here: "Here", application: Application) -> dict[str, Any] | None:
    from borderpass.domain.notices import Channel
    from borderpass.services.open_gateways import channels_offered
    from borderpass.services.queue_notice import contact_of
    from borderpass.web.office.notices.views import say_notice  # desk.wording loads this file on its way
    from borderpass.web.office.notices.wording import CHANNELS

    sent = list(Notice.objects.filter(application=application).order_by("-made_at", "-id"))
    if not sent and not channels_offered():
        return None
    contact = contact_of(application)
    return {
        "lines": [say_notice(here, one) for one in sent],
        "channel": CHANNELS[Channel(contact.channel)],
        "address": contact.address,
    }


PART = Part(
    menu=(MenuEntry(gettext_lazy("Messages"), "notices"),),
    sections=(Section("office/notices/section.html", _describe),),
)
