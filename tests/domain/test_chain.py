"""Is what is missing from a device's chain named, once, and what does not follow found?"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain.chain import CLOCK_AHEAD, CaseKind, ChainLink, clock_is_impossible, find_chain_faults
from borderpass.domain.records import FIRST_PREVIOUS

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


def digest(seq: int) -> bytes:
    return seq.to_bytes(32, "big")


def link(seq: int, **changes: bytes) -> ChainLink:
    """The link of a whole chain: record 1 names nothing, every other the one before it."""
    before = FIRST_PREVIOUS if seq == 1 else digest(seq - 1)
    return ChainLink(UUID(int=seq), seq, changes.get("previous", before), changes.get("digest", digest(seq)))


def found(links: list[ChainLink], kept: tuple[int, ...] = (), late: dict[int, bytes] | None = None) -> list[str]:
    known, highest = {seq: digest(seq) for seq in kept}, max(kept, default=0)
    faults = find_chain_faults(links, known, highest, late or {})
    return [f"{fault.kind} {fault.record_id.int}: {fault.detail}" for fault in faults]


@pytest.mark.parametrize(
    ("new", "kept"),
    [
        ([], ()),
        ([1], ()),
        ([1, 2, 3], ()),
        ([3, 1, 2], ()),
        ([4, 5], (1, 2, 3)),
        ([2], (1, 3)),
        ([1], (2, 3)),
    ],
)
def test_chain_that_is_whole_has_no_fault(new: list[int], kept: tuple[int, ...]) -> None:
    assert found([link(seq) for seq in new], kept) == []


@pytest.mark.parametrize(
    ("new", "kept", "expected"),
    [
        ([2], (), ["gap 2: number 1 not received before 2"]),
        ([3], (), ["gap 3: numbers 1 to 2 not received before 3"]),
        (
            [5, 9],
            (1, 2),
            ["gap 5: numbers 3 to 4 not received before 5", "gap 9: numbers 6 to 8 not received before 9"],
        ),
        ([4, 5, 6], (1, 2), ["gap 4: number 3 not received before 4"]),
    ],
)
def test_gap_is_named_once_by_the_record_after_it(new: list[int], kept: tuple[int, ...], expected: list[str]) -> None:
    assert found([link(seq) for seq in new], kept) == expected


def test_number_that_stands_for_two_records_is_found_among_the_new_and_against_the_kept() -> None:
    again = ChainLink(UUID(int=77), 1, FIRST_PREVIOUS, b"other")
    assert found([link(1), again]) == ["seq_reused 77: number 1 stands for two records"]
    assert found([again], kept=(1,)) == ["seq_reused 77: number 1 stands for two records"]


@pytest.mark.parametrize("seq", [1, 2, 3])
def test_link_that_does_not_follow_is_found(seq: int) -> None:
    links = [link(one, **({"previous": b"x" * 32} if one == seq else {})) for one in (1, 2, 3)]
    assert found(links) == [f"broken_chain {seq}: {seq} does not follow from {seq - 1}"]


def test_record_that_came_late_must_be_what_the_one_after_it_names() -> None:
    assert found([link(2)], kept=(1, 3), late={2: digest(2)}) == []
    assert found([link(2)], kept=(1, 3), late={2: b"another"}) == ["broken_chain 2: 3 does not follow from 2"]


@given(st.sets(st.integers(1, 30)), st.randoms(use_true_random=False))
def test_gaps_are_exactly_the_runs_of_missing_numbers(numbers: set[int], random: object) -> None:
    links = [link(seq) for seq in numbers]
    random.shuffle(links)  # type: ignore[attr-defined]
    faults = find_chain_faults(links, {}, 0, {})
    after_a_gap = {seq for seq in numbers if seq > 1 and seq - 1 not in numbers}
    assert {fault.kind for fault in faults} <= {CaseKind.GAP}
    assert {fault.record_id.int for fault in faults} == after_a_gap


@pytest.mark.parametrize(
    ("ahead", "impossible"),
    [
        (timedelta(), False),
        (timedelta(days=-400), False),
        (CLOCK_AHEAD, False),
        (CLOCK_AHEAD + timedelta(seconds=1), True),
    ],
)
def test_clock_may_be_ten_minutes_ahead_and_no_more(ahead: timedelta, impossible: bool) -> None:
    assert clock_is_impossible(NOON + ahead, NOON) is impossible
