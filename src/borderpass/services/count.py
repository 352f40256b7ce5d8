"""What are the exact figures? And do they add up?

Definitions, once: *issued* is a signed pass, and of these *renewed*, *extended*, *replaced* and *corrected* those that
were applied for about a pass that there was already, so that the rest of *issued* is passes of people who had none;
*superseded* is an old pass whose new paper was handed over, and not among the *revoked*; *printed* the first paper of
an application, *reprinted* any further one; *handed over* a pass in its holder's hand; a *crossing* (exit, entry) a
scan whose last action is to admit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from borderpass.domain.actors import EVERYWHERE, Actor, StaffRole
from borderpass.domain.again import Again
from borderpass.domain.application import Event, ImpossibleHistoryError, State, fold
from borderpass.services.find_blank_imbalances import find_blank_imbalances
from borderpass.services.find_money_imbalances import find_money_imbalances
from borderpass.services.verify_approvals import verify_approvals
from borderpass.store.models import Application, ApplicationEvent, FollowUp, IssuedPass, Receipt, StatusChange
from borderpass.store.queries.counts import (
    CHECKPOINT,
    DAY,
    GATE_NAMES,
    OFFICE,
    OFFICE_NAMES,
    Span,
    count_gates,
    count_offices,
)

GROUPINGS = (OFFICE, CHECKPOINT, DAY)


@dataclass(frozen=True, slots=True)
class CountRow:
    """The figures of one office, gate or day, or of everything (`key` is empty); each name is always there."""

    key: str
    figures: dict[str, int]


def count(actor: Actor, first: date | None = None, last: date | None = None, by: str | None = None) -> list[CountRow]:
    """Return the figures in an actor's scope over local days (both included), in the order of their keys."""
    span = Span(first, last)
    names = GATE_NAMES if by == CHECKPOINT else OFFICE_NAMES + GATE_NAMES
    found: dict[Any, dict[str, int]] = {} if by else {None: dict.fromkeys(names, 0)}
    for one in [*count_offices(actor, span, by), *count_gates(actor, span, by)]:
        found.setdefault(one.key, dict.fromkeys(names, 0))[one.name] = one.value
    return [CountRow("" if key is None else str(key), figures) for key, figures in sorted(found.items(), key=_order)]


def _order(item: tuple[Any, dict[str, int]]) -> str:
    return "" if item[0] is None else str(item[0])


def find_imbalances() -> list[str]:
    """Return each place where the figures do not add up; an empty list is the proof that they do."""
    everything = count(Actor("counts", StaffRole.AUDITOR, EVERYWHERE))[0].figures
    waiting = Application.objects.exclude(state=State.LODGED).filter(receipt=None)
    paid_events = ApplicationEvent.objects.filter(event=Event.PAY).count()
    checks = {
        "money: receipts and payments": (Receipt.objects.count(), paid_events),
        "approved is signed or waiting": (
            everything["approved"],
            everything["issued"]
            + Application.objects.filter(state=State.APPROVED).exclude(issued_pass__qr_text__isnull=False).count(),
        ),
        "printed and spoiled papers": (
            everything["printed"] + everything["reprinted"],
            everything["spoiled"] + everything["handed_over"] + Application.objects.filter(state=State.PRINTED).count(),
        ),
        "status changes": (StatusChange.objects.count(), sum(IssuedPass.objects.values_list("changes", flat=True))),
        "papers of a number, and one that it means": (
            IssuedPass.objects.filter(current=True).count(),
            IssuedPass.objects.values("number").distinct().count(),
        ),
        "superseded is what was renewed, extended or corrected, and handed over": (
            everything["superseded"],
            FollowUp.objects.filter(application__state=State.HANDED_OVER).exclude(again=Again.REPLACEMENT).count(),
        ),
        "scans and what was done": (
            everything["scans"],
            sum(everything[name] for name in GATE_NAMES if name != "scans"),
        ),
        "nobody past the counter unpaid": (
            waiting.exclude(state__in=[State.REFUSED, State.WITHDRAWN]).count(),
            0,
        ),
    }
    uneven = [f"{what}: {one} against {other}" for what, (one, other) in checks.items() if one != other]
    return [
        *_find_broken_histories(),
        *uneven,
        *find_blank_imbalances(),
        *find_money_imbalances(),
        *verify_approvals().problems,
    ]


def _find_broken_histories() -> Iterator[str]:
    for application in Application.objects.prefetch_related("history").iterator(chunk_size=1_000):
        events = sorted(application.history.all(), key=lambda event: event.seq)
        try:
            state = fold(Event(event.event) for event in events)
        except ImpossibleHistoryError as impossible:
            yield f"application {application.reference}: its events cannot be: {impossible}"
            continue
        if state != application.state or len(events) != application.events:
            yield f"application {application.reference} is {application.state}, its events say {state}"
