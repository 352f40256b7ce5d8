"""What is done when a holder has died? All their passes are revoked, and what they had applied for ends.

Nobody is asked for the pass or for a reason: the family is told that nothing more is to be done. Passes of other
offices are not this governor's to revoke: they are named, so that their offices can be told.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application import Event, State, next_state
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.standing import StandingGround
from borderpass.domain.status import Status
from borderpass.services.change_status import record_change
from borderpass.services.check_words import check_words
from borderpass.store.models import Application, IssuedPass
from borderpass.store.queries.applications import lock_applications_of, move
from borderpass.store.queries.passes import find_pass


@dataclass(frozen=True, slots=True)
class Reported:
    """What was done: the numbers revoked, the references of applications that ended, and what others have to do.

    `still_open` are applications that cannot be withdrawn any more: their papers are kept at the office. `elsewhere`
    are passes of other offices that are good.
    """

    revoked: tuple[str, ...]
    withdrawn: tuple[str, ...]
    still_open: tuple[str, ...]
    elsewhere: tuple[str, ...]


def report_death(number: str, words: str, actor: Actor, now: datetime) -> Reported | Declined:
    """Write down that the holder of a pass has died; `words` say by what it is known, such as the certificate's number.

    The person is who has the same document, or the same name and date of birth. Reporting it again does what is left.
    """
    issued = find_pass(number)
    if issued is None or not actor.may_at_office(Act.READ_OFFICE, issued.office_id):
        return Declined(Ground.UNKNOWN_PASS, f"there is no pass {number} here")
    if not actor.may_at_office(Act.CHANGE_STATUS, issued.office_id):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} ({actor.role}) may not change the standing of passes")
    if (problem := check_words(words, "say by what it is known, such as the number of the certificate")) is not None:
        return problem
    holder = issued.application
    with transaction.atomic():
        applications = lock_applications_of(holder.document_number, holder.name_latin, holder.born_on)
        revoked, elsewhere = _revoke(applications, words, actor, now)
        withdrawn, still_open = _end(applications, words, actor, now)
    return Reported(tuple(revoked), tuple(withdrawn), tuple(still_open), tuple(elsewhere))


def _revoke(applications: list[Application], words: str, actor: Actor, now: datetime) -> tuple[list[str], list[str]]:
    revoked, elsewhere = [], []
    papers = IssuedPass.objects.select_for_update().filter(application__in=applications, qr_text__isnull=False)
    for paper in papers.exclude(status=Status.REVOKED).filter(expires_at__gt=now).order_by("issued_at", "id"):
        if not actor.may_at_office(Act.CHANGE_STATUS, paper.office_id):
            elsewhere.append(paper.number)
        elif record_change(paper, Status.REVOKED, StandingGround.DEATH, words, actor, now):
            revoked.append(paper.number)
    return revoked, elsewhere


def _end(applications: list[Application], words: str, actor: Actor, now: datetime) -> tuple[list[str], list[str]]:
    withdrawn, still_open = [], []
    for application in applications:
        state = State(application.state)
        if not actor.may_at_office(Act.CHANGE_STATUS, application.office_id):
            continue
        if next_state(state, Event.WITHDRAW) is not None:
            if move(application, Event.WITHDRAW, actor, now, words.strip(), ground=StandingGround.DEATH.value):
                withdrawn.append(application.reference)
        elif state in (State.APPROVED, State.PRINTED, State.SPOILED):
            still_open.append(application.reference)
    return withdrawn, still_open
