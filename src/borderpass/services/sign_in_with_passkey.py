"""How does somebody sign in without typing anything? Their authenticator answers a challenge, and says who they are.

A lock-out closes the password and not the passkey: nobody can be kept out by others' guesses.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from borderpass.domain.audit import Deed, Somebody
from borderpass.domain.declined import Declined
from borderpass.services.ask_passkey import REFUSED, Asked, Purpose, count_up, make_challenge, use_challenge
from borderpass.store.models import Passkey, Staff
from borderpass.store.queries.audit import write_audit
from borderpass.wire.passkeys import (
    RelyingParty,
    credential_name,
    read_assertion,
    verify_assertion,
    write_request_options,
)
from borderpass.wire.refusal import WireError


def begin_sign_in(party: RelyingParty, address: str, now: datetime) -> Asked | Declined:
    """Return what a browser needs to ask its holder for a passkey of this site, whoever they are."""
    made = make_challenge(Purpose.SIGN_IN, None, address, now)
    if isinstance(made, Declined):
        return made
    return Asked(made.id, write_request_options(party, bytes(made.challenge)))


def finish_sign_in(
    challenge_id: UUID | None, answer: str, party: RelyingParty, address: str, now: datetime
) -> Staff | Declined:
    """Return who signs in, or that nobody does."""
    challenge = use_challenge(challenge_id, Purpose.SIGN_IN, None, now)
    if challenge is None:
        return REFUSED
    found = _find(answer, challenge, party)
    said = {"by": "passkey", "address": address}
    with transaction.atomic():
        if found is None or not count_up(*found, now):
            write_audit(Deed.SIGN_IN_FAILED, Somebody("", "", ""), now, "staff", **said)
            return REFUSED
        passkey, _ = found
        staff: Staff = passkey.staff
        write_audit(Deed.SIGN_IN, staff.actor(), now, "staff", staff.username, passkey=str(passkey.id), **said)
    return staff


def _find(answer: str, challenge: bytes, party: RelyingParty) -> tuple[Passkey, int] | None:
    """Return the passkey that answered, with its new counter, where its holder may sign in with it."""
    try:
        assertion = read_assertion(answer)
        name = credential_name(assertion.evidence.credential_id)
        live = Passkey.objects.filter(removed_at=None, staff__is_active=True, rp_id=party.rp_id)
        passkey = live.select_related("staff").filter(credential_id=name).first()
        if passkey is None or assertion.user_handle not in (b"", passkey.staff_id.bytes):
            return None
        key, seen = bytes(passkey.public_key), passkey.sign_count
        return passkey, verify_assertion(assertion.evidence, challenge, party, key, seen)
    except WireError:
        return None
