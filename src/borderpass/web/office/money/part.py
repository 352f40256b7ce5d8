"""What does this package add to the pages that all share? Money, the fee as what comes next, a section."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from borderpass.domain.actors import Act
from borderpass.domain.application import State
from borderpass.store.models import Application
from borderpass.web.office.part import MenuEntry, NextStep, Part, Section

if TYPE_CHECKING:
    from borderpass.web.office.access import Here


def _describe(here: "Here", application: Application) -> dict[str, object] | None:
    from borderpass.web.office.money.section import describe_money  # desk.wording loads this file on its way

    return describe_money(here, application)


def _is_owed(application: Application) -> bool:
    from borderpass.domain.declined import Declined
    from borderpass.services.find_due_back import find_due_back
    from borderpass.store.models import Refund

    owed = not isinstance(find_due_back(application), Declined)
    return owed and not Refund.objects.filter(receipt__application=application).exists()


PART = Part(
    menu=(MenuEntry(gettext_lazy("Money"), "money"),),
    next_steps=(
        NextStep(frozenset({State.LODGED}), Act.TAKE_FEE, gettext_lazy("Take the fee"), "money_fee"),
        NextStep(
            frozenset({State.REFUSED, State.WITHDRAWN}),
            Act.TAKE_FEE,
            gettext_lazy("Give the fee back"),
            "money_return_fee",
            _is_owed,
        ),
    ),
    sections=(Section("office/money/section.html", _describe),),
)
