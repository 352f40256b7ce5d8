"""What becomes of the old pass when the new paper is handed over? It is superseded: revoked on that ground.

The number means the new paper from then on, where it kept the number. What happened to the old pass in the meantime
holds: nobody is handed a good paper for a pass that was revoked or suspended.
"""

from datetime import datetime

from django.db import transaction

from borderpass.domain.actors import Actor
from borderpass.domain.again import Again
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.standing import StandingGround
from borderpass.domain.status import Status
from borderpass.services.change_status import record_change
from borderpass.store.models import Application, FollowUp, IssuedPass


def find_lost_ground(application: Application) -> Declined | None:
    """Return why what was applied for about a pass cannot go on: the pass is not good any more. None: it can."""
    follow_up = FollowUp.objects.filter(application=application).select_related("old_pass").first()
    if follow_up is None or follow_up.again == Again.REPLACEMENT:
        return None
    old = follow_up.old_pass
    if old.status == Status.VALID:
        return None
    standing = Status(old.status).name.lower()
    return Declined(Ground.WRONG_STATE, f"pass {old.number}, which this is about, is {standing} by now")


def find_not_good(issued: IssuedPass) -> Declined | None:
    """Return why no paper of a pass is made: it is revoked or suspended. None: it is good."""
    if issued.status == Status.VALID:
        return None
    standing = Status(issued.status).name.lower()
    return Declined(Ground.WRONG_STATE, f"pass {issued.number} is {standing}: no paper of it is made")


def supersede_old_pass(application: Application, actor: Actor, now: datetime) -> Declined | None:
    """Supersede the pass that an application is about, if it is about one, as its new paper is handed over.

    Call it inside the transaction of the hand-over, after it was recorded. Where the new paper must not be handed over
    this says why, and the transaction is undone.
    """
    issued = IssuedPass.objects.select_for_update().filter(application=application).first()
    problem = None
    if issued is None or issued.status != Status.VALID:
        problem = Declined(Ground.WRONG_STATE, f"the pass of {application.reference} is not good: keep it here")
    else:
        problem = _supersede(application, issued, actor, now)
    if problem is not None:
        transaction.set_rollback(True)
    return problem


def _supersede(application: Application, issued: IssuedPass, actor: Actor, now: datetime) -> Declined | None:
    follow_up = FollowUp.objects.filter(application=application).first()
    if follow_up is None:
        return None
    old = IssuedPass.objects.select_for_update().get(id=follow_up.old_pass_id)
    lost = find_lost_ground(application)
    if lost is not None:
        return lost
    if old.status == Status.VALID:
        words = f"{application.reference}, {issued.number}"
        if not record_change(old, Status.REVOKED, StandingGround.SUPERSEDED, words, actor, now):
            return Declined(Ground.WRONG_STATE, f"pass {old.number} was changed by somebody else just now; look again")
    if old.number == issued.number:
        IssuedPass.objects.filter(id=old.id).update(current=False)
        IssuedPass.objects.filter(id=issued.id).update(current=True)
    return None
