"""What can be wrong with what a pass says (RFC 8949, RFC 8392, Claim 169)? All of these are signed by the office."""

import copy
from collections.abc import Callable
from typing import Any

from borderpass.domain.reasons import Reason
from borderpass.wire.cbor import decode_strict, encode
from borderpass.wire.claims import write_claims
from tests.cases.corpus_text import Row
from tests.cases.passes import make_pass, text_of_payload
from tests.cases.raw_cbor import array, head, integer, mapping, octets, tagged, text

IDENTITY, STATUS, BORDER = 169, 65_535, -70_169
LATEST = 253_370_764_799
Claims = dict[Any, Any]
Change = Callable[[Claims], object]


def rows() -> list[Row]:
    """Return name, what is wrong, text and reason."""
    payloads = {**_encodings(), **_changes()}
    return [(name, wrong, text_of_payload(payload), Reason.MALFORMED) for name, (wrong, payload) in payloads.items()]


def usual_claims() -> Claims:
    """Return the claims of the usual pass as a map that may be changed."""
    claims: Claims = copy.deepcopy(decode_strict(write_claims(make_pass())))
    return claims


def changed(change: Change) -> bytes:
    """Return the deterministic encoding of the usual claims after a change."""
    claims = usual_claims()
    change(claims)
    return encode(claims)


def _pairs(**other: bytes) -> list[tuple[bytes, bytes]]:
    """Return the encoded pairs of the usual claims, with other values for `c1`, `c4` and so on."""
    pairs = []
    for key, value in usual_claims().items():
        pairs.append((integer(key), other.get(f"c{key}".replace("-", "_"), encode(value))))
    return pairs


