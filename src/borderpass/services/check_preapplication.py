"""What is wrong with a form that is filled in at home, and which office is it for?

The same rules as at the counter but one: whether somebody holds a pass already is not told to whoever asks from home.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from borderpass.domain.application_form import ApplicationForm, find_problems
from borderpass.domain.local_time import age_on, local_day
from borderpass.domain.provisions import Companions
from borderpass.domain.terms import companions_rule
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.find_office_for import find_office_for
from borderpass.store.models import Office


class Wrong(StrEnum):
    """What can be wrong with a field."""

    FILLED_IN = "filled_in"
    TOO_YOUNG = "too_young"
    CHILD_TOO_OLD = "child_too_old"
    TOO_MANY_CHILDREN = "too_many_children"
    NO_OFFICE = "no_office"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field of `ApplicationForm`; `child` counts from 1 where it is about one."""

    field: str
    wrong: Wrong
    child: int = 0


def find_faults(form: ApplicationForm, now: datetime) -> list[Fault]:
    """Return what is wrong with a tidied form at an aware instant, whatever its office; an empty list: nothing."""
    today, alone = local_day(now), replace(form, companions=())
    faults = [Fault(one.field, Wrong.FILLED_IN) for one in find_problems(alone, today)]
    for number, child in enumerate(form.companions, 1):
        with_child = find_problems(replace(alone, companions=(child,)), today)
        if any(one.field == "companions" for one in with_child):
            faults.append(Fault("companions", Wrong.FILLED_IN, number))
    children = companions_rule(rules_for_all_time(), now)
    if children is not None:
        faults += _find_age_faults(form, children, now)
    elif form.companions:
        faults.append(Fault("companions", Wrong.TOO_MANY_CHILDREN))
    if find_home_office(form.home_code, now) is None:
        faults.append(Fault("home_code", Wrong.NO_OFFICE))
    return faults


def find_home_office(home_code: str, now: datetime) -> Office | None:
    """Return the office that takes forms from home for an address: the district's, else the provincial hall."""
    found = find_office_for(home_code, "", now)
    return next((office for _, office in found.offices if office is not None), None) if found else None


def _find_age_faults(form: ApplicationForm, children: Companions, now: datetime) -> list[Fault]:
    today, faults = local_day(now), []
    if 0 <= age_on(form.born_on, today) < children.under_age_years:
        faults.append(Fault("born_on", Wrong.TOO_YOUNG))
    if len(form.companions) > children.at_most:
        faults.append(Fault("companions", Wrong.TOO_MANY_CHILDREN))
    for number, child in enumerate(form.companions, 1):
        if age_on(child.born_on, today) >= children.under_age_years:
            faults.append(Fault("companions", Wrong.CHILD_TOO_OLD, number))
    return faults
