"""What is done when an office's key is stolen? It is withdrawn; what it honestly signed lives on by the allow-list."""

from datetime import datetime

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.store.models import TrustedKey
from borderpass.store.queries.audit import write_audit


def withdraw_key(kid: str, actor: Actor, now: datetime) -> TrustedKey | Declined:
    """Withdraw a key from an instant on; it holds from the next bundle. Withdrawing it again changes nothing."""
    if not actor.may(Act.MANAGE_OFFICES):
        return Declined(Ground.NOT_ALLOWED, "only the national authority withdraws keys")
    with transaction.atomic():
        if TrustedKey.objects.filter(kid=kid, withdrawn_at=None).update(withdrawn_at=now):
            write_audit(Deed.WITHDRAW_KEY, actor, now, "key", kid)
    key = TrustedKey.objects.filter(kid=kid).first()
    return key or Declined(Ground.UNKNOWN_OFFICE, f"no key of the trust list has kid {kid}")
