"""What can be wrong with the COSE_Sign1 (RFC 9052): its tags, its four parts, its headers, its signature?"""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256, SHA512

from borderpass.domain.reasons import Reason
from borderpass.wire.claims import write_claims
from borderpass.wire.cose import to_be_signed
from borderpass.wire.qr import build_qr
from tests.cases.corpus_text import Row
from tests.cases.keys import private_key, signer
from tests.cases.passes import make_pass
from tests.cases.raw_cbor import array, head, integer, mapping, octets, tagged, text

ES256 = (integer(1), integer(-7))
EMPTY_MAP = mapping()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def rows() -> list[Row]:
    """Return name, what is wrong, text and reason."""
    malformed = {**_frames(), **_protected(), **_unprotected(), **_payloads(), **_signatures_malformed()}
    found: list[Row] = [(name, wrong, build_qr(cose), Reason.MALFORMED) for name, (wrong, cose) in malformed.items()]
    found += [
        (name, wrong, build_qr(cose), Reason.SIGNATURE_INVALID) for name, (wrong, cose) in _signatures_invalid().items()
    ]
    found += [(name, wrong, build_qr(cose), Reason.ISSUER_UNKNOWN) for name, (wrong, cose) in _unknown().items()]
    return found


Rows = dict[str, tuple[str, bytes]]


def payload() -> bytes:
    """Return the payload of the usual pass."""
    return write_claims(make_pass())


def header(*pairs: tuple[bytes, bytes]) -> bytes:
    """Return a protected header of pairs; without any, the profile's own."""
    return mapping(*(pairs or (ES256, (integer(4), octets(signer("poipet").kid)))))


def parts(protected: bytes | None = None, by: str = "poipet") -> tuple[bytes, bytes, bytes, bytes]:
    """Return the four parts as encoded CBOR, signed over whatever the protected header is."""
    protected = header() if protected is None else protected
    signature = signer(by).sign(to_be_signed(protected, payload()))
    return octets(protected), EMPTY_MAP, octets(payload()), octets(signature)


def sign1(*members: bytes) -> bytes:
    """Return the tagged array of members; without any, the usual pass."""
    return tagged(18, array(*(members or parts())))


def _frames() -> Rows:
    one, two, three, four = parts()
    untagged = array(one, two, three, four)
    return {
        "cose-no-tag": ("no tag before the array", untagged),
        "cose-tag-17": ("tag 17, COSE_Mac0", tagged(17, untagged)),
        "cose-tag-98": ("tag 98, COSE_Sign", tagged(98, untagged)),
        "cose-tag-16": ("tag 16, COSE_Encrypt0", tagged(16, untagged)),
        "cose-tag-18-twice": ("tag 18 around tag 18", tagged(18, sign1())),
        "cose-tag-61-only": ("tag 61 without tag 18", tagged(61, untagged)),
        "cose-tag-61-twice": ("tag 61 around tag 61", tagged(61, tagged(61, sign1()))),
        "cose-tag-61-inside": ("tag 61 inside tag 18", tagged(18, tagged(61, untagged))),
        "cose-tag-55799": ("the self-describing tag around it", tagged(55799, sign1())),
        "cose-tag-18-long": ("tag 18 in two octets", head(6, 18, 1) + untagged),
        "cose-tag-61-long": ("tag 61 in three octets", head(6, 61, 2) + sign1()),
        "cose-three-parts": ("no signature", sign1(one, two, three)),
        "cose-five-parts": ("a fifth part", sign1(one, two, three, four, integer(0))),
        "cose-map": ("a map instead of the array", tagged(18, mapping((integer(0), one)))),
        "cose-indefinite-array": (
            "an array of indefinite length",
            tagged(18, b"\x9f" + one + two + three + four + b"\xff"),
        ),
        "cose-long-array-head": (
            "the array's length in two octets",
            tagged(18, head(4, 4, 1) + untagged[1:]),
        ),
        "cose-trailing": ("one octet after the end", sign1() + b"\x00"),
        "cose-truncated": ("the last octet missing", sign1()[:-1]),
        "cose-text-json": ("JSON instead of CBOR", b'{"alg":"ES256"}'),
    }


