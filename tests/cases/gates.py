"""What does a gate take, and when? Openings, closures, acceptance, quotas, and gates that no order or bundle knows."""

from datetime import datetime

from borderpass.domain.passes import Pass, PassKind
from borderpass.domain.provisions import Category
from borderpass.domain.reasons import Reason
from borderpass.domain.scan import Scan
from tests.cases.case import ENTRY, EXIT, HOME, NO_GATE, OUT, Case, Expected, admit, refer, refuse
from tests.cases.clock import MONDAY, local
from tests.cases.orders import LAST_DAY_QUOTA_ID, QUOTA_ID
from tests.cases.passes import make_pass, malai_pass, serei_pass, text_of

STUDENT, MEDICAL = Category.STUDENT, Category.MEDICAL
HOURS, CLOSED, NOT_HERE = Reason.OUTSIDE_HOURS, Reason.CHECKPOINT_CLOSED, Reason.PASS_NOT_ACCEPTED_HERE
TOLD = "2026-12-07"
USUAL = make_pass()
FROM_MALAI = malai_pass()


def cases() -> list[Case]:
    """Return the cases of gates."""
    return [*_hours(), *_weekdays(), *_categories(), *_closures(), *_acceptance(), *_quota(), *_unknown()]


def _case(
    name: str,
    said: str,
    wanted: Expected,
    now: datetime = MONDAY,
    scan: Scan = OUT,
    shown: Pass = USUAL,
    bundle: str = "usual",
) -> Case:
    key = "malai" if shown.issuer == "kh-bp:0109" else "serei" if shown.issuer == "kh-bp:0106" else "poipet"
    return Case(name, said, text_of(shown, key), wanted, scan, now, bundle)


def _hours() -> list[Case]:
    """Poipet, 06:00 to 22:00 every day by order 20/25."""
    told = admit(USUAL, "20/25", "50/25", back_by=TOLD)
    shut = refuse(USUAL, HOURS, orders=("20/25",))
    return [
        _case("hours-before", "one second before opening", shut, local("2026-11-23 05:59:59")),
        _case("hours-opens", "the second of opening", told, local("2026-11-23 06:00:00")),
        _case("hours-last", "the last second open", told, local("2026-11-23 21:59:59")),
        _case("hours-closes", "the second of closing", shut, local("2026-11-23 22:00:00")),
        _case(
            "hours-before-home",
            "one second before opening, coming home",
            refer(USUAL, HOURS, orders=("20/25",)),
            local("2026-11-23 05:59:59"),
            HOME,
        ),
        _case(
            "hours-no-gate",
            "in the night, where no gate is meant",
            admit(USUAL),
            local("2026-11-23 03:00:00"),
            NO_GATE,
        ),
    ]


def _weekdays() -> list[Case]:
    """Malai, Monday, Wednesday and Friday 08:00 to 15:00 by order 30/25; students at Poipet on school days."""
    malai = Scan("malai")
    open_ = admit(FROM_MALAI, "30/25", "50/25", back_by=TOLD)
    shut = refuse(FROM_MALAI, HOURS, orders=("30/25",))
    student = Scan("poipet", EXIT, STUDENT)
    early = admit(USUAL, "21/25", "20/25", "50/25", back_by=TOLD)
    both = refuse(USUAL, HOURS, orders=("20/25", "21/25"))
    return [
        _case("weekday-monday", "Monday", open_, MONDAY, malai, FROM_MALAI),
        _case(
            "weekday-monday-closes",
            "Monday, the second of closing",
            shut,
            local("2026-11-23 15:00:00"),
            malai,
            FROM_MALAI,
        ),
        _case(
            "weekday-tuesday",
            "Tuesday in the same hours",
            shut,
            local("2026-12-01 09:00:00"),
            malai,
            FROM_MALAI,
            "december",
        ),
        _case("weekday-local", "Monday 05:00 here is Sunday in UTC", early, local("2026-11-23 05:00:00"), student),
        _case("weekday-sunday", "Sunday 05:00", both, local("2026-11-22 05:00:00"), student),
        _case("weekday-saturday", "Saturday 05:30", both, local("2026-11-21 05:30:00"), student),
        _case(
            "weekday-friday",
            "Friday 05:59:59",
            admit(USUAL, "21/25", "20/25", "50/25", back_by="2026-12-04"),
            local("2026-11-20 05:59:59"),
            student,
        ),
    ]


