"""How does somebody add a passkey to their account, and take one away again?

1. They show that they know the password: a session that was left open is not enough to make a key of one's own.
2. Their authenticator gets a challenge, and answers with a new key.
3. The answer is verified for this very site, and the key kept.
"""

import unicodedata
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.services.ask_passkey import REFUSED, Asked, Purpose, make_challenge, use_challenge
from borderpass.services.try_password import LockedOut, try_password
from borderpass.store.models import Passkey, Staff
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.staff import passkeys_of
from borderpass.wire.passkeys import (
    RelyingParty,
    User,
    credential_id_of,
    credential_name,
    verify_registration,
    write_creation_options,
)
from borderpass.wire.refusal import WireError

PASSKEYS_MAX = 10
NAME_MAX_CHARACTERS = 60


def begin_registration(
    staff: Staff, password: str, party: RelyingParty, address: str, now: datetime
) -> Asked | Declined | LockedOut:
    """Return what somebody's browser needs to make a passkey, or why it gets nothing."""
    known = try_password(staff.username, password, address, now)
    if not isinstance(known, Staff):
        return known
    held = [credential_id_of(one) for one in passkeys_of(staff).values_list("credential_id", flat=True)]
    if len(held) >= PASSKEYS_MAX:
        return Declined(Ground.PASSKEY_REFUSED, f"an account has at most {PASSKEYS_MAX} passkeys: remove one first")
    made = make_challenge(Purpose.ADD, staff, address, now)
    if isinstance(made, Declined):
        return made
    user = User(staff.id.bytes, staff.username, staff.full_name)
    return Asked(made.id, write_creation_options(party, user, bytes(made.challenge), held))


def finish_registration(
    staff: Staff, challenge_id: UUID | None, answer: str, name: str, party: RelyingParty, now: datetime
) -> Passkey | Declined:
    """Keep the passkey that a browser's answer proves; return it, or why not. `name` is how its holder calls it."""
    challenge = use_challenge(challenge_id, Purpose.ADD, staff, now)
    if challenge is None:
        return REFUSED
    try:
        made = verify_registration(answer, challenge, party)
    except WireError:
        return REFUSED
    passkey = Passkey(
        staff=staff,
        credential_id=credential_name(made.credential_id),
        public_key=made.public_key,
        sign_count=made.sign_count,
        rp_id=party.rp_id,
        name=_tidy(name) or party.rp_id[:NAME_MAX_CHARACTERS],
        added_at=now,
    )
    try:
        with transaction.atomic():
            passkey.save(force_insert=True)
            write_audit(Deed.ADD_PASSKEY, staff.actor(), now, "passkey", str(passkey.id), rp_id=party.rp_id)
    except IntegrityError:
        return REFUSED  # a credential that is known already, here or for somebody else
    return passkey


def _tidy(name: str) -> str:
    shown = "".join(one for one in name if unicodedata.category(one) not in ("Cc", "Cs"))
    return " ".join(unicodedata.normalize("NFC", shown).split())[:NAME_MAX_CHARACTERS]


def remove_passkey(staff: Staff, passkey_id: UUID, now: datetime) -> Passkey | Declined:
    """Let a passkey of somebody's own open nothing any more. It is kept, for what it signed."""
    passkey = passkeys_of(staff).filter(id=passkey_id).first()
    if passkey is None:
        return Declined(Ground.NO_PASSKEY, "there is no such passkey on this account")
    with transaction.atomic():
        if passkeys_of(staff).filter(id=passkey_id).update(removed_at=now):
            write_audit(Deed.REMOVE_PASSKEY, staff.actor(), now, "passkey", str(passkey_id))
    passkey.refresh_from_db()
    return passkey
