"""How do many records get in at once, and what was known of a device and of a pass before them?"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery

from borderpass.domain.records import Action
from borderpass.store.models import Case, Device, Record


class RecordRow(NamedTuple):
    """A row of the record table, in the order of its columns: a thousand of these are cheaper than as many models."""

    id: UUID
    device_id: UUID
    device_seq: int | None
    kind: str
    octets: bytes
    digest: bytes
    received_at: datetime
    at: datetime | None = None
    checkpoint: str = ""
    direction: str = ""
    bundle_serial: int | None = None
    pass_key: str = ""
    pass_number: str = ""
    device_verdict: int | None = None
    verdict: int | None = None
    reasons: str = ""
    scan_id: UUID | None = None
    action: str = ""
    by_officer: bool | None = None
    ground: str = ""
    back_by: date | None = None


def known_records(ids: Iterable[UUID]) -> dict[UUID, bytes]:
    """Return the digests of those records that are kept already.

    PostgreSQL takes the ids as one array: a thousand parameters would cost more than the search.
    """
    if connection.vendor != "postgresql":
        rows = Record.objects.filter(id__in=list(ids)).values_list("id", "digest")
        return {id_: bytes(digest) for id_, digest in rows}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, digest FROM store_record WHERE id = ANY(%s)", [list(ids)])
        return {id_: bytes(digest) for id_, digest in cursor.fetchall()}


def known_chain(device: Device, seqs: Sequence[int]) -> tuple[dict[int, bytes], int]:
    """Return the digests of a device's records with these numbers or just before, and its highest number."""
    wanted = set(seqs) | {seq - 1 for seq in seqs}
    if not wanted:
        return {}, 0
    rows = Record.objects.filter(device=device, device_seq__gte=min(wanted), device_seq__lte=max(wanted))
    known = {seq: bytes(digest) for seq, digest in rows.values_list("device_seq", "digest") if seq in wanted}
    return known, Record.objects.filter(device=device).aggregate(top=Max("device_seq"))["top"] or 0


def octets_numbered(device: Device, seqs: Iterable[int]) -> list[bytes]:
    """Return the bytes of a device's records that have these numbers."""
    rows = Record.objects.filter(device=device, device_seq__in=list(seqs)).values_list("octets", flat=True)
    return [bytes(octets) for octets in rows]


def insert_records(rows: Sequence[RecordRow]) -> None:
    """Add records, all or none. PostgreSQL takes them as a COPY, which costs a fifth of an INSERT."""
    if connection.vendor != "postgresql":
        Record.objects.bulk_create([Record(**row._asdict()) for row in rows], batch_size=100)
        return
    names = ", ".join(f'"{column}"' for column in RecordRow._fields)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{Record._meta.db_table}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def insert_cases(cases: Sequence[Case]) -> None:
    """Add cases."""
    Case.objects.bulk_create(cases)


def with_last_action(scans: QuerySet[Record]) -> QuerySet[Any]:
    """Return scans, each with its last action: a correction counts, not what it corrects."""
    actions = Record.objects.filter(scan_id=OuterRef("id"), kind=Record.ACTION).order_by("-device_seq")
    return scans.annotate(last_action=Subquery(actions.values("action")[:1]))


def scans_kept(ids: Iterable[UUID]) -> set[UUID]:
    """Return those of the ids that scans are kept under."""
    return set(Record.objects.filter(id__in=list(ids), kind=Record.SCAN).values_list("id", flat=True))


def crossings_repeated(scan_ids: Iterable[UUID]) -> list[tuple[UUID, str, str]]:
    """Return those of the scans that led across the same way as the pass's crossing before: id, number, direction.

    A scan that came late is also held against the crossing after it, where that was kept before.
    """
    crossings = with_last_action(Record.objects.filter(kind=Record.SCAN)).filter(last_action=Action.ADMIT.name.lower())
    of_the_pass = crossings.filter(pass_key=OuterRef("pass_key")).exclude(id=OuterRef("id"))
    before = of_the_pass.filter(at__lte=OuterRef("at")).order_by("-at")
    after = of_the_pass.filter(at__gt=OuterRef("at"), received_at__lt=OuterRef("received_at")).order_by("at")
    here = crossings.filter(id__in=list(scan_ids)).exclude(pass_key="")
    here = here.annotate(before=Subquery(before.values("direction")[:1]), after=Subquery(after.values("direction")[:1]))
    repeated = here.filter(Q(before=F("direction")) | Q(after=F("direction"))).order_by("at")
    return list(repeated.values_list("id", "pass_number", "direction"))