def _encodings() -> dict[str, tuple[str, bytes]]:
    usual = _pairs()
    whole = mapping(*usual)
    exp = usual_claims()[4]
    identity = usual_claims()[IDENTITY]
    name_in_pieces = mapping(
        *(
            (integer(key), b"\x7f" + text("SOK ") + text("SOKHA") + b"\xff" if key == 4 else encode(value))
            for key, value in identity.items()
        )
    )
    deep = b"\x81" * 9 + b"\x00"
    return {
        "cbor-empty": ("an empty payload", b""),
        "cbor-integer": ("an integer instead of the map", integer(1)),
        "cbor-array": ("an array instead of the map", array(*(value for _, value in usual))),
        "cbor-bytes": ("the claims wrapped once more", octets(whole)),
        "cbor-tag-61": ("tag 61 around the claims", tagged(61, whole)),
        "cbor-tag-55799": ("the self-describing tag around the claims", tagged(55799, whole)),
        "cbor-trailing": ("an octet after the claims", whole + b"\x00"),
        "cbor-truncated": ("the last octet missing", whole[:-1]),
        "cbor-two-items": ("the claims twice", whole + whole),
        "cbor-indefinite-map": (
            "a map of indefinite length",
            b"\xbf" + b"".join(key + value for key, value in usual) + b"\xff",
        ),
        "cbor-indefinite-text": ("a text in pieces", mapping(*_pairs(c169=name_in_pieces))),
        "cbor-indefinite-array": (
            "companions of indefinite length",
            mapping(*_pairs(c_70169=b"\xa3\x01\x01\x02\x01\x03\x9f\xff")),
        ),
        "cbor-long-map-head": ("the map's length in two octets", head(5, 7, 1) + whole[1:]),
        "cbor-long-key": ("a key in two octets", mapping((head(0, 1, 1), usual[0][1]), *usual[1:])),
        "cbor-long-integer": ("exp in eight octets", mapping(*_pairs(c4=head(0, exp, 8)))),
        "cbor-long-text": (
            "a text's length in two octets",
            mapping(*_pairs(c1=head(3, 10, 1) + b"kh-bp:0110")),
        ),
        "cbor-order": ("exp after nbf", mapping(usual[0], usual[2], usual[1], *usual[3:])),
        "cbor-order-identity": ("two attributes swapped", mapping(*_pairs(c169=_swapped(identity)))),
        "cbor-order-status": ("uri before idx", mapping(*_pairs(c65535=_STATUS_SWAPPED))),
        "cbor-order-border": ("kind before version", mapping(*_pairs(c_70169=_swapped(usual_claims()[BORDER])))),
        "cbor-order-face": ("format before the picture", mapping(*_pairs(c169=_face_swapped(identity)))),
        "cbor-status-tagged": (
            "a tag on the status",
            mapping(*_pairs(c65535=tagged(24, encode(usual_claims()[STATUS])))),
        ),
        "cbor-true-sex": ("true for sex 1", mapping(*_pairs(c169=_with(identity, 9, b"\xf5")))),
        "cbor-float-sex": ("sex as a float", mapping(*_pairs(c169=_with(identity, 9, b"\xf9\x40\x00")))),
        "cbor-true-version": ("true for profile version 1", mapping(*_pairs(c_70169=b"\xa3\x01\xf5\x02\x01\x03\x80"))),
        "cbor-true-kind": ("true for kind 1", mapping(*_pairs(c_70169=b"\xa3\x01\x01\x02\xf5\x03\x80"))),
        "cbor-key-true": ("true for the key 1", mapping((b"\xf5", usual[0][1]), *usual[1:])),
        "cbor-key-float": ("1.0 for the key 1", mapping((b"\xf9\x3c\x00", usual[0][1]), *usual[1:])),
        "cbor-key-double": (
            "1.0 in eight octets for the key 1",
            mapping((b"\xfb\x3f\xf0" + bytes(6), usual[0][1]), *usual[1:]),
        ),
        "cbor-key-true-border": (
            "true for the key 1 of the border pass claim",
            mapping(*_pairs(c_70169=b"\xa3\xf5\x01\x02\x01\x03\x80")),
        ),
        "cbor-shared-laughs": ("shared values that double sixty times", mapping(*_pairs(c169=_laughs()))),
        "cbor-order-negative-first": ("the negative key first", mapping(usual[-1], *usual[:-1])),
        "cbor-twice": ("a key twice", mapping(usual[0], *usual)),
        "cbor-float-exp": (
            "exp as a float of eight octets",
            mapping(*_pairs(c4=b"\xfb\x41\xdb\xb6\x2b\x50\x00\x00\x00")),
        ),
        "cbor-half-float": ("iat as a float of two octets", mapping(*_pairs(c6=b"\xf9\x7b\xff"))),
        "cbor-null": ("iss null", mapping(*_pairs(c1=b"\xf6"))),
        "cbor-undefined": ("iss undefined", mapping(*_pairs(c1=b"\xf7"))),
        "cbor-true": ("nbf true", mapping(*_pairs(c5=b"\xf5"))),
        "cbor-simple": ("a simple value", mapping(*_pairs(c1=b"\xf0"))),
        "cbor-tag-1": ("exp with the tag of a time", mapping(*_pairs(c4=tagged(1, integer(exp))))),
        "cbor-tag-0": (
            "iat as a tagged date text",
            mapping(*_pairs(c6=tagged(0, text("2026-11-01T03:00:00Z")))),
        ),
        "cbor-bignum": ("exp as a bignum", mapping(*_pairs(c4=tagged(2, octets(exp.to_bytes(5, "big")))))),
        "cbor-bignum-beyond": (
            "exp as a bignum of 65 bits",
            mapping(*_pairs(c4=tagged(2, octets(b"\x01" + bytes(8))))),
        ),
        "cbor-shared": (
            "a shared value that holds itself",
            mapping(*_pairs(c169=tagged(28, array(tagged(29, integer(0)))))),
        ),
        "cbor-regex": ("a tagged regular expression", mapping(*_pairs(c1=tagged(35, text("(a+)+$"))))),
        "cbor-decimal": (
            "a tagged decimal with a vast exponent",
            mapping(*_pairs(c4=tagged(4, array(integer(10**9), integer(1))))),
        ),
        "cbor-not-utf8": ("a text that is not UTF-8", mapping(*_pairs(c1=b"\x62\xc3\x28"))),
        "cbor-surrogate": ("a surrogate in UTF-8", mapping(*_pairs(c1=b"\x63\xed\xa0\x80"))),
        "cbor-overlong-utf8": ("an overlong slash", mapping(*_pairs(c1=b"\x62\xc0\xaf"))),
        "cbor-reserved": ("a reserved additional information (28)", b"\x1c"),
        "cbor-break": ("a break that ends nothing", b"\xff"),
        "cbor-vast-array": ("an array that claims 2 to the 63 members", head(4, 1 << 63)),
        "cbor-vast-bytes": ("a byte string that claims 2 to the 63 octets", head(2, 1 << 63)),
        "cbor-depth-9": ("nine arrays in each other", deep),
        "cbor-depth-9-inside": ("ten levels, the claims included", mapping(*_pairs(c169=deep))),
        "cbor-65-items": ("an array of 65", array(*[integer(0)] * 65)),
        "cbor-65-pairs": ("a map of 65", mapping(*((integer(n), integer(0)) for n in range(65)))),
        "cbor-map-as-key": ("a map as a key", mapping((mapping(), integer(0)))),
        "cbor-array-as-key": ("an array as a key", mapping((array(), integer(0)))),
    }