def _protected() -> Rows:
    kid = (integer(4), octets(signer("poipet").kid))
    kid_bytes = signer("poipet").kid
    wrong = {
        "head-empty": ("an empty protected header", b""),
        "head-empty-map": ("a protected header of an empty map", mapping()),
        "head-no-alg": ("no alg", mapping(kid)),
        "head-no-kid": ("no kid", mapping(ES256)),
        "head-eddsa": ("alg EdDSA", mapping((integer(1), integer(-8)), kid)),
        "head-es384": ("alg ES384", mapping((integer(1), integer(-35)), kid)),
        "head-alg-text": ("alg as text", mapping((integer(1), text("ES256")), kid)),
        "head-alg-null": ("alg null", mapping((integer(1), b"\xf6"), kid)),
        "head-kid-7": ("a kid of 7 octets", mapping(ES256, (integer(4), octets(kid_bytes[:7])))),
        "head-kid-9": ("a kid of 9 octets", mapping(ES256, (integer(4), octets(kid_bytes + b"\x00")))),
        "head-kid-text": ("a kid of text", mapping(ES256, (integer(4), text("poipet01")))),
        "head-kid-integer": ("a kid of an integer", mapping(ES256, (integer(4), integer(1)))),
        "head-crit": ("crit", mapping(ES256, (integer(2), array(integer(1))), kid)),
        "head-crit-unknown": (
            "crit that names an unknown label",
            mapping(ES256, (integer(2), array(integer(99))), kid, (integer(99), integer(1))),
        ),
        "head-content-type": ("a content type", mapping(ES256, (integer(3), text("application/cwt")), kid)),
        "head-typ": (
            "typ, which a pass does not have",
            mapping(ES256, kid, (integer(16), text("application/cwt"))),
        ),
        "head-typ-status": (
            "typ of a status list token",
            mapping(ES256, kid, (integer(16), text("application/statuslist+cwt"))),
        ),
        "head-extra": ("an unknown label", mapping(ES256, kid, (integer(99), integer(1)))),
        "head-order": ("kid before alg", mapping(kid, ES256)),
        "head-twice": ("alg twice", mapping(ES256, ES256, kid)),
        "head-long-alg": ("alg in two octets", mapping((integer(1), head(1, 6, 1)), kid)),
        "head-indefinite": (
            "a map of indefinite length",
            b"\xbf" + b"".join(one + two for one, two in (ES256, kid)) + b"\xff",
        ),
        "head-shared-laughs": (
            "shared values in the header that double sixty times: never expanded",
            array(
                tagged(28, array()),
                *(tagged(28, array(tagged(29, integer(n)), tagged(29, integer(n)))) for n in range(60)),
            ),
        ),
        "head-trailing": ("an octet after the map", mapping(ES256, kid) + b"\x00"),
        "head-array": ("an array instead of the map", array(integer(1), integer(-7))),
    }
    rows = {name: (what, sign1(*parts(protected))) for name, (what, protected) in wrong.items()}
    _, two, three, four = parts()
    rows["head-not-wrapped"] = ("the protected header as a map", sign1(header(), two, three, four))
    rows["head-null"] = ("null instead of the protected header", sign1(b"\xf6", two, three, four))
    rows["head-indefinite-octets"] = (
        "the protected header as a byte string in pieces",
        sign1(b"\x5f" + octets(header()) + b"\xff", two, three, four),
    )
    return rows


def _unprotected() -> Rows:
    one, _, three, four = parts()
    kid = (integer(4), octets(signer("poipet").kid))
    no_alg, no_kid = parts(mapping(kid)), parts(mapping(ES256))
    return {
        "open-alg": ("alg in the unprotected header only", sign1(no_alg[0], mapping(ES256), *no_alg[2:])),
        "open-kid": ("kid in the unprotected header only", sign1(no_kid[0], mapping(kid), *no_kid[2:])),
        "open-both": ("alg in both headers", sign1(one, mapping(ES256), three, four)),
        "open-kid-both": ("kid in both headers", sign1(one, mapping(kid), three, four)),
        "open-unknown": (
            "an unknown label there",
            sign1(one, mapping((integer(99), integer(1))), three, four),
        ),
        "open-crit": ("crit there", sign1(one, mapping((integer(2), array(integer(1)))), three, four)),
        "open-array": ("an array instead of the map", sign1(one, array(), three, four)),
        "open-null": ("null instead of the map", sign1(one, b"\xf6", three, four)),
    }


