"""What does the phone at the gate do in the story? The same as a real one: decide alone, write its chain, send it."""

from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec

from borderpass.domain.bundle import Bundle
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
from borderpass.services.verify_pass import Outcome, verify_pass
from borderpass.signing.file_keystore import FileSigner
from borderpass.store.keys import new_id
from borderpass.wire.records import digest_of_record, write_batch, write_record

_ACTION_FOR = {Verdict.ADMIT: Action.ADMIT, Verdict.REFER: Action.REFER, Verdict.REFUSE: Action.TURN_BACK}
APP_VERSION = "demo"


class GatePhone:
    """A phone at one gate and direction, with a key of its own and a chain that it never shortens."""

    def __init__(self, checkpoint: str, direction: Direction, bundle: Bundle) -> None:
        self.checkpoint, self.direction, self.bundle = checkpoint, direction, bundle
        self.signer = FileSigner(ec.generate_private_key(ec.SECP256R1()))
        self.device_id: UUID | None = None
        self.outbox: list[bytes] = []
        self._seq, self._previous = 0, FIRST_PREVIOUS

    def scan(self, text: str, now: datetime, last: LastCrossing | None = None) -> Outcome:
        """Decide on a QR text, write the scan and what was done about it, and return what the screen shows."""
        scan = Scan(self.checkpoint, self.direction, last_crossing=last)
        outcome = verify_pass(text, scan, self.bundle, now)
        decision = outcome.decision
        link = self._next_link()
        shown = DeviceDecision(decision.verdict, decision.reasons, decision.back_by)
        self._write(ScanRecord(link, scan, now, self.bundle.serial, APP_VERSION, text, shown))
        acted_by = ActedBy.CLOCK if decision.verdict is Verdict.ADMIT else ActedBy.OFFICER
        self._write(
            ActionRecord(self._next_link(), link.record_id, _ACTION_FOR[decision.verdict], now, acted_by, ground="")
        )
        return outcome

    def batch(self) -> bytes:
        """Return everything in the outbox as one signed batch; the outbox stays as it is until it is acknowledged."""
        return write_batch(self.outbox, self.signer.kid, self.signer.sign)

    def _next_link(self) -> Link:
        if self.device_id is None:
            raise RuntimeError("the phone is not enrolled")
        self._seq += 1
        return Link(new_id(), self.device_id, self._seq, self._previous)

    def _write(self, record: DeviceRecord) -> None:
        octets = write_record(record)
        self._previous = digest_of_record(octets)
        self.outbox.append(octets)
