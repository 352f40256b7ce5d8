"""What can a legal order provide? One frozen dataclass for each kind of provision.

An order is prose; a provision is the part of it that a machine can apply. Each stands alone: who, where, when, how
much. There is no expression language: `domain.rules` and `domain.terms` apply them with ordinary code.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import ClassVar

from borderpass.domain.passes import PassKind
from borderpass.domain.verdicts import Direction

ANY_CHECKPOINT = "*"
MINUTES_A_DAY = 24 * 60


class Category(StrEnum):
    """Whom a gate's order may treat apart."""

    ORDINARY = "ordinary"
    STUDENT = "student"
    MEDICAL = "medical"


class Purpose(StrEnum):
    """What a fee is taken for."""

    NEW = "new"
    EXTENSION = "extension"
    REPLACEMENT = "replacement"
    ONE_TIME = "one_time"
    CORRECTION = "correction"


class Level(StrEnum):
    """Whose governor signs."""

    DISTRICT = "district"
    PROVINCE = "province"


class DayCount(StrEnum):
    """How days are counted."""

    CALENDAR = "calendar"
    WORKING = "working"


class Ending(StrEnum):
    """How an application ends without a pass after its fee was paid."""

    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Kind(IntEnum):
    """The kinds of provision; the numbers are those on the wire."""

    FEE = 1
    VALIDITY = 2
    PROCESSING_TIME = 3
    DELEGATION = 4
    ELIGIBILITY = 5
    COMPANIONS = 6
    REVENUE_SPLIT = 7
    ACCEPTANCE = 8
    OPENING = 9
    CLOSURE = 10
    QUOTA = 11
    STAY = 12
    AREA = 13
    BULK_EXTENSION = 14
    REFUND = 15


@dataclass(frozen=True, slots=True)
class Term:
    """Which order says it, and from when until when it holds: [from_at, until_at), aware; None is open-ended."""

    provision_id: str
    order_number: str
    from_at: datetime
    until_at: datetime | None = None

    def holds_at(self, at: datetime) -> bool:
        """Tell whether the provision is in force at an instant."""
        return self.from_at <= at and (self.until_at is None or at < self.until_at)


@dataclass(frozen=True, slots=True)
class GateCase:
    """Whom at which gate a provision speaks of. Each part lists what it covers; gates may be ANY_CHECKPOINT."""

    checkpoints: tuple[str, ...]
    directions: tuple[Direction, ...] = (Direction.EXIT, Direction.ENTRY)
    categories: tuple[Category, ...] = (Category.ORDINARY, Category.STUDENT, Category.MEDICAL)

    def names(self, checkpoint: str) -> bool:
        """Tell whether it speaks of a gate."""
        return checkpoint in self.checkpoints or ANY_CHECKPOINT in self.checkpoints

    def covers(self, checkpoint: str, direction: Direction, category: Category) -> bool:
        """Tell whether a traveller at a gate falls under it."""
        return self.names(checkpoint) and direction in self.directions and category in self.categories


@dataclass(frozen=True, slots=True)
class Hours:
    """Weekdays (1 Monday to 7 Sunday) and minutes of the local day: open from `opens_min` until `closes_min`."""

    weekdays: tuple[int, ...]
    opens_min: int
    closes_min: int

    def include(self, weekday: int, minute: int) -> bool:
        """Tell whether a local weekday and minute fall within."""
        return weekday in self.weekdays and self.opens_min <= minute < self.closes_min


@dataclass(frozen=True, slots=True)
class Fee:
    """What one application costs, in whole riel."""

    kind: ClassVar = Kind.FEE
    term: Term
    purpose: Purpose
    amount_riel: int


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a pass of a kind is valid: years, or days where an order counts in days."""

    kind: ClassVar = Kind.VALIDITY
    term: Term
    pass_kind: PassKind
    years: int
    days: int


@dataclass(frozen=True, slots=True)
class ProcessingTime:
    """How many days an office has to produce a pass, and how many it takes in practice."""

    kind: ClassVar = Kind.PROCESSING_TIME
    term: Term
    law_days: int
    practice_days: int
    counted_in: DayCount


@dataclass(frozen=True, slots=True)
class Delegation:
    """At which level governors may approve and sign, for residents of which land."""

    kind: ClassVar = Kind.DELEGATION
    term: Term
    level: Level
    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Permanent residents of which land may hold a pass."""

    kind: ClassVar = Kind.ELIGIBILITY
    term: Term
    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Companions:
    """Children under which age travel on a parent's pass, and how many at most."""

    kind: ClassVar = Kind.COMPANIONS
    term: Term
    under_age_years: int
    at_most: int


@dataclass(frozen=True, slots=True)
class RevenueSplit:
    """How the fee is shared, in percent; the two sum to 100."""

    kind: ClassVar = Kind.REVENUE_SPLIT
    term: Term
    district_percent: int
    province_percent: int


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Which gate takes which kind of pass of residents of which land."""

    kind: ClassVar = Kind.ACCEPTANCE
    term: Term
    case: GateCase
    pass_kinds: tuple[PassKind, ...]
    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """When a gate is open, and for whom."""

    kind: ClassVar = Kind.OPENING
    term: Term
    case: GateCase
    hours: Hours


@dataclass(frozen=True, slots=True)
class Closure:
    """A gate is closed, and for whom."""

    kind: ClassVar = Kind.CLOSURE
    term: Term
    case: GateCase


@dataclass(frozen=True, slots=True)
class Quota:
    """How many may cross at a gate in one session (one local day's stretch of hours)."""

    kind: ClassVar = Kind.QUOTA
    term: Term
    case: GateCase
    hours: Hours
    limit: int


@dataclass(frozen=True, slots=True)
class Stay:
    """How many days a holder of a pass may stay after an exit; the day of the exit is day nought."""

    kind: ClassVar = Kind.STAY
    term: Term
    pass_kinds: tuple[PassKind, ...]
    days: int


@dataclass(frozen=True, slots=True)
class Area:
    """Where on the other side a pass holder may go: names as the order writes them (shown, not tested)."""

    kind: ClassVar = Kind.AREA
    term: Term
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BulkExtension:
    """Passes that expire within [expires_from_at, expires_until_at) are good until `extended_until_at`."""

    kind: ClassVar = Kind.BULK_EXTENSION
    term: Term
    pass_kinds: tuple[PassKind, ...]
    prefixes: tuple[str, ...]
    expires_from_at: datetime
    expires_until_at: datetime
    extended_until_at: datetime


@dataclass(frozen=True, slots=True)
class Refund:
    """How much of its fee is given back, in percent, when an application ends before it is approved."""

    kind: ClassVar = Kind.REFUND
    term: Term
    ending: Ending
    percent: int


Provision = (
    Fee
    | Validity
    | ProcessingTime
    | Delegation
    | Eligibility
    | Companions
    | RevenueSplit
    | Acceptance
    | Opening
    | Closure
    | Quota
    | Stay
    | Area
    | BulkExtension
    | Refund
)


def falls_under(code: str, prefixes: tuple[str, ...]) -> bool:
    """Tell whether a gazetteer code lies in the land that any of the prefixes names."""
    return code.startswith(prefixes)
