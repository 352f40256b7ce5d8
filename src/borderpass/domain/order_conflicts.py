"""Where do provisions in force at the same time contradict each other, and where do they leave a gap?

Works on pieces: stretches of time in which a provision is in force, superseders already taken off. Each
problem names the file and the line of the provision to mend.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations, product

from borderpass.domain.local_time import last_valid_day, local_day
from borderpass.domain.order_cases import shared_case, standing_questions
from borderpass.domain.provisions import (
    ANY_CHECKPOINT,
    Acceptance,
    Category,
    Closure,
    Opening,
    Provision,
    Term,
)
from borderpass.domain.verdicts import Direction

FOREVER = datetime.max.replace(tzinfo=UTC)
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class OrderProblem:
    """What is wrong with an order, where, and what to do; line 0 means the file as a whole."""

    file_name: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file_name}, line {self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A provision in force for a stretch of time, which is its term, and where its order stands."""

    provision: Provision
    file_name: str
    line: int

    @property
    def span(self) -> Span:
        """From when until when, with an end in any case, so that spans compare."""
        return span_of(self.provision.term)

    @property
    def id(self) -> str:
        """The provision's id."""
        return self.provision.term.provision_id


def span_of(term: Term) -> Span:
    """Return a term's interval; an open one ends FOREVER."""
    return term.from_at, term.until_at or FOREVER


def subtract(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """Return what is left of spans when others are cut out of them, sorted."""
    left = list(spans)
    for cut_from, cut_until in taken:
        left = [
            part
            for begins, ends in left
            for part in ((begins, min(ends, cut_from)), (max(begins, cut_until), ends))
            if part[0] < part[1]
        ]
    return sorted(left)


def find_overlaps(pieces: Sequence[Piece]) -> Iterator[OrderProblem]:
    """Yield one problem for each two provisions that speak of one case at one time, at the later one."""
    by_kind: dict[int, list[Piece]] = {}
    for piece in sorted(pieces, key=lambda piece: (piece.span[0], piece.file_name, piece.line)):
        by_kind.setdefault(int(piece.provision.kind), []).append(piece)
    told: set[frozenset[str]] = set()
    for earlier, later in (pair for same_kind in by_kind.values() for pair in combinations(same_kind, 2)):
        begins, ends = later.span[0], min(earlier.span[1], later.span[1])
        ids = frozenset((earlier.id, later.id))
        if begins >= ends or ids in told:
            continue
        words = shared_case(earlier.provision, later.provision)
        if words is None:
            continue
        told.add(ids)
        what = f"{later.provision.kind.name.lower()}{f' for {words}' if words else ''}"
        yield OrderProblem(
            later.file_name,
            later.line,
            f"{later.id} and {earlier.id} ({earlier.file_name}, line {earlier.line}) both provide the "
            f"{what}, {in_days(begins, ends)}; let one supersede the other, or part their dates or cases",
        )


def find_gaps(pieces: Sequence[Piece]) -> Iterator[OrderProblem]:
    """Yield one problem for each time in which a standing question has lost its answer."""
    answers: dict[str, list[Piece]] = {}
    for piece in pieces:
        for question in standing_questions(piece.provision):
            answers.setdefault(question, []).append(piece)
    for question, answering in answers.items():
        first = min(piece.span[0] for piece in answering)
        for begins, ends in subtract([(first, FOREVER)], [piece.span for piece in answering]):
            last = max((piece for piece in answering if piece.span[1] <= begins), key=lambda piece: piece.span[1])
            yield OrderProblem(
                last.file_name,
                last.line,
                f"{question} is not set {in_days(begins, ends)}, once {last.id} is no longer in force; "
                "let an order provide it without a break",
            )


def find_gates_without_hours(pieces: Sequence[Piece]) -> Iterator[OrderProblem]:
    """Yield one problem for each gate that is accepting passes while no order opens or closes it."""
    acceptances = [(piece, piece.provision.case) for piece in pieces if isinstance(piece.provision, Acceptance)]
    hours = [(piece.span, piece.provision.case) for piece in pieces if isinstance(piece.provision, Opening | Closure)]
    named = {gate for _, case in [*acceptances, *hours] for gate in case.checkpoints}
    for piece, case in acceptances:
        for gate in sorted(named if ANY_CHECKPOINT in case.checkpoints else case.checkpoints):
            undefined: dict[Span, list[str]] = {}
            for direction, category in product(case.directions, case.categories):
                told = [span for span, told in hours if told.covers(gate, direction, category)]
                for span in subtract([piece.span], told):
                    undefined.setdefault(span, []).append(f"{direction} {category}")
            for span, whom in undefined.items():
                yield OrderProblem(
                    piece.file_name,
                    piece.line,
                    f"{piece.id} accepts passes at {'any gate' if gate == ANY_CHECKPOINT else gate} "
                    f"({_whom(whom)}) {in_days(*span)}, when no order gives it hours or closes it; "
                    "add an opening or a closure",
                )


def in_days(begins: datetime, ends: datetime) -> str:
    """Return a span in the words of an order, which counts whole days."""
    if ends == FOREVER:
        return f"from {local_day(begins)} on"
    return f"from {local_day(begins)} to {last_valid_day(ends)}"


def _whom(parts: Sequence[str]) -> str:
    return "everybody" if len(parts) == len(Direction) * len(Category) else ", ".join(parts)
