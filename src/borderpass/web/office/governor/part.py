"""What does the governor's package add to the pages that all share?"""

from django.utils.translation import gettext_lazy

from borderpass.domain.actors import Act
from borderpass.domain.application import State
from borderpass.store.models import Application
from borderpass.web.office.access import Here
from borderpass.web.office.part import MenuEntry, NextStep, Part, Section


def _describe_no(here: Here, application: Application) -> dict[str, object] | None:
    from borderpass.web.office.governor.latest_no import describe_no  # desk.wording loads this file on its way

    return describe_no(here, application)


PART = Part(
    menu=(MenuEntry(gettext_lazy("Governor"), "governor"),),
    next_steps=(
        NextStep(frozenset({State.PAID}), Act.APPROVE, gettext_lazy("Look at it and decide"), "governor_decide"),
    ),
    sections=(Section("office/governor/no.html", _describe_no),),
)
