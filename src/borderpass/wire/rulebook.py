"""Which provisions does a rulebook carry? The table of their fields, read in both directions.

A provision is `{1: kind, 2: id, 3: order number, 4: from, ?5: until, 6: {field number: value}}`; the fields of each
kind stand in the order of its dataclass, numbered from 1. A gate case takes three numbers (checkpoints, directions,
categories) and hours take three (weekdays, opens, closes).
"""

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple, get_args

from borderpass.domain import provisions as p
from borderpass.domain.local_time import to_timestamp
from borderpass.domain.passes import PassKind
from borderpass.domain.provisions import (
    MINUTES_A_DAY,
    Category,
    DayCount,
    Ending,
    GateCase,
    Hours,
    Level,
    Purpose,
    Term,
)
from borderpass.domain.rulebook import Rulebook
from borderpass.domain.trust import Role, TrustList
from borderpass.domain.verdicts import Direction
from borderpass.wire.cbor import CborMap, encode
from borderpass.wire.refusal import WireError
from borderpass.wire.signed import (
    RULEBOOK_TYP,
    SignBytes,
    believe,
    expect,
    expect_keys,
    open_sealed,
    read_instant,
    read_serial,
    seal,
)
from borderpass.wire.trust import read_prefixes

RULEBOOK_VERSION = 1
_WHAT = "rulebook"


