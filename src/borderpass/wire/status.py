"""Which passes of an office are still good? Token Status List in CWT form (draft-ietf-oauth-status-list-20).

Section 5.2: COSE_Sign1 with `typ` "application/statuslist+cwt", tag 61 forbidden; claims 2 sub, 4 exp, 6 iat, 65534
ttl, 65533 {"bits": 2, "lst": zlib of the packed statuses}.
"""

import zlib

from borderpass.domain.bundle import Bundle
from borderpass.domain.local_time import to_timestamp
from borderpass.domain.passes import Pass
from borderpass.domain.status import Status, StatusList
from borderpass.domain.trust import Role, TrustList
from borderpass.wire.cbor import BUNDLE_LIMITS, CborMap, decode_strict, encode
from borderpass.wire.qr import inflate
from borderpass.wire.refusal import WireError
from borderpass.wire.signed import (
    STATUS_TYP,
    SignBytes,
    believe,
    expect,
    expect_keys,
    open_sealed,
    read_instant,
    seal,
)

SUB, EXP, IAT, STATUS_LIST, TTL = 2, 4, 6, 65_533, 65_534
BITS = 2
LIST_MAX_BYTES = 1 << 20
_WHAT = "status list"


def find_status(bundle: Bundle, pass_: Pass) -> Status | None:
    """Return the status of a pass, or None where the bundle cannot know it.

    That is where it has no list at the pass's address, and where the pass was signed after the list was: a list that
    is older than an honest new pass cannot say that it was never issued.
    """
    status_list = bundle.status_lists.get(pass_.status_uri)
    if status_list is None:
        return None
    status = status_list.look_up(pass_.status_index)
    if status is Status.NEVER_ISSUED and pass_.issued_at >= status_list.issued_at:
        return None
    return status


def write_status_list(status_list: StatusList, kid: bytes, sign: SignBytes) -> bytes:
    """Return the signed token of a status list."""
    payload: CborMap = {
        SUB: status_list.uri,
        EXP: to_timestamp(status_list.expires_at),
        IAT: to_timestamp(status_list.issued_at),
        STATUS_LIST: {"bits": BITS, "lst": zlib.compress(status_list.octets, 9)},
        TTL: status_list.ttl_s,
    }
    return seal(encode(payload), STATUS_TYP, kid, sign)


def address_of(octets: bytes) -> str:
    """Return the address that a token names, unverified. Raise WireError when it is no status list token."""
    payload = decode_strict(open_sealed(octets, STATUS_TYP, _WHAT).payload, BUNDLE_LIMITS)
    return expect(expect(payload, dict, _WHAT).get(SUB), str, _WHAT)


def read_status_list(octets: bytes, trust: TrustList) -> StatusList:
    """Return a status list signed by a status signer whose entry names its address. Raise WireError otherwise."""
    sign1 = open_sealed(octets, STATUS_TYP, _WHAT)
    signers = [entry for entry in trust.by_kid.get(sign1.kid, ()) if entry.role is Role.STATUS_SIGNER]
    payload = believe(sign1, [entry.point for entry in signers], _WHAT)
    expect_keys(payload, {SUB, EXP, IAT, STATUS_LIST, TTL}, set(), _WHAT)
    uri = expect(payload[SUB], str, _WHAT)
    issued_at = read_instant(payload[IAT], _WHAT)
    if not any(
        entry.status_uri == uri and entry.sign_from_at <= issued_at < entry.sign_until_at and entry.withdrawn_at is None
        for entry in signers
    ):
        raise WireError(f"{_WHAT}: its signer may not sign for {uri}")
    inner = expect_keys(payload[STATUS_LIST], {"bits", "lst"}, set(), _WHAT)
    if inner["bits"] != BITS:
        raise WireError(f"{_WHAT}: {inner['bits']!r} bits a status where the profile has {BITS}")
    ttl_s = expect(payload[TTL], int, _WHAT)
    expires_at = read_instant(payload[EXP], _WHAT)
    if ttl_s < 0 or payload[IAT] + ttl_s > payload[EXP]:
        raise WireError(f"{_WHAT}: a ttl that does not end before exp")
    statuses = inflate(expect(inner["lst"], bytes, _WHAT), LIST_MAX_BYTES)
    status_list = StatusList(uri, issued_at, expires_at, ttl_s, statuses)
    if not status_list.canaries_sing():
        raise WireError(f"{_WHAT}: its canary indices read wrong")
    return status_list
