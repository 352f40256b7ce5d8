"""By when is an application due? Two days of practice, five of the law, by the order in force on its day."""

from datetime import date, timedelta
from typing import Any

import pytest

from borderpass.services.find_due_days import due_days_of, find_due_days, late_among
from tests.cases.clock import local
from tests.installation import Installation

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("now", "practice_left", "law_left", "late"),
    [
        ("2026-11-23 08:00:00", 2, 5, False),
        ("2026-11-25 23:59:59", 0, 3, False),
        ("2026-11-26 00:00:00", -1, 2, True),
        ("2026-11-29 00:00:00", -4, -1, True),
    ],
)
def test_days_are_counted_from_the_day_of_lodging(
    installation: Installation, now: str, practice_left: int, law_left: int, late: bool
) -> None:
    due = find_due_days(local("2026-11-23 16:59:00"), local(now))
    assert due is not None
    assert (due.practice_on, due.law_on) == (date(2026, 11, 25), date(2026, 11, 28))
    assert (due.practice_left, due.law_left, due.late) == (practice_left, law_left, late)


def test_where_no_order_says_so_nothing_is_due(db: None) -> None:
    assert find_due_days(local("2026-11-23 08:00:00"), local("2026-11-30 08:00:00")) is None
    assert late_among([MONDAY], local("2027-11-23 08:00:00")) == set()


def test_it_says_whether_the_holidays_are_known(installation: Installation) -> None:
    far = date(2040, 1, 2)
    dues = due_days_of([MONDAY, far], local("2026-11-23 08:00:00"))
    assert (dues[MONDAY].holidays_known, dues[far].holidays_known) == (True, False)


def test_of_many_days_those_are_late_whose_practice_is_over(installation: Installation) -> None:
    days = [MONDAY - timedelta(days=back) for back in range(5)]
    assert late_among(days, local("2026-11-23 12:00:00")) == {date(2026, 11, 20), date(2026, 11, 19)}


def test_the_order_of_the_day_of_lodging_holds(installation: Installation, monkeypatch: Any) -> None:
    asked = []
    import borderpass.services.find_due_days as module

    real = module.processing_time
    monkeypatch.setattr(module, "processing_time", lambda rules, at: asked.append(at) or real(rules, at))
    find_due_days(local("2026-11-23 23:30:00"), local("2026-12-30 08:00:00"))
    assert asked == [local("2026-11-23 00:00:00")]
