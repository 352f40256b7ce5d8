"""Which headings, days and homes do we read in the old books, and what is told of a row that cannot be taken?"""

from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain.old_book_columns import HEADINGS, PROBLEM, Column, find_headings, read_headings
from borderpass.domain.old_book_days import DayTrouble, NoDay, read_day
from borderpass.domain.old_book_rows import Fault, Formula, OldPassRow, RowReader, Wrong, key_of
from borderpass.domain.old_book_words import WORDS, say_fault
from borderpass.domain.old_homes import Homes, HomeTrouble, NoHome, Part, take_apart
from borderpass.domain.passes import Sex
from borderpass.services.load_gazetteer import load_gazetteer
from tests.old_books import row

TODAY = date(2026, 11, 23)
EARLIEST = date(1900, 1, 1)


@cache
def homes() -> Homes:
    return Homes(load_gazetteer())


def reader(there: frozenset[str] = frozenset()) -> RowReader:
    return RowReader(homes(), frozenset({"0110", "poipet"}), there, TODAY)


class TestHeadings:
    @pytest.mark.parametrize("form", ["km", "en", "both"])
    def test_each_is_known_in_both_languages(self, form: str) -> None:
        found = read_headings([getattr(heading, form) for heading in HEADINGS.values()])
        assert list(found.at) == list(Column)
        assert (found.missing, found.twice, found.unknown) == ((), (), ())

    def test_case_spaces_and_marks_make_no_difference(self) -> None:
        assert read_headings(["  date OF-birth: "]).at == {Column.BORN_ON: 0}

    def test_what_is_missing_twice_or_unknown_is_named_and_our_own_column_passed_over(self) -> None:
        found = read_headings([PROBLEM.both, "Sex", "Gender", " Blood\n group ", ""])
        assert (found.twice, found.unknown) == ((Column.SEX,), ("Blood group",))
        assert Column.OLD_NUMBER in found.missing
        assert Column.VILLAGE in found.missing
        assert Column.FEE not in found.missing

    def test_a_heading_that_means_nothing_is_shown_short_and_printable(self) -> None:
        assert read_headings(["\0", "\ud800x\u202e", "y" * 90]).unknown == ("?", "x", "y" * 60)

    def test_the_row_that_knows_most_is_the_one(self) -> None:
        rows = [["Sex", ""], ["a"], [heading.en for heading in HEADINGS.values()]]
        found = find_headings(rows)
        assert found is not None
        assert found[0] == 2
        assert find_headings([["Sex"]]) is None


class TestDays:
    @pytest.mark.parametrize(
        "text",
        [
            *("02/01/1990", "2/1/1990", "2-1-1990", "02.01.1990", "2 1 1990", "1990-01-02", "1990/1/2", "០២/០១/១៩៩០"),
            *("1990-01-02 00:00:00", "2 January 1990", "02-Jan-1990", "ថ្ងៃទី០២ ខែមករា ឆ្នាំ១៩៩០", "២ មករា ១៩៩០"),
        ],
    )
    def test_the_second_of_january_is_read_in_each_form(self, text: str) -> None:
        assert read_day(text, EARLIEST, TODAY) == date(1990, 1, 2)

    @pytest.mark.parametrize(
        "text", ["", "1990", "02/01/90", "31/02/1990", "13/25/1990", "32874", "02011990", "2/1-1990", "2 ខែ១ 1990 x"]
    )
    def test_what_is_unsure_is_not_guessed(self, text: str) -> None:
        assert read_day(text, EARLIEST, TODAY) == DayTrouble(NoDay.UNREADABLE)

    @pytest.mark.parametrize("cell", ["02/01/2533", date(2533, 1, 2), "២/១/២៥៣៣", "29/02/2535"])
    def test_a_year_of_the_buddhist_era_is_told_with_the_year_that_may_be_meant(self, cell: str | date) -> None:
        trouble = read_day(cell, EARLIEST, TODAY)
        assert isinstance(trouble, DayTrouble)
        assert trouble.why is NoDay.BUDDHIST_ERA
        assert trouble.years[0] - trouble.years[1] == 543

    def test_days_outside_of_what_is_possible_are_told(self) -> None:
        for day, why in ((date(2026, 11, 24), NoDay.TOO_LATE), (date(1899, 12, 31), NoDay.TOO_EARLY)):
            trouble = read_day(day, EARLIEST, TODAY)
            assert isinstance(trouble, DayTrouble)
            assert trouble.why is why

    @given(st.dates(EARLIEST, TODAY))
    def test_a_day_comes_back_whichever_way_it_is_written(self, day: date) -> None:
        for text in (f"{day:%d/%m/%Y}", day.isoformat(), f"{day.day}.{day.month}.{day.year}"):
            assert read_day(text, EARLIEST, TODAY) == day

    @given(st.text(max_size=25))
    def test_any_text_is_a_day_or_a_trouble(self, text: str) -> None:
        assert isinstance(read_day(text, EARLIEST, TODAY), date | DayTrouble)


