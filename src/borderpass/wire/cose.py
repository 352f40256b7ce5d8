"""Is this signed by that key? COSE_Sign1 (RFC 9052 section 4.2) with ES256 (RFC 9053 section 2.1), and only that.

The protected header is exactly `{1: -7, 4: kid}`, with `16: typ` (RFC 9596) added on everything that is not a pass,
so that no signed piece can be passed off as one of another kind; the unprotected header is empty. Anything else
(`alg` elsewhere, a label twice, any `crit`, detached payloads) does not have this form and is refused by it.
"""

from functools import lru_cache
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from borderpass.domain.reasons import Reason
from borderpass.wire.cbor import encode
from borderpass.wire.keys import KID_BYTES
from borderpass.wire.refusal import Refusal, WireError

ES256 = -7
_ALG, _KID, _TYP = 1, 4, 16
_KID_AT = 5
_TAG_CWT = b"\xd8\x3d"
_HEAD = b"\xd2\x84"
_EMPTY_MAP = b"\xa0"
_WIDTHS = {0x40 | size: 0 for size in range(24)} | {0x58: 1, 0x59: 2, 0x5A: 4}
_SIGNATURE_BYTES = 64
_ALGORITHM = ec.ECDSA(SHA256())
_CONTEXT = b"\x84\x6aSignature1"


class Sign1(NamedTuple):
    """The parts of a COSE_Sign1 in our form. The payload is not believed until `verify_sign1` says so."""

    kid: bytes
    protected: bytes
    payload: bytes
    signature: bytes


def decode_sign1(octets: bytes, typ: str | None = None) -> Sign1 | Refusal:
    """Return the parts of one COSE_Sign1 whose protected header has this `typ` (None: a pass), or MALFORMED.

    A pass may stand in a CWT tag (61), which is dropped; a status list token must not (draft, section 5.2).
    """
    if typ is None:
        octets = octets.removeprefix(_TAG_CWT)
    if not octets.startswith(_HEAD):
        return Refusal(Reason.MALFORMED, "not a tagged COSE_Sign1 of four parts")
    try:
        protected, at = _take_bytes(octets, len(_HEAD))
        if octets[at : at + 1] != _EMPTY_MAP:
            return Refusal(Reason.MALFORMED, "the unprotected header is not an empty map")
        payload, at = _take_bytes(octets, at + 1)
        signature, at = _take_bytes(octets, at)
        if at != len(octets) or len(signature) != _SIGNATURE_BYTES:
            return Refusal(Reason.MALFORMED, f"not a signature of {_SIGNATURE_BYTES} bytes, and then the end")
        return Sign1(_read_kid(protected, typ), protected, payload, signature)
    except WireError as error:
        return Refusal(Reason.MALFORMED, str(error))


def _take_bytes(octets: bytes, at: int) -> tuple[bytes, int]:
    """Return the byte string whose head stands at a place, and the place after it. Raise WireError for any other item.

    The four parts are taken apart here rather than by the decoder: only their heads are read, and one form of each
    is allowed (definite, shortest).
    """
    first = octets[at] if at < len(octets) else 0
    width = _WIDTHS.get(first)
    if width is None:
        raise WireError("not a byte string of definite length")
    start = at + 1 + width
    size = int.from_bytes(octets[at + 1 : start], "big") if width else first & 0x1F
    end = start + size
    if end > len(octets) or octets[at:start] != _head(size):
        raise WireError("a byte string that is cut off, or whose length is not in its shortest form")
    return octets[start:end], end


@lru_cache(maxsize=4096)
def _read_kid(protected: bytes, typ: str | None) -> bytes:
    """Return the kid of a protected header that is the profile's, byte for byte. No decoder sees unsigned bytes."""
    kid = protected[_KID_AT : _KID_AT + KID_BYTES]
    if len(kid) != KID_BYTES or protected != write_header(kid, typ):
        raise WireError("a protected header that is not the profile's")
    return kid


def write_header(kid: bytes, typ: str | None = None) -> bytes:
    """Return the protected header's bytes."""
    header: dict[int, object] = {_ALG: ES256, _KID: kid}
    if typ is not None:
        header[_TYP] = typ
    return encode(header)


def to_be_signed(protected: bytes, payload: bytes) -> bytes:
    """Return the Sig_structure (RFC 9052 section 4.4) with no external data."""
    return _CONTEXT + _head(len(protected)) + protected + b"\x40" + _head(len(payload)) + payload


def _head(size: int) -> bytes:
    """Return the shortest CBOR head of a byte string."""
    if size < 24:
        return bytes((0x40 | size,))
    if size < 1 << 8:
        return bytes((0x58, size))
    if size < 1 << 16:
        return b"\x59" + size.to_bytes(2, "big")
    return b"\x5a" + size.to_bytes(4, "big")


def verify_sign1(sign1: Sign1, key: ec.EllipticCurvePublicKey) -> bool:
    """Tell whether the key made the signature. The key fixes the algorithm: P-256 means ES256."""
    r = int.from_bytes(sign1.signature[:32], "big")
    s = int.from_bytes(sign1.signature[32:], "big")
    try:
        key.verify(encode_dss_signature(r, s), to_be_signed(sign1.protected, sign1.payload), _ALGORITHM)
    except InvalidSignature:
        return False
    return True


def signature_of_der(der: bytes) -> bytes:
    """Return the 64 bytes r and s that COSE wants of a DER signature."""
    r, s = decode_dss_signature(der)
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def encode_sign1(protected: bytes, payload: bytes, signature: bytes) -> bytes:
    """Return the tagged COSE_Sign1."""
    parts = [
        _head(len(protected)),
        protected,
        _EMPTY_MAP,
        _head(len(payload)),
        payload,
        _head(len(signature)),
        signature,
    ]
    return _HEAD + b"".join(parts)
