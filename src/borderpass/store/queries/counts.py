"""How many? Sums over events and records, never over states: what happened once is counted once."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Substr, TruncDate

from borderpass.domain.actors import EVERYWHERE, Act, Actor, StaffRole
from borderpass.domain.again import Again
from borderpass.domain.application import Event
from borderpass.domain.local_time import end_of_day, start_of_day
from borderpass.domain.records import Action
from borderpass.domain.standing import StandingGround
from borderpass.domain.status import Status
from borderpass.domain.verdicts import Direction
from borderpass.store.models import ApplicationEvent, IssuedPass, OldPass, Record, Refund, StatusChange
from borderpass.store.queries.scans import with_last_action

OFFICE, CHECKPOINT, DAY = "office", "checkpoint", "day"


class Span(NamedTuple):
    """Local days, both included; None is open."""

    first: date | None
    last: date | None

    def within(self, field: str) -> Q:
        """Return the condition that an instant lies in the span."""
        condition = Q()
        if self.first is not None:
            condition &= Q(**{f"{field}__gte": start_of_day(self.first)})
        if self.last is not None:
            condition &= Q(**{f"{field}__lt": end_of_day(self.last)})
        return condition


class Counted(NamedTuple):
    """So many of one thing under one key (an office, a gate, a day, or nothing)."""

    key: Any
    name: str
    value: int


_NAME_OF_EVENT = {
    Event.LODGE: "lodged",
    Event.PAY: "paid",
    Event.APPROVE: "approved",
    Event.RETURN: "returned",
    Event.REFUSE: "refused",
    Event.WITHDRAW: "withdrawn",
    Event.SPOIL: "spoiled",
    Event.HAND_OVER: "handed_over",
}
_NAME_OF_STATUS = {Status.REVOKED: "revoked", Status.SUSPENDED: "suspended", Status.VALID: "reinstated"}
_NAME_OF_AGAIN = {
    Again.RENEWAL: "renewed",
    Again.EXTENSION: "extended",
    Again.REPLACEMENT: "replaced",
    Again.CORRECTION: "corrected",
}
"""Of the passes issued, those about which there was a pass already."""
OFFICE_NAMES = (
    "lodged",
    "paid",
    "fee_riel",
    "refund_riel",
    "returned",
    "refused",
    "withdrawn",
    "approved",
    "issued",
    "renewed",
    "extended",
    "replaced",
    "corrected",
    "printed",
    "reprinted",
    "spoiled",
    "handed_over",
    "revoked",
    "suspended",
    "reinstated",
    "superseded",
    "old_books",
)
GATE_NAMES = ("scans", "exits", "entries", "referred", "turned_back", "without_action")


def _scope(actor: Actor, path: str) -> Q | None:
    """Return the condition that an office is in the actor's scope, or None when none is."""
    if not actor.may(Act.READ_OFFICE):
        return None
    if actor.scope == EVERYWHERE:
        return Q()
    if actor.role is StaffRole.PROVINCIAL_OFFICER:
        return Q(**{f"{path}__code__startswith": actor.scope[:2]})
    return Q(**{path: actor.scope})


def count_offices(actor: Actor, span: Span, by: str | None) -> Iterator[Counted]:
    """Yield what the offices of an actor's scope did in a span, by office, by day, or in all."""
    in_scope = _scope(actor, "application__office")
    if in_scope is None or by == CHECKPOINT:
        return
    events = ApplicationEvent.objects.filter(in_scope, span.within("at"))
    key = {OFFICE: F("application__office_id"), DAY: TruncDate("at")}.get(by or "")
    for event, name in _NAME_OF_EVENT.items():
        yield from _grouped(events.filter(event=event), key, name)
    # A print is a reprint when the same application was printed before, whenever that was.
    earlier = ApplicationEvent.objects.filter(
        application=OuterRef("application"), event=Event.PRINT, seq__lt=OuterRef("seq")
    )
    prints = events.filter(event=Event.PRINT).annotate(earlier=Subquery(earlier.values("id")[:1]))
    yield from _grouped(prints.filter(earlier=None), key, "printed")
    yield from _grouped(prints.exclude(earlier=None), key, "reprinted")
    yield from _count_money(events, key)
    yield from _count_refunds(actor, span, by)
    yield from _count_passes(actor, span, by)
    yield from _count_old_books(actor, span, by)


def _count_money(events: QuerySet[Any], key: Any) -> Iterator[Counted]:
    paid = events.filter(event=Event.PAY)
    total = Sum("application__receipt__amount_riel")
    if key is None:
        yield Counted(None, "fee_riel", paid.aggregate(total=total)["total"] or 0)
        return
    for row in paid.annotate(key=key).values("key").annotate(total=total).order_by("key"):
        yield Counted(row["key"], "fee_riel", row["total"])