class TestHomes:
    @pytest.mark.parametrize(
        ("address", "code"),
        [
            ("01100101", "01100101"),
            ("០១១០០១០១", "01100101"),
            ("0110", "0110"),
            ("សង្កាត់ប៉ោយប៉ែត ក្រុងប៉ោយប៉ែត", "011002"),
            ("ខេត្តបន្ទាយមានជ័យ ក្រុងប៉ោយប៉ែត", "0110"),
            ("Sangkat Paoy Paet, Krong Poipet, Banteay Meanchey", "011002"),
            ("Mongkol Borei, Bantey Meanchey", "0102"),
        ],
    )
    def test_codes_names_older_spellings_and_either_order_are_understood(self, address: str, code: str) -> None:
        found = homes().find(take_apart(address))
        assert found == code or (isinstance(found, HomeTrouble) and code in found.candidates), found

    def test_columns_say_their_level(self) -> None:
        assert homes().find([Part("ប៉ោយប៉ែត", 6), Part("Poipet", 4)]) == "011002"
        assert homes().find([Part("ប៉ោយប៉ែត", 4)]) == "0110"

    def test_several_are_named_and_none_is_chosen(self) -> None:
        assert homes().find([Part("Poipet")]) == HomeTrouble(NoHome.AMBIGUOUS, 0, ("0110", "011002", "01100407"))

    def test_what_is_unknown_apart_or_too_large_is_told(self) -> None:
        assert homes().find([Part("Nowhere", 8), Part("0110", 4)]) == HomeTrouble(NoHome.UNKNOWN, 0)
        assert homes().find([Part("0110", 4), Part("02", 2)]) == HomeTrouble(NoHome.APART, 0)
        assert homes().find([Part("Banteay Meanchey")]) == HomeTrouble(NoHome.TOO_LARGE, 0, ("01",))
        assert homes().find([Part("01999999")]) == HomeTrouble(NoHome.UNKNOWN, 0)

    @given(st.sampled_from(["01100101", "18060302", "0110", "120101"]), st.booleans())
    def test_a_place_is_found_or_among_those_named_by_the_names_of_all_it_lies_in(self, code: str, khmer: bool) -> None:
        gazetteer = load_gazetteer()
        place = gazetteer.find(code)
        assert place is not None
        names = [one.name_km if khmer else one.name_latin for one in (*gazetteer.ancestors(code), place)][::-1]
        levels = [len(code) - 2 * index for index in range(len(names))]
        assert homes().find([Part(name, level) for name, level in zip(names, levels, strict=True)]) == code


