"""Which bundles must a device not take into use? Each wrong in one part, and all else in it rightly signed.

The base is small: Poipet with its keys, the stolen key of Malai, one status list of 64 indices, two provisions.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from borderpass.domain import provisions as p
from borderpass.domain.passes import PassKind
from borderpass.domain.status import Status, pack_statuses
from borderpass.domain.trust import Role, TrustEntry
from borderpass.wire.bundle import BundleParts
from borderpass.wire.cbor import BUNDLE_LIMITS, decode_strict, encode
from borderpass.wire.claims import write_claims
from borderpass.wire.cose import Sign1, decode_sign1
from borderpass.wire.signed import BUNDLE_TYP, RULEBOOK_TYP, STATUS_TYP, TRUST_TYP, seal
from tests.cases import world
from tests.cases.bundles import BUNDLE_NAMES, bundle_bytes
from tests.cases.clock import local, seconds
from tests.cases.keys import signer
from tests.cases.orders import make_rulebook
from tests.cases.passes import cose_of_payload, honest_allow_list, make_pass
from tests.cases.raw_cbor import tagged

Change = Callable[[dict[Any, Any]], object]


@dataclass(frozen=True, slots=True)
class BundleCase:
    """A bundle as bytes, the key held to be the root, and whether it may be taken into use."""

    name: str
    description: str
    octets: bytes
    taken: bool
    root: str = "root"


def bundle_cases() -> list[BundleCase]:
    """Return all bundle cases in a fixed order."""
    good = [BundleCase(f"bundle-{name}", "a bundle of the vectors", bundle_bytes(name), True) for name in BUNDLE_NAMES]
    groups = (_accepted(), _frames(), _bundle_payload(), _trust(), _status(), _rulebook(), _allow_lists())
    return [*good, *(case for group in groups for case in group)]


def _term(number: int) -> p.Term:
    return p.Term(f"20-25/{number}", "20/25", local("2025-06-01"))


OPENING = p.Opening(_term(1), p.GateCase(("poipet",)), p.Hours((1, 2), 360, 1320))
STAY = p.Stay(_term(2), (PassKind.TWO_YEAR,), 14)


def entries(**changes: dict[str, Any]) -> list[TrustEntry]:
    """Return the base's entries; `publisher={...}` changes one of them."""
    usual = {
        "poipet": world.POIPET,
        "poipet_status": world.POIPET_STATUS,
        "serei_status": world.SEREI_STATUS,
        "malai": world.malai_entry(honest_allow_list()),
        "rulebook": world.RULEBOOK,
        "publisher": world.PUBLISHER,
    }
    return [replace(entry, **changes.get(name, {})) for name, entry in usual.items()]


def small_list() -> bytes:
    """Return the base's status list token."""
    octets = pack_statuses({2: Status.VALID, 3: Status.SUSPENDED}, 64)
    one = replace(world.make_status_list(world.POIPET_URI), octets=octets)
    return world.seal_status_list(one, "poipet-status")


def base(**changes: Any) -> BundleParts:
    """Return the small bundle's parts; `entries` are those of its trust list."""
    listed = changes.pop("entries", None) or entries()
    parts = BundleParts(
        serial=3,
        issued_at_s=seconds("2026-11-23 06:05:00"),
        trust_list=world.seal_trust_list(world.make_trust_list(listed)),
        status_lists=[small_list()],
        rulebook=world.seal_rulebook(make_rulebook(OPENING, STAY)),
        checkpoints=list(world.CHECKPOINTS[:1]),
        allow_lists={},
    )
    return parts._replace(**changes)


def payload_of(octets: bytes, typ: str) -> dict[Any, Any]:
    """Return the payload of a signed piece."""
    sign1 = decode_sign1(octets, typ)
    assert isinstance(sign1, Sign1)
    payload: dict[Any, Any] = decode_strict(sign1.payload, BUNDLE_LIMITS)
    return payload


def again(octets: bytes, typ: str, by: str, change: Change, new_typ: str | None = None) -> bytes:
    """Return a signed piece with its payload changed and signed again."""
    payload = payload_of(octets, typ)
    change(payload)
    return seal(encode(payload), new_typ or typ, signer(by).kid, signer(by).sign)


def put(*path_and_value: Any) -> Change:
    """Return the change that puts a value at a path."""
    *path, last, value = path_and_value

    def change(payload: dict[Any, Any]) -> None:
        at: Any = payload
        for step in path:
            at = at[step]
        at[last] = value

    return change