_STATUS_SWAPPED = mapping(
    (text("status_list"), mapping((text("uri"), text("kh-bp:0110/1")), (text("idx"), integer(5))))
)


def _swapped(value: Claims) -> bytes:
    """Return a map with its first two pairs the wrong way round."""
    first, second, *rest = ((integer(key), encode(member)) for key, member in value.items())
    return mapping(second, first, *rest)


def _with(value: Claims, key: int, member: bytes) -> bytes:
    """Return a map with one member written by hand."""
    return mapping(*((integer(k), member if k == key else encode(v)) for k, v in value.items()))


def _face_swapped(identity: Claims) -> bytes:
    face = mapping((integer(1), integer(0)), (integer(0), octets(b"RIFF")), (integer(2), integer(4)))
    pairs = [(integer(key), encode(value)) for key, value in identity.items()]
    return mapping(*pairs, (integer(62), array(face)))


def _laughs() -> bytes:
    """Return an array of shared values, each holding the one before it twice."""
    doubles = [tagged(28, array(tagged(29, integer(n)), tagged(29, integer(n)))) for n in range(60)]
    return array(tagged(28, array()), *doubles)


def _put(*path_and_value: Any) -> Change:
    *path, last, value = path_and_value

    def change(claims: Claims) -> None:
        at: Any = claims
        for step in path:
            at = at[step]
        at[last] = value

    return change


def _drop(*path_and_key: Any) -> Change:
    *path, last = path_and_key

    def change(claims: Claims) -> None:
        at: Any = claims
        for step in path:
            at = at[step]
        del at[last]

    return change


def _changes() -> dict[str, tuple[str, bytes]]:
    groups = (_claims(), _identity(), _names_and_dates(), _faces(), _status(), _border_pass())
    return {name: (wrong, changed(change)) for group in groups for name, (wrong, change) in group.items()}


