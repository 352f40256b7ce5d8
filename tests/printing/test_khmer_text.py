"""Numbers, days and sums in Khmer."""

import unicodedata
from datetime import date

import pytest

from borderpass.printing.khmer_text import (
    group_digits,
    khmer_day,
    khmer_digits,
    khmer_letter_day,
    latin_day,
    number_words,
)


def test_latin_digits_become_khmer_digits_and_nothing_else_changes() -> None:
    assert khmer_digits("20:45 km, 1367890") == "២០:៤៥ km, ១៣៦៧៨៩០"


def test_days_are_written_with_the_name_of_the_month() -> None:
    assert khmer_day(date(2026, 11, 22)) == "២២ វិច្ឆិកា ២០២៦"
    assert khmer_letter_day(date(2027, 1, 3)) == "ថ្ងៃទី៣ ខែមករា ឆ្នាំ២០២៧"
    assert latin_day(date(2028, 12, 5)) == "5 Dec 2028"


def test_each_month_has_its_own_name() -> None:
    assert len({khmer_day(date(2026, month, 1)) for month in range(1, 13)}) == 12
    assert len({latin_day(date(2026, month, 1)) for month in range(1, 13)}) == 12


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0"), (900, "900"), (20_000, "20\u2009000"), (1_234_567, "1\u2009234\u2009567")]
)
def test_thousands_are_set_apart_by_a_thin_space(number: int, text: str) -> None:
    assert group_digits(number) == text


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "សូន្យ"),
        (7, "ប្រាំពីរ"),
        (10, "ដប់"),
        (11, "ដប់មួយ"),
        (99, "កៅសិបប្រាំបួន"),
        (500, "ប្រាំរយ"),
        (10_000, "មួយម៉ឺន"),
        (20_000, "ពីរម៉ឺន"),
        (20_500, "ពីរម៉ឺនប្រាំរយ"),
        (130_000, "មួយសែនបីម៉ឺន"),
        (12_000_000, "ដប់ពីរលាន"),
    ],
)
def test_sums_are_written_in_khmer_words(number: int, words: str) -> None:
    assert number_words(number) == words
    assert unicodedata.is_normalized("NFC", words)
