"""Which provisions are in force, and which are already decided for later?"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from borderpass.domain.provisions import (
    Acceptance,
    BulkExtension,
    Category,
    Closure,
    Opening,
    Provision,
    Quota,
    Stay,
)
from borderpass.domain.verdicts import Direction

GateProvision = Acceptance | Opening | Closure | Quota
P = TypeVar("P")
_CACHED_CASES = 4096


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """What holds for one case (gate, direction, category) within one span of time in which no provision begins or ends.

    The span is numbered by the boundaries of the rulebook's terms.
    """

    span: int
    closures: tuple[Closure, ...]
    openings: tuple[Opening, ...]
    acceptances: tuple[Acceptance, ...]
    quotas: tuple[Quota, ...]
    stays: tuple[Stay, ...]
    bulk_extensions: tuple[BulkExtension, ...]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The compiled provisions of all orders, as signed by the national authority.

    What is derived from `provisions` is kept beside them: the boundaries between which nothing changes, and the rules
    of each case that was asked for last.
    """

    serial: int
    issued_at: datetime
    provisions: tuple[Provision, ...]
    _boundaries: list[datetime] = field(init=False, repr=False, compare=False)
    _cases: dict[tuple[str, Direction, Category], RulesInForce] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        instants = {provision.term.from_at for provision in self.provisions}
        instants |= {provision.term.until_at for provision in self.provisions if provision.term.until_at is not None}
        object.__setattr__(self, "_boundaries", sorted(instants))
        object.__setattr__(self, "_cases", {})

    def in_force(self, kind: type[P], at: datetime) -> Iterator[P]:
        """Yield the provisions of one type that hold at an instant."""
        for provision in self.provisions:
            if isinstance(provision, kind) and provision.term.holds_at(at):
                yield provision

    def in_force_at_gate(self, kind: type[P], checkpoint: str, at: datetime) -> Iterator[P]:
        """Yield the gate provisions of one type that hold at an instant and name the gate, or any gate."""
        for provision in self.in_force(kind, at):
            if isinstance(provision, GateProvision) and provision.case.names(checkpoint):
                yield provision

    def rules_for(self, checkpoint: str, direction: Direction, category: Category, at: datetime) -> RulesInForce:
        """Return all that holds for a case at an instant. A gate asks this for every traveller, so it is kept."""
        span = bisect_right(self._boundaries, at)
        case = (checkpoint, direction, category)
        rules = self._cases.get(case)
        if rules is None or rules.span != span:
            rules = self._gather(case, at, span)
            if len(self._cases) >= _CACHED_CASES:
                self._cases.clear()
            self._cases[case] = rules
        return rules

    def _gather(self, case: tuple[str, Direction, Category], at: datetime, span: int) -> RulesInForce:
        def at_gate(kind: type[P]) -> tuple[P, ...]:
            return tuple(
                provision
                for provision in self.in_force(kind, at)
                if isinstance(provision, GateProvision) and provision.case.covers(*case)
            )

        return RulesInForce(
            span=span,
            closures=at_gate(Closure),
            openings=at_gate(Opening),
            acceptances=at_gate(Acceptance),
            quotas=at_gate(Quota),
            stays=tuple(self.in_force(Stay, at)),
            bulk_extensions=tuple(self.in_force(BulkExtension, at)),
        )
