"""How is an authenticator asked something that it can answer only once? With a random challenge, kept until then.

The challenge's id is for the session that asked, and for nobody else. It is good for five minutes and one answer.
"""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from borderpass.domain.declined import Declined, Ground
from borderpass.store.models import Passkey, PasskeyChallenge, Staff
from borderpass.wire.passkeys import CHALLENGE_BYTES

CHALLENGE_LIFE = timedelta(minutes=5)
CHALLENGES_MAX = 120
REFUSED = Declined(Ground.PASSKEY_REFUSED, "this passkey does not open this account here: try again, or use another")


class Purpose(StrEnum):
    """What an answer is for: one cannot be used for another thing."""

    ADD = "add"
    SIGN_IN = "sign_in"


class Asked(NamedTuple):
    """A challenge that was made: its id for the session, and the options for the browser, as JSON."""

    challenge_id: UUID
    options: str


def make_challenge(purpose: Purpose, staff: Staff | None, address: str, now: datetime) -> PasskeyChallenge | Declined:
    """Make a challenge; return it, or that too many were made from one address."""
    with transaction.atomic():
        PasskeyChallenge.objects.filter(made_at__lte=now - CHALLENGE_LIFE).delete()
        if PasskeyChallenge.objects.filter(address=address).count() >= CHALLENGES_MAX:
            return Declined(Ground.TOO_MANY_TRIES, "too many tries from here: wait five minutes")
        return PasskeyChallenge.objects.create(
            challenge=secrets.token_bytes(CHALLENGE_BYTES), purpose=purpose, staff=staff, address=address, made_at=now
        )


def use_challenge(challenge_id: UUID | None, purpose: Purpose, staff: Staff | None, now: datetime) -> bytes | None:
    """Return a challenge, this once, or None where it is none, too old, used, or somebody else's."""
    if challenge_id is None:
        return None
    fresh = PasskeyChallenge.objects.filter(id=challenge_id, purpose=purpose, staff=staff, used_at=None)
    with transaction.atomic():
        if not fresh.filter(made_at__gt=now - CHALLENGE_LIFE).update(used_at=now):
            return None
        return bytes(PasskeyChallenge.objects.get(id=challenge_id).challenge)


def count_up(passkey: Passkey, sign_count: int, now: datetime) -> bool:
    """Note that a passkey was used, and its counter; tell whether nobody else did at the same moment."""
    unchanged = Passkey.objects.filter(id=passkey.id, sign_count=passkey.sign_count, removed_at=None)
    return unchanged.update(sign_count=sign_count, last_used_at=now) == 1
