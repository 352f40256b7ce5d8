"""What does a bad pass look like? Hand-made inputs, each wrong in one way, and the reason each gets.

Where a signature could hold it does: the wrong thing is refused for itself, never because signing was forgotten.
"""

from typing import NamedTuple

from borderpass.domain.reasons import Reason
from tests.cases import corpus_claims, corpus_cose, corpus_text


class Bad(NamedTuple):
    """One bad input: its unique name, what is wrong with it, the QR text, and the reason it must get."""

    name: str
    wrong: str
    text: str
    reason: Reason


def bad_inputs() -> list[Bad]:
    """Return the whole corpus in a fixed order."""
    rows = [*corpus_text.rows(), *corpus_cose.rows(), *corpus_claims.rows()]
    return [Bad(*row) for row in rows]