class Codec(NamedTuple):
    """How one value of a provision is written and read."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _enum_codec(kind: type[Enum]) -> Codec:
    members = {member.value: member for member in kind}

    def read(value: Any) -> Enum:
        if type(value) not in (int, str) or value not in members:
            raise WireError(f"{_WHAT}: {value!r} is no {kind.__name__}")
        return members[value]

    return Codec(lambda member: member.value, read)


def _list_codec(one: Codec) -> Codec:
    return Codec(
        lambda values: [one.write(value) for value in values],
        lambda values: tuple(one.read(value) for value in expect(values, list, _WHAT)),
    )


def _whole_codec(lowest: int, highest: int) -> Codec:
    def read(value: Any) -> int:
        number = expect(value, int, _WHAT)
        if not lowest <= number <= highest:
            raise WireError(f"{_WHAT}: {number} is not between {lowest} and {highest}")
        return number

    return Codec(int, read)


WHOLE = _whole_codec(0, 10**12)
DAYS = _whole_codec(0, 36_525)
YEARS = _whole_codec(0, 100)
PERCENT = _whole_codec(0, 100)
WEEKDAY = _whole_codec(1, 7)
MINUTE = _whole_codec(0, MINUTES_A_DAY)
TEXT = Codec(str, lambda value: expect(value, str, _WHAT))
TEXTS = _list_codec(TEXT)
INSTANT = Codec(to_timestamp, lambda value: read_instant(value, _WHAT))
PREFIXES = Codec(list, lambda value: read_prefixes(value, _WHAT))
KINDS = _list_codec(_enum_codec(PassKind))
_CASE = {
    "checkpoints": TEXTS,
    "directions": _list_codec(_enum_codec(Direction)),
    "categories": _list_codec(_enum_codec(Category)),
}
_HOURS = {"weekdays": _list_codec(WEEKDAY), "opens_min": MINUTE, "closes_min": MINUTE}
_GROUPS: dict[str, tuple[type, dict[str, Codec]]] = {"case": (GateCase, _CASE), "hours": (Hours, _HOURS)}

_FIELDS: dict[type, dict[str, Codec]] = {
    p.Fee: {"purpose": _enum_codec(Purpose), "amount_riel": WHOLE},
    p.Validity: {"pass_kind": _enum_codec(PassKind), "years": YEARS, "days": DAYS},
    p.ProcessingTime: {"law_days": DAYS, "practice_days": DAYS, "counted_in": _enum_codec(DayCount)},
    p.Delegation: {"level": _enum_codec(Level), "prefixes": PREFIXES},
    p.Eligibility: {"prefixes": PREFIXES},
    p.Companions: {"under_age_years": YEARS, "at_most": WHOLE},
    p.RevenueSplit: {"district_percent": PERCENT, "province_percent": PERCENT},
    p.Acceptance: {**_CASE, "pass_kinds": KINDS, "prefixes": PREFIXES},
    p.Opening: {**_CASE, **_HOURS},
    p.Closure: _CASE,
    p.Quota: {**_CASE, **_HOURS, "limit": WHOLE},
    p.Stay: {"pass_kinds": KINDS, "days": DAYS},
    p.Area: {"places": TEXTS},
    p.BulkExtension: {
        "pass_kinds": KINDS,
        "prefixes": PREFIXES,
        "expires_from_at": INSTANT,
        "expires_until_at": INSTANT,
        "extended_until_at": INSTANT,
    },
    p.Refund: {"ending": _enum_codec(Ending), "percent": PERCENT},
}
_TYPES: dict[int, type] = {int(kind.kind): kind for kind in get_args(p.Provision)}


def write_rulebook(rulebook: Rulebook, kid: bytes, sign: SignBytes) -> bytes:
    """Return the signed rulebook."""
    payload: CborMap = {
        1: RULEBOOK_VERSION,
        2: rulebook.serial,
        3: to_timestamp(rulebook.issued_at),
        4: [write_provision(provision) for provision in rulebook.provisions],
    }
    return seal(encode(payload), RULEBOOK_TYP, kid, sign)


def write_provision(provision: p.Provision) -> CborMap:
    """Return the map of one provision."""
    values: dict[str, Any] = {}
    for field in fields(provision):
        value = getattr(provision, field.name)
        values |= (
            {name: getattr(value, name) for name in _GROUPS[field.name][1]}
            if field.name in _GROUPS
            else {field.name: value}
        )
    codecs = _FIELDS[type(provision)]
    term = provision.term
    written: CborMap = {
        1: int(provision.kind),
        2: term.provision_id,
        3: term.order_number,
        4: to_timestamp(term.from_at),
    }
    if term.until_at is not None:
        written[5] = to_timestamp(term.until_at)
    written[6] = {number: codec.write(values[name]) for number, (name, codec) in enumerate(codecs.items(), 1)}
    return written


def read_rulebook(octets: bytes, trust: TrustList) -> Rulebook:
    """Return the rulebook that a rulebook signer of the trust list signed. Raise WireError otherwise."""
    sign1 = open_sealed(octets, RULEBOOK_TYP, _WHAT)
    signers = [
        entry
        for entry in trust.by_kid.get(sign1.kid, ())
        if entry.role is Role.RULEBOOK_SIGNER and entry.withdrawn_at is None
    ]
    payload = believe(sign1, [entry.point for entry in signers], _WHAT)
    expect_keys(payload, {1, 2, 3, 4}, set(), _WHAT)
    if payload[1] != RULEBOOK_VERSION:
        raise WireError(f"{_WHAT}: version {payload[1]!r} is not known here")
    issued_at = read_instant(payload[3], _WHAT)
    if not any(entry.sign_from_at <= issued_at < entry.sign_until_at for entry in signers):
        raise WireError(f"{_WHAT}: signed outside its signer's term")
    provisions = tuple(read_provision(one) for one in expect(payload[4], list, _WHAT))
    return Rulebook(read_serial(payload[2], _WHAT), issued_at, provisions)


def read_provision(value: Any) -> p.Provision:
    """Return the provision of a map. Raise WireError when a kind or field is unknown, missing or of the wrong type."""
    whole = expect_keys(value, {1, 2, 3, 4, 6}, {5}, _WHAT)
    kind = _TYPES.get(expect(whole[1], int, _WHAT))
    if kind is None:
        raise WireError(f"{_WHAT}: kind {whole[1]} of provision is not known here")
    until_at: datetime | None = read_instant(whole[5], _WHAT) if 5 in whole else None
    term = Term(expect(whole[2], str, _WHAT), expect(whole[3], str, _WHAT), read_instant(whole[4], _WHAT), until_at)
    codecs = _FIELDS[kind]
    given = expect_keys(whole[6], set(range(1, len(codecs) + 1)), set(), _WHAT)
    values = {name: codec.read(given[number]) for number, (name, codec) in enumerate(codecs.items(), 1)}
    for group, (group_type, group_codecs) in _GROUPS.items():
        if group in {field.name for field in fields(kind)}:
            values[group] = group_type(**{name: values.pop(name) for name in group_codecs})
    provision: p.Provision = kind(term=term, **values)
    return provision
