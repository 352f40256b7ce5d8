"""Whose passes are shown in the cases? Sokha's, and what is changed of it."""

import hashlib
from datetime import date
from typing import Any

from borderpass.domain.pass_number import make_pass_number
from borderpass.domain.passes import Companion, Holder, Pass, PassKind, Sex
from borderpass.wire.bundle import write_allow_list
from borderpass.wire.claims import write_claims
from borderpass.wire.qr import build_qr
from borderpass.wire.signed import seal
from tests.cases import world
from tests.cases.clock import local
from tests.cases.keys import signer

SOKHA = Holder("SOK SOKHA", "សុខ សុខា", date(1990, 1, 2), Sex.FEMALE, "KHM", "011001", None)
DARA_CHILD = Companion("SOK VEASNA", date(2019, 4, 30), Sex.MALE)


def make_pass(home: str = "011001", face: bytes | None = None, **changes: Any) -> Pass:
    """Return Sokha's pass: signed at Poipet on 1 November 2026, valid from the 2nd to 31 October 2028."""
    usual = Pass(
        number=make_pass_number("0110", 2026, 123),
        issuer="kh-bp:0110",
        issuing_country="KHM",
        kind=PassKind.TWO_YEAR,
        valid_from_at=local("2026-11-02"),
        expires_at=local("2028-11-01"),
        issued_at=local("2026-11-01 10:00:00"),
        status_index=world.VALID_INDEX,
        status_uri=world.POIPET_URI,
        holder=SOKHA._replace(home_code=home, face=face),
    )
    return usual._replace(**changes)


def malai_pass(**changes: Any) -> Pass:
    """Return a pass of the office whose key was stolen; the one with serial 77 is on the allow-list."""
    return make_pass(
        **{
            "home": "010902",
            "number": make_pass_number("0109", 2026, 77),
            "issuer": "kh-bp:0109",
            "status_uri": world.MALAI_URI,
            "issued_at": local("2026-08-01 09:00:00"),
            "valid_from_at": local("2026-08-02"),
            **changes,
        }
    )


def serei_pass(**changes: Any) -> Pass:
    """Return a pass of Serei Saophoan."""
    return make_pass(
        **{
            "home": "010603",
            "number": make_pass_number("0106", 2026, 5),
            "issuer": "kh-bp:0106",
            "status_uri": world.SEREI_URI,
            **changes,
        }
    )


def text_of(pass_: Pass, by: str = "poipet", kid: bytes | None = None) -> str:
    """Return the QR text of a pass signed by a test key."""
    return text_of_payload(write_claims(pass_), by, kid)


def text_of_payload(payload: bytes, by: str = "poipet", kid: bytes | None = None) -> str:
    """Return the QR text of any payload, signed and wrapped as a pass is."""
    return build_qr(cose_of_payload(payload, by, kid))


def cose_of_payload(payload: bytes, by: str = "poipet", kid: bytes | None = None) -> bytes:
    """Return the COSE_Sign1 of any payload, signed by a test key."""
    return seal(payload, None, kid or signer(by).kid, signer(by).sign)


def fingerprint(pass_: Pass) -> bytes:
    """Return SHA-256 over a pass's payload."""
    return hashlib.sha256(write_claims(pass_)).digest()


def honest_allow_list() -> bytes:
    """Return the allow-list of what Malai honestly signed: two passes."""
    other = malai_pass(number=make_pass_number("0109", 2026, 78), status_index=world.LAST_INDEX)
    return write_allow_list([fingerprint(malai_pass()), fingerprint(other)])
