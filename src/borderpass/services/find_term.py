"""Which number does a pass get, and until when is it valid? Its own, or what it has from the pass before it.

- A new pass, a renewal and a replacement have the next number of the office, and the whole term of the order.
- An extension keeps the number and adds the order's term to the end of the old one: nobody loses the days left.
- A correction keeps the number and the end: it costs nothing, and is no way to a longer pass.

A pass keeps its number only where the same office signs it, for a number begins with the office's code; where the
province's hall signed it and the district does now, it gets a new one.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from borderpass.domain.again import KEEPS_NUMBER, Again
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.local_time import last_valid_day, local_day
from borderpass.domain.pass_number import make_pass_number
from borderpass.domain.passes import PassKind
from borderpass.domain.terms import last_day, validity_for
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.store.models import Application, FollowUp, IssuedPass, Office
from borderpass.store.queries.applications import next_number


@dataclass(frozen=True, slots=True)
class Term:
    """The last local day of a pass, the order that says so, and the paper whose number it keeps, if it does."""

    last_day: date
    order_number: str
    keeps: IssuedPass | None = None


def find_term(application: Application, office: Office, now: datetime) -> Term | Declined:
    """Return until when the pass of an application is valid that an office signs at an instant, and by which order."""
    follow_up = FollowUp.objects.filter(application=application).select_related("old_pass").first()
    old = None if follow_up is None else follow_up.old_pass
    again = None if follow_up is None else Again(follow_up.again)
    keeps = old if again in KEEPS_NUMBER and old is not None and old.office_id == office.code else None
    if again is Again.CORRECTION and old is not None:
        if last_valid_day(old.expires_at) < local_day(now):
            return Declined(Ground.WRONG_STATE, f"pass {old.number} has ended: it is not corrected but renewed")
        return Term(last_valid_day(old.expires_at), old.order_number, keeps)
    kind, today = PassKind(application.pass_kind), local_day(now)
    validity = validity_for(rules_for_all_time(), kind, now)
    if validity is None:
        return Declined(Ground.NO_RULE, f"no order in force says how long a {kind.name} pass is valid")
    first_day = today
    if again is Again.EXTENSION and old is not None:
        first_day = max(today, last_valid_day(old.expires_at) + timedelta(days=1))
    return Term(last_day(validity, first_day), validity.term.order_number, keeps)


def number_of(term: Term, office: Office, now: datetime) -> tuple[str, int]:
    """Return the number and the edition of the paper that is signed. Call it inside the transaction that stores it."""
    if term.keeps is not None:
        editions = IssuedPass.objects.filter(number=term.keeps.number).values_list("edition", flat=True)
        return term.keeps.number, max(editions) + 1
    serial = next_number(office.code, "pass", now)
    return make_pass_number(office.code, local_day(now).year, serial), 1
