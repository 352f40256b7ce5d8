"""Is a device's chain whole? What is missing, what does not follow, and which clock cannot be right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from borderpass.domain.records import FIRST_PREVIOUS

CLOCK_AHEAD = timedelta(minutes=10)


class CaseKind(StrEnum):
    """Why somebody has to look at a record."""

    GAP = "gap"
    BROKEN_CHAIN = "broken_chain"
    SEQ_REUSED = "seq_reused"
    DIFFERENT_VERDICT = "different_verdict"
    BUNDLE_UNKNOWN = "bundle_unknown"
    IMPOSSIBLE_SEQUENCE = "impossible_sequence"
    IMPOSSIBLE_CLOCK = "impossible_clock"
    WRONG_GATE = "wrong_gate"
    UNUSABLE = "unusable"
    SCAN_UNKNOWN = "scan_unknown"


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A record's place in its chain: number, SHA-256 of the record before, and its own."""

    record_id: UUID
    device_seq: int
    previous: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class ChainFault:
    """Where a chain does not hold."""

    kind: CaseKind
    record_id: UUID
    detail: str


def find_chain_faults(
    links: Sequence[ChainLink], known: dict[int, bytes], highest: int, named_after: dict[int, bytes]
) -> list[ChainFault]:
    """Return the faults that new links bring.

    `known` gives the digests of records already kept, by number, as far as they are neighbours of the new ones;
    `highest` is the highest number kept before. `named_after` gives, by number, what the kept record after a late
    one names as `previous`. A gap is named once, by the record that comes after it.
    """
    faults: list[ChainFault] = []
    digests = dict(known)
    for link in sorted(links, key=lambda link: link.device_seq):
        seq = link.device_seq
        if seq in digests:
            faults.append(ChainFault(CaseKind.SEQ_REUSED, link.record_id, f"number {seq} stands for two records"))
            continue
        if seq > highest + 1:
            missing = f"number {highest + 1}" if seq == highest + 2 else f"numbers {highest + 1} to {seq - 1}"
            faults.append(ChainFault(CaseKind.GAP, link.record_id, f"{missing} not received before {seq}"))
        before = FIRST_PREVIOUS if seq == 1 else digests.get(seq - 1)
        if before is not None and before != link.previous:
            faults.append(ChainFault(CaseKind.BROKEN_CHAIN, link.record_id, f"{seq} does not follow from {seq - 1}"))
        if named_after.get(seq, link.digest) != link.digest:
            faults.append(ChainFault(CaseKind.BROKEN_CHAIN, link.record_id, f"{seq + 1} does not follow from {seq}"))
        digests[seq] = link.digest
        highest = max(highest, seq)
    return faults


def clock_is_impossible(at: datetime, received_at: datetime) -> bool:
    """Tell whether a device says that something happened after we heard of it."""
    return at > received_at + CLOCK_AHEAD
