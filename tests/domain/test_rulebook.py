"""Which provisions hold at an instant, and does what is kept for a gate agree with what is gathered afresh?"""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borderpass.domain.local_time import from_timestamp
from borderpass.domain.provisions import Category, Closure, Opening, Stay, Term, falls_under
from borderpass.domain.verdicts import Direction
from tests.cases.clock import MONDAY, local
from tests.cases.orders import make_rulebook

BOUNDARIES = [
    local(day) for day in ("2025-06-01", "2026-11-20", "2026-12-02", "2026-12-09", "2026-12-20", "2027-01-01")
]
instants = st.one_of(
    st.builds(lambda at, off: at + timedelta(seconds=off), st.sampled_from(BOUNDARIES), st.integers(-2, 2)),
    st.integers(1_704_067_200, 1_830_297_600).map(from_timestamp),
)


@pytest.mark.parametrize(
    ("offset_s", "from_holds", "until_holds"), [(-1, False, True), (0, True, False), (1, True, False)]
)
def test_term_holds_from_its_first_second_until_before_its_end(
    offset_s: int, from_holds: bool, until_holds: bool
) -> None:
    at = MONDAY + timedelta(seconds=offset_s)
    assert Term("1", "1/26", MONDAY).holds_at(at) is from_holds
    assert Term("1", "1/26", local("2026-01-01"), MONDAY).holds_at(at) is until_holds


def test_term_that_ends_as_it_begins_never_holds() -> None:
    assert not Term("1", "1/26", MONDAY, MONDAY).holds_at(MONDAY)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("poipet", "malai", "nowhere")),
            st.sampled_from(Direction),
            st.sampled_from(Category),
            instants,
        ),
        min_size=1,
        max_size=12,
    )
)
def test_what_is_kept_is_what_would_be_gathered(asked: list[tuple[str, Direction, Category, datetime]]) -> None:
    kept = make_rulebook()
    for checkpoint, direction, category, at in asked:
        rules = kept.rules_for(checkpoint, direction, category, at)
        openings = tuple(
            one
            for one in kept.in_force_at_gate(Opening, checkpoint, at)
            if one.case.covers(checkpoint, direction, category)
        )
        closures = tuple(
            one
            for one in kept.in_force_at_gate(Closure, checkpoint, at)
            if one.case.covers(checkpoint, direction, category)
        )
        assert (rules.openings, rules.closures) == (openings, closures)
        assert rules.stays == tuple(kept.in_force(Stay, at))


def test_gate_reads_its_own_provisions_and_those_for_every_gate() -> None:
    orders = {one.term.order_number for one in make_rulebook().in_force_at_gate(Opening, "malai", MONDAY)}
    assert orders == {"30/25", "40/25"}


@pytest.mark.parametrize(
    ("code", "prefixes", "under"),
    [("011001", ("0110",), True), ("0110", ("0110",), True), ("01", ("0110",), False), ("0110", (), False)],
)
def test_land_lies_under_its_prefixes(code: str, prefixes: tuple[str, ...], under: bool) -> None:
    assert falls_under(code, prefixes) is under
