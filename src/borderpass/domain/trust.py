"""Who may sign what, for which land and when? The trust list of the national root."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple


class Role(IntEnum):
    """What a key is for; the numbers are those on the wire."""

    PASS_SIGNER = 1
    STATUS_SIGNER = 2
    RULEBOOK_SIGNER = 3
    PUBLISHER = 4
    SPECIMEN_SIGNER = 5
    FOREIGN_ISSUER = 6


PASS_SIGNING_ROLES = frozenset({Role.PASS_SIGNER, Role.SPECIMEN_SIGNER, Role.FOREIGN_ISSUER})


class Names(NamedTuple):
    """A name in the three languages of the border."""

    km: str
    en: str
    th: str


@dataclass(frozen=True, slots=True)
class TrustEntry:
    """One key of the trust list.

    `point` is the P-256 public key as x and y, 32 bytes each. `prefixes` are the gazetteer codes it may sign for.
    A signature counts if it was made in [sign_from_at, sign_until_at) and is checked before verify_until_at.
    """

    kid: bytes
    point: bytes
    role: Role
    office: str
    names: Names
    prefixes: tuple[str, ...]
    sign_from_at: datetime
    sign_until_at: datetime
    verify_until_at: datetime
    issuer: str
    status_uri: str
    withdrawn_at: datetime | None = None
    allow_list_digest: bytes | None = None


@dataclass(frozen=True, slots=True)
class TrustList:
    """All keys that count in one country, as signed by its root; `by_kid` is derived from `entries`."""

    version: int
    serial: int
    issued_at: datetime
    expires_at: datetime
    country: str
    entries: tuple[TrustEntry, ...]
    by_kid: dict[bytes, tuple[TrustEntry, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_kid: dict[bytes, tuple[TrustEntry, ...]] = {}
        for entry in self.entries:
            by_kid[entry.kid] = (*by_kid.get(entry.kid, ()), entry)
        object.__setattr__(self, "by_kid", by_kid)
