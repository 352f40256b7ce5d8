"""Which long work is there, who may have it done, and how does it go on?

A job outlives the page that began it, and the process that does it: whoever begins one makes its id, every kind's
work can be taken up again after a crash, and then leaves alone what was done before.
"""

from enum import StrEnum
from typing import NamedTuple

from borderpass.domain.actors import Act


class JobKind(StrEnum):
    """What is done at length."""

    APPROVE = "approve"
    PRINT = "print"
    CHECK_OLD_BOOK = "check_old_book"
    IMPORT_OLD_BOOK = "import_old_book"


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class JobTrouble(StrEnum):
    """Why a job that failed did."""

    ERROR = "error"
    GIVEN_UP = "given_up"


ACT_FOR: dict[str, Act] = {
    JobKind.APPROVE: Act.APPROVE,
    JobKind.PRINT: Act.PRINT,
    JobKind.CHECK_OLD_BOOK: Act.TAKE_IN,
    JobKind.IMPORT_OLD_BOOK: Act.TAKE_IN,
}
"""What somebody must be allowed to do in an office to begin a job of a kind there, and to fetch its result."""


class Trouble(NamedTuple):
    """One thing of many that could not be done: what it is (a reference, a row) and why. Both in words."""

    about: str
    why: str


class JobOutput(NamedTuple):
    """What a job made: a file to download."""

    file_name: str
    media_type: str
    octets: bytes
