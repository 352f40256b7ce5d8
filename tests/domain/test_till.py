"""Can a till be closed like this?"""

import pytest

from borderpass.domain.declined import Ground
from borderpass.domain.till import MOST_RIEL, NOTES_RIEL, Counted, TillFigures, check_close

WHY = "a note was torn"
EXPECTED = TillFigures(50_000, 40_000, 20_000).expected_riel


def test_what_should_be_there_is_opening_and_received_without_what_was_returned() -> None:
    assert EXPECTED == 70_000


def test_notes_are_counted_and_the_rest_is_a_sum() -> None:
    assert Counted({20_000: 3, 5_000: 1, 100: 4}, 4_600).total_riel == 70_000


def test_what_balances_needs_no_reason() -> None:
    assert check_close(EXPECTED, Counted({10_000: 7}), 70_000, "") is None


@pytest.mark.parametrize("riel", [69_900, 70_100, 0])
def test_a_difference_needs_a_reason(riel: int) -> None:
    counted = Counted({}, riel)
    for nothing in ("", "  \n"):
        problem = check_close(EXPECTED, counted, 0, nothing)
        assert problem is not None
        assert problem.ground is Ground.OUT_OF_BALANCE
        assert f"{riel:,} riel were counted and 70,000 should be there" in problem.message
    assert check_close(EXPECTED, counted, 0, WHY) is None


@pytest.mark.parametrize(
    ("counted", "handed_on"),
    [
        (Counted({3: 1}), 0),
        (Counted({20_000: -1}), 0),
        (Counted({20_000: 100_001}), 0),
        (Counted({}, -1), 0),
        (Counted({}, MOST_RIEL + 1), 0),
        (Counted({200_000: 100_000}), 0),
        (Counted({}, 100), 101),
        (Counted({}, 100), -1),
    ],
)
def test_what_cannot_have_been_counted_closes_nothing(counted: Counted, handed_on: int) -> None:
    problem = check_close(EXPECTED, counted, handed_on, WHY)
    assert problem is not None
    assert problem.ground is Ground.BAD_FORM


def test_notes_stand_largest_first_and_once() -> None:
    assert list(NOTES_RIEL) == sorted(set(NOTES_RIEL), reverse=True)
