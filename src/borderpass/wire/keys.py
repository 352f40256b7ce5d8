"""What is a key on the wire? P-256 points, their COSE_Key and their `kid`.

COSE_Key as in RFC 9053 section 7.1.1: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}. `kid` is the first
8 bytes of SHA-256 over the DER SubjectPublicKeyInfo: a hint, never an identity.
"""

import hashlib
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from borderpass.wire.cbor import CborMap
from borderpass.wire.refusal import WireError

KID_BYTES = 8
POINT_BYTES = 64
_UNCOMPRESSED = b"\x04"


@lru_cache(maxsize=4096)
def load_point(point: bytes) -> ec.EllipticCurvePublicKey:
    """Return the key object of x and y (32 bytes each). Raise WireError when it is no point of P-256."""
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _UNCOMPRESSED + point)
    except ValueError:
        raise WireError("a public key that is no point of P-256") from None


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return x and y of a P-256 public key, 32 bytes each. Raise WireError for another curve."""
    if not isinstance(key.curve, ec.SECP256R1):
        raise WireError(f"a key on {key.curve.name}; only P-256 is used")
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)[1:]


def kid_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return the first 8 bytes of SHA-256 over the key's SubjectPublicKeyInfo."""
    return digest_of_key(key)[:KID_BYTES]


def digest_of_key(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return SHA-256 over the key's SubjectPublicKeyInfo in DER: whole, it is no hint but names this very key."""
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(spki).digest()


def write_cose_key(point: bytes) -> CborMap:
    """Return the COSE_Key of a point."""
    return {1: 2, 3: -7, -1: 1, -2: point[:32], -3: point[32:]}


def read_cose_key(value: Any) -> bytes:
    """Return the point of a COSE_Key in exactly our form. Raise WireError otherwise."""
    match value:
        case {1: 2, 3: -7, -1: 1, -2: bytes(x), -3: bytes(y)} if len(value) == 5 and len(x) == len(y) == 32:
            load_point(x + y)
            return x + y
    raise WireError("not an ES256 COSE_Key")
