"""Is a pass that was issued still good? The Token Status List values we use (2 bits)."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class Status(IntEnum):
    """Values of a 2-bit status list; NEVER_ISSUED marks every index that was not handed out."""

    VALID = 0
    REVOKED = 1
    SUSPENDED = 2
    NEVER_ISSUED = 3


@dataclass(frozen=True, slots=True)
class StatusList:
    """One office's list: index i stands in bits 2(i mod 4) and up of octet i // 4."""

    uri: str
    issued_at: datetime
    expires_at: datetime
    ttl_s: int
    octets: bytes

    def look_up(self, index: int) -> Status:
        """Return the status of an index; beyond the end nothing was ever issued."""
        octet, place = divmod(index, 4)
        if octet >= len(self.octets):
            return Status.NEVER_ISSUED
        return _STATUS_OF_BITS[self.octets[octet] >> (2 * place) & 3]


_STATUS_OF_BITS = (Status.VALID, Status.REVOKED, Status.SUSPENDED, Status.NEVER_ISSUED)


def pack_statuses(statuses: dict[int, Status], length: int) -> bytes:
    """Return the octets of a list of `length` indices where each index not named was never issued."""
    octets = bytearray(b"\xff" * ((length + 3) // 4))
    for index, status in statuses.items():
        octet, place = divmod(index, 4)
        octets[octet] = octets[octet] & ~(3 << 2 * place) & 0xFF | status << 2 * place
    return bytes(octets)
