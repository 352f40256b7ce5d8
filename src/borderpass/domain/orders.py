"""What do the legal orders, taken together, provide at an instant?

An order has dates and may supersede others; what is left of each provision are its pieces in time. A
rulebook holds the pieces that are in force or already decided for later. Dates are local days in Phnom Penh,
intervals half-open. orders/README.md says the same to whoever writes an order.

1. A provision holds from its order's first day to the end of its last one, or within narrower dates of its
   own. A trial that is extended automatically has no end.
2. An order takes the place of what it supersedes for as long as it is in force itself, and so of what that
   had superseded. So an order superseded for good does not bring back what it replaced; one that ends does.
3. For each case at most one provision of a kind speaks at a time, so that there is one order to name.
4. Some questions must always have an answer once the first order has given one, and a gate that accepts
   passes must have hours or be closed (`domain.order_conflicts`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from borderpass.domain.local_time import end_of_day, start_of_day
from borderpass.domain.order_conflicts import (
    FOREVER,
    OrderProblem,
    Piece,
    Span,
    find_gaps,
    find_gates_without_hours,
    find_overlaps,
    span_of,
    subtract,
)
from borderpass.domain.provisions import Provision
from borderpass.domain.rulebook import Rulebook
from borderpass.domain.trust import Names

__all__ = [
    "DraftProvision",
    "Evidence",
    "Order",
    "OrderProblem",
    "as_if_from",
    "compile_rulebook",
    "find_conflicts",
    "find_pieces",
]


class Evidence(StrEnum):
    """How well an order is supported: by a public source, by a trial here, or by our assumption alone."""

    STATED = "stated"
    TRIED = "tried"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class DraftProvision:
    """A provision as its order drafts it, superseders left aside, and the line it begins on."""

    provision: Provision
    line: int


@dataclass(frozen=True, slots=True)
class Order:
    """One legal order. `ends_on` is its last day, inclusive; None is open-ended.

    `supersedes` holds order numbers, or `ORDER/provision-id` for one provision of an order;
    `supersedes_lines` the line that each stands on, or nothing where an order was not read from a file.
    """

    number: str
    title: Names
    authority: Names
    evidence: Evidence
    source: str
    signed_on: date
    in_force_on: date
    ends_on: date | None
    extended_automatically: bool
    supersedes: tuple[str, ...]
    provisions: tuple[DraftProvision, ...]
    file_name: str
    line: int = 1
    supersedes_lines: tuple[int, ...] = ()

    @property
    def span(self) -> Span:
        """From when until when the order is in force by its own dates; an automatic extension has no end."""
        ends = FOREVER if self.ends_on is None or self.extended_automatically else end_of_day(self.ends_on)
        return start_of_day(self.in_force_on), ends


def as_if_from(order: Order, day: date) -> Order:
    """Return an order as if it had come into force on an earlier day, for trying it on what has happened since."""
    begins = start_of_day(day)
    if begins >= order.span[0]:
        return order
    provisions = tuple(
        replace(draft, provision=replace(draft.provision, term=replace(draft.provision.term, from_at=begins)))
        if draft.provision.term.from_at == order.span[0]
        else draft
        for draft in order.provisions
    )
    return replace(order, in_force_on=day, provisions=provisions)


def compile_rulebook(
    orders: Sequence[Order], at: datetime, serial: int, issued_at: datetime
) -> Rulebook | list[OrderProblem]:
    """Return the rulebook at an aware instant: what is in force then and what is decided for later.

    It does not depend on the order of `orders`. Where these have problems, past ones too, those are returned.
    """
    problems = find_conflicts(orders)
    if problems:
        return problems
    provisions = tuple(piece.provision for piece in find_pieces(orders) if at < piece.span[1])
    return Rulebook(serial, issued_at, provisions)


def find_conflicts(orders: Sequence[Order]) -> list[OrderProblem]:
    """Return all contradictions and gaps between orders over all time, sorted by file and line.

    When the orders do not even name each other rightly, only that is returned: pieces would mean nothing.
    """
    problems = _find_bad_names(orders)
    if not problems:
        pieces = find_pieces(orders)
        problems = [*find_overlaps(pieces), *find_gaps(pieces), *find_gates_without_hours(pieces)]
    return sorted(problems, key=lambda problem: (problem.file_name, problem.line, problem.message))


def find_pieces(orders: Sequence[Order]) -> list[Piece]:
    """Return what is left of each provision once its superseders have taken their time, in a fixed order.

    Expects orders whose supersessions name what exists and run in no circle.
    """
    taken = _superseded_spans(orders)
    pieces = []
    for order in orders:
        for draft in order.provisions:
            term = draft.provision.term
            for begins, ends in subtract([span_of(term)], taken.get(term.provision_id, ())):
                own = replace(term, from_at=begins, until_at=None if ends == FOREVER else ends)
                pieces.append(Piece(replace(draft.provision, term=own), order.file_name, draft.line))
    return sorted(pieces, key=lambda piece: (int(piece.provision.kind), piece.id, piece.span))


def _find_bad_names(orders: Sequence[Order]) -> list[OrderProblem]:
    """Return numbers given twice, and supersessions of the unknown, of the order itself or in a circle."""
    problems = []
    by_number: dict[str, Order] = {}
    for order in orders:
        first = by_number.setdefault(order.number, order)
        if first is not order:
            message = f"order {order.number} is already in {first.file_name}; each order has one file"
            problems.append(OrderProblem(order.file_name, order.line, message))
    for order in orders:
        for target, line in _targets(order):
            resolved = _resolve(target, by_number)
            if resolved is None:
                message = f"supersedes {target}, but there is no such order or provision"
            elif resolved[0].number == order.number:
                message = f"supersedes {target}, which is the order itself; narrow its dates instead"
            elif order.number in _reached(resolved[0].number, by_number):
                message = f"supersedes {target}, which supersedes it in turn; only the later one may"
            else:
                continue
            problems.append(OrderProblem(order.file_name, line, message))
    return problems


def _targets(order: Order) -> Iterator[tuple[str, int]]:
    lines = order.supersedes_lines or (order.line,) * len(order.supersedes)
    return zip(order.supersedes, lines, strict=True)


def _resolve(target: str, by_number: Mapping[str, Order]) -> tuple[Order, tuple[str, ...]] | None:
    """Return the order that a target names and the ids of the provisions meant by it.

    Official numbers hold slashes too, so a whole number is tried first.
    """
    older = by_number.get(target)
    if older is not None:
        return older, tuple(draft.provision.term.provision_id for draft in older.provisions)
    older = by_number.get(target.rpartition("/")[0])
    if older is None or all(draft.provision.term.provision_id != target for draft in older.provisions):
        return None
    return older, (target,)


def _reached(number: str, by_number: Mapping[str, Order]) -> set[str]:
    """Return the numbers of all orders that an order supersedes, wholly or in part, directly or not."""
    reached: set[str] = set()
    waiting = [number]
    while waiting:
        for target in by_number[waiting.pop()].supersedes:
            resolved = _resolve(target, by_number)
            if resolved is not None and resolved[0].number not in reached:
                reached.add(resolved[0].number)
                waiting.append(resolved[0].number)
    return reached


def _superseded_spans(orders: Sequence[Order]) -> dict[str, list[Span]]:
    """Return by provision id when other orders are in force in its place."""
    by_number = {order.number: order for order in orders}
    spans: dict[str, list[Span]] = {}
    for order in orders:
        for provision_id in _replaced_by(order, by_number):
            spans.setdefault(provision_id, []).append(order.span)
    return spans


def _replaced_by(order: Order, by_number: Mapping[str, Order]) -> set[str]:
    """Return the ids of all provisions whose place an order takes; of a whole order, also what that took."""
    replaced: set[str] = set()
    waiting, seen = [order], {order.number}
    while waiting:
        for target in waiting.pop().supersedes:
            resolved = _resolve(target, by_number)
            if resolved is None:
                continue
            older, provision_ids = resolved
            replaced.update(provision_ids)
            if target == older.number and older.number not in seen:
                seen.add(older.number)
                waiting.append(older)
    return replaced
