"""What does the desk find when it scans a paper, who takes a pass, and when has one lain too long?"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

NOT_COLLECTED_AFTER = timedelta(days=30)
NAME_MAX_CHARACTERS = 100


class Check(StrEnum):
    """What came of scanning a printed pass before it leaves the desk."""

    OK = "ok"
    UNREADABLE = "unreadable"
    ANOTHER = "another"
    ALTERED = "altered"
    NOT_SIGNED = "not_signed"
    NOT_AS_KEPT = "not_as_kept"
    NOT_PRINTED = "not_printed"
    NOT_VALID = "not_valid"


class Collector(StrEnum):
    """Who takes a pass."""

    HOLDER = "holder"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Collected:
    """Who took a pass, and what stands for it: a drawn signature or thumb (PNG), or a name that was typed.

    Somebody else than the holder has a name, and says what the holder is to them.
    """

    by: Collector = Collector.HOLDER
    name: str = ""
    relation: str = ""
    signature: bytes | None = None
    typed: str = ""
