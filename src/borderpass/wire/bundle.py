"""What does a scanner run on? The bundle: everything a verdict needs, each part signed by whom it is of.

`{1: version, 2: serial, 3: issued_at, 4: trust list, 5: [status list, ...], 6: rulebook, 7: {id: checkpoint},
?8: {kid: allow-list}}`; the signed parts stand in it as the bytes that were signed. Nothing is taken into use unless
the root signed the trust list and keys of that list signed the rest.
"""

import hashlib
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec

from borderpass.domain.bundle import Bundle, BundleCheckpoint
from borderpass.domain.provisions import ANY_CHECKPOINT
from borderpass.domain.rules import ALLOW_LIST_PREFIX_BYTES
from borderpass.domain.trust import Role, TrustList
from borderpass.wire.cbor import BUNDLE_LIMITS, CborMap, decode_strict, encode
from borderpass.wire.refusal import WireError
from borderpass.wire.rulebook import read_rulebook
from borderpass.wire.signed import (
    BUNDLE_TYP,
    SignBytes,
    believe,
    expect,
    expect_keys,
    open_sealed,
    read_instant,
    read_serial,
    seal,
)
from borderpass.wire.status import address_of, read_status_list
from borderpass.wire.trust import read_names, read_trust_list

BUNDLE_VERSION = 1
CHECKPOINT_MAX_CHARACTERS = 32
_WHAT = "bundle"


class BundleParts(NamedTuple):
    """What a publisher puts together: signed pieces as bytes, gates, and allow-lists by kid."""

    serial: int
    issued_at_s: int
    trust_list: bytes
    status_lists: list[bytes]
    rulebook: bytes
    checkpoints: list[BundleCheckpoint]
    allow_lists: dict[bytes, bytes]


def write_bundle(parts: BundleParts, kid: bytes, sign: SignBytes) -> bytes:
    """Return the bundle signed by the publisher."""
    payload: CborMap = {
        1: BUNDLE_VERSION,
        2: parts.serial,
        3: parts.issued_at_s,
        4: parts.trust_list,
        5: parts.status_lists,
        6: parts.rulebook,
        7: {one.id: {1: one.names._asdict(), 2: one.district} for one in parts.checkpoints},
    }
    if parts.allow_lists:
        payload[8] = parts.allow_lists
    return seal(encode(payload), BUNDLE_TYP, kid, sign)


def read_bundle(octets: bytes, root: ec.EllipticCurvePublicKey) -> Bundle:
    """Return the bundle if all its signatures hold. Raise WireError saying which part does not.

    1. Take the trust list out of the payload and verify it with the root: only now is there anyone to trust.
    2. Verify the bundle itself with a publisher's key of that list.
    3. Verify each status list, the rulebook and the allow-lists' digests.
    """
    sign1 = open_sealed(octets, BUNDLE_TYP, _WHAT)
    trust = read_trust_list(_peek_trust_list(sign1.payload), root)
    publishers = [
        entry
        for entry in trust.by_kid.get(sign1.kid, ())
        if entry.role is Role.PUBLISHER and entry.withdrawn_at is None
    ]
    payload = believe(sign1, [entry.point for entry in publishers], _WHAT)
    if payload[1] != BUNDLE_VERSION:
        raise WireError(f"{_WHAT}: version {payload[1]!r} is not known here")
    issued_at = read_instant(payload[3], _WHAT)
    if not any(entry.sign_from_at <= issued_at < entry.sign_until_at for entry in publishers):
        raise WireError(f"{_WHAT}: signed outside its publisher's term")
    lists = [read_status_list(expect(one, bytes, _WHAT), trust) for one in expect(payload[5], list, _WHAT)]
    if len({one.uri for one in lists}) != len(lists):
        raise WireError(f"{_WHAT}: two status lists with one address")
    return Bundle(
        serial=read_serial(payload[2], _WHAT),
        issued_at=issued_at,
        trust=trust,
        status_lists={one.uri: one for one in lists},
        rulebook=read_rulebook(expect(payload[6], bytes, _WHAT), trust),
        checkpoints=_read_checkpoints(payload[7]),
        allow_lists=_read_allow_lists(payload.get(8, {}), trust),
    )


class SignedParts(NamedTuple):
    """The signed pieces of a bundle that are of use on their own, as bytes; status lists by address."""

    trust_list: bytes
    status_lists: dict[str, bytes]


def take_apart(octets: bytes) -> SignedParts:
    """Return the signed pieces of a bundle, unverified: each is for its reader to check. Raise WireError."""
    payload = decode_strict(open_sealed(octets, BUNDLE_TYP, _WHAT).payload, BUNDLE_LIMITS)
    expect_keys(payload, {1, 2, 3, 4, 5, 6, 7}, {8}, _WHAT)
    tokens = [expect(token, bytes, _WHAT) for token in expect(payload[5], list, _WHAT)]
    return SignedParts(expect(payload[4], bytes, _WHAT), {address_of(token): token for token in tokens})


def _peek_trust_list(payload: bytes) -> bytes:
    """Return the trust list's bytes: the one thing taken from the payload before a signature holds.

    It is signed itself, and nothing else is looked at; the whole is decoded again once the publisher is known.
    """
    value = decode_strict(payload, BUNDLE_LIMITS)
    return expect(expect_keys(value, {1, 2, 3, 4, 5, 6, 7}, {8}, _WHAT)[4], bytes, _WHAT)


def _read_checkpoints(value: Any) -> dict[str, BundleCheckpoint]:
    checkpoints = {}
    for gate, written in expect(value, dict, _WHAT).items():
        parts = expect_keys(written, {1, 2}, set(), _WHAT)
        names, district = read_names(parts[1], _WHAT), expect(parts[2], str, _WHAT)
        if not 0 < len(expect(gate, str, _WHAT)) <= CHECKPOINT_MAX_CHARACTERS or gate == ANY_CHECKPOINT:
            raise WireError(f"{_WHAT}: {gate!r} is no id of a checkpoint")
        checkpoints[gate] = BundleCheckpoint(gate, names, district)
    return checkpoints


def write_allow_list(fingerprints: list[bytes]) -> bytes:
    """Return the sorted 8-byte prefixes of fingerprints, one after the other."""
    return b"".join(sorted({fingerprint[:ALLOW_LIST_PREFIX_BYTES] for fingerprint in fingerprints}))


def digest_of(allow_list: bytes) -> bytes:
    """Return the SHA-256 that the trust list's entry names."""
    return hashlib.sha256(allow_list).digest()


def _read_allow_lists(value: Any, trust: TrustList) -> dict[bytes, frozenset[bytes]]:
    """An allow-list counts only if the withdrawn key's own entry names its digest."""
    size = ALLOW_LIST_PREFIX_BYTES
    lists = {}
    for kid, octets in expect(value, dict, _WHAT).items():
        expect(octets, bytes, _WHAT)
        if not any(entry.kid == kid and entry.allow_list_digest == digest_of(octets) for entry in trust.entries):
            raise WireError(f"{_WHAT}: an allow-list that no entry of the trust list names")
        prefixes = [octets[at : at + size] for at in range(0, len(octets), size)]
        if len(octets) % size or prefixes != sorted(set(prefixes)):
            raise WireError(f"{_WHAT}: an allow-list that is not sorted 8-byte prefixes")
        lists[kid] = frozenset(prefixes)
    return lists