def _categories() -> list[Case]:
    night = local("2026-11-23 03:00:00")
    student, medical = Scan("poipet", EXIT, STUDENT), Scan("poipet", EXIT, MEDICAL)
    early = local("2026-11-23 05:30:00")
    return [
        _case(
            "student-early",
            "a student in the students' hour",
            admit(USUAL, "21/25", "20/25", "50/25", back_by=TOLD),
            early,
            student,
        ),
        _case(
            "student-too-early",
            "a student one second before it: both orders on hours are named",
            refuse(USUAL, HOURS, orders=("20/25", "21/25")),
            local("2026-11-23 04:59:59"),
            student,
        ),
        _case("ordinary-early", "anybody else in that hour", refuse(USUAL, HOURS, orders=("20/25",)), early),
        _case(
            "medical-night",
            "a medical case in the night: an order for every gate",
            admit(USUAL, "40/25", "20/25", "50/25", back_by=TOLD),
            night,
            medical,
        ),
        _case(
            "medical-other-gate",
            "a medical case at a gate that does not take the pass otherwise",
            admit(USUAL, "40/25", "50/25", back_by=TOLD),
            night,
            Scan("malai", EXIT, MEDICAL),
        ),
        _case(
            "medical-no-own-order",
            "a medical case at a gate that only the order for every gate names",
            admit(USUAL, "40/25", "50/25", back_by=TOLD),
            night,
            Scan("ban_khao_din", EXIT, MEDICAL),
        ),
        _case(
            "medical-home",
            "a medical case coming home at a gate without orders of its own",
            admit(USUAL, "40/25"),
            night,
            Scan("ban_khao_din", ENTRY, MEDICAL),
        ),
    ]


def _closures() -> list[Case]:
    """Order 22/26 closes Poipet on 24 and 25 December to who leaves, students excepted; 31/26 closes Malai."""
    medical = Scan("poipet", EXIT, MEDICAL)
    christmas = local("2026-12-24 10:00:00")
    shut = refuse(USUAL, CLOSED, orders=("22/26",))

    def at(name: str, said: str, wanted: Expected, now: str, scan: Scan) -> Case:
        return _case(name, said, wanted, local(now), scan, bundle="december")

    return [
        at(
            "closure-second-before",
            "the last second before the closure",
            admit(USUAL, "40/25", "20/25", "50/26", back_by="2026-12-30"),
            "2026-12-23 23:59:59",
            medical,
        ),
        at("closure-first-second", "its first second", shut, "2026-12-24 00:00:00", medical),
        at("closure-last-second", "its last second", shut, "2026-12-25 23:59:59", medical),
        at(
            "closure-over",
            "the second in which it ends",
            admit(USUAL, "40/25", "20/25", "50/26", back_by="2027-01-02"),
            "2026-12-26 00:00:00",
            medical,
        ),
        _case("closure-exit", "closed to who leaves", shut, christmas, bundle="december"),
        _case(
            "closure-entry",
            "not closed to who comes home",
            admit(USUAL, "20/25"),
            christmas,
            HOME,
            bundle="december",
        ),
        _case(
            "closure-student",
            "not closed to students",
            admit(USUAL, "20/25", "50/26", back_by="2026-12-31"),
            christmas,
            Scan("poipet", EXIT, STUDENT),
            bundle="december",
        ),
        at(
            "closure-and-hours", "closed, and outside hours: only the closure is told", shut, "2026-12-24 23:00:00", OUT
        ),
        _case(
            "closure-both-ways-home",
            "a gate closed both ways, coming home: referred",
            refer(FROM_MALAI, CLOSED, orders=("31/26",)),
            local("2026-12-02 09:00:00"),
            Scan("malai", ENTRY),
            FROM_MALAI,
            "december",
        ),
        _case(
            "closure-and-not-accepted",
            "closed, and the pass is not taken here: both are told, with the orders of both",
            refuse(USUAL, CLOSED, NOT_HERE, orders=("31/26", "30/25")),
            local("2026-12-02 09:00:00"),
            Scan("malai"),
            bundle="december",
        ),
    ]


def _acceptance() -> list[Case]:
    malai = Scan("malai")
    once = make_pass(kind=PassKind.ONE_TIME)
    once_serei = serei_pass(kind=PassKind.ONE_TIME)
    extended = make_pass(kind=PassKind.EXTENSION)
    return [
        _case(
            "accept-other-land",
            "Malai takes only its own residents",
            refuse(USUAL, NOT_HERE, orders=("30/25",)),
            MONDAY,
            malai,
        ),
        _case(
            "accept-other-land-home",
            "the same, coming home: referred",
            refer(USUAL, NOT_HERE, orders=("30/25",)),
            MONDAY,
            Scan("malai", ENTRY),
        ),
        _case(
            "accept-decided-for-later",
            "an order that opens Malai to the province, two days before it is in force",
            refuse(USUAL, NOT_HERE, orders=("30/25",)),
            local("2026-12-30 09:00:00"),
            malai,
            bundle="december",
        ),
        _case(
            "accept-in-force",
            "the first day on which it is: a pass printed before opens the gate",
            admit(USUAL, "30/25", "32/26", "50/26", back_by="2027-01-08"),
            local("2027-01-01 08:00:00"),
            malai,
            bundle="december",
        ),
        _case(
            "accept-extension",
            "a kind that the order names",
            admit(extended, "20/25", "50/25", back_by=TOLD),
            shown=extended,
        ),
        _case(
            "accept-one-time-exit",
            "a one-time pass leaves, on an order for that way alone",
            admit(once, "20/25", "23/25", "51/25", back_by="2026-11-26"),
            shown=once,
        ),
        _case(
            "accept-one-time-entry",
            "no order takes it on the way back: referred, for nobody is locked out",
            refer(once, NOT_HERE, orders=("20/25",)),
            scan=HOME,
            shown=once,
        ),
        _case(
            "accept-second-prefix",
            "a land named second",
            admit(once_serei, "20/25", "23/25", "51/25", back_by="2026-11-26"),
            shown=once_serei,
        ),
    ]


