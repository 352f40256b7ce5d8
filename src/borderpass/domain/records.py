"""What does a device write down? One chain of scans and actions, numbered without gaps."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from uuid import UUID

from borderpass.domain.reasons import Reason
from borderpass.domain.scan import Scan
from borderpass.domain.verdicts import Direction, Verdict

FIRST_PREVIOUS = bytes(32)
"""What the first record of a chain names as the digest of the record before."""


class Action(IntEnum):
    """What was done with a traveller; the numbers are those on the wire."""

    ADMIT = 1
    REFER = 2
    TURN_BACK = 3


class ActedBy(IntEnum):
    """Who decided an action: the officer, or the clock (silence after an ADMIT)."""

    OFFICER = 1
    CLOCK = 2


@dataclass(frozen=True, slots=True)
class Link:
    """A record's place: its id, its device, its number there, and SHA-256 of the record before."""

    record_id: UUID
    device_id: UUID
    device_seq: int
    previous: bytes


@dataclass(frozen=True, slots=True)
class DeviceDecision:
    """What the device's screen said."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    back_by: date | None = None


@dataclass(frozen=True, slots=True)
class ScanRecord:
    """A look at a QR text: with what knowledge, when, and what the device decided.

    `scan` holds all that the rules took into account, so that the decision can be made again.
    """

    link: Link
    scan: Scan
    scanned_at: datetime
    bundle_serial: int
    app_version: str
    qr_text: str
    decision: DeviceDecision

    @property
    def checkpoint(self) -> str:
        """The gate's id."""
        return self.scan.checkpoint or ""

    @property
    def direction(self) -> Direction:
        """Which way the lane leads."""
        return self.scan.direction


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """What was done about a scan. A correction is one more action on the same scan; the last one counts."""

    link: Link
    scan_id: UUID
    action: Action
    acted_at: datetime
    acted_by: ActedBy
    ground: str


DeviceRecord = ScanRecord | ActionRecord
