"""Is a pass that was issued still good? The Token Status List values we use (2 bits)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum


class Status(IntEnum):
    """Values of a 2-bit status list; NEVER_ISSUED marks every index that was not handed out."""

    VALID = 0
    REVOKED = 1
    SUSPENDED = 2
    NEVER_ISSUED = 3


CANARY_VALID, CANARY_REVOKED = 0, 1
"""Two indices of every list that no pass ever has: a list in which they read otherwise is read wrongly."""
FIRST_INDEX = 2


@dataclass(frozen=True, slots=True)
class StatusList:
    """One office's list: index i stands in bits 2(i mod 4) and up of octet i // 4."""

    uri: str
    issued_at: datetime
    expires_at: datetime
    ttl_s: int
    octets: bytes
    stale_at: datetime = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "stale_at", self.issued_at + timedelta(seconds=self.ttl_s))

    def look_up(self, index: int) -> Status:
        """Return the status of an index; beyond the end nothing was ever issued."""
        if index < FIRST_INDEX:
            return Status.NEVER_ISSUED
        return self._read(index)

    def _read(self, index: int) -> Status:
        octet, place = divmod(index, 4)
        if octet >= len(self.octets):
            return Status.NEVER_ISSUED
        return _STATUS_OF_BITS[self.octets[octet] >> (2 * place) & 3]

    def canaries_sing(self) -> bool:
        """Tell whether the two canary indices read as they must."""
        return self._read(CANARY_VALID) is Status.VALID and self._read(CANARY_REVOKED) is Status.REVOKED


_STATUS_OF_BITS = (Status.VALID, Status.REVOKED, Status.SUSPENDED, Status.NEVER_ISSUED)


def pack_statuses(statuses: dict[int, Status], length: int) -> bytes:
    """Return the octets of a list of `length` indices where each index not named was never issued.

    The canaries are set. Raise ValueError when a pass has a canary's index, or one beyond the length.
    """
    octets = bytearray(b"\xff" * ((length + 3) // 4))
    if any(not FIRST_INDEX <= index < length for index in statuses):
        raise ValueError(f"a status index outside {FIRST_INDEX} to {length - 1}")
    canaries = {CANARY_VALID: Status.VALID, CANARY_REVOKED: Status.REVOKED}
    for index, status in (canaries | statuses).items():
        octet, place = divmod(index, 4)
        octets[octet] = octets[octet] & ~(3 << 2 * place) & 0xFF | status << 2 * place
    return bytes(octets)
