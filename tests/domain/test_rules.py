"""What does each rule say, one second before its boundary, on it, and after it?"""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from borderpass.domain.bundle import Bundle
from borderpass.domain.passes import Pass, PassKind
from borderpass.domain.provisions import BulkExtension, Category, Closure, GateCase, Provision, Term
from borderpass.domain.reasons import Reason
from borderpass.domain.rules import evaluate
from borderpass.domain.scan import Credential, LastCrossing, Scan
from borderpass.domain.status import Status
from borderpass.domain.trust import TrustEntry
from borderpass.domain.verdict import Decision, decide
from borderpass.domain.verdicts import Direction, Verdict
from tests.cases import world
from tests.cases.bundles import bundle
from tests.cases.clock import MONDAY, local
from tests.cases.orders import GATES, STAYS, make_rulebook
from tests.cases.passes import make_pass

SECOND, SKEW = timedelta(seconds=1), timedelta(seconds=300)
ADMIT, REFER, REFUSE = Verdict.ADMIT, Verdict.REFER, Verdict.REFUSE
OUT, HOME, NO_GATE = Scan("poipet", Direction.EXIT), Scan("poipet", Direction.ENTRY), Scan(None)


def look(
    pass_: Pass | None = None,
    scan: Scan = NO_GATE,
    now: datetime = MONDAY,
    signer: TrustEntry = world.POIPET,
    status: Status | None = Status.VALID,
    given: Bundle | None = None,
) -> Decision:
    """Return the decision on a pass whose signature holds."""
    credential = Credential(pass_ or make_pass(), signer, bytes(32), status)
    return decide(evaluate(credential, scan, given or bundle(), now))


def with_orders(*provisions: Provision) -> Bundle:
    return replace(bundle(), rulebook=make_rulebook(*provisions))


@pytest.mark.parametrize(
    ("offset", "reasons"), [(-SKEW - SECOND, (Reason.NOT_YET_VALID,)), (-SKEW, ()), (0 * SECOND, ())]
)
def test_pass_is_valid_from_300_seconds_before_nbf(offset: timedelta, reasons: tuple[Reason, ...]) -> None:
    assert look(make_pass(valid_from_at=MONDAY), now=MONDAY + offset).reasons == reasons


@pytest.mark.parametrize(("offset", "reasons"), [(-SKEW - SECOND, (Reason.NOT_YET_VALID,)), (-SKEW, ())])
def test_pass_signed_in_the_future_is_not_yet_valid(offset: timedelta, reasons: tuple[Reason, ...]) -> None:
    assert look(make_pass(issued_at=MONDAY), now=MONDAY + offset).reasons == reasons


@pytest.mark.parametrize(
    ("offset", "out", "home"), [(-SECOND, ADMIT, ADMIT), (0 * SECOND, REFUSE, REFER), (SECOND, REFUSE, REFER)]
)
def test_expired_pass_is_refused_from_exp_on(offset: timedelta, out: Verdict, home: Verdict) -> None:
    pass_ = make_pass(expires_at=local("2028-05-05"))
    given = replace(bundle(), trust=replace(bundle().trust, expires_at=local("2030-01-01")), status_lists={})
    now = pass_.expires_at + offset
    assert look(pass_, NO_GATE, now, given=given).verdict is out
    assert look(pass_, Scan(None, Direction.ENTRY), now, given=given).verdict is home


@pytest.mark.parametrize(("offset", "holds"), [(-SECOND, False), (0 * SECOND, True)])
def test_signature_counts_from_the_first_second_of_the_term(offset: timedelta, holds: bool) -> None:
    pass_ = make_pass(issued_at=world.POIPET.sign_from_at + offset)
    assert look(pass_).reasons == (() if holds else (Reason.SIGNED_OUT_OF_TERM,))


@pytest.mark.parametrize(("offset", "holds"), [(-SECOND, True), (0 * SECOND, False)])
def test_signature_counts_until_the_term_ends(offset: timedelta, holds: bool) -> None:
    signer = replace(world.POIPET, sign_until_at=local("2026-11-02"))
    pass_ = make_pass(issued_at=signer.sign_until_at + offset)
    assert look(pass_, signer=signer).reasons == (() if holds else (Reason.SIGNED_OUT_OF_TERM,))


