"""Who signs in the cases? Keys derived from their names, so that every run signs the same bytes.

They are public and worth nothing: never put one of them on a trust list.
"""

import hashlib
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from borderpass.signing.file_keystore import FileSigner

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def scalar_of(name: str) -> int:
    """Return the private scalar of a test key: SHA-256 of its name, brought into the group."""
    digest = hashlib.sha256(f"borderpass test key: {name}".encode()).digest()
    return 1 + int.from_bytes(digest, "big") % (_ORDER - 1)


@cache
def private_key(name: str) -> ec.EllipticCurvePrivateKey:
    """Return the P-256 key of a name."""
    return ec.derive_private_key(scalar_of(name), ec.SECP256R1())


@cache
def signer(name: str) -> FileSigner:
    """Return the signer of a name."""
    return FileSigner(private_key(name))


def public_key(name: str) -> ec.EllipticCurvePublicKey:
    """Return the public key of a name, read back from its PEM."""
    key = load_pem_public_key(signer(name).public_pem())
    assert isinstance(key, ec.EllipticCurvePublicKey)
    return key


def high_s(signature: bytes) -> bytes:
    """Return the other signature that the same key's mathematics gives: (r, n - s)."""
    s = int.from_bytes(signature[32:], "big")
    return signature[:32] + (_ORDER - s).to_bytes(32, "big")
