"""What does this package add to the pages that all share?"""

from django.utils.translation import gettext_lazy

from borderpass.domain.actors import Act
from borderpass.domain.application import State
from borderpass.store.models import Application, IssuedPass
from borderpass.web.office.part import MenuEntry, NextStep, Part, Section
from borderpass.web.office.printing.section import describe_paper


def _is_signed(application: Application) -> bool:
    return IssuedPass.objects.filter(application=application, qr_text__isnull=False).exists()


PART = Part(
    menu=(
        MenuEntry(gettext_lazy("Printing"), "printing"),
        MenuEntry(gettext_lazy("Hand over"), "printing_find"),
    ),
    next_steps=(
        NextStep(
            frozenset({State.APPROVED, State.SPOILED}),
            Act.PRINT,
            gettext_lazy("Print the pass"),
            "printing_paper",
            fits=_is_signed,
        ),
        NextStep(
            frozenset({State.PRINTED}),
            Act.HAND_OVER,
            gettext_lazy("Check the paper and hand it over"),
            "printing_hand_over",
        ),
    ),
    sections=(Section("office/printing/section.html", describe_paper),),
)