@pytest.mark.parametrize(("offset", "holds"), [(-SECOND, True), (0 * SECOND, False)])
def test_key_is_checked_until_its_last_second(offset: timedelta, holds: bool) -> None:
    signer = replace(world.POIPET, verify_until_at=MONDAY)
    assert look(signer=signer, now=MONDAY + offset).reasons == (() if holds else (Reason.ISSUER_EXPIRED,))


@pytest.mark.parametrize("changes", [{"issuer": "kh-bp:0106"}, {"status_uri": "kh-bp:0110/2"}, {"issuer": ""}])
def test_issuer_and_status_list_are_those_of_the_key(changes: dict[str, str]) -> None:
    assert look(make_pass(**changes)).reasons == (Reason.ISSUER_MISMATCH,)


@pytest.mark.parametrize(
    ("home", "prefixes", "holds"),
    [
        ("011001", ("0110",), True),
        ("0110", ("0110",), True),
        ("011001", ("01",), True),
        ("011001", ("011001",), True),
        ("0110", ("011001",), False),
        ("011101", ("0110",), False),
        ("010901", ("0110", "0109"), True),
        ("011001", (), False),
    ],
)
def test_key_signs_only_for_its_land(home: str, prefixes: tuple[str, ...], holds: bool) -> None:
    signer = replace(world.POIPET, prefixes=prefixes)
    assert look(make_pass(home=home), signer=signer).reasons == (() if holds else (Reason.OUTSIDE_JURISDICTION,))


@pytest.mark.parametrize(
    ("allowed", "reasons"),
    [
        (frozenset({bytes(8)}), ()),
        (frozenset({b"\x01" * 8}), (Reason.ISSUER_WITHDRAWN,)),
        (frozenset(), (Reason.ISSUER_WITHDRAWN,)),
        (None, (Reason.ISSUER_WITHDRAWN,)),
    ],
)
def test_withdrawn_key_counts_only_for_its_allow_list(allowed: frozenset[bytes] | None, reasons: tuple[Reason]) -> None:
    signer = replace(world.POIPET, withdrawn_at=local("2030-01-01"))
    lists = {} if allowed is None else {signer.kid: allowed}
    assert look(signer=signer, given=replace(bundle(), allow_lists=lists)).reasons == reasons


@pytest.mark.parametrize(
    ("status", "out", "home", "reasons"),
    [
        (Status.VALID, ADMIT, ADMIT, ()),
        (Status.REVOKED, REFUSE, REFER, (Reason.REVOKED,)),
        (Status.SUSPENDED, REFUSE, REFER, (Reason.SUSPENDED,)),
        (Status.NEVER_ISSUED, REFUSE, REFUSE, (Reason.NEVER_ISSUED,)),
        (None, REFER, REFER, (Reason.STATUS_UNKNOWN,)),
    ],
)
def test_status_decides_both_ways(
    status: Status | None, out: Verdict, home: Verdict, reasons: tuple[Reason, ...]
) -> None:
    assert look(scan=OUT, status=status).verdict is out
    assert look(scan=HOME, status=status) == look(scan=HOME, status=status)
    assert look(scan=HOME, status=status).verdict is home
    assert look(scan=HOME, status=status).reasons == reasons


def test_specimen_is_never_admitted() -> None:
    by_kind = make_pass(kind=PassKind.SPECIMEN)
    assert look(by_kind).reasons == (Reason.SPECIMEN,)
    assert look(by_kind, HOME).verdict is REFUSE


@pytest.mark.parametrize(("behind", "wrong"), [(SKEW, False), (SKEW + SECOND, True), (-SKEW, False)])
def test_clock_below_the_floor_is_the_device_s_fault(behind: timedelta, wrong: bool) -> None:
    scan = replace(HOME, clock_floor_at=MONDAY + behind)
    decision = look(scan=scan)
    assert decision.reasons == ((Reason.CLOCK_WRONG,) if wrong else ())
    assert decision.verdict is (REFER if wrong else ADMIT)


