"""How does a page of an office say what is kept? States, events, days left and people, in the page's language."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext_lazy

from borderpass.domain.actors import StaffRole
from borderpass.domain.application import Event, State
from borderpass.domain.application_form import DocumentKind
from borderpass.domain.local_time import PHNOM_PENH
from borderpass.domain.passes import Sex
from borderpass.domain.provisions import Purpose
from borderpass.services.find_due_days import DueDays
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.web.front.own_counts import ROLES
from borderpass.web.wording import language, say_day, say_weekday

STATES: dict[State, Promise] = {
    State.LODGED: gettext_lazy("Taken in, not paid yet"),
    State.PAID: gettext_lazy("Paid, waiting for the governor"),
    State.APPROVED: gettext_lazy("Approved"),
    State.PRINTED: gettext_lazy("Printed, ready to be fetched"),
    State.HANDED_OVER: gettext_lazy("Handed over"),
    State.RETURNED: gettext_lazy("Returned, to be mended"),
    State.REFUSED: gettext_lazy("Refused"),
    State.WITHDRAWN: gettext_lazy("Withdrawn"),
    State.SPOILED: gettext_lazy("The paper was spoiled"),
}
NEXT: dict[State, Promise] = {
    State.LODGED: gettext_lazy("The applicant pays the fee."),
    State.PAID: gettext_lazy("The governor looks at it and decides."),
    State.APPROVED: gettext_lazy("The pass is printed."),
    State.PRINTED: gettext_lazy("The applicant fetches the pass."),
    State.HANDED_OVER: gettext_lazy("Nothing: the holder has the pass."),
    State.RETURNED: gettext_lazy("It is mended with the applicant and goes back to the governor."),
    State.REFUSED: gettext_lazy("Nothing: it was refused."),
    State.WITHDRAWN: gettext_lazy("Nothing: it was withdrawn."),
    State.SPOILED: gettext_lazy("The pass is printed again."),
}
UNSIGNED = gettext_lazy("The pass is being signed.")
EVENTS: dict[Event, Promise] = {
    Event.LODGE: gettext_lazy("Taken in"),
    Event.PAY: gettext_lazy("Fee paid"),
    Event.APPROVE: gettext_lazy("Approved"),
    Event.RETURN: gettext_lazy("Returned"),
    Event.RESUBMIT: gettext_lazy("Mended and sent to the governor again"),
    Event.REFUSE: gettext_lazy("Refused"),
    Event.WITHDRAW: gettext_lazy("Withdrawn"),
    Event.PRINT: gettext_lazy("Printed"),
    Event.SPOIL: gettext_lazy("Paper spoiled"),
    Event.HAND_OVER: gettext_lazy("Handed over"),
}
PURPOSES: dict[Purpose, Promise] = {
    Purpose.NEW: gettext_lazy("New border pass"),
    Purpose.EXTENSION: gettext_lazy("Extension by a year"),
    Purpose.REPLACEMENT: gettext_lazy("Replacement of a lost pass"),
    Purpose.ONE_TIME: gettext_lazy("One-time pass"),
    Purpose.CORRECTION: gettext_lazy("Correction of a mistake"),
}
DOCUMENTS: dict[DocumentKind, Promise] = {
    DocumentKind.ID_CARD: gettext_lazy("Identity card"),
    DocumentKind.BIRTH_CERTIFICATE: gettext_lazy("Birth certificate"),
    DocumentKind.FAMILY_BOOK: gettext_lazy("Family book"),
    DocumentKind.RESIDENCE_BOOK: gettext_lazy("Residence book"),
    DocumentKind.MONK_CERTIFICATE: gettext_lazy("Monk's certificate"),
    DocumentKind.OTHER: gettext_lazy("Another document"),
}
SEXES: dict[Sex, Promise] = {
    Sex.MALE: pgettext_lazy("sex", "Male"),
    Sex.FEMALE: pgettext_lazy("sex", "Female"),
    Sex.OTHER: pgettext_lazy("sex", "Other"),
}


@dataclass(frozen=True, slots=True)
class DueWords:
    """By when, in words: the day of practice and what is left to it, the day of the law and what is left to it."""

    practice_on: str
    practice_left: str
    law_on: str
    law_left: str
    level: str
    holidays_known: bool

    @property
    def past_law(self) -> bool:
        """Whether the day of the law is over too."""
        return self.level == "law"


def say_due(due: DueDays | None) -> DueWords | None:
    """Return the days in words; `level`: `law` (past the law's day), `late` (past the practice's), `soon` or `well`."""
    if due is None:
        return None
    level = "law" if due.law_left < 0 else "late" if due.late else "soon" if due.practice_left == 0 else "well"
    return DueWords(
        practice_on=say_weekday(due.practice_on),
        practice_left=say_left(due.practice_left),
        law_on=say_weekday(due.law_on),
        law_left=say_left(due.law_left),
        level=level,
        holidays_known=due.holidays_known,
    )


def say_left(days: int) -> str:
    """Return how many days are left, or how many it is late."""
    if days == 0:
        return gettext("today")
    if days < 0:
        return ngettext("%(count)s day late", "%(count)s days late", -days) % {"count": -days}
    return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}


def say_instant(instant: datetime) -> str:
    """Return a day and a time of day in Phnom Penh, to the minute."""
    local = instant.astimezone(PHNOM_PENH)
    return f"{say_day(local.date())}, {local:%H:%M}"


def say_address(home_code: str) -> tuple[str, ...]:
    """Return an address from the village up, a line for each place: in Khmer with its type, else in Latin letters."""
    gazetteer = load_gazetteer()
    here = gazetteer.find(home_code)
    places = (*gazetteer.ancestors(home_code), *([here] if here else []))
    in_khmer = language() == "km"
    return tuple(place.full_name_km if in_khmer else place.name_latin for place in reversed(places))


def say_role(role: str) -> str:
    """Return a role's name; the word itself where nobody of the staff has it."""
    return str(ROLES[StaffRole(role)]) if role in list(StaffRole) else role


def say_document(kind: str) -> str:
    """Return what kind of document it is; the kind itself where it is of later times."""
    return str(DOCUMENTS[DocumentKind(kind)]) if kind in list(DocumentKind) else kind


def say_date(day: date) -> str:
    """Return a day of birth or of an order as on forms: 02/01/1990."""
    return f"{day:%d/%m/%Y}"
