"""Which numbered blank comes next, and what does a stock hold?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain.blanks import Blank, Lot, StockFigures, next_blanks, read_blank, read_lot, shift

LOTS = [Lot("PB", 1, 5), Lot("PB", 11, 13), Lot("QC", 1, 2)]


def numbers(blanks: list[Blank]) -> list[str]:
    return [f"{one.series}{one.number}" for one in blanks]


@pytest.mark.parametrize("text", ["PB000123", "pb 123", "PB-123", "PB០០០១២៣", " P B 1 2 3 "])
def test_a_number_is_read_as_people_type_it(text: str) -> None:
    assert read_blank(text) == Blank("PB", 123)
    assert str(Blank("PB", 123)) == "PB000123"


@pytest.mark.parametrize("text", ["", "PB", "123", "PB0", "PBXYZ1", "ABCDE1", "PB1234567", "PB1\x00", "ប1"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_blank(text) is None


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_number_or_none(text: str) -> None:
    blank = read_blank(text)
    assert blank is None or read_blank(str(blank)) == blank


@pytest.mark.parametrize(
    ("first", "last", "size"),
    [("PB1", "PB500", 500), ("PB7", "PB7", 1), ("PB8", "PB7", None), ("PB1", "QC2", None), ("PB1", "PB200000", None)],
)
def test_a_lot_goes_up_within_one_series(first: str, last: str, size: int | None) -> None:
    lot = read_lot(first, last)
    assert (lot.size if lot else None) == size


def test_lots_overlap_only_within_a_series() -> None:
    assert Lot("PB", 1, 5).overlaps(Lot("PB", 5, 9))
    assert not Lot("PB", 1, 5).overlaps(Lot("PB", 6, 9))
    assert not Lot("PB", 1, 5).overlaps(Lot("QC", 1, 5))


def test_the_next_ones_pass_over_what_is_used_and_go_on_in_the_next_lot() -> None:
    used = {Blank("PB", 1), Blank("PB", 4)}
    assert numbers(next_blanks(LOTS, used, 5)) == ["PB2", "PB3", "PB5", "PB11", "PB12"]
    assert numbers(next_blanks(LOTS, used, 99)) == ["PB2", "PB3", "PB5", "PB11", "PB12", "PB13", "QC1", "QC2"]


def test_they_begin_at_the_one_in_the_printer() -> None:
    assert numbers(next_blanks(LOTS, set(), 3, Blank("PB", 12))) == ["PB12", "PB13", "QC1"]
    assert next_blanks(LOTS, set(), 3, Blank("PB", 6)) == []
    assert numbers(next_blanks(LOTS, {Blank("PB", 2)}, 1, Blank("PB", 2))) == ["PB3"]


@given(st.integers(0, 12), st.sets(st.integers(1, 14)))
def test_no_blank_comes_twice_or_from_nowhere(count: int, used: set[int]) -> None:
    taken = {Blank("PB", number) for number in used}
    found = next_blanks(LOTS, taken, count)
    assert len(found) == len(set(found)) <= count
    assert not taken & set(found)
    assert all(any(lot.holds(blank) for lot in LOTS) for blank in found)


def test_an_eaten_blank_moves_each_paper_to_the_next() -> None:
    assert numbers(shift([Blank("PB", 3), Blank("PB", 4), Blank("PB", 5)], [Blank("PB", 11)])) == ["PB4", "PB5", "PB11"]


def test_left_is_what_came_less_what_went() -> None:
    assert StockFigures(opening=100, received=500, printed=40, spoiled=3, void=2).left == 555