def _count_refunds(actor: Actor, span: Span, by: str | None) -> Iterator[Counted]:
    """Yield what was given back of fees, on the day on which it was. Payments that were no fees are not among them."""
    given = Refund.objects.filter(_scope(actor, "office") or Q(), span.within("given_at"), receipt__isnull=False)
    total, key = Sum("amount_riel"), {OFFICE: F("office_id"), DAY: TruncDate("given_at")}.get(by or "")
    if key is None:
        yield Counted(None, "refund_riel", given.aggregate(total=total)["total"] or 0)
        return
    for row in given.annotate(key=key).values("key").annotate(total=total).order_by("key"):
        yield Counted(row["key"], "refund_riel", row["total"])


def _count_passes(actor: Actor, span: Span, by: str | None) -> Iterator[Counted]:
    passes = IssuedPass.objects.filter(_scope(actor, "office") or Q(), span.within("issued_at"), qr_text__isnull=False)
    key = {OFFICE: F("office_id"), DAY: TruncDate("issued_at")}.get(by or "")
    yield from _grouped(passes, key, "issued")
    for again, name in _NAME_OF_AGAIN.items():
        yield from _grouped(passes.filter(application__follow_up__again=again), key, name)
    changes = StatusChange.objects.filter(_scope(actor, "issued_pass__office") or Q(), span.within("at"))
    key = {OFFICE: F("issued_pass__office_id"), DAY: TruncDate("at")}.get(by or "")
    taken_away = changes.exclude(code=StandingGround.SUPERSEDED)
    for status, name in _NAME_OF_STATUS.items():
        yield from _grouped(taken_away.filter(status=status), key, name)
    yield from _grouped(changes.filter(code=StandingGround.SUPERSEDED), key, "superseded")


def _count_old_books(actor: Actor, span: Span, by: str | None) -> Iterator[Counted]:
    """Yield how many passes of the old books were imported and not taken back, on the day of the import."""
    passes = OldPass.objects.filter(_scope(actor, "office") or Q(), span.within("book__imported_at"))
    key = {OFFICE: F("office_id"), DAY: TruncDate("book__imported_at")}.get(by or "")
    yield from _grouped(passes, key, "old_books")


def scans_with_last_action(actor: Actor) -> QuerySet[Any]:
    """Return the scans in an actor's scope, each with its last action: a correction counts, not what it corrects."""
    scans, in_scope = with_last_action(Record.objects.filter(kind=Record.SCAN)), crossings_scope(actor)
    return scans.none() if in_scope is None else scans.filter(in_scope)


def crossings_scope(actor: Actor) -> Q | None:
    """Return the condition that a crossing (its checkpoint and pass number) is in an actor's scope, None where none is.

    A gate sees what happens there, an office what happens with its own passes.
    """
    if actor.scope == EVERYWHERE and (actor.may(Act.READ_GATE) or actor.may(Act.READ_OFFICE)):
        return Q()
    if actor.may(Act.READ_GATE):
        return Q(checkpoint=actor.scope)
    if actor.may(Act.READ_OFFICE):
        return Q(pass_number__startswith=actor.scope[:2] if _of_province(actor) else actor.scope)
    return None


def _of_province(actor: Actor) -> bool:
    return actor.role is StaffRole.PROVINCIAL_OFFICER


def count_gates(actor: Actor, span: Span, by: str | None) -> Iterator[Counted]:
    """Yield what happened at the gates: a crossing is a scan whose last action is to admit.

    By office means: with passes of that office. An office sees the crossings of its own passes, a gate its own.
    """
    scans = scans_with_last_action(actor).filter(span.within("at"))
    key = {CHECKPOINT: F("checkpoint"), DAY: TruncDate("at"), OFFICE: Substr("pass_number", 1, 4)}.get(by or "")
    admitted = scans.filter(last_action=Action.ADMIT.name.lower())
    yield from _grouped(scans, key, "scans")
    yield from _grouped(admitted.filter(direction=Direction.EXIT), key, "exits")
    yield from _grouped(admitted.filter(direction=Direction.ENTRY), key, "entries")
    yield from _grouped(scans.filter(last_action=Action.REFER.name.lower()), key, "referred")
    yield from _grouped(scans.filter(last_action=Action.TURN_BACK.name.lower()), key, "turned_back")
    yield from _grouped(scans.filter(last_action=None), key, "without_action")


def _grouped(rows: QuerySet[Any], key: Any, name: str) -> Iterator[Counted]:
    if key is None:
        yield Counted(None, name, rows.count())
        return
    for row in rows.annotate(key=key).values("key").annotate(value=Count("id")).order_by("key"):
        yield Counted(row["key"], name, row["value"])
