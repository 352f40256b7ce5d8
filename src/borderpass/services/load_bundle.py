"""Which bundle is this decided with? The latest, or the one of a serial, verified with the root and kept in memory."""

from functools import lru_cache

from borderpass.domain.bundle import Bundle
from borderpass.signing.file_keystore import read_public_pem
from borderpass.store.models import PublishedBundle
from borderpass.wire.bundle import read_bundle


def latest_bundle() -> PublishedBundle | None:
    """Return the bundle that was published last."""
    return PublishedBundle.objects.order_by("-serial").first()


def load_bundle(serial: int, root_pem: bytes) -> Bundle | None:
    """Return a bundle of ours by its serial, its signatures verified, or None when there is none of that serial."""
    published = PublishedBundle.objects.filter(serial=serial).only("digest").first()
    return None if published is None else _read(serial, published.digest, root_pem)


@lru_cache(maxsize=32)
def _read(serial: int, digest: str, root_pem: bytes) -> Bundle:
    """The digest is part of the key, so that another database's bundle of the same serial is never taken for it."""
    octets = PublishedBundle.objects.get(serial=serial, digest=digest).octets
    return read_bundle(bytes(octets), read_public_pem(root_pem))