def _quota() -> list[Case]:
    """Order 24/26: 300 leave Poipet on school days from 10:00 to 12:00; 10 come home on a Sunday."""
    told = admit(USUAL, "20/25", "50/25", back_by=TOLD)
    full = refuse(USUAL, Reason.QUOTA_REACHED, orders=("24/26",))
    inside = local("2026-11-23 10:00:00")

    def used(count: int, provision: str = QUOTA_ID, way: Scan = OUT) -> Scan:
        return Scan(way.checkpoint, way.direction, way.category, quota_used={provision: count})

    return [
        _case("quota-299", "299 used", told, inside, used(299)),
        _case("quota-300", "300 used", full, inside, used(300)),
        _case("quota-301", "301 used", full, inside, used(301)),
        _case("quota-not-known", "nothing known of the count", told, inside),
        _case("quota-other-id", "the count of another provision", told, inside, used(300, "24-26/9")),
        _case("quota-before", "one second before its hours", told, local("2026-11-23 09:59:59"), used(300)),
        _case("quota-last-second", "the last second of its hours", full, local("2026-11-23 11:59:59"), used(300)),
        _case("quota-after", "the second in which its hours end", told, local("2026-11-23 12:00:00"), used(300)),
        _case(
            "quota-saturday",
            "a day that it does not name",
            admit(USUAL, "20/25", "50/25", back_by="2026-12-05"),
            local("2026-11-21 11:00:00"),
            used(300),
        ),
        _case(
            "quota-student",
            "a category that it does not name",
            told,
            inside,
            Scan("poipet", EXIT, STUDENT, quota_used={QUOTA_ID: 300}),
        ),
        _case("quota-entry", "a way that it does not name", admit(USUAL, "20/25"), inside, used(300, way=HOME)),
        _case(
            "quota-reached-home",
            "a quota on coming home: referred, never refused",
            refer(USUAL, Reason.QUOTA_REACHED, orders=("24/26",)),
            local("2026-11-22 10:00:00"),
            used(10, LAST_DAY_QUOTA_ID, HOME),
        ),
    ]


def _unknown() -> list[Case]:
    unknown = Reason.CHECKPOINT_UNKNOWN
    over = serei_pass(expires_at=local("2026-11-23"))
    return [
        _case(
            "gate-unknown",
            "a gate that the bundle does not name: no order of gates is applied, the stay is",
            refer(USUAL, unknown, back_by=TOLD),
            scan=Scan("nowhere"),
        ),
        _case("gate-unknown-home", "the same, coming home", refer(USUAL, unknown), scan=Scan("nowhere", ENTRY)),
        _case(
            "gate-unknown-medical",
            "a medical case at a gate that the bundle does not name",
            refer(USUAL, unknown, back_by=TOLD),
            scan=Scan("nowhere", EXIT, MEDICAL),
        ),
        _case("gate-star", "the sign for every gate is no gate", refer(USUAL, unknown, back_by=TOLD), scan=Scan("*")),
        _case("gate-empty", "an empty name is no gate", refer(USUAL, unknown, back_by=TOLD), scan=Scan("")),
        _case(
            "gate-unknown-expired",
            "an expired pass at such a gate",
            refuse(over, Reason.EXPIRED, unknown),
            scan=Scan("nowhere"),
            shown=over,
        ),
        _case(
            "gate-without-orders",
            "a gate that no order names",
            refuse(USUAL, HOURS, NOT_HERE),
            scan=Scan("ban_khao_din"),
        ),
        _case(
            "gate-without-orders-home",
            "the same, coming home",
            refer(USUAL, HOURS, NOT_HERE),
            scan=Scan("ban_khao_din", ENTRY),
        ),
        _case("no-orders", "a rulebook without provisions", refuse(USUAL, HOURS, NOT_HERE), bundle="no-orders"),
        _case(
            "no-orders-home",
            "a rulebook without provisions, coming home",
            refer(USUAL, HOURS, NOT_HERE),
            scan=HOME,
            bundle="no-orders",
        ),
        _case(
            "no-orders-no-gate",
            "a rulebook without provisions, at no gate",
            admit(USUAL),
            scan=NO_GATE,
            bundle="no-orders",
        ),
    ]
