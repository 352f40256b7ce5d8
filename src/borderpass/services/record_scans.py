"""What becomes of what the gates' phones wrote down?

1. The batch is the device's: its signature holds, and the device is not revoked.
2. Each record is read on its own; one that cannot be used is kept as it came, and a case is opened.
3. A record whose id is kept already is acknowledged again and changes nothing.
4. The chain is tested: gaps, reused numbers, links that do not follow.
5. Each scan is decided again at its own time, with its own bundle and the knowledge it was decided with; the
   device's verdict stays beside ours, and a difference opens a case.
6. An admission is held against the pass's crossing before it: twice out, or twice in, opens a case.
7. Where each pass that crossed is now is said anew, from all its records.
8. All of it is stored at once, and every record of the batch is acknowledged: a phone has no reason to send it
   again, and none to throw it away before.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db import transaction

from borderpass.domain.chain import (
    CaseKind,
    ChainLink,
    clock_is_impossible,
    find_chain_faults,
)
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.records import ActedBy, ActionRecord, DeviceRecord, ScanRecord
from borderpass.services.decide_again import OwnDecision, decide_again
from borderpass.store.models import Case, Device, Record
from borderpass.store.queries.scans import (
    RecordRow,
    crossings_repeated,
    insert_cases,
    insert_records,
    known_chain,
    known_records,
    octets_numbered,
    scans_kept,
)
from borderpass.store.queries.stays import refresh_whereabouts
from borderpass.wire.records import digest_of_record, read_batch, read_record
from borderpass.wire.refusal import WireError

_DETAIL_MAX = 300
_REVOKED = Declined(Ground.DEVICE_REVOKED, "this device was revoked; what it holds is taken in by the commander")
R = TypeVar("R")


class Receipt(StrEnum):
    """What became of one record."""

    RECORDED = "recorded"
    ALREADY = "already_recorded"
    KEPT = "kept_for_a_case"


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The answer to one record of a batch, by its place in the batch. A kept record gets an id from its bytes."""

    position: int
    record_id: UUID
    receipt: Receipt


class Arrival(NamedTuple, Generic[R]):
    """A usable record with the bytes it came as, and their SHA-256."""

    record: R
    octets: bytes
    digest: bytes


@dataclass(slots=True)
class _Intake:
    """What one batch adds: rows, cases, chain links, and the acknowledgements in the order of the batch."""

    device: Device
    received_at: datetime
    rows: list[RecordRow] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    links: list[ChainLink] = field(default_factory=list)
    answers: list[Acknowledgement] = field(default_factory=list)

    def open_case(self, kind: CaseKind, record_id: UUID, detail: str) -> None:
        self.cases.append(
            Case(
                kind=kind,
                device=self.device,
                record_id=record_id,
                detail=detail[:_DETAIL_MAX],
                opened_at=self.received_at,
            )
        )


def record_scans(device_id: UUID, batch: bytes, root_pem: bytes, now: datetime) -> list[Acknowledgement] | Declined:
    """Keep the records of a device's batch; return an answer to each, or why the batch is not the device's."""
    device = Device.objects.filter(id=device_id).first()
    if device is None:
        return Declined(Ground.UNKNOWN_DEVICE, f"no device {device_id} is enrolled")
    if device.revoked_at is not None:
        return _REVOKED
    try:
        records = read_batch(batch, bytes.fromhex(device.point))
    except WireError as error:
        return Declined(Ground.BATCH_REFUSED, str(error))
    with transaction.atomic():
        # One batch of a device at a time, as the update locks its row: the chain is tested against what is there.
        # A device that was revoked since it was looked up has no row to lock.
        if not Device.objects.filter(id=device.id, revoked_at=None).update(last_contact_at=now):
            return _REVOKED
        return _take_in(device, records, root_pem, now)


def _take_in(device: Device, records: list[bytes], root_pem: bytes, now: datetime) -> list[Acknowledgement]:
    intake = _Intake(device, now)
    read = [_read(octets) for octets in records]
    names = [_name(one, octets) for one, octets in zip(read, records, strict=True)]
    known = known_records(names)
    scans: list[Arrival[ScanRecord]] = []
    actions: list[Arrival[ActionRecord]] = []
    for position, (octets, record, name) in enumerate(zip(records, read, names, strict=True)):
        digest = digest_of_record(octets)
        if known.get(name) == digest:
            intake.answers.append(Acknowledgement(position, name, Receipt.ALREADY))
        elif isinstance(record, str) or name in known or record.link.device_id != device.id:
            detail = record if isinstance(record, str) else "its id is another record's, or its device another one"
            _keep(intake, position, octets, detail, known)
        else:
            known[name] = digest
            intake.links.append(ChainLink(name, record.link.device_seq, record.link.previous, digest))
            intake.answers.append(Acknowledgement(position, name, Receipt.RECORDED))
            if isinstance(record, ScanRecord):
                scans.append(Arrival(record, octets, digest))
            else:
                actions.append(Arrival(record, octets, digest))
    decisions = decide_again([scan.record for scan in scans], root_pem)
    intake.rows += [_scan_row(intake, scan, ours) for scan, ours in zip(scans, decisions, strict=True)]
    intake.rows += [_action_row(intake, action) for action in actions]
    came_late = _test_chain(intake)
    insert_records(intake.rows)
    _test_sequence(intake, [action.record for action in actions])
    insert_cases(intake.cases)
    # A scan alone moves nobody, unless it came after what was done about it.
    refresh_whereabouts({action.record.scan_id for action in actions} | came_late)
    return intake.answers


