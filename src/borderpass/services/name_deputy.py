"""How does a governor name somebody who stands in for some days, and take that back?

1. Whoever manages the staff of the office names (its governor, or the ministry). The deputy works at its counter.
2. The days: today or later, at most three months, and none on which somebody else stands in already.
3. It is kept for good. From the first day on the deputy approves, returns and refuses (domain/actors.py), except what
   they took in or took money for themselves (services/find_authority.py); after the last day nothing of that.

Naming the same person for the same days again changes nothing.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.local_time import local_day
from borderpass.store.models import Deputy, Office, Staff
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.deputies import clerks_of, deputies_for

AT_MOST = timedelta(days=92)


def name_deputy(
    office_code: str, staff_id: UUID, from_on: date, until_on: date, actor: Actor, now: datetime
) -> Deputy | Declined:
    """Name a deputy of an office for some local days, both included; return the deputyship, or why there is none."""
    if not actor.may_at_office(Act.MANAGE_STAFF, office_code):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} names no deputy at office {office_code}")
    staff = clerks_of(office_code).filter(id=staff_id).first()
    if staff is None:
        return Declined(Ground.UNKNOWN_STAFF, "choose somebody who works at this office")
    if from_on > until_on:
        return Declined(Ground.DATE_WRONG, "the last day is before the first")
    with transaction.atomic():
        # The office is locked: of two that are named at once the second finds the first.
        Office.objects.select_for_update().get(code=office_code)
        others = Deputy.objects.filter(office_id=office_code, ended_at=None)
        same = others.filter(staff=staff, from_on=from_on, until_on=until_on).first()
        if same is not None:
            return same
        if from_on < local_day(now) or until_on - from_on > AT_MOST:
            words = f"a deputy is named from today on, and for at most {AT_MOST.days} days"
            return Declined(Ground.DATE_WRONG, words)
        if others.filter(from_on__lte=until_on, until_on__gte=from_on).exists():
            return Declined(Ground.NAME_TAKEN, "somebody stands in on some of these days already: end that first")
        return _store(office_code, staff, from_on, until_on, actor, now)


def _store(office_code: str, staff: Staff, from_on: date, until_on: date, actor: Actor, now: datetime) -> Deputy:
    days = {"from_on": from_on, "until_on": until_on}
    deputy = Deputy.objects.create(office_id=office_code, staff=staff, named_by=actor.name, named_at=now, **days)
    said = {"office": office_code, **{name: day.isoformat() for name, day in days.items()}}
    write_audit(Deed.NAME_DEPUTY, actor, now, "staff", staff.username, **said)
    return deputy


def end_deputy(deputy_id: UUID, actor: Actor, now: datetime) -> Deputy | Declined:
    """End a deputyship at once; return it, or why not. Ending it again changes nothing."""
    deputy = deputies_for(actor).filter(id=deputy_id).first()
    if deputy is None:
        return Declined(Ground.UNKNOWN_STAFF, "there is no such deputy here")
    if not actor.may_at_office(Act.MANAGE_STAFF, deputy.office_id):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} names no deputy at office {deputy.office_id}")
    with transaction.atomic():
        if Deputy.objects.filter(id=deputy.id, ended_at=None).update(ended_at=now, ended_by=actor.name):
            write_audit(Deed.END_DEPUTY, actor, now, "staff", deputy.staff.username, office=deputy.office_id)
    deputy.refresh_from_db()
    return deputy
