"""What does the wire answer when bytes are not what they should be?"""

from dataclasses import dataclass

from borderpass.domain.reasons import Reason


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason of the contract, and a detail for those who look into it; never shown to a traveller."""

    reason: Reason
    detail: str


class WireError(ValueError):
    """Bytes that break a format. Raised in this package and when loading bundles, never when a pass is read."""
