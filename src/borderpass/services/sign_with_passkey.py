"""How does somebody sign for something with their passkey, so that it can be proved years later?

The challenge is the SHA-256 of what is signed: the authenticator's signature covers it, with the site and the fact that
its holder was there and was verified. What it answers is kept, and verified again with the passkey's public key, which
is never deleted. What is signed should say when and by whom, for the same digest can be answered again.
"""

from datetime import datetime

from django.db import transaction

from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.services.ask_passkey import REFUSED, count_up
from borderpass.store.models import Passkey, Staff
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.staff import passkeys_of
from borderpass.wire.passkeys import (
    CHALLENGE_BYTES,
    Evidence,
    RelyingParty,
    credential_id_of,
    credential_name,
    party_of,
    read_assertion,
    verify_assertion,
    write_request_options,
)
from borderpass.wire.refusal import WireError


def challenge_for(digest: bytes, staff: Staff, party: RelyingParty) -> str | Declined:
    """Return the JSON with which somebody's browser asks for their passkey over a digest (32 bytes)."""
    if len(digest) != CHALLENGE_BYTES:
        raise ValueError("what is signed is a SHA-256 digest")
    names = passkeys_of(staff).filter(rp_id=party.rp_id).values_list("credential_id", flat=True)
    held = [credential_id_of(name) for name in names]
    if not held:
        return Declined(Ground.NO_PASSKEY, "this account has no passkey for this site: add one first")
    return write_request_options(party, digest, held)


def verify_assertion_over(
    digest: bytes, assertion: str, staff: Staff, party: RelyingParty, now: datetime
) -> Evidence | Declined:
    """Return the evidence that somebody's passkey signed a digest, ready to be kept, or that it did not."""
    try:
        evidence = read_assertion(assertion).evidence
        passkey = passkeys_of(staff).filter(credential_id=credential_name(evidence.credential_id)).first()
        if passkey is None or passkey.rp_id != party.rp_id:
            return REFUSED
        sign_count = verify_assertion(evidence, digest, party, bytes(passkey.public_key), passkey.sign_count)
    except WireError:
        return REFUSED
    with transaction.atomic():
        if not count_up(passkey, sign_count, now):
            return REFUSED
        write_audit(Deed.USE_PASSKEY, staff.actor(), now, "passkey", str(passkey.id), digest=digest.hex())
    return evidence


def verify_evidence(digest: bytes, evidence: Evidence) -> Passkey | None:
    """Return the passkey (its `staff` says whose, even if it was removed since) that signed a digest, or None."""
    known = Passkey.objects.select_related("staff")
    passkey = known.filter(credential_id=credential_name(evidence.credential_id)).first()
    if passkey is None:
        return None
    try:
        verify_assertion(evidence, digest, party_of(evidence, passkey.rp_id), bytes(passkey.public_key), 0)
    except WireError:
        return None
    return passkey
