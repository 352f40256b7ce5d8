"""How are days, ages and spans of time said?"""

from datetime import date, timedelta

import pytest
from django.utils import translation

from borderpass.web.wording import language, say_ago, say_day, say_number, say_weekday, say_years


@pytest.mark.parametrize(
    ("code", "said"),
    [("km", "ថ្ងៃចន្ទ 23 វិច្ឆិកា 2026"), ("en", "Monday 23 November 2026"), ("th", "วันจันทร์ 23 พฤศจิกายน 2569")],
)
def test_a_day_is_said_in_the_pages_language_and_thai_years_are_buddhist(code: str, said: str) -> None:
    with translation.override(code):
        assert say_weekday(date(2026, 11, 23)) == said


def test_days_have_no_leading_zero() -> None:
    with translation.override("en"):
        assert say_day(date(2026, 1, 5)) == "5 January 2026"


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=-30), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=47, minutes=59), "47 hours ago"),
        (timedelta(hours=48), "2 days ago"),
    ],
)
def test_a_span_is_said_in_the_largest_unit_that_fits(span: timedelta, said: str) -> None:
    with translation.override("en"):
        assert say_ago(span) == said


def test_one_is_not_many() -> None:
    with translation.override("en"):
        assert (say_years(1), say_years(2)) == ("1 year", "2 years")


def test_numbers_have_commas() -> None:
    assert say_number(20_000) == "20,000"


def test_a_language_we_do_not_speak_is_english() -> None:
    with translation.override("fr"):
        assert language() == "en"
    with translation.override(None):
        assert language() == "km"
