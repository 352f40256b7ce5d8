"""Did a device ask this? The lines that it signs of a GET request (docs/reference/devices-and-scans.md), with ES256."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from borderpass.wire.keys import load_point

FIRST_LINE = "borderpass-request-v1"
_SIGNATURE_BYTES = 64


def lines_to_sign(method: str, path: str, device_id: str, date_s: str) -> bytes:
    """Return what a device signs: the constant, method, path with query, its id, and Unix seconds, a line each."""
    return "\n".join((FIRST_LINE, method, path, device_id, date_s)).encode()


def verify_lines(lines: bytes, signature: bytes, point: bytes) -> bool:
    """Tell whether the key of a point (x and y) made a signature (r and s, 64 bytes)."""
    if len(signature) != _SIGNATURE_BYTES:
        return False
    der = encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
    try:
        load_point(point).verify(der, lines, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True
