"""Who is across? A pass is, when its last admitted crossing, at whichever gate, is an exit."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from borderpass.domain.actors import Actor
from borderpass.domain.records import Action
from borderpass.domain.verdicts import Direction
from borderpass.store.models import Record, Whereabouts
from borderpass.store.queries.counts import crossings_scope
from borderpass.store.queries.scans import with_last_action

_SAID = ("pass_number", "direction", "checkpoint", "at", "back_by")


def stays_for(actor: Actor, gate: str | None) -> QuerySet[Whereabouts]:
    """Return the passes in an actor's scope that are across, by their exits; of one gate or of all."""
    in_scope = crossings_scope(actor)
    if in_scope is None:
        return Whereabouts.objects.none()
    at_gate = Q() if gate is None else Q(checkpoint=gate)
    return Whereabouts.objects.filter(in_scope, at_gate, direction=Direction.EXIT)


def refresh_whereabouts(scan_ids: Iterable[UUID]) -> None:
    """Say anew where the passes of some scans crossed last. Call it inside the transaction that added the records.

    The rows are locked first, in order of their keys: of two batches that move the same pass at once, the second reads
    the records when the first is done. Of an exit and an entry in the same second the entry is the later one: nobody
    is kept across by a tie.
    """
    scans = Record.objects.filter(id__in=list(scan_ids), kind=Record.SCAN).exclude(pass_key="")
    numbers = dict(scans.values_list("pass_key", "pass_number"))
    if not numbers:
        return
    keys = sorted(numbers)
    Whereabouts.objects.bulk_create([Whereabouts(pass_key=key) for key in keys], ignore_conflicts=True)
    rows = list(Whereabouts.objects.select_for_update().filter(pass_key__in=keys).order_by("pass_key"))
    last = Subquery(_crossings().filter(pass_key=OuterRef("pass_key")).values("id")[:1])
    named = dict(Whereabouts.objects.filter(pass_key__in=keys).annotate(last=last).values_list("pass_key", "last"))
    found = Record.objects.defer("octets").in_bulk([scan_id for scan_id in named.values() if scan_id is not None])
    for row in rows:
        scan = found.get(named[row.pass_key])
        row.pass_number = numbers[row.pass_key]
        row.direction, row.checkpoint = (scan.direction, scan.checkpoint) if scan is not None else ("", "")
        row.at, row.back_by = (scan.at, scan.back_by) if scan is not None else (None, None)
    Whereabouts.objects.bulk_create(rows, update_conflicts=True, unique_fields=["pass_key"], update_fields=_SAID)


def _crossings() -> QuerySet[Record]:
    """Return admitted scans, latest first; `entry` stands before `exit` in the alphabet."""
    scans = with_last_action(Record.objects.filter(kind=Record.SCAN))
    return scans.filter(last_action=Action.ADMIT.name.lower()).order_by("-at", "direction", "-id")
