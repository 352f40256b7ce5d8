"""How does a gate's page say what is kept: devices, cases, stays? In the page's language, ready for the templates."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, gettext_lazy

from borderpass.domain.chain import CaseKind
from borderpass.domain.local_time import local_day
from borderpass.domain.reasons import Reason
from borderpass.domain.verdicts import Direction, Verdict
from borderpass.services.count_across import Stay
from borderpass.services.load_gazetteer import load_checkpoints
from borderpass.store.models import Case, GateSetting, Record
from borderpass.web.front.decision_card import WORDS
from borderpass.web.wording import language, say_ago, say_clock, say_day, say_days, say_number

DIRECTIONS = {
    Direction.EXIT: gettext_lazy("Leaving Cambodia"),
    Direction.ENTRY: gettext_lazy("Coming home to Cambodia"),
}
CASES = {
    CaseKind.GAP: (
        gettext_lazy("Records are missing"),
        gettext_lazy("The phone has written records that have not arrived. Let it connect; if it was lost, say so."),
    ),
    CaseKind.BROKEN_CHAIN: (
        gettext_lazy("The chain does not follow"),
        gettext_lazy("A record does not follow from the one before. Somebody may have changed what the phone wrote."),
    ),
    CaseKind.SEQ_REUSED: (
        gettext_lazy("One number, two records"),
        gettext_lazy("The phone has used a number twice. It may have been copied or set back."),
    ),
    CaseKind.DIFFERENT_VERDICT: (
        gettext_lazy("Two verdicts"),
        gettext_lazy("The phone decided otherwise than the server. Ask which version of the app it has."),
    ),
    CaseKind.BUNDLE_UNKNOWN: (
        gettext_lazy("Unknown bundle"),
        gettext_lazy("The phone decided with a bundle that was never published here."),
    ),
    CaseKind.IMPOSSIBLE_SEQUENCE: (
        gettext_lazy("Twice the same way"),
        gettext_lazy("One pass left twice, or came home twice. A copy may be in use: look at both scans."),
    ),
    CaseKind.IMPOSSIBLE_CLOCK: (
        gettext_lazy("Impossible time"),
        gettext_lazy("The phone's clock is ahead. Set it right."),
    ),
    CaseKind.WRONG_GATE: (
        gettext_lazy("Another gate or direction"),
        gettext_lazy("The phone was used for a gate or a direction that it is not bound to."),
    ),
    CaseKind.UNUSABLE: (
        gettext_lazy("Unreadable record"),
        gettext_lazy("The phone sent something that is no record. It is kept as it came."),
    ),
    CaseKind.SCAN_UNKNOWN: (
        gettext_lazy("An action without its scan"),
        gettext_lazy("Something was done about a scan that has not arrived."),
    ),
}


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A device in the list."""

    id: UUID
    lane: str
    direction: str
    enrolled: str
    last_contact: str
    highest: str
    open_cases: int
    revoked: str


@dataclass(frozen=True, slots=True)
class StayLine:
    """A pass that should be back."""

    number: str
    gate: str
    exited: str
    back_by: str
    days_over: str


@dataclass(frozen=True, slots=True)
class SettingLine:
    """Whether admitting needs a tap, and since when by whose order; empty where nobody ordered anything."""

    admit_needs_tap: bool
    since: str
    by: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case: what it is, what it means, and what is known of the scan it is about."""

    id: UUID
    title: str
    meaning: str
    detail: str
    opened: str
    device: str
    facts: tuple[tuple[str, str], ...]


def say_device(device: Any, now: datetime) -> DeviceLine:
    """Return a device of `with_progress` as a line."""
    return DeviceLine(
        id=device.id,
        lane=device.lane,
        direction=say_direction(device.direction),
        enrolled=say_day(local_day(device.enrolled_at)),
        last_contact=say_ago(now - device.last_contact_at) if device.last_contact_at else gettext("never"),
        highest=say_number(device.highest_seq),
        open_cases=device.open_cases,
        revoked=say_instant(device.revoked_at) if device.revoked_at else "",
    )


def say_setting(setting: GateSetting | None) -> SettingLine:
    """Return how a gate works."""
    if setting is None:
        return SettingLine(admit_needs_tap=False, since="", by="")
    return SettingLine(setting.admit_needs_tap, say_instant(setting.set_at), setting.set_by)


def say_stay(stay: Stay) -> StayLine:
    """Return an overdue stay as a line."""
    return StayLine(
        number=stay.number,
        gate=say_gate(stay.gate),
        exited=say_instant(stay.exited_at),
        back_by=say_day(stay.back_by),
        days_over=say_days(stay.days_over),
    )


def say_case(case: Case, record: Record | None) -> CaseLine:
    """Return a case with what its record says, where it is about one."""
    title, meaning = CASES[CaseKind(case.kind)]
    device = case.device
    return CaseLine(
        id=case.id,
        title=str(title),
        meaning=str(meaning),
        detail=case.detail,
        opened=say_instant(case.opened_at),
        device=f"{device.lane}, {say_direction(device.direction)}",
        facts=_facts(record) if record is not None else (),
    )


def _facts(record: Record) -> tuple[tuple[str, str], ...]:
    speech = language()
    reasons = "; ".join(Reason(word).text(speech) for word in record.reasons.split())
    named = (
        (gettext("Record number"), say_number(record.device_seq) if record.device_seq is not None else ""),
        (gettext("Pass number"), record.pass_number),
        (gettext("When"), say_instant(record.at) if record.at else ""),
        (gettext("The phone said"), _say_verdict(record.device_verdict)),
        (gettext("We say"), _say_verdict(record.verdict)),
        (gettext("Because"), reasons),
    )
    return tuple((name, said) for name, said in named if said)


def _say_verdict(verdict: int | None) -> str:
    return "" if verdict is None else str(WORDS[Verdict(verdict)])


def say_instant(instant: datetime) -> str:
    """Return a day and the time of day in Phnom Penh."""
    return f"{say_day(local_day(instant))}, {say_clock(instant)}"


def say_direction(direction: str) -> str:
    """Return a direction in words."""
    return str(DIRECTIONS[Direction(direction)])


def say_gate(checkpoint: str) -> str:
    """Return a gate's name; its id where we know no gate of it."""
    gate = load_checkpoints().get(checkpoint)
    return gate.label(language()) if gate is not None else checkpoint
