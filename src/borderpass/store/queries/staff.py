"""Which members of staff may be seen, and which managed? And how often did a sign-in fail?"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from borderpass.domain.actors import EVERYWHERE, Act, Actor, StaffRole
from borderpass.domain.lock_out import TRIES_FROM_AN_ADDRESS, TRIES_OF_A_NAME, TRIES_WITHIN, minutes_to_wait
from borderpass.domain.staff_form import tidy_user_name
from borderpass.store.models import Passkey, SignInFailure, Staff

_REMEMBERED = timedelta(days=1)
_OF_AN_OFFICE = (StaffRole.CLERK, StaffRole.GOVERNOR)


def staff_for(actor: Actor) -> QuerySet[Staff]:
    """Return the staff an actor may see: the own office's or gate's, the province's, everybody, or nobody."""
    if not actor.may(Act.READ_STAFF):
        return Staff.objects.none()
    if actor.scope == EVERYWHERE:
        return Staff.objects.all()
    if actor.role is StaffRole.PROVINCIAL_OFFICER:
        roles = [role.value for role in (*_OF_AN_OFFICE, StaffRole.PROVINCIAL_OFFICER)]
        return Staff.objects.filter(scope__startswith=actor.scope[:2], role__in=roles)
    return Staff.objects.filter(_managed(actor) | Q(scope=actor.scope))


def managed_by(actor: Actor) -> QuerySet[Staff]:
    """Return the staff an actor may change: never the actor, for nobody lets themselves in again."""
    if not actor.may(Act.MANAGE_STAFF):
        return Staff.objects.none()
    return Staff.objects.filter(_managed(actor)).exclude(username=actor.name)


def _managed(actor: Actor) -> Q:
    condition = Q(pk__in=[])
    for role, scope in actor.posts_managed().items():
        condition |= Q(role=role.value) if scope == EVERYWHERE else Q(role=role.value, scope=scope)
    return condition


def find_managed(actor: Actor, staff_id: UUID) -> Staff | None:
    """Return somebody the actor manages; another's staff are as unknown as none."""
    return managed_by(actor).filter(id=staff_id).first()


def with_passkeys(staff: QuerySet[Staff]) -> QuerySet[Any]:
    """Return staff, each with `passkeys_held`, by place, role and name."""
    held = Count("passkeys", filter=Q(passkeys__removed_at=None))
    return staff.annotate(passkeys_held=held).order_by("scope", "role", "username")


def passkeys_of(staff: Staff) -> QuerySet[Passkey]:
    """Return the passkeys that somebody can sign in with, oldest first."""
    return Passkey.objects.filter(staff=staff, removed_at=None).order_by("added_at", "id")


def digest_of_name(user_name: str) -> str:
    """Return what is kept of a name that was tried, in hex."""
    return hashlib.sha256(tidy_user_name(user_name).encode("utf-8", "replace")).hexdigest()


def minutes_locked(user_name: str, now: datetime) -> int:
    """Return for how many minutes a name's password does not count any more; 0 where it does."""
    return _minutes(SignInFailure.objects.filter(name_digest=digest_of_name(user_name)), TRIES_OF_A_NAME, now)


def minutes_locked_from(address: str, now: datetime) -> int:
    """Return for how many minutes nobody may try from an address."""
    return _minutes(SignInFailure.objects.filter(address=address), TRIES_FROM_AN_ADDRESS, now)


def names_locked(user_names: Iterable[str], now: datetime) -> set[str]:
    """Return those of some names that are locked out."""
    digests = {digest_of_name(name): name for name in user_names}
    recent = SignInFailure.objects.filter(at__gt=now - TRIES_WITHIN, name_digest__in=list(digests))
    counted = recent.values("name_digest").annotate(n=Count("id")).filter(n__gte=TRIES_OF_A_NAME)
    return {digests[digest] for digest in counted.values_list("name_digest", flat=True)}


def _minutes(failures: QuerySet[SignInFailure], tries: int, now: datetime) -> int:
    latest = failures.filter(at__gt=now - TRIES_WITHIN).order_by("-at").values_list("at", flat=True)
    return minutes_to_wait(list(latest[:tries]), tries, now)


def forget_failures(user_name: str) -> int:
    """Forget a name's failures; return how many there were."""
    return SignInFailure.objects.filter(name_digest=digest_of_name(user_name)).delete()[0]


def forget_old_failures(now: datetime) -> None:
    """Forget what nobody counts any more."""
    SignInFailure.objects.filter(at__lte=now - _REMEMBERED).delete()
