"""What does a border pass say?"""

from datetime import date, datetime
from enum import IntEnum
from typing import NamedTuple

PROFILE_VERSION = 1
FACE_WIDTH_PX, FACE_HEIGHT_PX = 64, 80
FACE_MAX_BYTES = 600
COMPANIONS_MAX = 4


class PassKind(IntEnum):
    """The kinds of pass; the numbers are those on the wire."""

    TWO_YEAR = 1
    EXTENSION = 2
    ONE_TIME = 3
    SPECIMEN = 9


class Sex(IntEnum):
    """As in Claim 169, attribute 9."""

    MALE = 1
    FEMALE = 2
    OTHER = 3


class Companion(NamedTuple):
    """A child who travels on a parent's pass."""

    name: str
    born_on: date
    sex: Sex


class Holder(NamedTuple):
    """The person the pass speaks of. `home_code` is the gazetteer code of the commune, or of the district."""

    name_latin: str
    name_khmer: str
    born_on: date
    sex: Sex
    nationality: str
    home_code: str
    face: bytes | None


class Pass(NamedTuple):
    """A border pass. Valid from `valid_from_at` up to, and not including, `expires_at` (aware, UTC).

    `number` names it to people; (`issuer`, `status_index`) names it to machines.
    """

    number: str
    issuer: str
    issuing_country: str
    kind: PassKind
    valid_from_at: datetime
    expires_at: datetime
    issued_at: datetime
    status_index: int
    status_uri: str
    holder: Holder
    companions: tuple[Companion, ...] = ()