def drop(*path_and_key: Any) -> Change:
    """Return the change that drops what stands at a path."""
    *path, last = path_and_key

    def change(payload: dict[Any, Any]) -> None:
        at: Any = payload
        for step in path:
            at = at[step]
        del at[last]

    return change


def flipped(octets: bytes, at: int = -1) -> bytes:
    """Return bytes with one bit changed."""
    other = bytearray(octets)
    other[at] ^= 1
    return bytes(other)


def _accepted() -> list[BundleCase]:
    term = {"sign_until_at": local("2026-11-23 06:05:01")}
    long_list = _listed(put(65_533, "lst", zlib.compress(b"\x04" + b"\xff" * ((1 << 20) - 1), 9)))
    to_the_end = _listed(put(65_534, 7 * 86_400))
    good = [
        ("bundle-small", "the small bundle that all below are made from", base()),
        ("bundle-last-second-of-term", "signed in its publisher's last second", base(entries=entries(publisher=term))),
        ("list-1-mib", "a list of 1,048,576 octets", base(status_lists=[long_list])),
        ("list-ttl-to-exp", "a ttl that ends with exp", base(status_lists=[to_the_end])),
        ("bundle-serial-0", "serial 0", base(serial=0)),
        ("bundle-no-gates", "no checkpoints", base(checkpoints=[])),
    ]
    return [BundleCase(name, said, world.seal_bundle(parts), True) for name, said, parts in good]


def _refused(rows: list[tuple[str, str, bytes]]) -> list[BundleCase]:
    return [BundleCase(name, said, octets, False) for name, said, octets in rows]


def _frames() -> list[BundleCase]:
    good = world.seal_bundle(base())
    payload = payload_of(good, BUNDLE_TYP)
    publisher = signer("publisher")
    plain = seal(encode(payload), None, publisher.kid, publisher.sign)
    as_trust = again(good, BUNDLE_TYP, "publisher", put(2, 3), TRUST_TYP)
    other_root = BundleCase("bundle-other-root", "another root than the verifier's", good, False, "other-root")
    later = {"sign_until_at": local("2026-11-23 06:05:00")}
    earlier = {"sign_from_at": local("2026-11-23 06:05:01")}
    gone = {"withdrawn_at": local("2026-11-23 07:00:00")}
    rows = [
        ("bundle-empty", "no bytes", b""),
        ("bundle-not-cbor", "not CBOR", b"\xff\xfe"),
        ("bundle-pass", "a pass", cose_of_payload(write_claims(make_pass()))),
        ("bundle-tag-61", "tag 61 around it", tagged(61, good)),
        ("bundle-no-tag", "no tag", good[1:]),
        ("bundle-no-typ", "no typ in the header", plain),
        ("bundle-other-typ", "the typ of a trust list", as_trust),
        ("bundle-truncated", "the last octet missing", good[:-1]),
        ("bundle-trailing", "an octet behind it", good + b"\x00"),
        ("bundle-forged", "one bit of its signature", flipped(good)),
        ("bundle-by-office", "signed by an office", world.seal_bundle(base(), "poipet")),
        ("bundle-by-root", "signed by the root, which is on no list", world.seal_bundle(base(), "root")),
        ("bundle-by-rulebook", "signed by the rulebook's signer", world.seal_bundle(base(), "rulebook")),
        ("bundle-by-nobody", "signed by a key of no list", world.seal_bundle(base(), "nobody")),
        (
            "bundle-publisher-gone",
            "its publisher is withdrawn",
            world.seal_bundle(base(entries=entries(publisher=gone))),
        ),
        (
            "bundle-after-term",
            "signed as its publisher's term ends",
            world.seal_bundle(base(entries=entries(publisher=later))),
        ),
        (
            "bundle-before-term",
            "signed a second before its publisher's term",
            world.seal_bundle(base(entries=entries(publisher=earlier))),
        ),
    ]
    return [other_root, *_refused(rows)]


