"""Which provisions are in force, and which are already decided for later?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from borderpass.domain.provisions import (
    ANY_CHECKPOINT,
    Acceptance,
    Closure,
    Opening,
    Provision,
    Quota,
)

GateProvision = Acceptance | Opening | Closure | Quota
P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The compiled provisions of all orders, as signed by the national authority.

    The indices are derived from `provisions`; a gate reads only its own.
    """

    serial: int
    issued_at: datetime
    provisions: tuple[Provision, ...]
    _by_type: dict[type, tuple[Provision, ...]] = field(init=False, repr=False, compare=False)
    _by_gate: dict[str, dict[type, tuple[GateProvision, ...]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_type: dict[type, tuple[Provision, ...]] = {}
        gates: set[str] = {ANY_CHECKPOINT}
        for provision in self.provisions:
            by_type[type(provision)] = (*by_type.get(type(provision), ()), provision)
            if isinstance(provision, GateProvision):
                gates.update(provision.case.checkpoints)
        by_gate: dict[str, dict[type, tuple[GateProvision, ...]]] = {gate: {} for gate in gates}
        for gate, own in by_gate.items():
            for provision in self.provisions:
                if isinstance(provision, GateProvision) and {gate, ANY_CHECKPOINT} & set(provision.case.checkpoints):
                    own[type(provision)] = (*own.get(type(provision), ()), provision)
        object.__setattr__(self, "_by_type", by_type)
        object.__setattr__(self, "_by_gate", by_gate)

    def in_force(self, kind: type[P], at: datetime) -> Iterator[P]:
        """Yield the provisions of one type that hold at an instant."""
        for provision in self._by_type.get(kind, ()):
            if provision.term.holds_at(at):
                yield provision  # type: ignore[misc]  # the index is keyed by the very type asked for

    def in_force_at_gate(self, kind: type[P], checkpoint: str, at: datetime) -> Iterator[P]:
        """Yield the gate provisions of one type that hold at an instant and name the gate, or any gate."""
        own = self._by_gate.get(checkpoint) or self._by_gate[ANY_CHECKPOINT]
        for provision in own.get(kind, ()):
            if provision.term.holds_at(at):
                yield provision  # type: ignore[misc]  # as above
