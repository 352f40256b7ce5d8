"""What do the parts of the story share?"""

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from borderpass.cli.story.residents import Resident
from borderpass.cli.story.tally import Tally
from borderpass.cli.story.teller import Teller
from borderpass.domain.actors import Actor, StaffRole
from borderpass.signing.file_keystore import FileKeystore
from borderpass.store.models import Application, IssuedPass

GATE = "poipet"


@dataclass(slots=True)
class Stage:
    """Where the story plays: the installation's folder and keys, the instant that is now, who tells and who counts."""

    home: Path
    keystore: FileKeystore
    now: datetime
    teller: Teller
    tally: Tally
    residents: list[tuple[str, Resident]]
    applications: dict[int, Application] = field(default_factory=dict)
    passes: dict[int, IssuedPass] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)

    def days_ago(self, days: int, minutes: int = 0) -> datetime:
        """Return an instant of an earlier day of the story."""
        return self.now - timedelta(days=days) + timedelta(minutes=minutes)

    def shown(self, folder: str) -> str:
        """Return where a folder of the installation is, as seen from here."""
        return os.path.relpath(self.home / folder)


def clerk(office: str) -> Actor:
    """Return the clerk of an office."""
    return Actor(f"clerk-{office}", StaffRole.CLERK, office)


def governor(office: str) -> Actor:
    """Return the governor of an office's district, city or province."""
    return Actor(f"governor-{office}", StaffRole.GOVERNOR, office)


def commander() -> Actor:
    """Return the commander of the gate."""
    return Actor(f"commander-{GATE}", StaffRole.GATE_COMMANDER, GATE)