def _bundle_payload() -> list[BundleCase]:
    good = world.seal_bundle(base())
    changes: list[tuple[str, str, Change]] = [
        ("bundle-version-2", "version 2", put(1, 2)),
        ("bundle-serial-negative", "a negative serial", put(2, -1)),
        ("bundle-serial-text", "a serial of text", put(2, "3")),
        ("bundle-issued-negative", "issued before 1970", put(3, -1)),
        ("bundle-issued-beyond", "issued after the year 9998", put(3, 253_370_764_800)),
        ("bundle-no-trust-list", "no trust list", drop(4)),
        ("bundle-without-status-lists", "no array of status lists", drop(5)),
        ("bundle-no-rulebook", "no rulebook", drop(6)),
        ("bundle-no-checkpoints", "no map of checkpoints", drop(7)),
        ("bundle-extra", "an unknown part", put(9, 1)),
        ("bundle-trust-text", "a trust list of text", put(4, "x")),
        ("bundle-status-map", "status lists as a map", put(5, {})),
        ("bundle-status-text", "a status list of text", put(5, ["x"])),
        ("bundle-rulebook-map", "a rulebook that is not wrapped", put(6, {})),
        ("bundle-gate-any", "a checkpoint named *", put(7, {"*": payload_of(good, BUNDLE_TYP)[7]["poipet"]})),
        ("bundle-gate-empty", "a checkpoint of no name", put(7, {"": payload_of(good, BUNDLE_TYP)[7]["poipet"]})),
        ("bundle-gate-long", "an id of 33 characters", put(7, {"g" * 33: payload_of(good, BUNDLE_TYP)[7]["poipet"]})),
        ("bundle-gate-key", "a checkpoint under a number", put(7, {1: payload_of(good, BUNDLE_TYP)[7]["poipet"]})),
        ("bundle-gate-no-thai", "a checkpoint without its Thai name", drop(7, "poipet", 1, "th")),
        ("bundle-gate-extra-name", "a checkpoint with a Lao name", put(7, "poipet", 1, "lo", "x")),
        ("bundle-gate-no-district", "a checkpoint without district", drop(7, "poipet", 2)),
        ("bundle-gate-district", "a district that is a number", put(7, "poipet", 2, 110)),
    ]
    rows = [(name, said, again(good, BUNDLE_TYP, "publisher", change)) for name, said, change in changes]
    rows.append(("bundle-payload-array", "an array for a payload", seal(encode([]), BUNDLE_TYP, *_by("publisher"))))
    return _refused(rows)


def _by(name: str) -> tuple[bytes, Callable[[bytes], bytes]]:
    return signer(name).kid, signer(name).sign


def _trusting(change: Change, by: str = "root") -> bytes:
    return world.seal_bundle(base(trust_list=again(base().trust_list, TRUST_TYP, by, change)))


def _trust() -> list[BundleCase]:
    good = base().trust_list
    entry = (6, 0)
    off_curve = {1: 2, 3: -7, -1: 1, -2: bytes(32), -3: b"\x01" * 32}
    key = payload_of(good, TRUST_TYP)[6][0][2]
    changes: list[tuple[str, str, Change]] = [
        ("trust-version-2", "trust list: version 2", put(1, 2)),
        ("trust-serial-negative", "trust list: a negative serial", put(2, -1)),
        ("trust-expires-text", "trust list: expires as text", put(4, "2027")),
        ("trust-country-number", "trust list: the country a number", put(5, 116)),
        ("trust-entries-map", "trust list: entries as a map", put(6, {})),
        ("trust-extra", "trust list: an unknown part", put(7, 1)),
        ("trust-kid-7", "trust list: a kid of 7 octets", put(*entry, 1, bytes(7))),
        ("trust-point", "trust list: a key that is no point of the curve", put(*entry, 2, off_curve)),
        ("trust-curve", "trust list: a key of P-384", put(*entry, 2, -1, 2)),
        ("trust-alg", "trust list: a key of another algorithm", put(*entry, 2, 3, -8)),
        ("trust-private", "trust list: a key with its private part", put(*entry, 2, {**key, -4: bytes(32)})),
        ("trust-x-31", "trust list: x of 31 octets", put(*entry, 2, -2, key[-2][:31])),
        ("trust-role-0", "trust list: role 0", put(*entry, 3, 0)),
        ("trust-role-7", "trust list: role 7", put(*entry, 3, 7)),
        ("trust-names", "trust list: an office without Khmer name", drop(*entry, 5, "km")),
        ("trust-prefix-3", "trust list: a prefix of 3 digits", put(*entry, 6, ["011"])),
        ("trust-prefix-empty", "trust list: an empty prefix", put(*entry, 6, [""])),
        ("trust-prefix-8", "trust list: a village for a prefix", put(*entry, 6, ["01100101"])),
        ("trust-entry-extra", "trust list: an unknown part of an entry", put(*entry, 14, 1)),
        ("trust-entry-short", "trust list: an entry without its last day", drop(*entry, 9)),
        ("trust-withdrawn-text", "trust list: withdrawn as text", put(*entry, 12, "now")),
    ]
    rows = [(name, said, _trusting(change)) for name, said, change in changes]
    rows += [
        ("trust-by-office", "trust list signed by an office", _trusting(put(2, 41), "poipet")),
        ("trust-forged", "one bit of the trust list's signature", world.seal_bundle(base(trust_list=flipped(good)))),
        ("trust-tag-61", "tag 61 around the trust list", world.seal_bundle(base(trust_list=tagged(61, good)))),
        ("trust-is-rulebook", "a rulebook for a trust list", world.seal_bundle(base(trust_list=base().rulebook))),
    ]
    return _refused(rows)