def _claims() -> dict[str, tuple[str, Change]]:
    exp = usual_claims()[4]
    missing = {
        f"claim-{label}-missing": (f"no {label}", _drop(key))
        for label, key in (
            ("iss", 1),
            ("exp", 4),
            ("nbf", 5),
            ("iat", 6),
            ("identity", IDENTITY),
            ("status", STATUS),
            ("border-pass", BORDER),
        )
    }
    return {
        **missing,
        "claim-sub-extra": ("a claim that is not in the profile: sub", _put(2, "x")),
        "claim-cti-extra": ("a claim that is not in the profile: cti", _put(7, b"1")),
        "claim-text-extra": ("a claim under a text", _put("exp", 1)),
        "claim-iss-empty": ("an empty iss", _put(1, "")),
        "claim-iss-65": ("an iss of 65 characters", _put(1, "k" * 65)),
        "claim-iss-bytes": ("iss as bytes", _put(1, b"kh-bp:0110")),
        "claim-iss-khmer": ("an iss outside ASCII", _put(1, "ប៉ោយប៉ែត")),
        "claim-iss-control": ("a control character in iss", _put(1, "kh-bp:0110\x07")),
        "claim-exp-text": ("exp as text", _put(4, str(exp))),
        "claim-exp-negative": ("exp before 1970", _put(4, -1)),
        "claim-exp-beyond": ("exp after the year 9998", _put(4, LATEST + 1)),
        "claim-exp-64-bits": ("exp of 64 bits", _put(4, 2**64 - 1)),
        "claim-nbf-is-exp": ("nbf equal to exp", _put(5, exp)),
        "claim-nbf-after-exp": ("nbf one second after exp", _put(5, exp + 1)),
        "claim-nbf-negative": ("nbf before 1970", _put(5, -1)),
        "claim-iat-negative": ("iat before 1970", _put(6, -1)),
        "claim-iat-bytes": ("iat as bytes", _put(6, b"\x00")),
    }


def _identity() -> dict[str, tuple[str, Change]]:
    missing = {
        f"identity-{key}-missing": (f"no attribute {key}", _drop(IDENTITY, key))
        for key in (1, 3, 4, 8, 9, 13, 19, 20, 21, 23)
    }
    return {
        **missing,
        "identity-array": ("an array instead of the map", _put(IDENTITY, [])),
        "identity-extra": ("an attribute that is not in the profile: 12, phone", _put(IDENTITY, 12, "1")),
        "identity-text-key": ("an attribute under a text", _put(IDENTITY, "name", "x")),
        "number-check-wrong": ("a wrong check character", _put(IDENTITY, 1, "0110-26-000123-0")),
        "number-swapped": ("two digits of the number swapped", _swap_number),
        "number-no-hyphens": ("a number without hyphens", _put(IDENTITY, 1, "011026000123X")),
        "number-lower-case": ("a small letter", lambda c: _put(IDENTITY, 1, c[IDENTITY][1][:-1] + "a")(c)),
        "number-khmer-digits": ("Khmer digits", lambda c: _put(IDENTITY, 1, "០១១០" + c[IDENTITY][1][4:])(c)),
        "number-newline": ("a line end behind it", lambda c: _put(IDENTITY, 1, c[IDENTITY][1] + "\n")(c)),
        "number-integer": ("a number that is an integer", _put(IDENTITY, 1, 110_26_000123)),
        "language-upper": ("language ENG", _put(IDENTITY, 3, "ENG")),
        "language-two-letters": ("language en", _put(IDENTITY, 3, "en")),
        "language-khmer-wrong": ("second language km", _put(IDENTITY, 20, "km")),
        "sex-0": ("sex 0", _put(IDENTITY, 9, 0)),
        "sex-4": ("sex 4", _put(IDENTITY, 9, 4)),
        "sex-text": ("sex as text", _put(IDENTITY, 9, "2")),
        "nationality-two": ("a nationality of two letters", _put(IDENTITY, 13, "KH")),
        "nationality-four": ("a nationality of four letters", _put(IDENTITY, 13, "KHMR")),
        "nationality-lower": ("a nationality in small letters", _put(IDENTITY, 13, "khm")),
        "nationality-digit": ("a digit in the nationality", _put(IDENTITY, 13, "KH1")),
        "country-lower": ("an issuing country in small letters", _put(IDENTITY, 23, "khm")),
        "country-greek": ("capital letters that are not Latin", _put(IDENTITY, 23, "ΚΗΜ")),
        "home-2": ("a province as home", _put(IDENTITY, 21, "01")),
        "home-3": ("a home of 3 digits", _put(IDENTITY, 21, "011")),
        "home-5": ("a home of 5 digits", _put(IDENTITY, 21, "01100")),
        "home-8": ("a village as home", _put(IDENTITY, 21, "01100101")),
        "home-letters": ("letters as home", _put(IDENTITY, 21, "0110AB")),
        "home-thai-digits": ("Thai digits as home", _put(IDENTITY, 21, "๐๑๑๐")),
        "home-integer": ("a home that is an integer", _put(IDENTITY, 21, 11001)),
    }


