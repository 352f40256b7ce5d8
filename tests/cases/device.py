"""When is the device the trouble, not the traveller? A clock that runs behind, lists that are old or missing."""

from dataclasses import replace
from datetime import datetime

from borderpass.domain.pass_number import make_pass_number
from borderpass.domain.reasons import Reason
from borderpass.domain.scan import Scan
from tests.cases.case import HOME, NO_GATE, OUT, Case, admit, refer, refuse, withheld
from tests.cases.clock import MONDAY, local
from tests.cases.passes import make_pass, malai_pass, serei_pass, text_of
from tests.cases.world import REVOKED_INDEX

TOLD = "2026-12-07"


def cases() -> list[Case]:
    """Return the cases of the clock and of freshness."""
    return [*_clock(), *_time_is_the_floor(), *_stale(), *_expired(), *_unknown()]


def _floor(text: str, scan: Scan = OUT) -> Scan:
    return replace(scan, clock_floor_at=local(text))


def _clock() -> list[Case]:
    usual = make_pass()
    text = text_of(usual)
    told = admit(usual, "20/25", "50/25", back_by=TOLD)
    wrong = refer(usual, Reason.CLOCK_WRONG, back_by=TOLD)
    return [
        Case("clock-ahead-of-floor", "the floor an hour ago", text, told, _floor("2026-11-23 08:00:00")),
        Case("clock-at-floor", "the floor is now", text, told, _floor("2026-11-23 09:00:00")),
        Case("clock-300-behind", "300 seconds behind the floor", text, told, _floor("2026-11-23 09:05:00")),
        Case("clock-301-behind", "301 seconds behind the floor", text, wrong, _floor("2026-11-23 09:05:01")),
        Case(
            "clock-301-behind-home",
            "the same, coming home",
            text,
            refer(usual, Reason.CLOCK_WRONG),
            _floor("2026-11-23 09:05:01", HOME),
        ),
        Case(
            "clock-day-behind",
            "a day behind the floor: the day to be back counts from the floor's day",
            text,
            refer(usual, Reason.CLOCK_WRONG, Reason.BUNDLE_STALE, back_by="2026-12-08"),
            _floor("2026-11-24 09:00:00"),
        ),
    ]


def _time_is_the_floor() -> list[Case]:
    ending = serei_pass(expires_at=local("2026-11-23 09:02:00"))
    starting = make_pass(valid_from_at=local("2026-11-24"))
    return [
        Case(
            "floor-past-exp",
            "the clock is before exp, the floor is not: expired, and the clock is still within 300 seconds",
            text_of(ending, "serei"),
            refuse(ending, Reason.EXPIRED),
            _floor("2026-11-23 09:02:00"),
        ),
        Case(
            "floor-before-exp",
            "the floor one second before exp",
            text_of(ending, "serei"),
            admit(ending, "20/25", "50/25", back_by="2026-11-23"),
            _floor("2026-11-23 09:01:59"),
        ),
        Case(
            "clock-wrong-not-the-pass",
            "a slow clock does not make a valid pass invalid: the floor is past nbf",
            text_of(starting),
            refer(starting, Reason.CLOCK_WRONG, back_by="2026-12-08"),
            _floor("2026-11-24 06:00:00"),
            bundle="december",
        ),
    ]


