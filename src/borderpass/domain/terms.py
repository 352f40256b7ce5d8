"""What do the orders in force say at the counter: what it costs, how long it is valid, who may sign?

Each function asks a rulebook at an aware instant. The provision returned names its order; None means that no
order in force answers. `domain.orders` keeps it to one provision for each case.
"""

from datetime import date, datetime, timedelta

from borderpass.domain.local_time import years_later
from borderpass.domain.passes import PassKind
from borderpass.domain.provisions import (
    Companions,
    Delegation,
    Eligibility,
    Ending,
    Fee,
    Level,
    ProcessingTime,
    Purpose,
    Refund,
    RevenueSplit,
    Validity,
    falls_under,
)
from borderpass.domain.rulebook import Rulebook

_OFFICE_DIGITS = 4
_HALL = "00"


def fee_for(rulebook: Rulebook, purpose: Purpose, at: datetime) -> Fee | None:
    """Return what an application for a purpose costs."""
    return next((fee for fee in rulebook.in_force(Fee, at) if fee.purpose is purpose), None)


def validity_for(rulebook: Rulebook, pass_kind: PassKind, at: datetime) -> Validity | None:
    """Return how long a pass of a kind is valid."""
    return next((one for one in rulebook.in_force(Validity, at) if one.pass_kind is pass_kind), None)


def last_day(validity: Validity, first_day: date) -> date:
    """Return the last local day on which a pass is valid that is valid from a local day on.

    Two years from 22 November 2026 end with 21 November 2028. Years from a 29 February end with a 28 February
    where the last year has no 29th, so that nobody loses a day. Days come on top of years.
    """
    ends = years_later(first_day, validity.years)
    if ends.day == first_day.day:
        ends -= timedelta(days=1)
    return ends + timedelta(days=validity.days)


def processing_time(rulebook: Rulebook, at: datetime) -> ProcessingTime | None:
    """Return within how many days an office has to produce a pass."""
    return next(rulebook.in_force(ProcessingTime, at), None)


def may_sign(rulebook: Rulebook, office_code: str, home_code: str, at: datetime) -> Delegation | None:
    """Return the delegation by which an office's governor signs for a resident, or None: they may not.

    An office is four digits: `0110` is a city's or district's, `0100` the hall of province 01. It signs for
    its own land only, and only where a delegation at its level covers the resident's home.
    """
    if len(office_code) != _OFFICE_DIGITS or not (office_code.isascii() and office_code.isdigit()):
        return None
    hall = office_code.endswith(_HALL)
    if not home_code.startswith(office_code.removesuffix(_HALL) if hall else office_code):
        return None
    level = Level.PROVINCE if hall else Level.DISTRICT
    for delegation in rulebook.in_force(Delegation, at):
        if delegation.level is level and falls_under(home_code, delegation.prefixes):
            return delegation
    return None


def is_eligible(rulebook: Rulebook, home_code: str, at: datetime) -> bool:
    """Tell whether permanent residents of a place may hold a pass."""
    return any(falls_under(home_code, one.prefixes) for one in rulebook.in_force(Eligibility, at))


def companions_rule(rulebook: Rulebook, at: datetime) -> Companions | None:
    """Return which children may travel on a parent's pass."""
    return next(rulebook.in_force(Companions, at), None)


def split_for(rulebook: Rulebook, at: datetime) -> RevenueSplit | None:
    """Return how fees are shared between the district or city and the province."""
    return next(rulebook.in_force(RevenueSplit, at), None)


def refund_for(rulebook: Rulebook, ending: Ending, at: datetime) -> Refund | None:
    """Return how much of the fee is given back when an application ends in a way before it is approved."""
    return next((one for one in rulebook.in_force(Refund, at) if one.ending is ending), None)
