"""What does a scanner know? Everything it decides with, in one signed piece."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from borderpass.domain.rulebook import Rulebook
from borderpass.domain.status import StatusList
from borderpass.domain.trust import Names, TrustList


class Freshness(StrEnum):
    """How old what a decision rests on is."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class BundleCheckpoint:
    """A gate as the bundle names it; `district` is the gazetteer code on this side, empty where unknown."""

    id: str
    names: Names
    district: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """Trust list, status lists by address, rulebook, gates by id, and allow-lists by the kid that fell."""

    serial: int
    issued_at: datetime
    trust: TrustList
    status_lists: Mapping[str, StatusList]
    rulebook: Rulebook
    checkpoints: Mapping[str, BundleCheckpoint]
    allow_lists: Mapping[bytes, frozenset[bytes]]

    def freshness(self, at: datetime, status_uri: str | None = None) -> Freshness:
        """Grade the age of what a decision rests on: the trust list and one office's status list (all when None).

        Green within the status list's ttl, amber after it, red from the first expiry on.
        """
        lists = self.status_lists.values() if status_uri is None else [self.status_lists.get(status_uri)]
        grade = Freshness.GREEN if at < self.trust.expires_at else Freshness.RED
        for one in lists:
            if one is not None and at >= one.expires_at:
                grade = Freshness.RED
            elif one is not None and at > one.stale_at and grade is Freshness.GREEN:
                grade = Freshness.AMBER
        return grade
