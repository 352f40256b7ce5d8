"""Are the public holidays that ship sound, and is an unsound file refused with its line?"""

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from borderpass.domain.orders import Evidence
from borderpass.domain.working_days import add_working_days, is_working_day
from borderpass.services.load_holidays import HolidayFileError, load_calendar, read_calendar

WEEK = "workdays: [mon, tue, wed, thu, fri]\n"
YEAR = """year: 2026
source: a sub-decree
days:
  - on: [2026-04-14, 2026-04-15]
    evidence: stated
    name:
      km: ចូលឆ្នាំថ្មី
      en: New Year
      th: ปีใหม่
  - on: [2026-05-01]
    evidence: assumed
    name: {km: ពលកម្ម, en: Labour Day, th: แรงงาน}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "README.md").write_text("not read", encoding="utf-8")
    (tmp_path / "week.yaml").write_text(WEEK, encoding="utf-8")
    (tmp_path / "2026.yaml").write_text(YEAR, encoding="utf-8")
    return tmp_path


def write(folder: Path, text: str, file: str = "2026.yaml") -> Path:
    (folder / file).write_text(text, encoding="utf-8")
    return folder


def test_three_years_ship() -> None:
    calendar = load_calendar()
    assert calendar.years == {2025, 2026, 2027}
    assert calendar.workdays == {1, 2, 3, 4, 5}
    assert load_calendar() is calendar


@pytest.mark.parametrize(("year", "days"), [(2025, 22), (2026, 21), (2027, 22)])
def test_every_year_has_its_holidays(year: int, days: int) -> None:
    """22 by sub-decree; in 2026 Visak Bochea is on Labour Day."""
    calendar = load_calendar()
    assert sum(day.year == year for day in calendar.holidays) == days
    assert sum(len(held) for day, held in calendar.holidays.items() if day.year == year) == 22
    for month, day in (
        (1, 1),
        (1, 7),
        (3, 8),
        (4, 14),
        (4, 16),
        (5, 14),
        (9, 24),
        (10, 15),
        (10, 29),
        (11, 9),
        (12, 29),
    ):
        assert calendar.holidays_on(date(year, month, day)), (month, day)


def test_names_are_in_three_languages_and_normal_form_c() -> None:
    for held in load_calendar().holidays.values():
        for holiday in held:
            for name in holiday.name:
                assert unicodedata.is_normalized("NFC", name)
                assert not {"\u200b", "\ufffd"} & set(name)


def test_two_holidays_may_fall_on_one_day() -> None:
    names = [holiday.name.en for holiday in load_calendar().holidays_on(date(2026, 5, 1))]
    assert names == ["International Labour Day", "Visak Bochea Day"]


def test_what_is_not_stated_is_marked() -> None:
    calendar = load_calendar()
    assumed = {day for day, held in calendar.holidays.items() if any(one.evidence is Evidence.ASSUMED for one in held)}
    assert not any(day.year == 2025 for day in assumed)
    assert {day for day in calendar.holidays if day.year == 2027} <= assumed
    assert date(2026, 11, 24) in assumed
    assert date(2026, 11, 9) not in assumed


def test_offices_are_closed_over_the_water_festival() -> None:
    """Lodged on Friday 20 November 2026: the next working day is the Thursday after."""
    calendar = load_calendar()
    assert add_working_days(calendar, date(2026, 11, 20), 1) == date(2026, 11, 26)
    assert not is_working_day(calendar, date(2026, 11, 23))


def test_sound_files_are_read(folder: Path) -> None:
    calendar = read_calendar(folder)
    assert sorted(calendar.holidays) == [date(2026, 4, 14), date(2026, 4, 15), date(2026, 5, 1)]
    [labour] = calendar.holidays_on(date(2026, 5, 1))
    assert (labour.name.en, labour.evidence) == ("Labour Day", Evidence.ASSUMED)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("year: 2026", "year: 2027", r"holidays/2026\.yaml: holds the year 2027; name it 2027\.yaml"),
        ("year: 2026\n", "", r"2026\.yaml, line 1: year is missing"),
        ("2026-04-15]", "2027-04-15]", r"2026\.yaml, line 4: 2027-04-15 is not in 2026"),
        ("2026-04-15]", "2026-04-31]", r"line 4: days: on: '2026-04-31' is no day"),
        ("2026-04-15]", "2026-04-14]", r"line 4: .*twice"),
        ("[2026-05-01]", "[]", r"line 10: .*at least one"),
        ("    evidence: stated\n", "", r"line 4: days: evidence is missing"),
        ("evidence: assumed", "evidence: guessed", r"line 11: days: evidence: 'guessed' is unknown"),
        ("en: Labour Day, ", "", r"line 12: .*en is missing"),
        ("ពលកម្ម", "Labour", r"line 12: .*expected Khmer letters"),
        ("days:\n", "days: none\nmore:\n", r"line 3: days: expected a list of holidays"),
        ("source: a sub-decree\n", "source: a sub-decree\nnumber: 1\n", r"line 3: unknown key 'number'"),
        ("year: 2026", "year: &a 2026", r"line 1: an anchor"),
    ],
)
def test_unsound_year_is_refused_with_its_line(folder: Path, old: str, new: str, told: str) -> None:
    assert old in YEAR
    with pytest.raises(HolidayFileError, match=told):
        read_calendar(write(folder, YEAR.replace(old, new, 1)))


def test_holiday_given_twice_is_refused(folder: Path) -> None:
    again = YEAR + YEAR[YEAR.index("  - on: [2026-05-01]") :]
    with pytest.raises(HolidayFileError, match=r"line 13: Labour Day is on 2026-05-01 twice; keep one"):
        read_calendar(write(folder, again))


@pytest.mark.parametrize(
    "week", ["workdays: []\n", "workdays: [monday]\n", "workdays: [mon, mon]\n", "workdays: mon\n", "days: 1\n", ""]
)
def test_unsound_week_is_refused(folder: Path, week: str) -> None:
    with pytest.raises(HolidayFileError, match=r"holidays/week\.yaml"):
        read_calendar(write(folder, week, "week.yaml"))


def test_week_is_not_left_out(folder: Path) -> None:
    (folder / "week.yaml").unlink()
    with pytest.raises(HolidayFileError, match=r"holidays/week\.yaml: is missing"):
        read_calendar(folder)


def test_file_of_another_name_is_refused(folder: Path) -> None:
    with pytest.raises(HolidayFileError, match=r"new\.yaml: holds the year 2026; name it 2026\.yaml"):
        read_calendar(write(folder, YEAR, "new.yaml"))
