"""Are keys read as P-256 points only, and is a kid what the profile says?"""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from borderpass.wire.cbor import decode_strict, encode
from borderpass.wire.keys import kid_of, load_point, point_of, read_cose_key, write_cose_key
from borderpass.wire.refusal import WireError
from tests.cases.keys import public_key, signer

POINT = signer("poipet").point
X, Y = POINT[:32], POINT[32:]
GOOD = {1: 2, 3: -7, -1: 1, -2: X, -3: Y}


def test_kid_is_eight_octets_of_sha_256_over_the_spki() -> None:
    spki = public_key("poipet").public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert kid_of(public_key("poipet")) == hashlib.sha256(spki).digest()[:8] == signer("poipet").kid


def test_point_and_cose_key_come_back() -> None:
    assert point_of(load_point(POINT)) == POINT == point_of(public_key("poipet"))
    assert read_cose_key(decode_strict(encode(write_cose_key(POINT)))) == POINT


@pytest.mark.parametrize("point", [b"", bytes(64), POINT[:63], POINT + b"\x00", Y + X, b"\xff" * 64])
def test_what_is_no_point_is_refused(point: bytes) -> None:
    with pytest.raises(WireError, match="P-256"):
        load_point(point)


@pytest.mark.parametrize("curve", [ec.SECP384R1(), ec.SECP256K1()])
def test_other_curves_are_refused(curve: ec.EllipticCurve) -> None:
    with pytest.raises(WireError, match="only P-256"):
        point_of(ec.generate_private_key(curve).public_key())


@pytest.mark.parametrize(
    "key",
    [
        None,
        [],
        {},
        {**GOOD, 1: 1},
        {**GOOD, 3: -8},
        {**GOOD, 3: "ES256"},
        {**GOOD, -1: 2},
        {**GOOD, -2: X[:31]},
        {**GOOD, -2: b"\x00" + X},
        {**GOOD, -3: True},
        {**GOOD, -4: bytes(32)},
        {**GOOD, 2: b"kid"},
        {k: v for k, v in GOOD.items() if k != 3},
    ],
)
def test_other_cose_keys_are_refused(key: object) -> None:
    with pytest.raises(WireError):
        read_cose_key(key)
