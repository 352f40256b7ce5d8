"""Does the drawer hold what it should at the end of a day? What came in, went out, and was counted."""

from collections.abc import Mapping
from dataclasses import dataclass

from borderpass.domain.declined import Declined, Ground

NOTES_RIEL = (200_000, 100_000, 50_000, 30_000, 20_000, 15_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50)
"""The notes that are counted each by itself, largest first; whatever else there is, is counted as a sum."""
MOST_RIEL = 2_000_000_000
_MOST_OF_A_KIND = 100_000


@dataclass(frozen=True, slots=True)
class TillFigures:
    """What a till should hold: what it opened with, what was received, and what was given back; in riel."""

    opening_riel: int
    received_riel: int
    returned_riel: int

    @property
    def expected_riel(self) -> int:
        """What has to be in the drawer."""
        return self.opening_riel + self.received_riel - self.returned_riel


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted: how many of which note, and a sum of everything else."""

    notes: Mapping[int, int]
    other_riel: int = 0

    @property
    def total_riel(self) -> int:
        """All of it."""
        return sum(note * number for note, number in self.notes.items()) + self.other_riel


def check_close(expected_riel: int, counted: Counted, handed_on_riel: int, reason: str) -> Declined | None:
    """Return why a till cannot be closed like this, or None. A difference needs a reason."""
    if any(note not in NOTES_RIEL or not 0 <= number <= _MOST_OF_A_KIND for note, number in counted.notes.items()):
        return Declined(Ground.BAD_FORM, "count the notes again: there is no such note, or no such number of them")
    if not 0 <= counted.other_riel <= MOST_RIEL or counted.total_riel > MOST_RIEL:
        return Declined(Ground.BAD_FORM, f"count again: a drawer holds from 0 to {MOST_RIEL:,} riel")
    if not 0 <= handed_on_riel <= counted.total_riel:
        words = f"of {counted.total_riel:,} riel no {handed_on_riel:,} can be handed on; give at most what was counted"
        return Declined(Ground.BAD_FORM, words)
    difference_riel = counted.total_riel - expected_riel
    if difference_riel and not reason.strip():
        words = (
            f"{counted.total_riel:,} riel were counted and {expected_riel:,} should be there: count again, or say why"
        )
        return Declined(Ground.OUT_OF_BALANCE, words)
    return None
