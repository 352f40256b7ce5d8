"""Is a COSE_Sign1 read in exactly our form and verified with the key's own algorithm (RFC 9052, RFC 9053)?"""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain.reasons import Reason
from borderpass.wire.cbor import encode
from borderpass.wire.cose import (
    Sign1,
    decode_sign1,
    encode_sign1,
    signature_of_der,
    to_be_signed,
    verify_sign1,
    write_header,
)
from borderpass.wire.refusal import Refusal
from borderpass.wire.signed import STATUS_TYP, TRUST_TYP, seal
from tests.cases.corpus import bad_inputs
from tests.cases.keys import high_s, public_key, signer
from tests.cases.raw_cbor import array, octets, tagged, text
from tests.wire.strategies import FEW

POIPET = signer("poipet")


def sealed(payload: bytes, typ: str | None = None) -> bytes:
    return seal(payload, typ, POIPET.kid, POIPET.sign)


def opened(cose: bytes, typ: str | None = None) -> Sign1:
    sign1 = decode_sign1(cose, typ)
    assert isinstance(sign1, Sign1)
    return sign1


@FEW
@given(st.binary(max_size=70_000) | st.binary(max_size=300), st.sampled_from((None, STATUS_TYP, TRUST_TYP)))
def test_payload_of_any_size_comes_back_and_verifies(payload: bytes, typ: str | None) -> None:
    sign1 = opened(sealed(payload, typ), typ)
    assert (sign1.payload, sign1.kid) == (payload, POIPET.kid)
    assert verify_sign1(sign1, public_key("poipet"))
    assert not verify_sign1(sign1, public_key("serei"))


@pytest.mark.parametrize("size", [0, 1, 23, 24, 255, 256, 65_535, 65_536])
def test_heads_at_each_change_of_width_are_those_of_cbor(size: int) -> None:
    payload = bytes(size)
    protected = write_header(POIPET.kid)
    assert to_be_signed(protected, payload) == array(
        text("Signature1"), octets(protected), octets(b""), octets(payload)
    )
    whole = encode_sign1(protected, payload, bytes(64))
    assert whole == b"\xd2" + encode([protected, {}, payload, bytes(64)])
    assert opened(whole).payload == payload


def test_header_is_alg_and_kid_and_nothing_else() -> None:
    assert write_header(bytes(8)).hex() == "a201260448" + "00" * 8
    assert write_header(bytes(8), "a/b").hex() == "a301260448" + "00" * 8 + "1063612f62"


def test_typ_must_be_the_one_asked_for() -> None:
    with_typ, without = sealed(b"x", STATUS_TYP), sealed(b"x")
    for cose, typ in ((with_typ, None), (with_typ, TRUST_TYP), (without, STATUS_TYP)):
        refused = decode_sign1(cose, typ)
        assert isinstance(refused, Refusal)
        assert refused.reason is Reason.MALFORMED


def test_tag_61_is_dropped_around_a_pass_and_refused_around_all_else() -> None:
    assert opened(tagged(61, sealed(b"x"))).payload == b"x"
    assert isinstance(decode_sign1(tagged(61, sealed(b"x", STATUS_TYP)), STATUS_TYP), Refusal)


def test_malleable_twin_verifies() -> None:
    sign1 = opened(sealed(b"x"))
    assert verify_sign1(sign1._replace(signature=high_s(sign1.signature)), public_key("poipet"))


def test_signature_is_64_octets_also_when_r_or_s_is_short() -> None:
    der = encode_dss_signature(1, 2)
    assert signature_of_der(der) == bytes(31) + b"\x01" + bytes(31) + b"\x02"


def test_signature_holds_for_a_verifier_that_knows_no_cose() -> None:
    sign1 = opened(sealed(b"payload"))
    r, s = (int.from_bytes(half, "big") for half in (sign1.signature[:32], sign1.signature[32:]))
    message = array(text("Signature1"), octets(sign1.protected), octets(b""), octets(b"payload"))
    public_key("poipet").verify(encode_dss_signature(r, s), message, ec.ECDSA(SHA256()))


@FEW
@given(st.integers(0, 10**6), st.integers(1, 255))
def test_any_octet_changed_is_refused(place: int, mask: int) -> None:
    cose = bytearray(sealed(b"some payload"))
    cose[place % len(cose)] ^= mask
    sign1 = decode_sign1(bytes(cose))
    assert isinstance(sign1, Refusal) or sign1.kid != POIPET.kid or not verify_sign1(sign1, public_key("poipet"))


@FEW
@given(st.binary(max_size=200))
def test_any_octets_give_parts_or_malformed(data: bytes) -> None:
    for start in (b"", b"\xd2", b"\xd2\x84", b"\xd2\x84\x4d" + write_header(POIPET.kid)):
        answer = decode_sign1(start + data)
        assert isinstance(answer, Sign1) or answer.reason is Reason.MALFORMED


def test_corpus_covers_headers_tags_and_signatures() -> None:
    names = {bad.name for bad in bad_inputs()}
    assert {"head-crit", "open-both", "cose-tag-98", "signature-63", "payload-null", "head-eddsa"} <= names
