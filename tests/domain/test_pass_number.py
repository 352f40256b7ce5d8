"""Is a wrong pass number found (ISO/IEC 7064 MOD 37,36)?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borderpass.domain.pass_number import (
    PassNumber,
    check_character,
    make_pass_number,
    normalise_pass_number,
    parse_pass_number,
)

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.mark.parametrize(("body", "check"), [("A12425GABC1234002", "M"), ("00000000D07A0090", "Q")])
def test_check_character_of_a_grid_and_of_an_isan(body: str, check: str) -> None:
    assert check_character(body) == check


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 9999), st.integers(0, 99), st.integers(1, 999_999))
def test_number_comes_back(office: int, year: int, serial: int) -> None:
    number = make_pass_number(f"{office:04d}", year, serial)
    assert parse_pass_number(number) == PassNumber(f"{office:04d}", year, serial)
    assert str(PassNumber(f"{office:04d}", year, serial)) == number


def test_every_single_wrong_digit_is_found() -> None:
    number = make_pass_number("0110", 2026, 123)
    for place, right in enumerate(number):
        for wrong in ALPHABET:
            if right != "-" and wrong != right:
                assert parse_pass_number(number[:place] + wrong + number[place + 1 :]) is None


def test_every_swap_of_neighbours_in_the_serial_is_found() -> None:
    number = make_pass_number("0110", 2026, 183_645)
    for place in range(8, 13):
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        assert parse_pass_number(swapped) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0110-26-000123",
        "0110-26-000123-",
        "011026000123X",
        "0110-26-00123-X",
        "០១១០-26-000123-1",
        " 0110-26-000123-1",
    ],
)
def test_other_forms_are_refused(text: str) -> None:
    assert parse_pass_number(text) is None


@pytest.mark.parametrize(
    ("office", "serial"), [("110", 1), ("01100", 1), ("01AB", 1), ("0110", 0), ("0110", 1_000_000), ("០១១០", 1)]
)
def test_parts_out_of_range_are_refused(office: str, serial: int) -> None:
    with pytest.raises(ValueError, match="is not"):
        make_pass_number(office, 2026, serial)


def test_year_may_be_given_in_full() -> None:
    assert make_pass_number("0110", 2026, 1) == make_pass_number("0110", 26, 1)


def test_what_people_type_is_brought_into_form() -> None:
    number = make_pass_number("0110", 2026, 123)
    for typed in (number.lower(), number.replace("-", ""), number.replace("-", " "), f"  {number} "):
        assert normalise_pass_number(typed) == number
    assert normalise_pass_number(" abc ") == "ABC"
