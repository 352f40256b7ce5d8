"""Do two provisions speak of one case, and which questions must orders never leave without an answer?

A case is what a provision speaks of, time left out: a purpose, a kind of pass, a stretch of land, a gate with
its directions, categories, weekdays and hours. `domain.order_conflicts` adds the time.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from borderpass.domain.local_time import last_valid_day
from borderpass.domain.passes import PassKind
from borderpass.domain.provisions import (
    ANY_CHECKPOINT,
    Acceptance,
    BulkExtension,
    Closure,
    Companions,
    Delegation,
    Eligibility,
    Fee,
    GateCase,
    Hours,
    Opening,
    ProcessingTime,
    Provision,
    Quota,
    Refund,
    RevenueSplit,
    Stay,
    Validity,
)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# How two values of one part of a case meet, in words (none when they do not), and this provision's value.
_Meet = Callable[[Any, Any], str]
_Part = tuple[_Meet, Any]


def shared_case(one: Provision, other: Provision) -> str | None:
    """Return in words what two provisions both speak of, or None when no case falls under both.

    The words may be empty: the two are of a kind that speaks of everybody, such as the processing time.
    """
    if one.kind is not other.kind:
        return None
    words = [meet(a, b) for (meet, a), (_, b) in zip(_parts(one), _parts(other), strict=True)]
    return ", ".join(words) if all(words) else None


def standing_questions(provision: Provision) -> tuple[str, ...]:
    """Return in words which questions orders must answer without a break once this provision has."""
    match provision:
        case Fee():
            return (f"the fee for {provision.purpose}",)
        case Validity():
            return (f"the validity of a {kind_name(provision.pass_kind)} pass",)
        case Stay():
            return tuple(f"the stay on a {kind_name(kind)} pass" for kind in provision.pass_kinds)
        case ProcessingTime():
            return ("the processing time",)
        case Delegation():
            return ("who may sign (the delegation)",)
        case Eligibility():
            return ("who may hold a pass (the eligibility)",)
        case Companions():
            return ("which children travel along (the companions)",)
        case RevenueSplit():
            return ("how fees are shared (the revenue split)",)
        case Refund():
            return (f"what is given back of the fee when an application is {provision.ending} (the refund)",)
        case _:
            return ()


def kind_name(kind: PassKind) -> str:
    """Return the name of a kind of pass as orders write it."""
    return kind.name.lower()


def _parts(provision: Provision) -> Iterator[_Part]:
    match provision:
        case Fee():
            yield _common, (provision.purpose.value,)
        case Validity():
            yield _common, (kind_name(provision.pass_kind),)
        case Refund():
            yield _common, (f"applications {provision.ending}",)
        case Delegation():
            yield _common, (provision.level.value,)
            yield _common_land, provision.prefixes
        case Eligibility():
            yield _common_land, provision.prefixes
        case Acceptance() | Opening() | Quota() | Closure():
            yield from _parts_at_gate(provision)
        case Stay():
            yield _common, tuple(map(kind_name, provision.pass_kinds))
        case BulkExtension():
            yield _common, tuple(map(kind_name, provision.pass_kinds))
            yield _common_land, provision.prefixes
            yield _common_days, (provision.expires_from_at, provision.expires_until_at)
        case _:
            return


def _parts_at_gate(provision: Acceptance | Opening | Quota | Closure) -> Iterator[_Part]:
    yield from _gate_parts(provision.case)
    match provision:
        case Acceptance():
            yield _common, tuple(map(kind_name, provision.pass_kinds))
            yield _common_land, provision.prefixes
        case Opening() | Quota():
            yield from _hours_parts(provision.hours)


def _gate_parts(case: GateCase) -> Iterator[_Part]:
    yield _common_gates, case.checkpoints
    yield _common, case.directions
    yield _common, case.categories


def _hours_parts(hours: Hours) -> Iterator[_Part]:
    yield _common, tuple(WEEKDAYS[day - 1] for day in hours.weekdays)
    yield _common_minutes, (hours.opens_min, hours.closes_min)


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    return " and ".join(name for name in one if name in other)


def _common_gates(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    if ANY_CHECKPOINT in one:
        one, other = other, one
    if ANY_CHECKPOINT in one:
        return "every gate"
    return " and ".join(one) if ANY_CHECKPOINT in other else _common(one, other)


def _common_land(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """Two stretches of land meet in the longer of two codes that begin alike."""
    codes = dict.fromkeys(max(a, b, key=len) for a in one for b in other if a.startswith(b) or b.startswith(a))
    return f"residents of {' and '.join(codes)}" if codes else ""


def _common_minutes(one: tuple[int, int], other: tuple[int, int]) -> str:
    opens, closes = max(one[0], other[0]), min(one[1], other[1])
    return f"{opens // 60:02}:{opens % 60:02}-{closes // 60:02}:{closes % 60:02}" if opens < closes else ""


def _common_days(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> str:
    begins, ends = max(one[0], other[0]), min(one[1], other[1])
    return f"passes that end from {last_valid_day(begins)}" if begins < ends else ""
