"""What does this package add to the pages that all share?"""

from django.utils.translation import gettext_lazy

from borderpass.domain.actors import Act
from borderpass.domain.application import State
from borderpass.store.models import Application, IssuedPass
from borderpass.web.office.part import NextStep, Part


def _is_signed(application: Application) -> bool:
    return IssuedPass.objects.filter(application=application, qr_text__isnull=False).exists()


PART = Part(
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
            "printing_paper",
        ),
    ),
)
