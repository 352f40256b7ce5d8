"""What does the officer see? Findings become one verdict; nothing here can fail."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from borderpass.domain.reasons import Reason
from borderpass.domain.verdicts import Direction, Verdict

_PRIORITY = attrgetter("priority")


class Finding(NamedTuple):
    """One rule's result. A finding without a reason permits, and names the order that does.

    `back_by` is the last day of the stay that an exit now would begin.
    """

    reason: Reason | None
    verdict: Verdict
    order_ids: tuple[str, ...] = ()
    back_by: date | None = None


class Decision(NamedTuple):
    """The verdict, why, until when the holder has to be back, and on which orders all this rests."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    back_by: date | None = None
    order_ids: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def against(reason: Reason, direction: Direction, *order_ids: str) -> Finding:
    """Return the finding that a reason stands against a crossing in a direction."""
    return Finding(reason, reason.verdict_on(direction), order_ids)


@lru_cache(maxsize=4096)
def permits(*order_ids: str, back_by: date | None = None) -> Finding:
    """Return the finding that an order permits."""
    return Finding(None, Verdict.ADMIT, order_ids, back_by)


def decide(findings: Sequence[Finding]) -> Decision:
    """Return the strictest of all findings, its reasons first things first.

    Total: no findings at all means that nothing was examined, which is REFER. The orders named are those of the
    findings that carry the verdict, so a refusal cites what refuses and an admission what admits.
    """
    if not findings:
        return Decision(Verdict.REFER, ())
    verdict, back_by = Verdict.ADMIT, None
    reasons: dict[Reason, None] = {}
    for reason, strictness, _, day in findings:
        if reason is not None:
            reasons[reason] = None
        verdict = max(verdict, strictness)
        if day is not None and (back_by is None or day < back_by):
            back_by = day
    orders = dict.fromkeys([order for _, strictness, ids, _ in findings if strictness is verdict for order in ids])
    return Decision(
        verdict,
        tuple(sorted(reasons, key=_PRIORITY)) if reasons else (),
        None if verdict is Verdict.REFUSE else back_by,
        tuple(orders),
    )
