"""How are the exact figures printed?"""

import csv
import io
import json

import pytest

NAMES = (
    *("lodged", "paid", "fee_riel", "refund_riel", "returned", "refused", "withdrawn", "approved", "issued"),
    *("renewed", "extended", "replaced", "corrected", "printed", "reprinted", "spoiled", "handed_over"),
    *("revoked", "suspended", "reinstated", "superseded", "old_books"),
    *("scans", "exits", "entries", "referred", "turned_back", "without_action"),
)


@pytest.fixture
def issued(office, borderpass, write_application):
    """One pass of Poipet's office, issued and printed."""
    borderpass("issue", write_application()).done()


def test_for_people_each_figure_has_a_line(issued, borderpass):
    lines = [line.rsplit(maxsplit=1) for line in borderpass("counts").done().splitlines()]
    figures = {name.strip(): figure for name, figure in lines}
    assert list(figures) == [name.replace("_", " ") for name in NAMES]
    assert (figures["fee riel"], figures["issued"], figures["scans"]) == ("20,000", "1", "0")


def test_for_programs_there_is_json(issued, borderpass):
    [everything] = json.loads(borderpass("counts", "--json").done())
    assert tuple(everything) == NAMES
    assert everything["fee_riel"] == 20_000


def test_for_spreadsheets_there_is_csv(issued, borderpass):
    heading, row = csv.reader(io.StringIO(borderpass("counts", "--csv").done()))
    assert heading == ["all", *NAMES]
    assert row[0] == "all"
    assert dict(zip(heading, row, strict=True))["fee_riel"] == "20000"


def test_by_office(issued, borderpass):
    borderpass("office", "add", "0106").done()
    [row] = json.loads(borderpass("counts", "--by", "office", "--json").done())
    assert (row["office"], row["issued"]) == ("0110", 1)


def test_by_day(issued, borderpass):
    [row] = json.loads(borderpass("counts", "--by", "day", "--json").done())
    assert row["issued"] == 1
    again = json.loads(borderpass("counts", "--by", "day", "--json", "--from", row["day"], "--to", row["day"]).done())
    assert again == [row]


def test_by_checkpoint_only_the_gates_figures_are_there(issued, borderpass):
    assert json.loads(borderpass("counts", "--by", "checkpoint", "--json").done()) == []


def test_a_grouped_table_names_each_group(issued, borderpass):
    assert borderpass("counts", "--by", "office").done().splitlines()[0] == "office 0110"


@pytest.mark.parametrize("by", ["office", "checkpoint", "day"])
def test_where_nothing_happened_that_is_said(home, borderpass, by):
    assert borderpass("counts", "--by", by).done() == "nothing happened in these days\n"
    assert borderpass("counts", "--by", by, "--json").done() == "[]\n"
    assert borderpass("counts", "--by", by, "--csv").done() == f"{by}\n"


def test_days_before_and_after_count_nothing(issued, borderpass):
    for words in (["--to", "2020-12-31"], ["--from", "9990-01-01"]):
        [everything] = json.loads(borderpass("counts", "--json", *words).done())
        assert set(everything.values()) == {0}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--from", "2026-11-02", "--to", "2026-11-01"], "--from is after --to"),
        (["--from", "2026-02-30"], "'2026-02-30' is not a day of the form YYYY-MM-DD"),
        (["--to", "today"], "'today' is not a day of the form YYYY-MM-DD"),
        (["--to", "9999-12-31"], "9999-12-31 is not between 1970-01-01 and 9998-12-31"),
    ],
)
def test_days_that_cannot_be_are_bad_usage(borderpass, words, says):
    assert says in borderpass("counts", *words).refusal(2)


@pytest.mark.parametrize("day", ["1970-01-01", "9998-12-31"])
def test_the_first_and_the_last_day_are_days(home, borderpass, day):
    borderpass("counts", "--from", day, "--to", day).done()


def test_that_everything_adds_up_is_proved(issued, borderpass):
    assert borderpass("counts", "--prove").done().startswith("every figure is the sum of its records")


def test_what_does_not_add_up_is_said_line_by_line(issued, borderpass):
    from borderpass.store.models import Application

    Application.objects.update(state="lodged")
    ran = borderpass("counts", "--prove")
    assert (ran.status, ran.out) == (1, "")
    first, *rest = ran.err.splitlines()
    assert first == "borderpass counts: the figures do not add up:"
    assert any("its events say" in line for line in rest)
