"""Whose keys count? The trust list, signed by the national root, and the finding of a signer in it."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from borderpass.domain.bundle import Bundle
from borderpass.domain.local_time import to_timestamp
from borderpass.domain.trust import PASS_SIGNING_ROLES, Names, Role, TrustEntry, TrustList
from borderpass.wire.cbor import CborMap, encode
from borderpass.wire.keys import KID_BYTES, point_of, read_cose_key, write_cose_key
from borderpass.wire.refusal import WireError
from borderpass.wire.signed import (
    TRUST_TYP,
    SignBytes,
    believe,
    expect,
    expect_keys,
    open_sealed,
    read_instant,
    read_serial,
    seal,
)

TRUST_LIST_VERSION = 1
_PREFIX_DIGITS = (2, 4, 6)
_ROLES = {member.value: member for member in Role}
_WHAT = "trust list"


def find_keys(bundle: Bundle, kid: bytes) -> list[TrustEntry]:
    """Return every entry with this kid that may sign passes; the kid is a hint, so there may be several."""
    return [entry for entry in bundle.trust.by_kid.get(kid, ()) if entry.role in PASS_SIGNING_ROLES]


def write_trust_list(trust: TrustList, kid: bytes, sign: SignBytes) -> bytes:
    """Return the trust list signed by the root."""
    payload: CborMap = {
        1: trust.version,
        2: trust.serial,
        3: to_timestamp(trust.issued_at),
        4: to_timestamp(trust.expires_at),
        5: trust.country,
        6: [_write_entry(entry) for entry in trust.entries],
    }
    return seal(encode(payload), TRUST_TYP, kid, sign)


def _write_entry(entry: TrustEntry) -> CborMap:
    written: CborMap = {
        1: entry.kid,
        2: write_cose_key(entry.point),
        3: int(entry.role),
        4: entry.office,
        5: entry.names._asdict(),
        6: list(entry.prefixes),
        7: to_timestamp(entry.sign_from_at),
        8: to_timestamp(entry.sign_until_at),
        9: to_timestamp(entry.verify_until_at),
        10: entry.issuer,
        11: entry.status_uri,
    }
    if entry.withdrawn_at is not None:
        written[12] = to_timestamp(entry.withdrawn_at)
    if entry.allow_list_digest is not None:
        written[13] = entry.allow_list_digest
    return written


def read_trust_list(octets: bytes, root: ec.EllipticCurvePublicKey) -> TrustList:
    """Return the trust list that the root signed. Raise WireError when its form or its signature is wrong."""
    payload = believe(open_sealed(octets, TRUST_TYP, _WHAT), [point_of(root)], _WHAT)
    expect_keys(payload, {1, 2, 3, 4, 5, 6}, set(), _WHAT)
    if payload[1] != TRUST_LIST_VERSION:
        raise WireError(f"{_WHAT}: version {payload[1]!r} is not known here")
    return TrustList(
        version=payload[1],
        serial=read_serial(payload[2], _WHAT),
        issued_at=read_instant(payload[3], _WHAT),
        expires_at=read_instant(payload[4], _WHAT),
        country=expect(payload[5], str, _WHAT),
        entries=tuple(_read_entry(entry) for entry in expect(payload[6], list, _WHAT)),
    )


def _read_entry(value: Any) -> TrustEntry:
    entry = expect_keys(value, set(range(1, 12)), {12, 13}, _WHAT)
    kid = expect(entry[1], bytes, _WHAT)
    if len(kid) != KID_BYTES:
        raise WireError(f"{_WHAT}: a kid of {len(kid)} bytes")
    role = _ROLES.get(expect(entry[3], int, _WHAT))
    if role is None:
        raise WireError(f"{_WHAT}: role {entry[3]} is not known here")
    return TrustEntry(
        kid=kid,
        point=read_cose_key(entry[2]),
        role=role,
        office=expect(entry[4], str, _WHAT),
        names=read_names(entry[5], _WHAT),
        prefixes=read_prefixes(entry[6], _WHAT),
        sign_from_at=read_instant(entry[7], _WHAT),
        sign_until_at=read_instant(entry[8], _WHAT),
        verify_until_at=read_instant(entry[9], _WHAT),
        issuer=expect(entry[10], str, _WHAT),
        status_uri=expect(entry[11], str, _WHAT),
        withdrawn_at=read_instant(entry[12], _WHAT) if 12 in entry else None,
        allow_list_digest=expect(entry[13], bytes, _WHAT) if 13 in entry else None,
    )


def read_names(value: Any, what: str) -> Names:
    """Return a name in km, en and th. Raise WireError when one is missing."""
    names = expect_keys(value, {"km", "en", "th"}, set(), what)
    return Names(*(expect(names[language], str, what) for language in Names._fields))


def read_prefixes(value: Any, what: str) -> tuple[str, ...]:
    """Return gazetteer prefixes of whole levels (2, 4 or 6 digits). Raise WireError otherwise."""
    prefixes = tuple(expect(prefix, str, what) for prefix in expect(value, list, what))
    for prefix in prefixes:
        if len(prefix) not in _PREFIX_DIGITS or not (prefix.isascii() and prefix.isdigit()):
            raise WireError(f"{what}: {prefix!r} is no gazetteer code")
    return prefixes
