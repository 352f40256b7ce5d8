"""How does a pass lose its good standing, and get it back? Revoked, suspended, reinstated; never deleted."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.status import Status
from borderpass.services.check_words import check_words
from borderpass.store.models import IssuedPass, StatusChange
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.passes import find_pass


def change_status(number: str, status: Status, ground: str, actor: Actor, now: datetime) -> IssuedPass | Declined:
    """Revoke, suspend or reinstate (VALID) a pass; it holds from the next bundle on. It needs a ground in words."""
    issued = find_pass(number)
    if issued is None or not actor.may_at_office(Act.READ_OFFICE, issued.office_id):
        return Declined(Ground.UNKNOWN_PASS, f"there is no pass {number} here")
    if not actor.may_at_office(Act.CHANGE_STATUS, issued.office_id):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} ({actor.role}) may not change the standing of passes")
    if status is Status.NEVER_ISSUED:
        return Declined(Ground.WRONG_STATE, "a pass that was issued cannot become one that never was")
    if (problem := check_words(ground, "say why: the ground is kept with the change")) is not None:
        return problem
    if issued.status == status:
        return Declined(Ground.WRONG_STATE, f"pass {number} is {Status(issued.status).name.lower()} already")
    with transaction.atomic():
        unchanged = IssuedPass.objects.filter(id=issued.id, changes=issued.changes)
        if unchanged.update(status=status, changes=F("changes") + 1) != 1:
            return Declined(Ground.WRONG_STATE, f"pass {number} was changed by somebody else just now; look again")
        StatusChange.objects.create(
            issued_pass=issued, seq=issued.changes + 1, status=status, at=now, by=actor.name, ground=ground.strip()
        )
        said = {"status": status.name.lower(), "ground": ground.strip()}
        write_audit(Deed.CHANGE_STATUS, actor, now, "pass", number, **said)
    issued.status, issued.changes = status, issued.changes + 1
    return issued