class TestRows:
    def test_a_row_that_is_filled_in_right(self) -> None:
        read = reader().read(2, row(fee_riel="20,000 ៛", name_latin="sok  sokha", remarks=" ក \u200b"))
        assert isinstance(read, OldPassRow)
        assert (read.name_latin, read.fee_riel, read.sex) == ("SOK SOKHA", 20_000, Sex.FEMALE)

    @pytest.mark.parametrize(
        ("changes", "column", "wrong"),
        [
            ({"old_number": " "}, Column.OLD_NUMBER, Wrong.MISSING),
            ({"old_number": "9" * 41}, Column.OLD_NUMBER, Wrong.TOO_LONG),
            ({"old_number": "1\x07"}, Column.OLD_NUMBER, Wrong.UNPRINTABLE),
            ({"name_khmer": "", "name_latin": ""}, Column.NAME_KHMER, Wrong.MISSING),
            ({"name_khmer": "SOK"}, Column.NAME_KHMER, Wrong.NOT_KHMER),
            ({"name_latin": "សុខ"}, Column.NAME_LATIN, Wrong.NOT_LATIN),
            ({"sex": "?"}, Column.SEX, Wrong.SEX_UNKNOWN),
            ({"sex": ""}, Column.SEX, Wrong.MISSING),
            ({"born_on": ""}, Column.BORN_ON, Wrong.MISSING),
            ({"born_on": "1990"}, Column.BORN_ON, Wrong.DAY_UNREADABLE),
            ({"born_on": "02/01/2533"}, Column.BORN_ON, Wrong.BUDDHIST_ERA),
            ({"born_on": "24/11/2026"}, Column.BORN_ON, Wrong.DAY_TOO_LATE),
            ({"born_on": "24/11/1826"}, Column.BORN_ON, Wrong.DAY_TOO_EARLY),
            ({"issued_on": "01/01/1980", "valid_until": "01/01/1982"}, Column.ISSUED_ON, Wrong.BEFORE_BIRTH),
            ({"valid_until": "14/03/2025"}, Column.VALID_UNTIL, Wrong.BEFORE_ISSUE),
            ({"valid_until": "16/03/2035"}, Column.VALID_UNTIL, Wrong.VALID_TOO_LONG),
            ({"document_number": "10203040"}, Column.DOCUMENT_NUMBER, Wrong.ZERO_LOST),
            ({"document_number": "១*"}, Column.DOCUMENT_NUMBER, Wrong.NUMBER_UNREADABLE),
            ({"address": ""}, Column.VILLAGE, Wrong.MISSING),
            ({"address": "Nowhere"}, Column.ADDRESS, Wrong.PLACE_UNKNOWN),
            ({"address": "0110", "province": "02"}, Column.PROVINCE, Wrong.PLACES_APART),
            ({"address": "Poipet"}, Column.ADDRESS, Wrong.PLACE_AMBIGUOUS),
            ({"address": "01"}, Column.ADDRESS, Wrong.PLACE_TOO_LARGE),
            ({"office": "0106"}, Column.OFFICE, Wrong.OTHER_OFFICE),
            ({"fee_riel": "much"}, Column.FEE, Wrong.FEE_UNREADABLE),
            ({"fee_riel": "99999999"}, Column.FEE, Wrong.FEE_UNREADABLE),
            ({"fee_riel": Formula("=1")}, Column.FEE, Wrong.FORMULA),
            ({"remarks": "x" * 301}, Column.REMARKS, Wrong.TOO_LONG),
        ],
        ids=lambda one: one.value if isinstance(one, Wrong) else "",
    )
    def test_each_thing_that_can_be_wrong_is_told_at_its_cell(
        self, changes: dict[str, str], column: Column, wrong: Wrong
    ) -> None:
        read = reader().read(2, row(**changes))
        assert isinstance(read, list)
        assert [(one.column, one.wrong) for one in read] == [(column, wrong)]

    def test_all_that_is_wrong_is_told_at_once(self) -> None:
        read = reader().read(2, row(sex="?", born_on="x", fee_riel="y"), has_more=True)
        assert isinstance(read, list)
        assert {one.wrong for one in read} == {
            *(Wrong.SEX_UNKNOWN, Wrong.DAY_UNREADABLE, Wrong.FEE_UNREADABLE, Wrong.MORE_CELLS)
        }

    def test_a_number_stands_once_in_a_file_and_once_in_an_office(self) -> None:
        one = reader(frozenset({"N5"}))
        assert isinstance(one.read(2, row()), OldPassRow)
        assert one.read(3, row(old_number="០១២ /២៤")) == [Fault(Column.OLD_NUMBER, Wrong.TWICE_IN_FILE, ("2",))]
        assert one.read(4, row(5)) == [Fault(Column.OLD_NUMBER, Wrong.THERE_ALREADY)]
        assert key_of(" ០១២ /a ") == "012/A"

    def test_an_office_may_be_named_as_people_name_it(self) -> None:
        for name in ("0110", "Poipet", "POIPET ", ""):
            assert isinstance(reader().read(2, row(office=name)), OldPassRow)

    @given(st.dictionaries(st.sampled_from(Column), st.text(max_size=40) | st.dates(), max_size=16))
    def test_any_cells_are_a_pass_or_faults_that_can_be_said(self, cells: dict[Column, str | date]) -> None:
        read = reader().read(2, cells)
        assert isinstance(read, OldPassRow) or read
        for fault in read if isinstance(read, list) else []:
            said = say_fault(fault, load_gazetteer())
            assert all(said)

    def test_everything_that_can_be_wrong_has_its_words(self) -> None:
        assert set(WORDS) == set(Wrong)
        said = say_fault(Fault(Column.ADDRESS, Wrong.PLACE_AMBIGUOUS, ("0110", "011002", "01100407")), load_gazetteer())
        assert "0110 ក្រុងប៉ោយប៉ែត" in said.km
        assert "01100407 Paoy Paet, Ou Chrov" in said.en