def test_slow_clock_makes_no_pass_invalid() -> None:
    pass_ = make_pass(valid_from_at=MONDAY)
    slow = look(pass_, replace(NO_GATE, clock_floor_at=MONDAY), MONDAY - timedelta(days=300))
    assert slow.reasons == (Reason.CLOCK_WRONG,)


@pytest.mark.parametrize(
    ("now", "reasons"),
    [
        ("2026-11-24 06:00:00", ()),
        ("2026-11-24 06:00:01", (Reason.BUNDLE_STALE,)),
        ("2026-11-30 05:59:59", (Reason.BUNDLE_STALE,)),
        ("2026-11-30 06:00:00", (Reason.BUNDLE_EXPIRED,)),
    ],
)
def test_age_of_the_status_list_is_graded(now: str, reasons: tuple[Reason, ...]) -> None:
    assert look(now=local(now)).reasons == reasons


@pytest.mark.parametrize(
    ("clock", "open_"), [("05:59:59", False), ("06:00:00", True), ("21:59:59", True), ("22:00:00", False)]
)
def test_gate_opens_and_closes_on_the_second(clock: str, open_: bool) -> None:
    decision = look(scan=HOME, now=local(f"2026-11-23 {clock}"))
    assert decision.reasons == (() if open_ else (Reason.OUTSIDE_HOURS,))
    assert decision.order_ids == ("20/25",)


@pytest.mark.parametrize(
    ("day", "open_"),
    [("2026-11-23", True), ("2026-11-24", False), ("2026-11-25", True), ("2026-11-27", True), ("2026-11-28", False)],
)
def test_gate_opens_on_its_weekdays(day: str, open_: bool) -> None:
    scan = Scan("malai", Direction.ENTRY)
    decision = look(scan=scan, now=local(f"{day} 09:00:00"), given=bundle("december"))
    assert (Reason.OUTSIDE_HOURS in decision.reasons) is not open_


@pytest.mark.parametrize(
    ("now", "closed"),
    [
        ("2026-12-23 23:59:59", False),
        ("2026-12-24 00:00:00", True),
        ("2026-12-25 23:59:59", True),
        ("2026-12-26 00:00:00", False),
    ],
)
def test_closure_holds_from_its_first_second_until_its_last(now: str, closed: bool) -> None:
    scan = Scan("poipet", Direction.EXIT, Category.MEDICAL)
    decision = look(scan=scan, now=local(now), given=bundle("december"))
    assert decision.reasons == ((Reason.CHECKPOINT_CLOSED,) if closed else ())


def test_two_closures_are_both_named() -> None:
    def closure(number: int) -> Closure:
        return Closure(Term(f"{number}/26/1", f"{number}/26", local("2026-01-01")), GateCase(("*",)))

    decision = look(scan=OUT, given=with_orders(*GATES, closure(98), closure(99)))
    assert decision.order_ids == ("98/26", "99/26")
    assert decision.reasons == (Reason.CHECKPOINT_CLOSED,)


@pytest.mark.parametrize(("used", "full"), [(None, False), (0, False), (299, False), (300, True), (10**9, True)])
def test_quota_is_reached_at_its_limit(used: int | None, full: bool) -> None:
    count = {} if used is None else {"24-26/1": used}
    decision = look(scan=replace(OUT, quota_used=count), now=local("2026-11-23 10:00:00"))
    assert decision.reasons == ((Reason.QUOTA_REACHED,) if full else ())


@pytest.mark.parametrize(
    ("last", "scan", "reason"),
    [
        (Direction.EXIT, OUT, Reason.ALREADY_ACROSS),
        (Direction.ENTRY, HOME, Reason.NOT_ACROSS),
        (Direction.ENTRY, OUT, None),
        (Direction.EXIT, HOME, None),
    ],
)
def test_crossing_follows_the_last_one(last: Direction, scan: Scan, reason: Reason | None) -> None:
    decision = look(scan=replace(scan, last_crossing=LastCrossing(last, MONDAY - timedelta(days=1))))
    assert decision.reasons == (() if reason is None else (reason,))
    assert decision.verdict is (ADMIT if reason is None else REFER)


