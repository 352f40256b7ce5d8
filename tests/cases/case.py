"""What is a case? A QR text under some circumstances, and what is to come of it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from borderpass.domain.passes import Pass
from borderpass.domain.reasons import Reason
from borderpass.domain.scan import Scan
from borderpass.domain.verdicts import Direction, Verdict
from tests.cases.clock import MONDAY

EXIT, ENTRY = Direction.EXIT, Direction.ENTRY
OUT, HOME = Scan("poipet", EXIT), Scan("poipet", ENTRY)
NO_GATE = Scan(None)


@dataclass(frozen=True, slots=True)
class Expected:
    """The decision, and the pass that is shown with it: None where it is not authentic."""

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    back_by: date | None = None
    order_ids: tuple[str, ...] = ()
    shown: Pass | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One QR text, looked at once. `name` is unique; `bundle` is a name of `tests.cases.bundles`."""

    name: str
    description: str
    text: str
    expected: Expected
    scan: Scan = field(default_factory=lambda: OUT)
    now: datetime = MONDAY
    bundle: str = "usual"


def admit(shown: Pass, *orders: str, back_by: str | None = None, notice: Reason | None = None) -> Expected:
    """Return ADMIT on some orders, perhaps with a notice."""
    reasons = () if notice is None else (notice,)
    return Expected(Verdict.ADMIT, reasons, _day(back_by), orders, shown)


def refer(shown: Pass, *reasons: Reason, orders: tuple[str, ...] = (), back_by: str | None = None) -> Expected:
    """Return REFER for some reasons."""
    return Expected(Verdict.REFER, reasons, _day(back_by), orders, shown)


def refuse(shown: Pass, *reasons: Reason, orders: tuple[str, ...] = ()) -> Expected:
    """Return REFUSE of a genuine pass: it is shown, and nobody is told a day to be back."""
    return Expected(Verdict.REFUSE, reasons, None, orders, shown)


def withheld(*reasons: Reason) -> Expected:
    """Return REFUSE of a pass that is not authentic: nothing of what it says is shown."""
    return Expected(Verdict.REFUSE, reasons)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