def _listed(change: Change, by: str = "poipet-status", new_typ: str | None = None) -> bytes:
    return again(small_list(), STATUS_TYP, by, change, new_typ)


def _status() -> list[BundleCase]:
    good = small_list()
    same = put(65_534, 86_400)
    changes: list[tuple[str, str, Change]] = [
        ("list-bits-1", "status list: 1 bit", put(65_533, "bits", 1)),
        ("list-bits-8", "status list: 8 bits", put(65_533, "bits", 8)),
        ("list-ttl-beyond", "status list: a ttl that ends a second after exp", put(65_534, 7 * 86_400 + 1)),
        ("list-ttl-negative", "status list: a negative ttl", put(65_534, -1)),
        ("list-ttl-64-bits", "status list: a ttl of 64 bits", put(65_534, 2**64 - 1)),
        ("list-iat-latest", "status list: issued in the last second there is", put(6, 253_370_764_799)),
        ("list-no-ttl", "status list: no ttl", drop(65_534)),
        ("list-no-exp", "status list: no exp", drop(4)),
        ("list-extra", "status list: a claim beyond the profile", put(1, "kh-bp:0110")),
        ("list-aggregation", "status list: an aggregation address", put(65_533, "aggregation_uri", "x")),
        ("list-not-zlib", "status list: lst not zlib", put(65_533, "lst", b"\x04\xff")),
        ("list-trailing", "status list: an octet after lst", put(65_533, "lst", zlib.compress(b"\x04") + b"\x00")),
        (
            "list-too-long",
            "status list: 1,048,577 octets",
            put(65_533, "lst", zlib.compress(b"\x04" + b"\xff" * (1 << 20), 9)),
        ),
        ("list-empty", "status list: no octets", put(65_533, "lst", zlib.compress(b""))),
        ("list-canary-valid", "status list: index 0 does not read valid", put(65_533, "lst", zlib.compress(b"\x05"))),
        (
            "list-canary-revoked",
            "status list: index 1 does not read revoked",
            put(65_533, "lst", zlib.compress(b"\x00")),
        ),
        ("list-bit-order", "status list: packed from the other end", put(65_533, "lst", zlib.compress(b"\x1f"))),
        ("list-other-uri", "status list: the address of another office", put(2, "kh-bp:0106/1")),
        ("list-uri-number", "status list: an address that is a number", put(2, 110)),
    ]
    tokens = [(name, said, [_listed(change)]) for name, said, change in changes]
    tokens += [
        ("list-by-other-office", "status list signed by another office", [_listed(same, "serei-status")]),
        ("list-by-pass-key", "status list signed by the office's pass key", [_listed(same, "poipet")]),
        ("list-by-publisher", "status list signed by the publisher", [_listed(same, "publisher")]),
        ("list-typ-jwt", "status list with the typ of a JWT", [_listed(same, new_typ="application/statuslist+jwt")]),
        ("list-forged", "one bit of the status list's signature", [flipped(good)]),
        ("list-tag-61", "tag 61 around the status list", [tagged(61, good)]),
        ("list-twice", "two status lists with one address", [good, good]),
    ]
    rows = [(name, said, world.seal_bundle(base(status_lists=lists))) for name, said, lists in tokens]
    for name, said, change in (
        ("list-signer-gone", "status list: its signer is withdrawn", {"withdrawn_at": local("2026-11-23 08:00:00")}),
        (
            "list-after-term",
            "status list: signed as its signer's term ends",
            {"sign_until_at": local("2026-11-23 06:00:00")},
        ),
        ("list-signer-role", "status list: its signer is a pass signer", {"role": Role.PASS_SIGNER}),
    ):
        rows.append((name, said, world.seal_bundle(base(entries=entries(poipet_status=change)))))
    return _refused(rows)


def _ruled(change: Change, by: str = "rulebook") -> bytes:
    return world.seal_bundle(base(rulebook=again(base().rulebook, RULEBOOK_TYP, by, change)))


