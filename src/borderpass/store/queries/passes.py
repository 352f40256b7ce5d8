"""Which passes are there, which may be seen, and which index is free?"""

import secrets
from datetime import date, datetime

from django.db.models import Q, QuerySet

from borderpass.domain.actors import EVERYWHERE, Act, Actor
from borderpass.domain.application import State
from borderpass.domain.standing import StandingGround
from borderpass.domain.status import FIRST_INDEX, Status
from borderpass.store.models import Application, FollowUp, IssuedPass, Portrait, StatusChange

STATUS_BLOCK = 1024
ENDED = (State.HANDED_OVER, State.REFUSED, State.WITHDRAWN)


def live_passes_of(document_number: str, name_latin: str, born_on: date, at: datetime) -> QuerySet[IssuedPass]:
    """Return somebody's passes (the same document, or the same name and birth date) that are good at an instant."""
    person = Q(application__document_number=document_number) | Q(
        application__name_latin=name_latin, application__born_on=born_on
    )
    return IssuedPass.objects.filter(person, expires_at__gt=at, status__in=[Status.VALID, Status.SUSPENDED])


def find_pass(number: str) -> IssuedPass | None:
    """Return a pass that was issued, by its number: the current one of its papers."""
    found = IssuedPass.objects.select_related("office").filter(number=number, qr_text__isnull=False, current=True)
    return found.first()


def passes_for(actor: Actor) -> QuerySet[IssuedPass]:
    """Return the papers of passes that an actor may read: those that their offices signed, or applied for."""
    signed = IssuedPass.objects.filter(qr_text__isnull=False).select_related("office", "application")
    if not actor.may(Act.READ_OFFICE):
        return signed.none()
    if actor.scope == EVERYWHERE:
        return signed
    if actor.province:
        return signed.filter(office__code__startswith=actor.province)
    return signed.filter(Q(office_id=actor.scope) | Q(application__office_id=actor.scope))


def open_follow_ups(issued: IssuedPass) -> QuerySet[FollowUp]:
    """Return the applications about a paper that have not come to their end; one whose own paper was revoked has."""
    going_on = FollowUp.objects.filter(old_pass=issued).exclude(application__state__in=ENDED)
    return going_on.exclude(application__issued_pass__status=Status.REVOKED)


def coming_papers_of(issued: IssuedPass) -> QuerySet[IssuedPass]:
    """Return the papers that wait in the office to be handed over for a paper, and are good. Locks nothing."""
    waiting = IssuedPass.objects.filter(application__follow_up__old_pass=issued).exclude(status=Status.REVOKED)
    return waiting.exclude(application__state=State.HANDED_OVER)


def last_ground_of(issued: IssuedPass) -> StandingGround | None:
    """Return the ground of the last change of a paper's standing, None where there was none."""
    code = StatusChange.objects.filter(issued_pass=issued).order_by("-seq").values_list("code", flat=True).first()
    return None if code is None else StandingGround(code)


def unsigned_applications(office_code: str | None = None) -> QuerySet[Application]:
    """Return what was approved but has no signed pass yet, oldest first."""
    waiting = Application.objects.filter(Q(issued_pass__isnull=True) | Q(issued_pass__qr_text__isnull=True))
    waiting = waiting.filter(state=State.APPROVED)
    return (waiting if office_code is None else waiting.filter(office_id=office_code)).order_by("lodged_at")


def pick_status_index(office_code: str) -> int:
    """Return a free index, at random within the office's current block so that it tells nothing of order.

    Blocks fill one after the other; the canary indices at the start of the first are never given out.
    """
    given_out = IssuedPass.objects.filter(office_id=office_code)
    block = (given_out.count() + FIRST_INDEX) // STATUS_BLOCK
    start = max(block * STATUS_BLOCK, FIRST_INDEX)
    end = (block + 1) * STATUS_BLOCK
    used = set(given_out.filter(status_index__gte=start, status_index__lt=end).values_list("status_index", flat=True))
    return secrets.choice([index for index in range(start, end) if index not in used])


def statuses_of(office_code: str) -> tuple[dict[int, Status], int]:
    """Return the status of every index that was handed out, and the length of the list (whole blocks)."""
    rows = IssuedPass.objects.filter(office_id=office_code).values_list("status_index", "status")
    statuses = {index: Status(status) for index, status in rows}
    highest = max(statuses, default=0)
    return statuses, (highest // STATUS_BLOCK + 1) * STATUS_BLOCK


def portrait_for(actor: Actor, number: str) -> bytes | None:
    """Return the print-size photo of a pass that the actor may see, or None."""
    issued = find_pass(number)
    if issued is None or not actor.may_at_office(Act.READ_PHOTO, issued.office_id):
        return None
    return _print_size(issued)


def portrait_of(number: str) -> bytes | None:
    """Return the print-size photo of a pass, or None: for the devices of gates, which take passes of every office."""
    issued = find_pass(number)
    return None if issued is None else _print_size(issued)


def _print_size(issued: IssuedPass) -> bytes:
    return bytes(Portrait.objects.get(application_id=issued.application_id).print_jpeg)


def fingerprints_of(kid: str) -> list[bytes]:
    """Return the fingerprints of all passes that a key signed."""
    return [bytes.fromhex(one) for one in IssuedPass.objects.filter(kid=kid).values_list("fingerprint", flat=True)]