def _payloads() -> Rows:
    one, two, three, four = parts()
    return {
        "payload-null": ("a detached payload", sign1(one, two, b"\xf6", four)),
        "payload-map": ("the claims without their byte string", sign1(one, two, payload(), four)),
        "payload-text": ("a text instead of the byte string", sign1(one, two, text("pass"), four)),
        "payload-indefinite": ("a byte string in pieces", sign1(one, two, b"\x5f" + three + b"\xff", four)),
        "payload-long-head": (
            "its length in four octets",
            sign1(one, two, head(2, len(payload()), 4) + payload(), four),
        ),
    }


def _signatures_malformed() -> Rows:
    one, two, three, four = parts()
    signature = four[2:]
    der = private_key("poipet").sign(to_be_signed(header(), payload()), ec.ECDSA(SHA256(), deterministic_signing=True))
    return {
        "signature-63": ("63 octets", sign1(one, two, three, octets(signature[:63]))),
        "signature-65": ("65 octets", sign1(one, two, three, octets(signature + b"\x00"))),
        "signature-empty": ("no octets", sign1(one, two, three, octets(b""))),
        "signature-null": ("null", sign1(one, two, three, b"\xf6")),
        "signature-text": ("a text", sign1(one, two, three, text("x" * 64))),
        "signature-der": ("a signature in DER", sign1(one, two, three, octets(der))),
    }


def _signatures_invalid() -> Rows:
    one, two, three, four = parts()
    signature = four[2:]
    r, s = signature[:32], signature[32:]
    top = ORDER.to_bytes(32, "big")
    aad = b"\x84" + text("Signature1") + octets(header()) + octets(b"aad") + octets(payload())
    context = b"\x84" + text("Signature") + octets(header()) + octets(b"") + octets(payload())
    sha512 = private_key("poipet").sign(
        to_be_signed(header(), payload()), ec.ECDSA(SHA512(), deterministic_signing=True)
    )
    from borderpass.wire.cose import signature_of_der

    changed = bytearray(payload())
    changed[-1] ^= 1
    return {
        "signature-r-0": ("r is 0", sign1(one, two, three, octets(bytes(32) + s))),
        "signature-s-0": ("s is 0", sign1(one, two, three, octets(r + bytes(32)))),
        "signature-both-0": ("r and s are 0", sign1(one, two, three, octets(bytes(64)))),
        "signature-r-order": ("r is the order of the group", sign1(one, two, three, octets(top + s))),
        "signature-s-order": ("s is the order of the group", sign1(one, two, three, octets(r + top))),
        "signature-all-ff": ("every bit set", sign1(one, two, three, octets(b"\xff" * 64))),
        "signature-swapped": ("s before r", sign1(one, two, three, octets(s + r))),
        "signature-other-key": ("another office's key under this office's kid", sign1(*parts(by="serei"))),
        "signature-root-key": ("the root's key under this office's kid", sign1(*parts(by="root"))),
        "signature-sha512": ("over SHA-512", sign1(one, two, three, octets(signature_of_der(sha512)))),
        "signature-aad": ("over external data", sign1(one, two, three, octets(signer("poipet").sign(aad)))),
        "signature-context": (
            "over the context of COSE_Sign",
            sign1(one, two, three, octets(signer("poipet").sign(context))),
        ),
        "signature-bare": (
            "over the bare payload",
            sign1(one, two, three, octets(signer("poipet").sign(payload()))),
        ),
        "signature-payload-changed": (
            "one bit of the payload",
            sign1(one, two, octets(bytes(changed)), four),
        ),
        "signature-payload-nonsense": (
            "a payload that is no CBOR is not looked at before the signature holds",
            sign1(one, two, octets(b"\xff"), four),
        ),
    }


def _unknown() -> Rows:
    def under(name: str) -> bytes:
        kid = (integer(4), octets(signer(name).kid))
        return sign1(*parts(mapping(ES256, kid), by=name))

    return {
        "kid-nobody": ("a key that is on no list", under("nobody")),
        "kid-root": ("the root signs no passes", under("root")),
        "kid-status": ("a status signer signs no passes", under("poipet-status")),
        "kid-rulebook": ("the rulebook's signer signs no passes", under("rulebook")),
        "kid-publisher": ("the publisher signs no passes", under("publisher")),
        "kid-zeros": (
            "a kid of zeros",
            sign1(*parts(mapping(ES256, (integer(4), octets(bytes(8)))))),
        ),
    }