def _rulebook() -> list[BundleCase]:
    opening, stay = (4, 0), (4, 1)
    changes: list[tuple[str, str, Change]] = [
        ("rulebook-version-2", "rulebook: version 2", put(1, 2)),
        ("rulebook-serial-negative", "rulebook: a negative serial", put(2, -1)),
        ("rulebook-extra", "rulebook: an unknown part", put(5, 1)),
        ("rulebook-map", "rulebook: provisions as a map", put(4, {})),
        ("provision-kind-0", "provision: kind 0", put(*opening, 1, 0)),
        ("provision-kind-16", "provision: kind 16", put(*opening, 1, 16)),
        ("provision-other-kind", "provision: the fields of another kind", put(*opening, 1, 10)),
        ("provision-extra", "provision: an unknown part", put(*opening, 7, 1)),
        ("provision-no-order", "provision: no order number", drop(*opening, 3)),
        ("provision-from-text", "provision: from as text", put(*opening, 4, "2025")),
        ("provision-until-null", "provision: until before 1970", put(*opening, 5, -1)),
        ("provision-field-missing", "provision: a field missing", drop(*opening, 6, 6)),
        ("provision-field-extra", "provision: a field too many", put(*opening, 6, 7, 1)),
        ("provision-gate-number", "provision: a gate that is a number", put(*opening, 6, 1, [1])),
        ("provision-direction", "provision: an unknown direction", put(*opening, 6, 2, ["sideways"])),
        ("provision-category", "provision: an unknown category", put(*opening, 6, 3, ["vip"])),
        ("provision-weekday-0", "provision: weekday 0", put(*opening, 6, 4, [0])),
        ("provision-weekday-8", "provision: weekday 8", put(*opening, 6, 4, [8])),
        ("provision-minute-1441", "provision: minute 1441", put(*opening, 6, 6, 1441)),
        ("provision-minute-negative", "provision: a negative minute", put(*opening, 6, 5, -1)),
        ("provision-pass-kind", "provision: an unknown kind of pass", put(*stay, 6, 1, [4])),
        ("provision-days-negative", "provision: a stay of -1 days", put(*stay, 6, 2, -1)),
        ("provision-days-36526", "provision: a stay of 36,526 days", put(*stay, 6, 2, 36_526)),
        ("provision-days-text", "provision: a stay in words", put(*stay, 6, 2, "7")),
    ]
    rows = [(name, said, _ruled(change)) for name, said, change in changes]
    rows += [
        ("rulebook-by-publisher", "rulebook signed by the publisher", _ruled(put(2, 12), "publisher")),
        ("rulebook-by-office", "rulebook signed by an office", _ruled(put(2, 12), "poipet")),
        (
            "rulebook-forged",
            "one bit of the rulebook's signature",
            world.seal_bundle(base(rulebook=flipped(base().rulebook))),
        ),
    ]
    for name, said, change in (
        ("rulebook-signer-gone", "rulebook: its signer is withdrawn", {"withdrawn_at": local("2026-11-23 08:00:00")}),
        (
            "rulebook-after-term",
            "rulebook: signed as its signer's term ends",
            {"sign_until_at": local("2026-11-22 18:00:00")},
        ),
    ):
        rows.append((name, said, world.seal_bundle(base(entries=entries(rulebook=change)))))
    return _refused(rows)


def _allow_lists() -> list[BundleCase]:
    good = honest_allow_list()
    malai = signer("malai").kid

    def with_list(octets: Any, kid: Any = malai, named: bytes | None = None) -> bytes:
        own = [*entries()[:3], world.malai_entry(named if named is not None else octets), *entries()[4:]]
        return world.seal_bundle(base(entries=own, allow_lists={kid: octets}))

    reverse = good[8:] + good[:8]
    no_digest = [*entries()[:3], world.malai_entry(None), *entries()[4:]]
    taken = [
        BundleCase("allow-list-good", "two prefixes in order", with_list(good), True),
        BundleCase("allow-list-empty", "no prefixes: all are refused", with_list(b""), True),
    ]
    rows = [
        ("allow-list-digest", "an allow-list whose digest the entry does not name", with_list(good[:8], named=good)),
        (
            "allow-list-no-digest",
            "an allow-list where the entry names none",
            world.seal_bundle(base(entries=no_digest, allow_lists={malai: good})),
        ),
        (
            "allow-list-other-key",
            "an allow-list for a key that was not withdrawn",
            with_list(good, signer("poipet").kid, good),
        ),
        ("allow-list-number", "an allow-list under a number", with_list(good, 1, good)),
        ("allow-list-unsorted", "prefixes out of order", with_list(reverse)),
        ("allow-list-twice", "a prefix twice", with_list(good[:8] * 2)),
        ("allow-list-7", "7 octets", with_list(good[:7])),
        ("allow-list-text", "an allow-list of text", with_list("x", named=good)),
    ]
    return [*taken, *_refused(rows)]