def _swap_number(claims: Claims) -> None:
    number = claims[IDENTITY][1]
    claims[IDENTITY][1] = number[:11] + number[12] + number[11] + number[13:]
    assert claims[IDENTITY][1] != number


def _names_and_dates() -> dict[str, tuple[str, Change]]:
    dates = {
        "not-leap": ("29 February 2023", "20230229"),
        "april-31": ("31 April", "19900431"),
        "month-13": ("month 13", "19901301"),
        "month-0": ("month 0", "19900001"),
        "day-0": ("day 0", "19900100"),
        "year-0": ("year 0", "00000101"),
        "hyphens": ("hyphens", "1990-01-02"),
        "7-digits": ("seven digits", "1990102"),
        "9-digits": ("nine digits", "199001020"),
        "sign": ("a sign", "+1990102"),
        "khmer": ("Khmer digits", "១៩៩០០១០២"),
        "not-leap-1900": ("29 February 1900", "19000229"),
    }
    return {
        **{
            f"born-{name}": (f"birth date: {wrong}", _put(IDENTITY, 8, value)) for name, (wrong, value) in dates.items()
        },
        "born-integer": ("birth date: an integer", _put(IDENTITY, 8, 19900102)),
        "name-empty": ("an empty name", _put(IDENTITY, 4, "")),
        "name-101": ("a name of 101 characters", _put(IDENTITY, 4, "A" * 101)),
        "name-bytes": ("a name as bytes", _put(IDENTITY, 4, b"SOK SOKHA")),
        "name-newline": ("a line end in a name", _put(IDENTITY, 4, "SOK\nSOKHA")),
        "name-delete": ("the character U+007F in a name", _put(IDENTITY, 4, "SOK\x7fSOKHA")),
        "name-c1-control": ("the character U+0085 in a name", _put(IDENTITY, 4, "SOK\x85SOKHA")),
        "name-line-separator": ("a line separator in a name", _put(IDENTITY, 4, "SOK\u2028SOKHA")),
        "name-paragraph": ("a paragraph separator in a name", _put(IDENTITY, 19, "សុខ\u2029សុខា")),
        "name-not-nfc": ("a name that is not in NFC", _put(IDENTITY, 4, "SOK ANDRE\u0301")),
        "name-khmer-empty": ("an empty Khmer name", _put(IDENTITY, 19, "")),
        "name-khmer-101": ("a Khmer name of 101 characters", _put(IDENTITY, 19, "ក" * 101)),
        "name-khmer-not-nfc": (
            "a Khmer name with signs in the wrong order",
            _put(IDENTITY, 19, "ក\u17dd\u17d2ខ"),
        ),
        "name-khmer-null": ("a Khmer name that is a list", _put(IDENTITY, 19, ["សុខ"])),
    }


