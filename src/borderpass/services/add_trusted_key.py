"""How does a new key come to be trusted? It is made in the keystore and entered for its role, its land and a year."""

from datetime import datetime, timedelta

from borderpass.domain.trust import Role
from borderpass.signing.file_keystore import FileKeystore
from borderpass.store.models import Office, TrustedKey

SIGNING_LIFE = timedelta(days=365)
VERIFYING_LIFE = timedelta(days=365 * 4)
"""A pass is signed for two years and may be extended by one; a year of grace comes on top."""


def add_trusted_key(keystore: FileKeystore, name: str, role: Role, office: Office | None, now: datetime) -> TrustedKey:
    """Make a key and enter it. Raise SigningError if the name is taken. Call it inside a transaction."""
    signer = keystore.open(name) if keystore.has(name) else keystore.create(name)
    begins_at = now.replace(microsecond=0)  # as signed lists have it: a key may sign a list of the same second
    key, _ = TrustedKey.objects.get_or_create(
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
    return key
