"""What does a device write down? One chain of records with every part that a record may have, and what is no record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from borderpass.domain.provisions import Category
from borderpass.domain.reasons import Reason
from borderpass.domain.records import (
    FIRST_PREVIOUS,
    ActedBy,
    Action,
    ActionRecord,
    DeviceDecision,
    DeviceRecord,
    Link,
    ScanRecord,
)
from borderpass.domain.scan import LastCrossing, Scan
from borderpass.domain.verdicts import Direction, Verdict
from borderpass.wire.cbor import decode_strict, encode
from borderpass.wire.records import digest_of_record, write_batch, write_record
from tests.cases.clock import MONDAY
from tests.cases.keys import signer
from tests.cases.passes import make_pass, text_of
from tests.cases.raw_cbor import integer, mapping

DEVICE = "device poipet-exit-1"
_DEVICE_ID = UUID("019aadc0-1e00-7000-8000-00000000d001")
_VERSION = "1.0.0"
_Change = Callable[[dict[Any, Any]], object]


@dataclass(frozen=True, slots=True)
class RecordCase:
    """Some bytes, and the record that they are: None where they are none."""

    name: str
    description: str
    octets: bytes
    record: DeviceRecord | None


@cache
def record_cases() -> tuple[RecordCase, ...]:
    """Return a chain without gaps, and after it what is no record."""
    return (*_chain(), *_no_records())


def batch_octets() -> bytes:
    """Return the whole chain as one batch, signed by the device."""
    return write_batch([case.octets for case in _chain()], signer(DEVICE).kid, signer(DEVICE).sign)


def _record_id(number: int) -> UUID:
    return UUID(f"019aadc0-1e00-7000-8000-{number:012x}")


def _at(minutes: int) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


@cache
def _chain() -> tuple[RecordCase, ...]:
    cases: list[RecordCase] = []
    previous = FIRST_PREVIOUS
    for seq, (name, description, make) in enumerate(_LINKS, 1):
        record = make(Link(_record_id(seq), _DEVICE_ID, seq, previous))
        octets = write_record(record)
        cases.append(RecordCase(name, description, octets, record))
        previous = digest_of_record(octets)
    return tuple(cases)


def _scan(
    link: Link,
    minutes: int,
    decision: DeviceDecision,
    text: str | None = None,
    scan: Scan | None = None,
) -> ScanRecord:
    where = scan or Scan("poipet", Direction.EXIT)
    shown = text_of(make_pass()) if text is None else text
    return ScanRecord(link, where, _at(minutes), 7, _VERSION, shown, decision)


def _action(link: Link, on: int, action: Action, minutes: int, by: ActedBy, ground: str = "") -> ActionRecord:
    return ActionRecord(link, _record_id(on), action, _at(minutes), by, ground)


_STUDENT_HOME = Scan(
    "poipet",
    Direction.ENTRY,
    Category.STUDENT,
    clock_floor_at=_at(-5),
    last_crossing=LastCrossing(Direction.EXIT, _at(-60 * 24 * 20), date(2026, 11, 17)),
    quota_used={"32-26/1": 0, "៣២-២៦/១": 999},
)
_KNOWN_AT_HOME = Scan(
    "poipet",
    Direction.EXIT,
    Category.MEDICAL,
    last_crossing=LastCrossing(Direction.ENTRY, _at(-30)),
    quota_used={"32-26/1": 2**53 - 1},
)
_ADMIT = DeviceDecision(Verdict.ADMIT, (), date(2026, 12, 7))
_LATE = DeviceDecision(Verdict.REFER, (Reason.STAY_EXCEEDED, Reason.BUNDLE_STALE))
_FULL = DeviceDecision(Verdict.REFUSE, (Reason.QUOTA_REACHED,))
_NONSENSE = DeviceDecision(Verdict.REFUSE, (Reason.NOT_A_PASS,))

_LINKS: tuple[tuple[str, str, Callable[[Link], DeviceRecord]], ...] = (
    ("scan-admitted", "the first record: an exit that is admitted", lambda link: _scan(link, 0, _ADMIT)),
    (
        "action-by-clock",
        "nobody said anything: admitted",
        lambda link: _action(link, 1, Action.ADMIT, 0, ActedBy.CLOCK),
    ),
    (
        "scan-all-known",
        "a student coming home, late, with a clock floor, a last crossing and quotas",
        lambda link: _scan(link, 1, _LATE, scan=_STUDENT_HOME),
    ),
    (
        "action-with-ground",
        "admitted by the officer against the verdict",
        lambda link: _action(link, 3, Action.ADMIT, 2, ActedBy.OFFICER, "គ្រូពេទ្យអមដំណើរ"),
    ),
    (
        "scan-last-entry",
        "a last crossing without a day to be back, and the highest count",
        lambda link: _scan(link, 3, _FULL, scan=_KNOWN_AT_HOME),
    ),
    (
        "action-turned-back",
        "the officer turns the traveller back",
        lambda link: _action(link, 5, Action.TURN_BACK, 4, ActedBy.OFFICER),
    ),
    (
        "action-correction",
        "one more action on the same scan: referred, with a ground of 300 characters beyond the basic plane",
        lambda link: _action(link, 5, Action.REFER, 5, ActedBy.OFFICER, "\U0001f6c2" * 300),
    ),
    ("scan-no-pass", "a web address", lambda link: _scan(link, 6, _NONSENSE, "https://example.org/?q=1")),
    ("scan-no-text", "a code without any text", lambda link: _scan(link, 7, _NONSENSE, "")),
    ("scan-longest-text", "4,296 characters", lambda link: _scan(link, 8, _NONSENSE, "7" * 4296)),
)


def _changed(base: int, change: _Change) -> bytes:
    written = decode_strict(_chain()[base].octets)
    change(written)
    return encode(written)


def _no_records() -> list[RecordCase]:
    scan, action, full = 0, 1, 2
    changes: tuple[tuple[str, str, int, _Change], ...] = (
        ("kind-3", "neither a scan nor an action", scan, lambda of: of.update({1: 3})),
        ("part-missing", "no app version", scan, lambda of: of.pop(11)),
        ("part-extra", "an unknown part", scan, lambda of: of.update({17: 0})),
        ("ground-on-scan", "the parts of the other kind", action, lambda of: of.update({11: _VERSION})),
        ("id-15", "an id of 15 octets", scan, lambda of: of.update({2: bytes(15)})),
        ("id-text", "an id as text", scan, lambda of: of.update({2: str(_DEVICE_ID)})),
        ("seq-0", "number 0", scan, lambda of: of.update({4: 0})),
        ("seq-2-53", "number 2 to the 53", scan, lambda of: of.update({4: 2**53})),
        ("previous-31", "a digest of 31 octets", scan, lambda of: of.update({5: bytes(31)})),
        ("checkpoint-33", "a gate's id of 33 characters", scan, lambda of: of.update({6: "p" * 33})),
        ("direction-0", "an unknown direction", scan, lambda of: of.update({7: 0})),
        ("direction-text", "a direction as text", scan, lambda of: of.update({7: "exit"})),
        ("time-negative", "a time before 1970", scan, lambda of: of.update({8: -1})),
        ("time-beyond", "a time after the year 9998", scan, lambda of: of.update({8: 253_370_764_800})),
        ("floor-missing", "no clock floor, not even 0", scan, lambda of: of.pop(9)),
        ("serial-2-53", "a bundle's serial of 2 to the 53", scan, lambda of: of.update({10: 2**53})),
        ("version-301", "an app version of 301 characters", scan, lambda of: of.update({11: "1" * 301})),
        ("text-4297", "4,297 characters", scan, lambda of: of.update({12: "7" * 4297})),
        ("text-nul", "a NUL in the text", scan, lambda of: of.update({12: "A\0B"})),
        ("verdict-3", "an unknown verdict", scan, lambda of: of[13].update({1: 3})),
        ("reason-unknown", "an unknown reason", scan, lambda of: of[13].update({2: ["LOOKS_NERVOUS"]})),
        ("back-by-form", "a day without hyphens", scan, lambda of: of[13].update({3: "20261207"})),
        ("back-by-no-day", "30 February", scan, lambda of: of[13].update({3: "2026-02-30"})),
        ("category-unknown", "an unknown category", full, lambda of: of.update({14: "minister"})),
        ("last-crossing-no-time", "a last crossing without its time", full, lambda of: of[15].pop(2)),
        ("quota-negative", "a negative count", full, lambda of: of[16].update({"32-26/1": -1})),
        ("quota-number", "a count under a number", full, lambda of: of[16].update({1: 1})),
        ("quota-65", "65 counts", full, lambda of: of.update({16: {f"q{n}": n for n in range(65)}})),
        ("action-0", "an unknown action", action, lambda of: of.update({7: 0})),
        ("acted-by-3", "neither officer nor clock", action, lambda of: of.update({9: 3})),
        ("ground-301", "a ground of 301 characters", action, lambda of: of.update({10: "g" * 301})),
        ("too-long", "more than 8,192 octets", scan, lambda of: of.update({12: "\U0001f6c2" * 2048})),
    )
    first = _chain()[0].octets
    raw = (
        ("empty", "no octets", b""),
        ("number", "an integer", integer(1)),
        ("empty-map", "an empty map", mapping()),
        ("trailing", "an octet behind a record", first + b"\0"),
        ("cut-off", "the last octet missing", first[:-1]),
    )
    return [
        *(RecordCase(f"no-record-{name}", text, octets, None) for name, text, octets in raw),
        *(RecordCase(f"no-record-{name}", text, _changed(base, change), None) for name, text, base, change in changes),
    ]
