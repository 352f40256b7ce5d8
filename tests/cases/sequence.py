"""What does the last crossing tell, and by which day must who leaves be back?"""

from dataclasses import replace
from datetime import date, datetime

from borderpass.domain.passes import PassKind
from borderpass.domain.provisions import Category
from borderpass.domain.reasons import Reason
from borderpass.domain.scan import LastCrossing, Scan
from borderpass.domain.verdicts import Direction
from tests.cases.case import ENTRY, EXIT, HOME, NO_GATE, OUT, Case, Expected, admit, refer, refuse
from tests.cases.clock import MONDAY, local
from tests.cases.passes import make_pass, serei_pass, text_of

TOLD = "2026-12-07"
USUAL = make_pass()
AMBULANCE_OUT, AMBULANCE_HOME = Scan("poipet", EXIT, Category.MEDICAL), Scan("poipet", ENTRY, Category.MEDICAL)


def cases() -> list[Case]:
    """Return the cases of sequence and stay."""
    return [*_sequence(), *_overstay(), *_back_by(), *_several()]


def _after(way: Direction, scan: Scan, back_by: str | None = None) -> Scan:
    day = None if back_by is None else date.fromisoformat(back_by)
    return replace(scan, last_crossing=LastCrossing(way, local("2026-11-16 10:00:00"), day))


def _case(name: str, said: str, wanted: Expected, scan: Scan, now: datetime = MONDAY, bundle: str = "usual") -> Case:
    return Case(name, said, text_of(USUAL), wanted, scan, now, bundle)


def _sequence() -> list[Case]:
    out = admit(USUAL, "20/25", "50/25", back_by=TOLD)
    home = admit(USUAL, "20/25")
    return [
        _case("sequence-out-after-home", "leaves after coming home", out, _after(ENTRY, OUT)),
        _case("sequence-home-after-out", "comes home after leaving", home, _after(EXIT, HOME, "2026-11-30")),
        _case(
            "sequence-out-twice",
            "leaves again without having come home: referred both ways, and told a day to be back",
            refer(USUAL, Reason.ALREADY_ACROSS, back_by=TOLD),
            _after(EXIT, OUT, "2026-11-30"),
        ),
        _case(
            "sequence-home-twice",
            "comes home again without having left",
            refer(USUAL, Reason.NOT_ACROSS),
            _after(ENTRY, HOME),
        ),
        _case("sequence-not-known", "nothing known of the last crossing", home, HOME),
        _case("sequence-no-gate", "at no gate the last crossing is not looked at", admit(USUAL), _after(EXIT, NO_GATE)),
        _case(
            "sequence-gate-unknown",
            "at a gate that the bundle does not name it is",
            refer(USUAL, Reason.CHECKPOINT_UNKNOWN, Reason.ALREADY_ACROSS, back_by=TOLD),
            _after(EXIT, Scan("nowhere")),
        ),
        _case(
            "sequence-overstayed-out",
            "leaves again though due back before: only that is told",
            refer(USUAL, Reason.ALREADY_ACROSS, back_by=TOLD),
            _after(EXIT, OUT, "2026-11-20"),
        ),
    ]


def _overstay() -> list[Case]:
    home = admit(USUAL, "20/25")
    night = admit(USUAL, "40/25", "20/25")
    over = Reason.STAY_EXCEEDED
    return [
        _case("stay-same-day", "on the day told", home, _after(EXIT, HOME, "2026-11-23")),
        _case("stay-day-late", "the day after", refer(USUAL, over), _after(EXIT, HOME, "2026-11-22")),
        _case(
            "stay-last-second",
            "the last second of the day told",
            night,
            _after(EXIT, AMBULANCE_HOME, "2026-11-23"),
            local("2026-11-23 23:59:59"),
        ),
        _case(
            "stay-second-late",
            "the first second of the next day here",
            refer(USUAL, over),
            _after(EXIT, AMBULANCE_HOME, "2026-11-23"),
            local("2026-11-24 00:00:00"),
        ),
        _case("stay-not-told", "no day was told at the exit", home, _after(EXIT, HOME)),
    ]


def _back_by() -> list[Case]:
    """14 days by order 50/25; 7 by order 50/26 from 2026-12-20; 3 for a one-time pass."""

    def night(name: str, said: str, now: str, back_by: str, order: str) -> Case:
        wanted = admit(USUAL, "40/25", "20/25", order, back_by=back_by)
        return _case(name, said, wanted, AMBULANCE_OUT, local(now), "december")

    ends_before = serei_pass(expires_at=local("2026-12-01"))
    ends_with = serei_pass(expires_at=local("2026-12-08"))
    ends_after = serei_pass(expires_at=local("2026-12-08 00:00:01"))
    found = [
        night("back-by-late", "half an hour before midnight here", "2026-12-01 23:30:00", "2026-12-15", "50/25"),
        night("back-by-early", "half an hour after midnight here", "2026-12-02 00:30:00", "2026-12-16", "50/25"),
        night("back-by-old-order", "the last second of the old order", "2026-12-19 23:59:59", "2027-01-02", "50/25"),
        night("back-by-new-order", "the first second of the new order", "2026-12-20 00:00:00", "2026-12-27", "50/26"),
        _case(
            "back-by-two-orders",
            "two orders on the stay: the first of the rulebook counts",
            admit(USUAL, "20/25", "50/25", back_by="2026-12-07"),
            OUT,
            bundle="two-stays",
        ),
    ]
    for name, said, one, day in (
        ("back-by-pass-ends", "the pass ends before the stay", ends_before, "2026-11-30"),
        ("back-by-pass-ends-with", "the pass ends with the stay's last day", ends_with, "2026-12-07"),
        ("back-by-pass-ends-after", "the pass ends one second into the next day", ends_after, "2026-12-07"),
    ):
        wanted = admit(one, "20/25", "50/25", back_by=day)
        found.append(Case(name, said, text_of(one, "serei"), wanted))
    return found


def _several() -> list[Case]:
    once = make_pass(kind=PassKind.ONE_TIME, expires_at=local("2026-11-23"))
    scan = replace(_after(ENTRY, Scan("malai", ENTRY)), clock_floor_at=local("2026-11-24 16:00:00"))
    reasons = (
        Reason.CLOCK_WRONG,
        Reason.EXPIRED,
        Reason.OUTSIDE_HOURS,
        Reason.PASS_NOT_ACCEPTED_HERE,
        Reason.NOT_ACROSS,
        Reason.BUNDLE_STALE,
    )
    leaving = replace(_after(EXIT, Scan("malai")), clock_floor_at=local("2026-11-24 16:00:00"))
    out = (*reasons[:4], Reason.ALREADY_ACROSS, Reason.BUNDLE_STALE)
    return [
        Case(
            "several-reasons-home",
            "six reasons at once, in their order; coming home none of them refuses",
            text_of(once),
            refer(once, *reasons, orders=("30/25",)),
            scan,
        ),
        Case(
            "several-reasons-out",
            "six reasons at once, leaving: refused, and no day to be back is told",
            text_of(once),
            refuse(once, *out, orders=("30/25",)),
            leaving,
        ),
    ]
