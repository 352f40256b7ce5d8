"""Who signs in, in the tests of services? The cast, with one password, hashed once a run."""

from functools import cache

from django.contrib.auth.hashers import make_password

from borderpass.domain.actors import Actor
from borderpass.store.models import AuditEntry, Staff

PASSWORD = "a long password of theirs"
ADDRESS = "203.0.113.7"


@cache
def hashed() -> str:
    return make_password(PASSWORD)


def add(actor: Actor) -> Staff:
    """Enter somebody of the cast, who knows the password."""
    return Staff.objects.create(
        username=actor.name,
        full_name=actor.name.title(),
        password=hashed(),
        role=actor.role.value,
        scope=actor.scope,
    )


def deeds() -> list[tuple[str, str, str]]:
    """Return what the audit trail says: by whom, what, to whom or what."""
    return list(AuditEntry.objects.order_by("seq").values_list("actor", "deed", "about"))