def _read(octets: bytes) -> DeviceRecord | str:
    try:
        return read_record(octets)
    except WireError as error:
        return str(error)


def _name(record: DeviceRecord | str, octets: bytes) -> UUID:
    return _id_of_bytes(octets) if isinstance(record, str) else record.link.record_id


def _id_of_bytes(octets: bytes) -> UUID:
    """Return an id that the same bytes always get (UUIDv8, RFC 9562 section 5.8), for what has none of its own."""
    number = int.from_bytes(digest_of_record(octets)[:16], "big")
    return UUID(int=number & ~(0xF << 76) & ~(0x3 << 62) | 0x8 << 76 | 0x2 << 62)


def _keep(intake: _Intake, position: int, octets: bytes, detail: str, known: dict[UUID, bytes]) -> None:
    """Keep what cannot be used, under an id of its own bytes. The same bytes again are the same record again."""
    name, digest = _id_of_bytes(octets), digest_of_record(octets)
    intake.answers.append(Acknowledgement(position, name, Receipt.KEPT))
    if name not in known and not known_records([name]):
        known[name] = digest
        intake.rows.append(RecordRow(name, intake.device.id, None, Record.UNUSABLE, octets, digest, intake.received_at))
        intake.open_case(CaseKind.UNUSABLE, name, detail)


def _scan_row(intake: _Intake, arrival: Arrival[ScanRecord], ours: OwnDecision) -> RecordRow:
    """Return a scan's row with both decisions, and open the cases it gives rise to."""
    record, device = arrival.record, intake.device
    name, theirs = record.link.record_id, record.decision.verdict
    if ours.verdict is None:
        intake.open_case(CaseKind.BUNDLE_UNKNOWN, name, f"no bundle of serial {record.bundle_serial} was published")
    elif ours.verdict is not theirs:
        words = f"the device said {theirs.name}, we say {ours.verdict.name} {ours.reasons}"
        intake.open_case(CaseKind.DIFFERENT_VERDICT, name, words)
    if record.checkpoint != device.checkpoint or record.direction != device.direction:
        intake.open_case(CaseKind.WRONG_GATE, name, f"scanned at {record.checkpoint} {record.direction}")
    if clock_is_impossible(record.scanned_at, intake.received_at):
        intake.open_case(CaseKind.IMPOSSIBLE_CLOCK, name, f"scanned at {record.scanned_at:%Y-%m-%d %H:%M:%S}Z")
    return RecordRow(
        id=name,
        device_id=device.id,
        device_seq=record.link.device_seq,
        kind=Record.SCAN,
        octets=arrival.octets,
        digest=arrival.digest,
        received_at=intake.received_at,
        at=record.scanned_at,
        checkpoint=record.checkpoint,
        direction=record.direction.value,
        bundle_serial=record.bundle_serial,
        pass_key=ours.pass_key,
        pass_number=ours.pass_number,
        device_verdict=int(theirs),
        verdict=None if ours.verdict is None else int(ours.verdict),
        reasons=ours.reasons,
        back_by=ours.back_by,
    )


def _action_row(intake: _Intake, arrival: Arrival[ActionRecord]) -> RecordRow:
    record = arrival.record
    if clock_is_impossible(record.acted_at, intake.received_at):
        intake.open_case(
            CaseKind.IMPOSSIBLE_CLOCK, record.link.record_id, f"acted at {record.acted_at:%Y-%m-%d %H:%M:%S}Z"
        )
    return RecordRow(
        id=record.link.record_id,
        device_id=intake.device.id,
        device_seq=record.link.device_seq,
        kind=Record.ACTION,
        octets=arrival.octets,
        digest=arrival.digest,
        received_at=intake.received_at,
        at=record.acted_at,
        checkpoint=intake.device.checkpoint,
        direction=intake.device.direction,
        scan_id=record.scan_id,
        action=record.action.name.lower(),
        by_officer=record.acted_by is ActedBy.OFFICER,
        ground=record.ground,
    )


def _test_chain(intake: _Intake) -> set[UUID]:
    """Open a case for each fault of the chain; return the ids of records that came after later ones."""
    known, highest = known_chain(intake.device, [link.device_seq for link in intake.links])
    late = [link for link in intake.links if link.device_seq < highest]
    after = octets_numbered(intake.device, {link.device_seq + 1 for link in late})
    named_after = {link.device_seq - 1: link.previous for link in (read_record(octets).link for octets in after)}
    for fault in find_chain_faults(intake.links, known, highest, named_after):
        intake.open_case(fault.kind, fault.record_id, fault.detail)
    return {link.record_id for link in late}


def _test_sequence(intake: _Intake, actions: list[ActionRecord]) -> None:
    """Hold each admission against the pass's crossing before it, as far as we know of one."""
    if not actions:
        return
    scan_ids = {action.scan_id for action in actions}
    kept = scans_kept(scan_ids)
    for action in actions:
        if action.scan_id not in kept:
            intake.open_case(CaseKind.SCAN_UNKNOWN, action.link.record_id, f"no scan {action.scan_id} is kept")
    for scan_id, number, direction in crossings_repeated(kept):
        intake.open_case(CaseKind.IMPOSSIBLE_SEQUENCE, scan_id, f"{number}: {direction} follows {direction}")
