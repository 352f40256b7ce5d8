"""What does a signed-in person see of the counts? Their own scope, today and in all, with names for the figures."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, gettext_lazy

from borderpass.domain.actors import EVERYWHERE, Act, Actor, StaffRole
from borderpass.domain.declined import Declined
from borderpass.domain.local_time import local_day
from borderpass.services.count import count
from borderpass.services.count_across import count_across
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.store.queries.counts import GATE_NAMES, OFFICE_NAMES
from borderpass.web.wording import language, say_number

ROLES = {
    StaffRole.CLERK: gettext_lazy("Clerk"),
    StaffRole.GOVERNOR: gettext_lazy("Governor"),
    StaffRole.PROVINCIAL_OFFICER: gettext_lazy("Provincial officer"),
    StaffRole.GATE_OFFICER: gettext_lazy("Gate officer"),
    StaffRole.GATE_COMMANDER: gettext_lazy("Gate commander"),
    StaffRole.NATIONAL_AUTHORITY: gettext_lazy("National authority"),
    StaffRole.AUDITOR: gettext_lazy("Auditor"),
}
FIGURES = {
    "lodged": gettext_lazy("Applications lodged"),
    "paid": gettext_lazy("Fees paid"),
    "fee_riel": gettext_lazy("Fees in riel"),
    "refund_riel": gettext_lazy("Fees given back, in riel"),
    "returned": gettext_lazy("Applications returned"),
    "refused": gettext_lazy("Applications refused"),
    "withdrawn": gettext_lazy("Applications withdrawn"),
    "approved": gettext_lazy("Applications approved"),
    "issued": gettext_lazy("Passes issued"),
    "renewed": gettext_lazy("Of these renewed"),
    "extended": gettext_lazy("Of these extended"),
    "replaced": gettext_lazy("Of these replaced"),
    "corrected": gettext_lazy("Of these corrected"),
    "printed": gettext_lazy("Passes printed"),
    "reprinted": gettext_lazy("Passes reprinted"),
    "spoiled": gettext_lazy("Sheets spoiled"),
    "handed_over": gettext_lazy("Passes handed over"),
    "revoked": gettext_lazy("Passes revoked"),
    "suspended": gettext_lazy("Passes suspended"),
    "reinstated": gettext_lazy("Passes reinstated"),
    "superseded": gettext_lazy("Passes superseded"),
    "old_books": gettext_lazy("Passes of the old books"),
    "scans": gettext_lazy("Scans"),
    "exits": gettext_lazy("Exits"),
    "entries": gettext_lazy("Entries"),
    "referred": gettext_lazy("Referred"),
    "turned_back": gettext_lazy("Turned back"),
    "without_action": gettext_lazy("Scans without an action"),
}


@dataclass(frozen=True, slots=True)
class OwnCounts:
    """Who is signed in, their figures as (name, today, in all), and how many are across now."""

    role: str
    place: str
    rows: tuple[tuple[str, str, str], ...]
    across: str
    overdue: str
    has_gate: bool


def count_own(actor: Actor, now: datetime) -> OwnCounts:
    """Return the figures in an actor's scope at an aware instant."""
    today = local_day(now)
    of_today, of_all = count(actor, today, today)[0].figures, count(actor)[0].figures
    names = (OFFICE_NAMES if actor.may(Act.READ_OFFICE) else ()) + GATE_NAMES
    rows = tuple((str(FIGURES[name]), say_number(of_today[name]), say_number(of_all[name])) for name in names)
    across = count_across(actor, None, now)
    assert not isinstance(across, Declined)  # it names no gate
    numbers = say_number(across.across), say_number(across.overdue)
    return OwnCounts(str(ROLES[actor.role]), say_place(actor.scope), rows, *numbers, actor.may(Act.READ_GATE))


def say_place(scope: str) -> str:
    """Return the name of a scope: an office, a province, a gate, or everywhere."""
    if scope == EVERYWHERE:
        return gettext("everywhere")
    gate = load_gazetteer().find_checkpoint(scope)
    if gate is not None:
        return gate.label(language())
    place = load_gazetteer().find(scope.removesuffix("00"))
    if place is None:
        return scope
    return place.full_name_km if language() == "km" else place.name_latin
