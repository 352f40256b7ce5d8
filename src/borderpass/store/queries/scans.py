"""How do many records get in at once, and what was known of a device and of a pass before them?"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Max

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
    """Return the digests of those records that are kept already."""
    return {id_: bytes(digest) for id_, digest in Record.objects.filter(id__in=list(ids)).values_list("id", "digest")}


def known_chain(device: Device, seqs: Sequence[int]) -> tuple[dict[int, bytes], int]:
    """Return the digests of a device's records with these numbers or just before, and its highest number."""
    wanted = set(seqs) | {seq - 1 for seq in seqs}
    if not wanted:
        return {}, 0
    rows = Record.objects.filter(device=device, device_seq__gte=min(wanted), device_seq__lte=max(wanted))
    known = {seq: bytes(digest) for seq, digest in rows.values_list("device_seq", "digest") if seq in wanted}
    return known, Record.objects.filter(device=device).aggregate(top=Max("device_seq"))["top"] or 0


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


def last_crossings(pass_keys: Iterable[str]) -> dict[str, tuple[str, Any]]:
    """Return direction and time of the last admitted scan of each pass."""
    scans = Record.objects.filter(pass_key__in=list(set(pass_keys)), kind=Record.SCAN).order_by("at")
    rows = list(scans.values_list("id", "pass_key", "direction", "at"))
    last_action: dict[UUID | None, str] = dict(
        Record.objects.filter(scan_id__in=[row[0] for row in rows], kind=Record.ACTION)
        .order_by("device_seq")
        .values_list("scan_id", "action")
    )
    admitted = Action.ADMIT.name.lower()
    return {key: (direction, at) for id_, key, direction, at in rows if last_action.get(id_) == admitted}


def scans_by_id(ids: Iterable[UUID]) -> dict[UUID, RecordRow]:
    """Return the scans of these ids that are kept."""
    rows = Record.objects.filter(id__in=list(ids), kind=Record.SCAN).values_list(*RecordRow._fields)
    return {row.id: row for row in (RecordRow(*row) for row in rows)}
