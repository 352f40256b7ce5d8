"""How does a pass lose its good standing, and get it back? Revoked, suspended, reinstated; never deleted.

Each change has a ground (domain/standing.py), and words where the ground is none of those that have a name. Nobody is
given two passes: one that was revoked does not come back, good or suspended, while its holder has a newer one, or has
one coming. With a pass the paper is revoked that waits to be handed over for it.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.standing import StandingGround, grounds_for
from borderpass.domain.status import Status
from borderpass.services.check_words import check_words
from borderpass.store.models import IssuedPass, StatusChange
from borderpass.store.queries.applications import lock_applications_of
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.passes import coming_papers_of, find_pass, last_ground_of, live_passes_of, open_follow_ups


def change_status(
    number: str,
    status: Status,
    words: str,
    actor: Actor,
    now: datetime,
    ground: StandingGround = StandingGround.OTHER,
) -> IssuedPass | Declined:
    """Revoke, suspend or reinstate (VALID) a pass on a ground; it holds from the next bundle on.

    Where the ground is OTHER, it needs words.
    """
    issued = find_pass(number)
    if issued is None or not actor.may_at_office(Act.READ_OFFICE, issued.office_id):
        return Declined(Ground.UNKNOWN_PASS, f"there is no pass {number} here")
    if not actor.may_at_office(Act.CHANGE_STATUS, issued.office_id):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} ({actor.role}) may not change the standing of passes")
    if status is Status.NEVER_ISSUED:
        return Declined(Ground.WRONG_STATE, "a pass that was issued cannot become one that never was")
    if ground not in grounds_for(status):
        return Declined(Ground.BAD_FORM, f"{ground} is no ground for this: {', '.join(grounds_for(status))}")
    ask = "say why: the ground is kept with the change" if ground is StandingGround.OTHER else None
    if (problem := check_words(words, ask)) is not None:
        return problem
    if issued.status == status:
        return Declined(Ground.WRONG_STATE, f"pass {number} is {Status(issued.status).name.lower()} already")
    with transaction.atomic():
        comes_back = status is Status.VALID or issued.status == Status.REVOKED
        newer = _find_newer(issued, now) if comes_back else None
        if newer is not None:
            return newer
        if not record_change(issued, status, ground, words, actor, now):
            return Declined(Ground.WRONG_STATE, f"pass {number} was changed by somebody else just now; look again")
        if status is Status.REVOKED:
            revoke_coming_papers(issued, ground, words, actor, now)
    return issued


def record_change(
    issued: IssuedPass, status: Status, ground: StandingGround, words: str, actor: Actor, now: datetime
) -> bool:
    """Change the standing of one paper as it was read, and write down who did; False: somebody was faster.

    Call it inside a transaction, once it is known that the actor may.
    """
    unchanged = IssuedPass.objects.filter(id=issued.id, changes=issued.changes)
    if unchanged.update(status=status, changes=F("changes") + 1) != 1:
        return False
    issued.status, issued.changes = status, issued.changes + 1
    said = {"at": now, "by": actor.name, "code": ground.value, "ground": words.strip()}
    StatusChange.objects.create(issued_pass=issued, seq=issued.changes, status=status, **said)
    told = {"status": status.name.lower(), "code": ground.value, "ground": words.strip()}
    write_audit(Deed.CHANGE_STATUS, actor, now, "pass", issued.number, **told)
    return True


def revoke_coming_papers(issued: IssuedPass, ground: StandingGround, words: str, actor: Actor, now: datetime) -> None:
    """Revoke what waits to be handed over for a pass that was revoked: it would be its good successor in a drawer."""
    for paper in coming_papers_of(issued):
        record_change(paper, Status.REVOKED, ground, words, actor, now)


def _find_newer(issued: IssuedPass, now: datetime) -> Declined | None:
    """Return why a pass is not reinstated: its holder has another good one, or it was replaced. Locks the person's."""
    holder = issued.application
    person = (holder.document_number, holder.name_latin, holder.born_on)
    lock_applications_of(*person)
    if last_ground_of(issued) is StandingGround.SUPERSEDED:
        return Declined(Ground.WRONG_STATE, f"pass {issued.number} was superseded: its holder has a newer one")
    newer = live_passes_of(*person, now).exclude(number=issued.number).first()
    if newer is not None:
        return Declined(Ground.LIVE_PASS_EXISTS, f"{holder.name_latin} holds pass {newer.number} by now")
    coming = open_follow_ups(issued).select_related("application").first()
    if coming is not None and issued.status == Status.REVOKED:
        reference = coming.application.reference
        return Declined(Ground.WRONG_STATE, f"pass {issued.number} is being replaced: withdraw {reference} first")
    return None
