"""How does the drawer begin a day? With what was left in it, and the change that the treasurer brings.

One till is open in an office at a time, and each local day has one. The first cash of a day opens it, where nobody has
before; cash is taken again only when the till of the day before is closed.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.ledger import Account, bring_postings
from borderpass.domain.local_time import local_day
from borderpass.domain.till import MOST_RIEL
from borderpass.store.models import Till
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.ledger import balance_of, post
from borderpass.store.queries.money import open_till_of


def open_till(office_code: str, brought_riel: int, actor: Actor, now: datetime) -> Till | Declined:
    """Open an office's till of the day; return it, or why not. Opening it again changes nothing."""
    if not actor.may_at_office(Act.TAKE_FEE, office_code):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} may not open a till at office {office_code}")
    if not 0 <= brought_riel <= MOST_RIEL:
        return Declined(Ground.BAD_FORM, f"give the change that was brought as 0 to {MOST_RIEL:,} riel")
    with transaction.atomic():
        is_open = open_till_of(office_code) is not None
        if is_open:
            return lock_till(office_code, now)
    return _open(office_code, brought_riel, actor, now)


def lock_till(office_code: str, now: datetime) -> Till | Declined:
    """Return the open till of the day, locked, or why no cash can be moved now. Call it inside a transaction."""
    today = local_day(now)
    till = open_till_of(office_code)
    if till is None:
        return Declined(Ground.TILL_CLOSED, f"the till of {today} is closed: cash is taken again tomorrow")
    if till.day != today:
        return Declined(Ground.TILL_NOT_CLOSED, f"the till of {till.day} is still open: count and close it first")
    return till


def _open(office_code: str, brought_riel: int, actor: Actor, now: datetime) -> Till | Declined:
    """Open the till of the day. Where somebody else did at the same moment, or it was closed, that is the answer."""
    try:
        with transaction.atomic():
            left_riel = balance_of(office_code, Account.DRAWER)
            till = Till.objects.create(
                office_id=office_code,
                day=local_day(now),
                opened_at=now,
                opened_by=actor.name,
                opening_riel=left_riel + brought_riel,
            )
            post(office_code, bring_postings(brought_riel), actor.name, now, till=till)
            said = {"day": till.day.isoformat(), "opening_riel": till.opening_riel, "brought_riel": brought_riel}
            write_audit(Deed.OPEN_TILL, actor, now, "office", office_code, **said)
    except IntegrityError:
        with transaction.atomic():
            return lock_till(office_code, now)
    return till
