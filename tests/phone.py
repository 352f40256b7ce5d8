"""What does a phone at a gate write and send? The same records as a real one, and others where a test says so."""

from datetime import datetime
from typing import Any
from uuid import UUID

from borderpass.domain.bundle import Bundle
from borderpass.domain.chain import CaseKind
from borderpass.domain.records import (
    FIRST_PREVIOUS,
    ActedBy,
    Action,
    ActionRecord,
    DeviceDecision,
    DeviceRecord,
    Link,
    ScanRecord,
)
from borderpass.domain.scan import LastCrossing, Scan
from borderpass.domain.verdicts import Direction, Verdict
from borderpass.services.enrol_device import enrol_device
from borderpass.services.record_scans import Acknowledgement, Receipt, record_scans
from borderpass.services.verify_pass import verify_pass
from borderpass.store.keys import new_id
from borderpass.store.models import Case, Device
from borderpass.wire.records import digest_of_record, write_batch, write_record
from tests.cases.keys import signer
from tests.cast import GATE, MINISTRY
from tests.installation import NOW, Installation, done

APP_VERSION = "tests"


class Phone:
    """A phone that is enrolled at a gate. `outbox` holds what it wrote, in order; it is never shortened."""

    def __init__(
        self,
        installation: Installation,
        bundle: Bundle,
        direction: Direction = Direction.EXIT,
        checkpoint: str = GATE,
        key: str = "phone",
    ) -> None:
        self.installation, self.bundle, self.direction, self.checkpoint = installation, bundle, direction, checkpoint
        self.signer = signer(key)
        self.device: Device = done(enrol_device(self.signer.point, checkpoint, "lane 1", direction, MINISTRY, NOW))
        self.outbox: list[bytes] = []
        self.seq, self.previous = 0, FIRST_PREVIOUS

    def scan(self, text: str, at: datetime = NOW, **changes: Any) -> UUID:
        """Write a scan with the decision that belongs to it, and return its id. `changes` are fields of the record."""
        last: LastCrossing | None = changes.pop("last", None)
        scan = changes.pop("scan", Scan(self.checkpoint, self.direction, last_crossing=last))
        decision = verify_pass(text, scan, self.bundle, at).decision
        shown = changes.pop("decision", DeviceDecision(decision.verdict, decision.reasons, decision.back_by))
        link = self.next_link(**changes.pop("link", {}))
        fields = {"bundle_serial": self.bundle.serial, "app_version": APP_VERSION, "qr_text": text} | changes
        self.write(ScanRecord(link, scan, at, decision=shown, **fields))
        return link.record_id

    def act(self, scan_id: UUID, action: Action = Action.ADMIT, at: datetime = NOW, **changes: Any) -> UUID:
        """Write what was done about a scan, and return the record's id."""
        link = self.next_link(**changes.pop("link", {}))
        by = ActedBy.CLOCK if action is Action.ADMIT else ActedBy.OFFICER
        fields = {"acted_by": by, "ground": ""} | changes
        self.write(ActionRecord(link, scan_id, action, at, **fields))
        return link.record_id

    def admit(self, text: str, at: datetime = NOW, **changes: Any) -> UUID:
        """Write a scan and the admission after it; return the scan's id."""
        scan_id = self.scan(text, at, **changes)
        self.act(scan_id, Action.ADMIT, at)
        return scan_id

    def next_link(self, **changes: Any) -> Link:
        """Return the place of the next record, or what a broken phone would write instead."""
        self.seq = changes.get("device_seq", self.seq + 1)
        usual = Link(new_id(), self.device.id, self.seq, self.previous)
        return Link(**{name: changes.get(name, getattr(usual, name)) for name in Link.__dataclass_fields__})

    def write(self, record: DeviceRecord) -> bytes:
        """Put a record into the outbox."""
        return self.put(write_record(record))

    def put(self, octets: bytes) -> bytes:
        """Put bytes into the outbox that may be a record or not."""
        self.previous = digest_of_record(octets)
        self.outbox.append(octets)
        return octets

    def batch(self, records: list[bytes] | None = None) -> bytes:
        """Return records, or the whole outbox, as one signed batch."""
        return write_batch(self.outbox if records is None else records, self.signer.kid, self.signer.sign)

    def send(self, records: list[bytes] | None = None, now: datetime = NOW) -> list[Acknowledgement]:
        """Send records, or the whole outbox, and return the answers."""
        return done(record_scans(self.device.id, self.batch(records), self.installation.root_pem, now))


def verdict(name: Verdict) -> DeviceDecision:
    """Return the decision of a phone that shows a verdict and gives no reasons."""
    return DeviceDecision(name, ())


def cases() -> list[tuple[CaseKind, UUID | None]]:
    """Return kind and record of every case, in the order in which they were opened."""
    return [(CaseKind(case.kind), case.record_id) for case in Case.objects.order_by("id")]


def kinds() -> list[CaseKind]:
    """Return the kinds of all cases, sorted."""
    return sorted(kind for kind, _ in cases())


def receipts(answers: list[Acknowledgement]) -> list[Receipt]:
    """Return what became of each record of a batch."""
    return [answer.receipt for answer in answers]
