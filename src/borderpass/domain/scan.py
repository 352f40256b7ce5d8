"""Where, which way and with what memory is a pass looked at?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from borderpass.domain.passes import Pass
from borderpass.domain.provisions import Category
from borderpass.domain.status import Status
from borderpass.domain.trust import TrustEntry
from borderpass.domain.verdicts import Direction


class Credential(NamedTuple):
    """A pass whose signature holds: what it says, who signed it, its fingerprint and its status.

    `fingerprint` is SHA-256 over the COSE payload. `status` is None where the bundle has no list for it.
    """

    pass_: Pass
    signer: TrustEntry
    fingerprint: bytes
    status: Status | None


@dataclass(frozen=True, slots=True)
class LastCrossing:
    """The last crossing known of a pass; `back_by` is the day the holder was told at an exit.

    What was told then is kept: a later order that shortens the stay does not make an overstayer of who left before.
    """

    direction: Direction
    crossed_at: datetime
    back_by: date | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """The circumstances of one look at a pass.

    `checkpoint` is None where no gate is meant (a check at home): the rules of gates are then left out.
    `clock_floor_at` is the latest instant the device knows to be past. `last_crossing` is None where nothing is
    known, which is not the same as at home. `quota_used` counts admissions of the running session by provision id.
    """

    checkpoint: str | None = None
    direction: Direction = Direction.EXIT
    category: Category = Category.ORDINARY
    clock_floor_at: datetime | None = None
    last_crossing: LastCrossing | None = None
    quota_used: Mapping[str, int] = field(default_factory=dict)