def _stale() -> list[Case]:
    ours, theirs = make_pass(), serei_pass()
    stale = Reason.BUNDLE_STALE
    day_later, half_day_later = "2026-11-24 06:00:0", "2026-11-23 18:00:0"
    return [
        Case(
            "fresh-last-second",
            "exactly the ttl after the list was issued",
            text_of(ours),
            admit(ours, "20/25", "50/25", back_by="2026-12-08"),
            now=local(day_later + "0"),
        ),
        Case(
            "stale-first-second",
            "one second later: admitted, and the age is told",
            text_of(ours),
            admit(ours, "20/25", "50/25", back_by="2026-12-08", notice=stale),
            now=local(day_later + "1"),
        ),
        Case(
            "stale-home",
            "the same, coming home",
            text_of(ours),
            admit(ours, "20/25", notice=stale),
            HOME,
            local(day_later + "1"),
        ),
        Case(
            "fresh-other-office",
            "the list of another office is stale, this one's is not",
            text_of(ours),
            admit(ours, "20/25", "50/25", back_by=TOLD),
            now=local(half_day_later + "1"),
        ),
        Case(
            "fresh-short-ttl",
            "exactly a ttl of twelve hours",
            text_of(theirs, "serei"),
            admit(theirs, "20/25", "50/25", back_by=TOLD),
            now=local(half_day_later + "0"),
        ),
        Case(
            "stale-short-ttl",
            "one second after a ttl of twelve hours",
            text_of(theirs, "serei"),
            admit(theirs, "20/25", "50/25", back_by=TOLD, notice=stale),
            now=local(half_day_later + "1"),
        ),
        Case(
            "list-from-the-future",
            "a scan before the list was issued: nothing is held against it",
            text_of(ours),
            admit(ours),
            NO_GATE,
            local("2026-11-20 09:00:00"),
        ),
    ]


def _expired() -> list[Case]:
    usual = make_pass()
    over = serei_pass(expires_at=local("2026-11-25"))
    text = text_of(usual)

    def noon(name: str, said: str, now: datetime, **other: Scan) -> Case:
        wanted = refer(usual, Reason.BUNDLE_EXPIRED, back_by=TOLD)
        if now < local("2026-11-23 12:00:00"):
            wanted = admit(usual, "20/25", "50/25", back_by=TOLD)
        return Case(name, said, text, wanted, now=now, bundle="trust-ends-soon", **other)

    return [
        Case(
            "list-last-second",
            "one second before the list expires: long stale",
            text,
            admit(usual, notice=Reason.BUNDLE_STALE),
            NO_GATE,
            local("2026-11-30 05:59:59"),
        ),
        Case(
            "list-expired",
            "the second in which the list expires",
            text,
            refer(usual, Reason.BUNDLE_EXPIRED),
            NO_GATE,
            local("2026-11-30 06:00:00"),
        ),
        Case(
            "list-expired-and-pass",
            "list and pass expired: the device's trouble stands first, the pass's carries the verdict",
            text_of(over, "serei"),
            refuse(over, Reason.BUNDLE_EXPIRED, Reason.EXPIRED),
            now=local("2026-11-30 06:00:00"),
        ),
        noon("trust-last-second", "one second before the trust list expires", local("2026-11-23 11:59:59")),
        noon("trust-expired", "the second in which the trust list expires", local("2026-11-23 12:00:00")),
    ]


def _unknown() -> list[Case]:
    usual, revoked = make_pass(), make_pass(status_index=REVOKED_INDEX)
    honest = malai_pass(number=make_pass_number("0109", 2026, 80))
    unknown = Reason.STATUS_UNKNOWN
    bundle = "no-status-lists"
    return [
        Case("no-list", "no list of the office", text_of(usual), refer(usual, unknown, back_by=TOLD), bundle=bundle),
        Case("no-list-home", "the same, coming home", text_of(usual), refer(usual, unknown), HOME, bundle=bundle),
        Case(
            "no-list-revoked",
            "a revoked pass where no list says so",
            text_of(revoked),
            refer(revoked, unknown, back_by=TOLD),
            bundle=bundle,
        ),
        Case(
            "no-list-trust-expired",
            "no list, and the trust list expired",
            text_of(usual),
            refer(usual, Reason.BUNDLE_EXPIRED, unknown),
            NO_GATE,
            local("2027-03-01"),
            bundle,
        ),
        Case(
            "no-list-never-stale",
            "no list: only the trust list's age counts",
            text_of(usual),
            refer(usual, unknown),
            NO_GATE,
            local("2027-02-28 23:59:59"),
            bundle,
        ),
        Case(
            "no-list-withdrawn",
            "a stolen key's pass is refused even where no list is",
            text_of(honest, "malai"),
            withheld(Reason.ISSUER_WITHDRAWN),
            now=MONDAY,
            bundle=bundle,
        ),
    ]
