"""Which unusual passes are good? What lies at the edge of the profile, and inside it."""

import zlib
from datetime import UTC, date, datetime

from borderpass.domain.local_time import LATEST_TIMESTAMP
from borderpass.domain.pass_number import PassNumber, make_pass_number
from borderpass.domain.passes import FACE_MAX_BYTES, Companion, Pass, Sex
from borderpass.wire.base45 import encode_base45
from borderpass.wire.claims import write_claims
from borderpass.wire.cose import to_be_signed, write_header
from borderpass.wire.qr import build_qr
from tests.cases.case import HOME, NO_GATE, Case, admit
from tests.cases.clock import local
from tests.cases.keys import high_s, signer
from tests.cases.passes import DARA_CHILD, SOKHA, cose_of_payload, make_pass, text_of
from tests.cases.raw_cbor import array, mapping, octets, tagged

TOLD = "2026-12-07"


def cases() -> list[Case]:
    """Return passes that are all admitted at Poipet on the usual Monday."""
    return [*_envelopes(), *_contents()]


def high_s_cose(pass_: Pass) -> bytes:
    """Return the COSE_Sign1 of a pass whose signature is the other one: (r, n - s)."""
    protected, payload = write_header(signer("poipet").kid), write_claims(pass_)
    signature = high_s(signer("poipet").sign(to_be_signed(protected, payload)))
    return tagged(18, array(octets(protected), mapping(), octets(payload), octets(signature)))


def _envelopes() -> list[Case]:
    usual = make_pass()
    cose = cose_of_payload(write_claims(usual))
    told = admit(usual, "20/25", "50/25", back_by=TOLD)
    return [
        Case("usual-exit", "a good pass at an open gate", text_of(usual), told),
        Case("usual-entry", "the same pass coming home", text_of(usual), admit(usual, "20/25"), HOME),
        Case("usual-no-gate", "looked at where there is no gate", text_of(usual), admit(usual), NO_GATE),
        Case("tag-61", "in a CWT tag, which is dropped", build_qr(tagged(61, cose)), told),
        Case(
            "high-s",
            "the malleable twin of the signature: accepted, and the same pass to everyone who counts",
            build_qr(high_s_cose(usual)),
            told,
        ),
        Case(
            "zlib-stored",
            "a zlib stream that compresses nothing",
            encode_base45(zlib.compress(cose, 0)),
            told,
        ),
        Case(
            "zlib-fast",
            "a zlib stream of another level",
            encode_base45(zlib.compress(cose, 1)),
            told,
        ),
    ]


def _contents() -> list[Case]:
    child = DARA_CHILD
    number = str(PassNumber("0110", 26, 0))
    edges: dict[str, tuple[str, Pass]] = {
        "face-600": ("a face of 600 octets", make_pass(face=b"RIFF" + bytes(FACE_MAX_BYTES - 4))),
        "face-1": ("a face of one octet: the picture is not opened here", make_pass(face=b"\x00")),
        "companions-1": ("one companion", make_pass(companions=(child,))),
        "companions-4": (
            "four companions",
            make_pass(companions=(child, child, Companion("សុខ វាសនា", date(2021, 12, 31), Sex.OTHER), child)),
        ),
        "name-1": ("a name of one character", make_pass(holder=SOKHA._replace(name_latin="O"))),
        "name-100": ("a name of 100 characters", make_pass(holder=SOKHA._replace(name_latin="A" * 100))),
        "name-khmer-100": (
            "a Khmer name of 100 characters, 300 octets",
            make_pass(holder=SOKHA._replace(name_khmer="ក" * 100)),
        ),
        "name-astral-100": (
            "100 characters beyond the basic plane: characters are counted, not UTF-16 units",
            make_pass(holder=SOKHA._replace(name_latin="\U00020000" * 100)),
        ),
        "name-accented": ("a name in NFC", make_pass(holder=SOKHA._replace(name_latin="SOK ANDRÉ"))),
        "name-zero-width": (
            "a zero-width space between Khmer words (category Cf)",
            make_pass(holder=SOKHA._replace(name_khmer="សុខ\u200bសុខា")),
        ),
        "name-byte-order-mark": (
            "a name that begins with U+FEFF (category Cf), which decoders like to drop",
            make_pass(holder=SOKHA._replace(name_khmer="\ufeffសុខា")),
        ),
        "home-district": ("a home known only to the district", make_pass(home="0110")),
        "home-any-commune": ("a commune that no table names yet", make_pass(home="011099")),
        "born-leap-day": ("29 February", make_pass(holder=SOKHA._replace(born_on=date(2000, 2, 29)))),
        "born-year-1": ("the first year", make_pass(holder=SOKHA._replace(born_on=date(1, 1, 1)))),
        "sex-male": ("sex 1", make_pass(holder=SOKHA._replace(sex=Sex.MALE))),
        "sex-other": ("sex 3", make_pass(holder=SOKHA._replace(sex=Sex.OTHER))),
        "nationality-other": ("another nationality", make_pass(holder=SOKHA._replace(nationality="VNM"))),
        "number-serial-0": ("serial 0, which no office gives but readers read", make_pass(number=number)),
        "number-other-office": (
            "a number of another office: only the issuer counts",
            make_pass(number=make_pass_number("0106", 2026, 5)),
        ),
        "nbf-0": ("valid from the first second of 1970", make_pass(valid_from_at=datetime(1970, 1, 1, tzinfo=UTC))),
        "exp-latest": (
            "valid to the last second there is",
            make_pass(expires_at=datetime.fromtimestamp(LATEST_TIMESTAMP, UTC)),
        ),
        "exp-not-midnight": ("valid until the middle of a day", make_pass(expires_at=local("2027-05-05 12:34:56"))),
        "status-last-index": ("the last index of the list", make_pass(status_index=4095)),
    }
    return [
        Case(name, description, text_of(one), admit(one, "20/25", "50/25", back_by=TOLD))
        for name, (description, one) in edges.items()
    ]
