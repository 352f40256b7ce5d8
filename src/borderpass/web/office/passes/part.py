"""What does this package add to the pages that all share? Passes in the column on the left, and the way to each."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from borderpass.domain.actors import Act
from borderpass.domain.application import State
from borderpass.store.models import Application, IssuedPass
from borderpass.web.office.part import MenuEntry, NextStep, Part, Section

if TYPE_CHECKING:
    from borderpass.web.office.access import Here


def _has_pass(application: Application) -> bool:
    return IssuedPass.objects.filter(application=application, qr_text__isnull=False).exists()


def _describe_about(here: "Here", application: Application) -> dict[str, object] | None:
    from borderpass.web.office.passes.about import describe_about  # desk.wording loads this file on its way

    return describe_about(here, application)


PART = Part(
    menu=(MenuEntry(gettext_lazy("Passes"), "passes"),),
    next_steps=(
        NextStep(
            frozenset({State.HANDED_OVER, State.PRINTED, State.APPROVED}),
            Act.READ_OFFICE,
            gettext_lazy("The pass and its standing"),
            "passes_of_application",
            _has_pass,
        ),
    ),
    sections=(Section("office/passes/about.html", _describe_about),),
)