@pytest.mark.parametrize(
    ("now", "over"), [("2026-11-23 23:59:59", False), ("2026-11-24 00:00:00", True), ("2026-11-24 00:00:01", True)]
)
def test_stay_is_exceeded_from_midnight_here(now: str, over: bool) -> None:
    last = LastCrossing(Direction.EXIT, MONDAY - timedelta(days=9), local("2026-11-23 12:00:00").date())
    scan = Scan("poipet", Direction.ENTRY, Category.MEDICAL, last_crossing=last)
    assert look(scan=scan, now=local(now)).reasons == ((Reason.STAY_EXCEEDED,) if over else ())


@pytest.mark.parametrize(
    ("now", "back_by"),
    [
        ("2026-12-19 23:59:59", "2027-01-02"),
        ("2026-12-20 00:00:00", "2026-12-27"),
        ("2026-12-21 00:30:00", "2026-12-28"),
    ],
)
def test_day_to_be_back_counts_from_the_local_day(now: str, back_by: str) -> None:
    scan = Scan("poipet", Direction.EXIT, Category.MEDICAL)
    decision = look(scan=scan, now=local(now), given=bundle("december"))
    assert str(decision.back_by) == back_by


def test_day_to_be_back_is_never_after_the_pass_ends() -> None:
    assert str(look(make_pass(expires_at=local("2026-12-05 00:00:01")), OUT).back_by) == "2026-12-05"
    assert str(look(make_pass(expires_at=local("2026-12-05")), OUT).back_by) == "2026-12-04"


def test_who_comes_home_is_told_no_day() -> None:
    assert look(scan=HOME).back_by is None


@pytest.mark.parametrize(
    ("expires", "extended"),
    [
        ("2026-10-31 23:59:59", False),
        ("2026-11-01 00:00:00", True),
        ("2026-11-22 23:59:59", True),
    ],
)
def test_bulk_extension_covers_what_expires_within(expires: str, extended: bool) -> None:
    pass_ = make_pass(expires_at=local(expires), valid_from_at=local("2024-11-01"))
    assert look(pass_).reasons == (() if extended else (Reason.EXPIRED,))


def test_longest_of_several_bulk_extensions_counts() -> None:
    def extension(number: int, until: str) -> BulkExtension:
        term = Term(f"{number}/26/1", f"{number}/26", local("2026-01-01"))
        kinds, land = (PassKind.TWO_YEAR,), ("01",)
        return BulkExtension(term, kinds, land, local("2026-11-01"), local("2026-12-01"), local(until))

    given = with_orders(*GATES, *STAYS[:1], extension(61, "2026-11-30"), extension(62, "2026-11-26"))
    pass_ = make_pass(expires_at=local("2026-11-20"))
    assert str(look(pass_, OUT, given=given).back_by) == "2026-11-29"


def test_extension_that_ends_earlier_takes_nothing_away() -> None:
    term = Term("63/26/1", "63/26", local("2026-01-01"))
    shorter = BulkExtension(
        term, (PassKind.TWO_YEAR,), ("01",), local("2026-01-01"), local("2030-01-01"), local("2026-06-01")
    )
    assert look(given=with_orders(shorter)).reasons == ()


def test_unknown_gate_is_referred_and_no_order_of_a_gate_is_applied() -> None:
    decision = look(scan=Scan("nowhere"))
    assert (decision.verdict, decision.reasons) == (REFER, (Reason.CHECKPOINT_UNKNOWN,))
    assert str(decision.back_by) == "2026-12-07"


def test_authenticity_is_all_that_is_said_when_it_fails() -> None:
    worst = make_pass(home="020101", expires_at=local("2026-11-03"), kind=PassKind.SPECIMEN)
    decision = look(worst, replace(OUT, clock_floor_at=local("2027-01-01")), status=None)
    assert decision.reasons == (Reason.OUTSIDE_JURISDICTION, Reason.SPECIMEN)
    assert (decision.verdict, decision.back_by, decision.order_ids) == (REFUSE, None, ())
