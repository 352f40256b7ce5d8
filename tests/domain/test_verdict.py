"""Does every list of findings become one verdict?"""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from borderpass.domain.reasons import Reason
from borderpass.domain.verdict import Decision, Finding, against, decide, permits
from borderpass.domain.verdicts import Direction, ReasonClass, Verdict

OUT, HOME = Direction.EXIT, Direction.ENTRY
orders = st.lists(st.sampled_from(("1/26", "2/26", "3/26")), max_size=2).map(tuple)
findings = st.one_of(
    st.builds(permits, st.sampled_from(("1/26", "4/26")), back_by=st.none() | st.dates()),
    st.builds(Finding, st.sampled_from(Reason), st.sampled_from(Verdict), orders, st.none() | st.dates()),
)


def test_nothing_examined_is_referred() -> None:
    assert decide([]) == Decision(Verdict.REFER, ())


def test_permission_alone_admits() -> None:
    assert decide([permits("1/26")]) == Decision(Verdict.ADMIT, (), None, ("1/26",))


def test_strictest_finding_carries_the_verdict_and_its_orders() -> None:
    decision = decide(
        [
            permits("1/26"),
            against(Reason.ALREADY_ACROSS, OUT, "2/26"),
            against(Reason.OUTSIDE_HOURS, OUT, "3/26"),
            against(Reason.EXPIRED, OUT),
        ]
    )
    assert decision.verdict is Verdict.REFUSE
    assert decision.order_ids == ("3/26",)
    assert decision.reasons == (Reason.EXPIRED, Reason.OUTSIDE_HOURS, Reason.ALREADY_ACROSS)


def test_notice_does_not_keep_anyone() -> None:
    assert decide([against(Reason.BUNDLE_STALE, OUT), permits("1/26")]).verdict is Verdict.ADMIT


def test_earliest_day_counts_and_none_is_told_on_refusal() -> None:
    days = [permits("1/26", back_by=date(2026, 12, day)) for day in (9, 7, 8)]
    assert decide(days).back_by == date(2026, 12, 7)
    assert decide([*days, against(Reason.STAY_EXCEEDED, HOME)]).back_by == date(2026, 12, 7)
    assert decide([*days, against(Reason.EXPIRED, OUT)]).back_by is None


def test_orders_are_named_once_in_the_order_of_the_findings() -> None:
    assert decide([permits("2/26"), permits("1/26"), permits("2/26")]).order_ids == ("2/26", "1/26")


@settings(max_examples=100, deadline=None)
@given(st.lists(findings, max_size=8))
def test_any_findings_give_a_decision_no_milder_than_any_of_them(given_findings: list[Finding]) -> None:
    decision = decide(given_findings)
    assert all(decision.verdict >= finding.verdict for finding in given_findings)
    assert list(decision.reasons) == sorted(set(decision.reasons), key=lambda reason: reason.priority)
    assert set(decision.reasons) == {finding.reason for finding in given_findings if finding.reason}


@settings(max_examples=60, deadline=None)
@given(st.lists(findings, max_size=8))
def test_order_of_findings_changes_neither_verdict_nor_reasons(given_findings: list[Finding]) -> None:
    one, other = decide(given_findings), decide(given_findings[::-1])
    assert (one.verdict, one.reasons, one.back_by) == (other.verdict, other.reasons, other.back_by)
    assert set(one.order_ids) == set(other.order_ids)


def test_on_entry_only_authenticity_refuses() -> None:
    for reason in Reason:
        refused = against(reason, HOME).verdict is Verdict.REFUSE
        assert refused is (reason.reason_class is ReasonClass.AUTHENTICITY)
