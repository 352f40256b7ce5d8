"""Which fields has each kind of provision in an order's YAML, and how do they become a domain value?

The table SHAPES is what orders/README.md describes kind by kind.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from borderpass.domain import provisions as p
from borderpass.domain.local_time import end_of_day
from borderpass.domain.passes import COMPANIONS_MAX, PassKind
from borderpass.domain.provisions import Category, DayCount, Ending, GateCase, Hours, Kind, Level, Purpose, Term
from borderpass.domain.verdicts import Direction
from borderpass.orders import fields as f
from borderpass.orders.fields import FieldReader

Values = dict[str, Any]
_EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
_KINDS = f.list_of(f.choice(f.member_names(PassKind)))
_LAND = f.list_of(f.land)


class Shape(NamedTuple):
    """The fields of a kind of provision. `build` makes one of them, or raises ValueError for what clashes."""

    build: Callable[[Term, Values], p.Provision]
    required: Mapping[str, FieldReader]
    optional: Mapping[str, FieldReader] = {}


def _build_plain(provision: Callable[..., p.Provision]) -> Callable[[Term, Values], p.Provision]:
    """Return a builder for a kind whose fields are those of its dataclass."""
    return lambda term, values: provision(term=term, **values)


def _build_validity(term: Term, values: Values) -> p.Validity:
    years, days = values.get("years", 0), values.get("days", 0)
    if years + days == 0:
        raise ValueError("a pass valid for no time; give years, days or both")
    return p.Validity(term, values["pass_kind"], years, days)


def _build_processing_time(term: Term, values: Values) -> p.ProcessingTime:
    if values["practice_days"] > values["law_days"]:
        raise ValueError("practice_days is more than law_days; no office may take longer than the law gives")
    return p.ProcessingTime(term, **values)


def _build_revenue_split(term: Term, values: Values) -> p.RevenueSplit:
    if values["district_percent"] + values["province_percent"] != 100:
        raise ValueError("district_percent and province_percent do not sum to 100")
    return p.RevenueSplit(term, **values)


def _build_delegation(term: Term, values: Values) -> p.Delegation:
    return p.Delegation(term, values["level"], values["residents_of"])


def _build_eligibility(term: Term, values: Values) -> p.Eligibility:
    return p.Eligibility(term, values["residents_of"])


def _build_acceptance(term: Term, values: Values) -> p.Acceptance:
    return p.Acceptance(term, _case(values), values["pass_kinds"], values["residents_of"])


def _build_opening(term: Term, values: Values) -> p.Opening:
    return p.Opening(term, _case(values), _hours(values))


def _build_closure(term: Term, values: Values) -> p.Closure:
    return p.Closure(term, _case(values))


def _build_quota(term: Term, values: Values) -> p.Quota:
    return p.Quota(term, _case(values), _hours(values), values["limit"])


def _build_bulk_extension(term: Term, values: Values) -> p.BulkExtension:
    """Days are the last valid days of passes; a pass expires at the end of its last valid day."""
    first, last, good = (values[key] for key in ("ending_from", "ending_through", "good_through"))
    if not first <= last <= good:
        raise ValueError("ending_from, ending_through and good_through do not follow one another")
    beyond = end_of_day(last + timedelta(days=1))
    return p.BulkExtension(
        term, values["pass_kinds"], values["residents_of"], end_of_day(first), beyond, end_of_day(good)
    )


def _case(values: Values) -> GateCase:
    named = {key: values[key] for key in ("directions", "categories") if key in values}
    return GateCase(values["checkpoints"], **named)


def _hours(values: Values) -> Hours:
    return Hours(values.get("weekdays", _EVERY_DAY), *values["hours"])


_GATE_OPTIONAL: dict[str, FieldReader] = {
    "directions": f.list_of(f.choice(f.member_names(Direction))),
    "categories": f.list_of(f.choice(f.member_names(Category))),
}
_HOURS_OPTIONAL: dict[str, FieldReader] = {**_GATE_OPTIONAL, "weekdays": f.weekdays}

SHAPES: dict[Kind, Shape] = {
    Kind.FEE: Shape(
        _build_plain(p.Fee),
        {"purpose": f.choice(f.member_names(Purpose)), "amount_riel": f.whole(0, 100_000_000)},
    ),
    Kind.VALIDITY: Shape(
        _build_validity,
        {"pass_kind": f.choice(f.member_names(PassKind))},
        {"years": f.whole(0, 20), "days": f.whole(0, 3_660)},
    ),
    Kind.PROCESSING_TIME: Shape(
        _build_processing_time,
        {
            "law_days": f.whole(1, 365),
            "practice_days": f.whole(1, 365),
            "counted_in": f.choice(f.member_names(DayCount)),
        },
    ),
    Kind.DELEGATION: Shape(_build_delegation, {"level": f.choice(f.member_names(Level)), "residents_of": _LAND}),
    Kind.ELIGIBILITY: Shape(_build_eligibility, {"residents_of": _LAND}),
    Kind.COMPANIONS: Shape(
        _build_plain(p.Companions),
        {"under_age_years": f.whole(1, 18), "at_most": f.whole(0, COMPANIONS_MAX)},
    ),
    Kind.REVENUE_SPLIT: Shape(
        _build_revenue_split,
        {"district_percent": f.whole(0, 100), "province_percent": f.whole(0, 100)},
    ),
    Kind.ACCEPTANCE: Shape(
        _build_acceptance,
        {"checkpoints": f.gates, "pass_kinds": _KINDS, "residents_of": _LAND},
        _GATE_OPTIONAL,
    ),
    Kind.OPENING: Shape(_build_opening, {"checkpoints": f.gates, "hours": f.hours}, _HOURS_OPTIONAL),
    Kind.CLOSURE: Shape(_build_closure, {"checkpoints": f.gates}, _GATE_OPTIONAL),
    Kind.QUOTA: Shape(
        _build_quota,
        {"checkpoints": f.gates, "hours": f.hours, "limit": f.whole(0, 1_000_000)},
        _HOURS_OPTIONAL,
    ),
    Kind.STAY: Shape(_build_plain(p.Stay), {"pass_kinds": _KINDS, "days": f.whole(0, 365)}),
    Kind.AREA: Shape(_build_plain(p.Area), {"places": f.list_of(f.text(200))}),
    Kind.BULK_EXTENSION: Shape(
        _build_bulk_extension,
        {
            "pass_kinds": _KINDS,
            "residents_of": _LAND,
            "ending_from": f.day,
            "ending_through": f.day,
            "good_through": f.day,
        },
    ),
    Kind.REFUND: Shape(
        _build_plain(p.Refund),
        {"ending": f.choice(f.member_names(Ending)), "percent": f.whole(0, 100)},
    ),
}
