"""How is a signed piece that is not a pass (trust list, status list, rulebook, bundle) written and read?

All have the same shape: deterministic CBOR in a COSE_Sign1 whose protected header names its `typ`.
"""

from collections.abc import Callable, Set
from datetime import datetime
from typing import Any, TypeVar

from borderpass.domain.local_time import LATEST_TIMESTAMP, from_timestamp
from borderpass.wire.cbor import BUNDLE_LIMITS, CborMap, decode_strict
from borderpass.wire.cose import Sign1, decode_sign1, encode_sign1, to_be_signed, verify_sign1, write_header
from borderpass.wire.keys import load_point
from borderpass.wire.refusal import Refusal, WireError

T = TypeVar("T")
SignBytes = Callable[[bytes], bytes]
"""Takes the bytes to be signed, gives the 64 bytes r and s."""

TRUST_TYP = "application/bp-trust+cbor"
STATUS_TYP = "application/statuslist+cwt"
RULEBOOK_TYP = "application/bp-rulebook+cbor"
BUNDLE_TYP = "application/bp-bundle+cbor"
BATCH_TYP = "application/bp-scans+cbor"
SERIAL_LIMIT = 2**53


def seal(payload: bytes, typ: str | None, kid: bytes, sign: SignBytes) -> bytes:
    """Return the COSE_Sign1 of a payload, signed."""
    protected = write_header(kid, typ)
    return encode_sign1(protected, payload, sign(to_be_signed(protected, payload)))


def open_sealed(octets: bytes, typ: str, what: str) -> Sign1:
    """Return the parts of a signed piece, not yet verified. Raise WireError naming `what` when its form is wrong."""
    sign1 = decode_sign1(octets, typ)
    if isinstance(sign1, Refusal):
        raise WireError(f"{what}: {sign1.detail}")
    return sign1


def believe(sign1: Sign1, points: list[bytes], what: str) -> CborMap:
    """Return the payload's map if one of the keys signed it. Raise WireError otherwise."""
    if not any(verify_sign1(sign1, load_point(point)) for point in points):
        raise WireError(f"{what}: no trusted key signed it")
    payload = decode_strict(sign1.payload, BUNDLE_LIMITS)
    if not isinstance(payload, dict):
        raise WireError(f"{what}: its payload is not a map")
    return payload


def expect_keys(value: Any, required: Set[object], optional: Set[object], what: str) -> CborMap:
    """Return a map that has all required keys and none beyond the optional ones. Raise WireError otherwise."""
    keys = frozenset(value) if isinstance(value, dict) else frozenset()
    if not isinstance(value, dict) or (keys != required and not required <= keys <= required | optional):
        raise WireError(f"{what}: not exactly the keys of the format")
    return value


def expect(value: Any, kind: type[T], what: str) -> T:
    """Return a value that is exactly of one type. Raise WireError otherwise."""
    if type(value) is not kind:
        raise WireError(f"{what}: a {type(value).__name__} where a {kind.__name__} belongs")
    return value


def read_instant(value: Any, what: str) -> datetime:
    """Return the aware instant of whole Unix seconds. Raise WireError otherwise."""
    if type(value) is not int or not 0 <= value <= LATEST_TIMESTAMP:
        raise WireError(f"{what}: a time that is not whole seconds since 1970")
    return from_timestamp(value)


def read_serial(value: Any, what: str) -> int:
    """Return a serial number, which counts up from 0 and is exact in every language. Raise WireError otherwise."""
    if type(value) is not int or not 0 <= value < SERIAL_LIMIT:
        raise WireError(f"{what}: a serial that is not a whole number from 0 to {SERIAL_LIMIT - 1}")
    return value