def _faces() -> dict[str, tuple[str, Change]]:
    webp = b"RIFF" + bytes(96)
    face = {0: webp, 1: 0, 2: 4}
    wrong: dict[str, tuple[str, object]] = {
        "601": ("601 octets", [{**face, 0: bytes(601)}]),
        "empty": ("no octets", [{**face, 0: b""}]),
        "none": ("an empty list", []),
        "two": ("two faces", [face, face]),
        "bare": ("without the list", face),
        "bytes": ("bytes alone", webp),
        "text": ("a text for the picture", [{**face, 0: "RIFF"}]),
        "template": ("format 1, a template", [{**face, 1: 1}]),
        "avif": ("sub-format 3, AVIF", [{**face, 2: 3}]),
        "jpeg": ("sub-format 1, JPEG", [{**face, 2: 1}]),
        "no-subformat": ("no sub-format", [{0: webp, 1: 0}]),
        "issuer": ("an issuer of the picture", [{**face, 3: "x"}]),
    }
    return {f"face-{name}": (f"face: {what}", _put(IDENTITY, 62, value)) for name, (what, value) in wrong.items()}


def _status() -> dict[str, tuple[str, Change]]:
    inner = ("status_list",)
    return {
        "status-bare": ("the reference without status_list", _put(STATUS, {"idx": 5, "uri": "kh-bp:0110/1"})),
        "status-array": ("an array", _put(STATUS, [5])),
        "status-extra": ("a second status mechanism", _put(STATUS, "identifier_list", {})),
        "status-inner-extra": ("a third part of the reference", _put(STATUS, *inner, "bits", 2)),
        "status-no-uri": ("no uri", _drop(STATUS, *inner, "uri")),
        "status-no-idx": ("no idx", _drop(STATUS, *inner, "idx")),
        "status-idx-negative": ("a negative idx", _put(STATUS, *inner, "idx", -1)),
        "status-idx-33-bits": ("an idx of 33 bits", _put(STATUS, *inner, "idx", 2**32)),
        "status-idx-text": ("an idx of text", _put(STATUS, *inner, "idx", "5")),
        "status-uri-empty": ("an empty uri", _put(STATUS, *inner, "uri", "")),
        "status-uri-65": ("a uri of 65 characters", _put(STATUS, *inner, "uri", "k" * 65)),
    }


def _border_pass() -> dict[str, tuple[str, Change]]:
    child = ["SOK VEASNA", "20190430", 1]
    return {
        "profile-0": ("profile version 0", _put(BORDER, 1, 0)),
        "profile-2": ("profile version 2", _put(BORDER, 1, 2)),
        "profile-text": ("profile version as text", _put(BORDER, 1, "1")),
        "kind-0": ("kind 0", _put(BORDER, 2, 0)),
        "kind-4": ("kind 4", _put(BORDER, 2, 4)),
        "kind-5": ("kind 5", _put(BORDER, 2, 5)),
        "kind-8": ("kind 8", _put(BORDER, 2, 8)),
        "kind-10": ("kind 10", _put(BORDER, 2, 10)),
        "kind-text": ("kind as text", _put(BORDER, 2, "1")),
        "border-array": ("an array instead of the map", _put(BORDER, [1, 1, []])),
        "border-extra": ("a fourth part", _put(BORDER, 4, 1)),
        "companions-missing": ("no companions", _drop(BORDER, 3)),
        "companions-map": ("companions as a map", _put(BORDER, 3, {})),
        "companions-5": ("five companions", _put(BORDER, 3, [child] * 5)),
        "companion-two-parts": ("a companion without sex", _put(BORDER, 3, [child[:2]])),
        "companion-four-parts": ("a companion of four parts", _put(BORDER, 3, [[*child, 1]])),
        "companion-map": ("a companion as a map", _put(BORDER, 3, [{1: "x"}])),
        "companion-sex": ("a companion of sex 0", _put(BORDER, 3, [[*child[:2], 0]])),
        "companion-born": (
            "a companion born on 29 February 2019",
            _put(BORDER, 3, [[child[0], "20190229", 1]]),
        ),
        "companion-name": ("a companion without a name", _put(BORDER, 3, [["", *child[1:]]])),
    }
