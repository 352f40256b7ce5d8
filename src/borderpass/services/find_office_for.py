"""Which office is the one for somebody who lives at an address, and is it this one?"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from borderpass.domain.gazetteer import DISTRICT_DIGITS, PROVINCE_DIGITS
from borderpass.domain.terms import is_eligible, may_sign
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.store.models import Office

_HALL = "00"


class Whose(StrEnum):
    """Whose an address is, as seen from an office."""

    OURS = "ours"
    ANOTHERS = "anothers"
    NOBODYS = "nobodys"
    NOT_ELIGIBLE = "not_eligible"


@dataclass(frozen=True, slots=True)
class OfficeFor:
    """Whose an address is. `offices` are those that sign for it by the orders in force, the district's first.

    Each is the office's code with the office, None where it takes part in the orders but was not set up here.
    """

    whose: Whose
    offices: tuple[tuple[str, Office | None], ...] = ()


def find_office_for(home_code: str, office_code: str, now: datetime) -> OfficeFor | None:
    """Return whose an address (a district's code or longer) is at an instant; None where there is no such place."""
    if len(home_code) < DISTRICT_DIGITS or load_gazetteer().find(home_code) is None:
        return None
    rulebook = rules_for_all_time()
    if not is_eligible(rulebook, home_code, now):
        return OfficeFor(Whose.NOT_ELIGIBLE)
    codes = (home_code[:DISTRICT_DIGITS], home_code[:PROVINCE_DIGITS] + _HALL)
    signing = [code for code in codes if may_sign(rulebook, code, home_code, now)]
    known = {office.code: office for office in Office.objects.filter(code__in=signing)}
    offices = tuple((code, known.get(code)) for code in signing)
    if office_code in signing:
        return OfficeFor(Whose.OURS, offices)
    return OfficeFor(Whose.ANOTHERS if offices else Whose.NOBODYS, offices)
