"""How does a key come to be trusted? Made in the keystore, it is entered for its role, its land and a year.

A key is followed by the next one when half its year is over, so that there is never a day without one.
"""

from datetime import datetime, timedelta

from borderpass.domain.actors import Actor
from borderpass.domain.audit import Deed
from borderpass.domain.trust import Role
from borderpass.signing.file_keystore import FileKeystore
from borderpass.store.models import Office, TrustedKey
from borderpass.store.queries.audit import write_audit

SIGNING_LIFE = timedelta(days=365)
VERIFYING_LIFE = timedelta(days=365 * 4)
"""A pass is signed for two years and may be extended by one; a year of grace comes on top."""


def add_trusted_key(
    keystore: FileKeystore, name: str, role: Role, office: Office | None, actor: Actor, now: datetime
) -> TrustedKey:
    """Make a key and enter it. Raise SigningError if the name is taken. Call it inside a transaction."""
    signer = keystore.open(name) if keystore.has(name) else keystore.create(name)
    begins_at = now.replace(microsecond=0)  # as signed lists have it: a key may sign a list of the same second
    key, new = TrustedKey.objects.get_or_create(
        kid=signer.kid.hex(),
        defaults={
            "point": signer.point.hex(),
            "role": role.value,
            "office": office,
            "keystore_name": name,
            "sign_from_at": begins_at,
            "sign_until_at": begins_at + SIGNING_LIFE,
            "verify_until_at": begins_at + VERIFYING_LIFE,
        },
    )
    if new:
        said = {"role": role.name.lower(), "office": office.code if office else None}
        write_audit(Deed.MAKE_KEY, actor, now, "key", key.kid, **said)
    return key


def current_key(office_code: str | None, role: Role, now: datetime) -> TrustedKey | None:
    """Return the newest key of an office (None: of the nation) that may sign now."""
    keys = TrustedKey.objects.filter(
        office_id=office_code, role=role, sign_from_at__lte=now, sign_until_at__gt=now, withdrawn_at=None
    )
    return keys.order_by("-sign_from_at").first()


def keep_key(
    keystore: FileKeystore, stem: str, role: Role, office: Office | None, actor: Actor, now: datetime
) -> TrustedKey:
    """Return a key with more than half its year left, making the next one (`STEM-2`, ...) where there is none.

    Raise SigningError. Call it inside a transaction.
    """
    current = current_key(office.code if office else None, role, now)
    if current is not None and current.sign_until_at - now > SIGNING_LIFE / 2:
        return current
    number = TrustedKey.objects.filter(office=office, role=role).count() + 1
    return add_trusted_key(keystore, f"{stem}-{number}", role, office, actor, now)
