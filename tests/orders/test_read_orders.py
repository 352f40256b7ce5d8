"""Is the YAML of an order read strictly, with a line for everything that is wrong?"""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from borderpass.domain import provisions as p
from borderpass.domain.orders import Evidence, Order, OrderProblem
from borderpass.domain.passes import PassKind
from borderpass.domain.provisions import Category, DayCount, Ending, GateCase, Hours, Kind, Level, Purpose
from borderpass.domain.verdicts import Direction
from borderpass.orders.provision_shapes import SHAPES
from borderpass.orders.read_orders import read_order, read_order_files
from borderpass.orders.yaml_tree import MAX_BYTES

FOLDER = Path(__file__).parents[2] / "orders"
REAL = [path.read_bytes() for path in sorted(FOLDER.glob("*.yaml"))]
EVERYBODY, BOTH_WAYS, ALL_WEEK = tuple(Category), tuple(Direction), (1, 2, 3, 4, 5, 6, 7)

HEAD = """\
number: BP-1
title:
  km: បទបញ្ជា
  en: "An order"
  th: คำสั่ง
authority: {km: ក្រសួងមហាផ្ទៃ, en: Ministry of Interior, th: กระทรวงมหาดไทยกัมพูชา}
evidence: stated
source: >-
  Somebody said so,
  in two lines.
signed_on: 2025-06-01
in_force_on: 2025-06-07
"""
FEE = "provisions:\n  - {id: fee, kind: fee, purpose: new, amount_riel: 20000}\n"
GOOD = HEAD + FEE


def read(text):
    order = read_order(text, "a.yaml")
    assert isinstance(order, Order), "\n".join(map(str, order))
    return order


def provision(body, extra=""):
    """The one provision of an order, given as a flow map."""
    [draft] = read(HEAD + extra + "provisions:\n  - {" + body + "}\n").provisions
    return draft.provision


def problems(text):
    found = read_order(text, "a.yaml")
    assert isinstance(found, list), "expected problems"
    assert found
    assert all(problem.file_name == "a.yaml" for problem in found)
    return [(problem.line, problem.message) for problem in found]


def only_problem(text):
    [problem] = problems(text)
    return problem


# What is read


def test_an_order_is_read_field_by_field():
    order = read(GOOD)
    assert (order.number, order.file_name, order.line) == ("BP-1", "a.yaml", 1)
    assert order.title == ("បទបញ្ជា", "An order", "คำสั่ง")
    assert order.authority.en == "Ministry of Interior"
    assert order.evidence is Evidence.STATED
    assert order.source == "Somebody said so, in two lines."
    assert (order.signed_on, order.in_force_on, order.ends_on) == (date(2025, 6, 1), date(2025, 6, 7), None)
    assert not order.extended_automatically
    assert (order.supersedes, order.supersedes_lines) == ((), ())
    [draft] = order.provisions
    assert draft.line == 14
    assert draft.provision == p.Fee(
        p.Term("BP-1/fee", "BP-1", datetime(2025, 6, 6, 17, tzinfo=UTC)), Purpose.NEW, 20_000
    )


def test_text_and_bytes_and_a_byte_order_mark_read_alike():
    windows = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert read(GOOD) == read(GOOD.encode()) == read(windows)


def test_what_an_order_supersedes_keeps_its_lines():
    order = read(HEAD + "supersedes:\n  - BP-0\n  - 12/24 NS/poipet-hours\n" + FEE)
    assert order.supersedes == ("BP-0", "12/24 NS/poipet-hours")
    assert order.supersedes_lines == (14, 15)


def test_a_trial_leaves_its_provisions_open_ended():
    trial = read(HEAD + "ends_on: 2025-12-31\nextended_automatically: true\n" + FEE)
    plain = read(HEAD + "ends_on: 2025-12-31\nextended_automatically: false\n" + FEE)
    assert trial.provisions[0].provision.term.until_at is None
    assert plain.provisions[0].provision.term.until_at == datetime(2025, 12, 31, 17, tzinfo=UTC)


def test_a_provision_may_narrow_the_dates_of_its_order():
    fee = provision("id: f, kind: fee, purpose: new, amount_riel: 0, from: 2025-07-01, until: 2025-07-01")
    assert fee.term.from_at == datetime(2025, 6, 30, 17, tzinfo=UTC)
    assert fee.term.until_at == datetime(2025, 7, 1, 17, tzinfo=UTC)


POIPET = GateCase(("poipet",))
BULK = (
    "kind: bulk_extension, pass_kinds: [two_year], residents_of: [01], "
    "ending_from: {}, ending_through: {}, good_through: {}, id: x"
)
KINDS_READ = {
    "kind: fee, purpose: one_time, amount_riel: 0": lambda t: p.Fee(t, Purpose.ONE_TIME, 0),
    "kind: validity, pass_kind: two_year, years: 2": lambda t: p.Validity(t, PassKind.TWO_YEAR, 2, 0),
    "kind: validity, pass_kind: one_time, days: 7": lambda t: p.Validity(t, PassKind.ONE_TIME, 0, 7),
    "kind: processing_time, law_days: 5, practice_days: 2, counted_in: working": lambda t: p.ProcessingTime(
        t, 5, 2, DayCount.WORKING
    ),
    "kind: delegation, level: district, residents_of: [01, '0203', 090101]": lambda t: p.Delegation(
        t, Level.DISTRICT, ("01", "0203", "090101")
    ),
    "kind: eligibility, residents_of: [01]": lambda t: p.Eligibility(t, ("01",)),
    "kind: companions, under_age_years: 12, at_most: 4": lambda t: p.Companions(t, 12, 4),
    "kind: revenue_split, district_percent: 85, province_percent: 15": lambda t: p.RevenueSplit(t, 85, 15),
    "kind: acceptance, checkpoints: all, pass_kinds: [extension], residents_of: [02]": lambda t: p.Acceptance(
        t, GateCase(("*",)), (PassKind.EXTENSION,), ("02",)
    ),
    "kind: opening, checkpoints: [poipet], hours: 06:00-24:00": lambda t: p.Opening(
        t, POIPET, Hours(ALL_WEEK, 360, 1440)
    ),
    "kind: opening, checkpoints: [a_b], weekdays: [sun, mon], hours: 00:00-00:01, directions: [entry]": (
        lambda t: p.Opening(t, GateCase(("a_b",), (Direction.ENTRY,)), Hours((1, 7), 0, 1))
    ),
    "kind: closure, checkpoints: [poipet], categories: [student, medical]": lambda t: p.Closure(
        t, GateCase(("poipet",), BOTH_WAYS, (Category.STUDENT, Category.MEDICAL))
    ),
    "kind: quota, checkpoints: [poipet], hours: 08:00-10:30, limit: 300": lambda t: p.Quota(
        t, POIPET, Hours(ALL_WEEK, 480, 630), 300
    ),
    "kind: stay, pass_kinds: [two_year, specimen], days: 7": lambda t: p.Stay(
        t, (PassKind.TWO_YEAR, PassKind.SPECIMEN), 7
    ),
    "kind: area, places: ['Aranyaprathet, Sa Kaeo']": lambda t: p.Area(t, ("Aranyaprathet, Sa Kaeo",)),
    BULK.format("2025-06-01", "2025-06-30", "2025-12-31"): lambda t: p.BulkExtension(
        t,
        (PassKind.TWO_YEAR,),
        ("01",),
        datetime(2025, 6, 1, 17, tzinfo=UTC),
        datetime(2025, 7, 1, 17, tzinfo=UTC),
        datetime(2025, 12, 31, 17, tzinfo=UTC),
    ),
    "kind: refund, ending: refused, percent: 100": lambda t: p.Refund(t, Ending.REFUSED, 100),
    "kind: refund, ending: withdrawn, percent: 0": lambda t: p.Refund(t, Ending.WITHDRAWN, 0),
}


@pytest.mark.parametrize("body", KINDS_READ)
def test_each_kind_of_provision_is_read(body):
    term = p.Term("BP-1/x", "BP-1", datetime(2025, 6, 6, 17, tzinfo=UTC))
    assert provision(body.removesuffix(", id: x") + ", id: x") == KINDS_READ[body](term)


def test_every_kind_of_provision_can_be_written():
    assert set(SHAPES) == set(Kind)
    assert {body.split(",")[0].removeprefix("kind: ").upper() for body in KINDS_READ} == set(Kind.__members__)


def test_an_order_may_have_no_provisions_when_it_supersedes():
    assert read(HEAD + "supersedes: [BP-0]\nprovisions: []\n").provisions == ()


# What is refused in the order


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("number: BP-1", "nummer: BP-1", 1, "unknown key 'nummer'; did you mean number?"),
        ("number: BP-1", "number: ''", 1, "number: expected 1 to 80 characters"),
        ("number: BP-1", f"number: {'9' * 81}", 1, "number: expected 1 to 80 characters"),
        ("number: BP-1", "number: [BP-1]", 1, "number: expected one value, not a list"),
        ('en: "An order"', "fr: Ordre", 3, "title: en is missing; add it"),
        ('en: "An order"', "en: បទបញ្ជា", 4, "title: en: expected Latin letters"),
        ("km: បទបញ្ជា", "km: Order", 3, "title: km: expected Khmer letters"),
        ("  th: คำสั่ง", "  th: Order", 5, "title: th: expected Thai letters"),
        ('"An order"', r'"An\u202Eorder"', 4, "title: en: an invisible character '\\u202e'"),
        ('"An order"', '"An orde\u0301r"', 4, "title: en: text is not in Unicode form NFC"),
        ("evidence: stated", "evidence: rumour", 7, "evidence: 'rumour' is unknown; it can be stated, tried"),
        ("evidence: stated", "evidence: sated", 7, "did you mean stated?"),
        ("2025-06-01", "2025-06-31", 11, "signed_on: '2025-06-31' is no day; write it like 2025-06-07"),
        ("2025-06-01", "2025-6-1", 11, "is no day"),
        ("2025-06-01", "20250601", 11, "is no day"),
        ("2025-06-01", "2025-W23-1", 11, "is no day"),
        ("2025-06-01", "0025-06-01", 11, "is no day"),
        ("2025-06-01", "2568-06-01", 11, "is no day"),
        ("2025-06-01", "២០២៥-០៦-០១", 11, "is no day"),
        ("2025-06-01", "2025-06-01T00:00:00Z", 11, "is no day"),
        ("2025-06-01", "", 11, "signed_on: '' is no day"),
        ("2025-06-01", "null", 11, "signed_on: 'null' is no day"),
        ("provisions:", "number: BP-2\nprovisions:", 13, "'number' is already given in line 1"),
        ("provisions:", "ends_on: 2025-06-06\nprovisions:", 1, "ends_on 2025-06-06 is before in_force_on"),
        ("provisions:", "extended_automatically: true\nprovisions:", 1, "extended_automatically without"),
        ("provisions:", "extended_automatically: yes\nprovisions:", 13, "'yes' is neither true nor false"),
        ("provisions:", "supersedes: BP-0\nprovisions:", 13, "supersedes: expected a list"),
        ("provisions:", "supersedes: []\nprovisions:", 13, "supersedes: expected a list with at least one"),
        ("provisions:", "supersedes: [BP-0, BP-0]\nprovisions:", 13, "'BP-0' is in the list twice"),
        ("provisions:", "supersedes: [[BP-0]]\nprovisions:", 13, "expected one value, not a list or a map"),
        (FEE, "provisions: []", 13, "none, and nothing is superseded"),
        (FEE, "provisions: none", 13, "provisions: expected a list"),
        (FEE, "provisions: [fee]", 13, "expected a provision"),
        (FEE, "", 1, "provisions is missing; add it"),
    ],
)
def test_what_is_wrong_with_an_order_is_told_with_its_line(old, new, line, words):
    assert old in GOOD
    found = problems(GOOD.replace(old, new))
    assert any(told_line == line and words in message for told_line, message in found), found


def test_everything_wrong_is_told_at_once():
    text = GOOD.replace("stated", "x").replace("2025-06-07", "soon").replace("20000", "20,000 riel")
    text += "  - {id: b, kind: fee, purpose: new}\n  - {id: b, kind: fees}\n"
    assert [line for line, _ in problems(text.replace("20,000 riel", "'20,000'"))] == [7, 12, 14, 15, 16]


# What is refused in a provision


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("kind: fee, purpose: new, amount_riel: 1", "id is missing"),
        ("id: x, purpose: new, amount_riel: 1", "kind is missing"),
        ("id: x, kind: fees", "kind: 'fees' is unknown; did you mean fee?"),
        ("id: Poipet Hours, kind: area, places: [a]", "is no id; write it like poipet-hours"),
        ("id: 12, kind: area, places: [a]", "is no id"),
        (f"id: {'a' * 61}, kind: area, places: [a]", "is no id"),
        ("id: x, kind: fee, purpose: new", "x: amount_riel is missing; add it"),
        ("id: x, kind: fee, purpose: new, amount_riel: 1, days: 1", "x: unknown key 'days'"),
        ("id: x, kind: fee, purpose: gift, amount_riel: 1", "x: purpose: 'gift' is unknown"),
        ("id: x, kind: fee, purpose: new, amount_riel: 020000", "'020000' is no whole number"),
        ("id: x, kind: fee, purpose: new, amount_riel: 20_000", "write digits only"),
        ("id: x, kind: fee, purpose: new, amount_riel: '20,000'", "is no whole number"),
        ("id: x, kind: fee, purpose: new, amount_riel: 2e4", "is no whole number"),
        ("id: x, kind: fee, purpose: new, amount_riel: 20000.0", "is no whole number"),
        ("id: x, kind: fee, purpose: new, amount_riel: -1", "is no whole number"),
        ("id: x, kind: fee, purpose: new, amount_riel: ២០០០០", "is no whole number"),
        ("id: x, kind: fee, purpose: new, amount_riel: 1000000000000", "from 0 to 100000000"),
        ("id: x, kind: fee, purpose: new, amount_riel: 1, from: 2025-06-06", "before the order is in force"),
        ("id: x, kind: area, places: [a], until: 2025-06-06", "ends on 2025-06-06, before it begins"),
        ("id: x, kind: validity, pass_kind: two_year", "valid for no time"),
        ("id: x, kind: validity, pass_kind: 1, years: 2", "pass_kind: '1' is unknown"),
        (
            "id: x, kind: processing_time, law_days: 2, practice_days: 5, counted_in: working",
            "practice_days is more than law_days",
        ),
        ("id: x, kind: revenue_split, district_percent: 85, province_percent: 16", "do not sum to 100"),
        ("id: x, kind: companions, under_age_years: 12, at_most: 5", "from 0 to 4"),
        ("id: x, kind: eligibility, residents_of: 01", "residents_of: expected a list"),
        ("id: x, kind: eligibility, residents_of: [1]", "'1' is no code"),
        ("id: x, kind: eligibility, residents_of: [01100301]", "is no code"),
        ("id: x, kind: eligibility, residents_of: ['*']", "is no code"),
        ("id: x, kind: eligibility, residents_of: [01, 01]", "'01' is in the list twice"),
        ("id: x, kind: closure, checkpoints: poipet", "expected a list like [poipet], or the word all"),
        ("id: x, kind: closure, checkpoints: ['*']", "'*' is no id"),
        ("id: x, kind: closure, checkpoints: [poipet], directions: [out]", "directions: 'out' is unknown"),
        ("id: x, kind: closure, checkpoints: [poipet], hours: 06:00-07:00", "unknown key 'hours'"),
        ("id: x, kind: opening, checkpoints: [poipet], hours: 06:00", "'06:00' are no hours"),
        ("id: x, kind: opening, checkpoints: [poipet], hours: 6:00-7:00", "are no hours"),
        ("id: x, kind: opening, checkpoints: [poipet], hours: 360", "are no hours"),
        ("id: x, kind: opening, checkpoints: [poipet], hours: 06:00-24:01", "does not run forward"),
        ("id: x, kind: opening, checkpoints: [poipet], hours: 22:00-06:00", "does not run forward"),
        ("id: x, kind: opening, checkpoints: [poipet], hours: 06:00-06:00", "does not run forward"),
        ("id: x, kind: opening, checkpoints: [poipet], hours: 24:00-24:00", "are no hours"),
        (
            "id: x, kind: opening, checkpoints: [poipet], weekdays: [monday], hours: 06:00-07:00",
            "weekdays: 'monday' is unknown; did you mean mon?",
        ),
        ("id: x, kind: area, places: [{a: b}]", "places: expected one value"),
        (
            BULK.format("2025-06-30", "2025-06-01", "2025-12-31"),
            "do not follow one another",
        ),
        (
            BULK.format("2025-06-01", "2025-06-30", "2025-06-29"),
            "do not follow one another",
        ),
    ],
)
def test_what_is_wrong_with_a_provision_is_told_with_its_line(body, words):
    line, message = only_problem(HEAD + "provisions:\n  - {" + body + "}\n")
    assert line == 14
    assert words in message


def test_a_provision_must_not_outlive_its_order():
    late = "ends_on: 2025-06-30\nprovisions:\n  - {id: x, kind: area, places: [a], %s}\n"
    assert "after the order ends" in only_problem(HEAD + late % "until: 2025-07-01")[1]
    assert "after the order ends" in only_problem(HEAD + late % "from: 2025-07-01, until: 2025-07-02")[1]


def test_an_id_given_twice_is_a_problem_of_the_second():
    line, message = only_problem(GOOD + "  - {id: fee, kind: area, places: [a]}\n")
    assert (line, message) == (15, "id: BP-1/fee is already in line 14")


# What is refused in the YAML


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 0, "the file is empty"),
        ("# only a remark\n", 0, "the file is empty"),
        ("a: [", 1, "not YAML"),
        ("a: b\n c: d\n", 2, "not YAML"),
        ("a:\n\t- b\n", 2, "not YAML"),
        ("a: &x b\n", 1, "an anchor"),
        ("a: b\nc: *poipet\n", 2, "an alias (*poipet)"),
        ("a: !!int 5\n", 1, "a tag"),
        ("a: ! b\n", 1, "a tag"),
        ("!!python/object:os.system {}\n", 1, "a tag"),
        ("%YAML 1.1\n---\na: b\n", 1, "a directive"),
        ("%TAG ! tag:x,2000:\n---\na: b\n", 1, "a directive"),
        (f"%YAML 1.{'9' * 5000}\n---\na: b\n", 0, "not YAML"),
        ("a: b\n---\nc: d\n", 2, "a second document"),
        ("a: b\n\nc: d\na: e\n", 4, "'a' is already given in line 1"),
        ("? [a]\n: b\n", 1, "a key that is a list or a map"),
        ("a: " + "[" * 7, 1, "nested more than 6 deep"),
        ("[" * 100_000, 1, "nested more than 6 deep"),
        ("x" * (MAX_BYTES + 1), 0, "longer than 128 KiB"),
        ('a: "\\UFFFFFFFF"\n', 0, "not YAML"),
        ("a: \x07\n", 0, "not YAML"),
        ("\ud800", 1, "not UTF-8"),
        (b"a: b\nc: \xff\n", 2, "not UTF-8"),
        ("a: b".encode("utf-16"), 1, "not UTF-8"),
        ("- a\n", 1, "expected a map with number"),
        ("a", 1, "expected a map with number"),
        ("<<: {number: x}\n", 1, "unknown key '<<'"),
    ],
)
def test_yaml_that_hides_something_or_is_none_is_refused(text, line, words):
    found = problems(text)
    assert any(told_line == line and words in message for told_line, message in found), found


# Files


def test_files_are_read_together_and_all_their_problems_told(tmp_path):
    good, bad, missing = tmp_path / "good.yaml", tmp_path / "bad.yaml", tmp_path / "missing.yaml"
    good.write_text(GOOD, encoding="utf-8")
    bad.write_text(GOOD.replace("stated", "x"), encoding="utf-8")
    assert read_order_files([]) == ()
    assert [order.number for order in read_order_files([good])] == ["BP-1"]
    found = read_order_files([bad, good, missing, tmp_path])
    assert [(problem.file_name, problem.line) for problem in found] == [
        (str(bad), 7),
        (str(missing), 0),
        (str(tmp_path), 0),
    ]
    assert "check the name" in found[1].message


# Whatever comes, it is an order or problems


def assert_order_or_problems(octets):
    found = read_order(octets, "a.yaml")
    if not isinstance(found, Order):
        assert found
        for problem in found:
            assert isinstance(problem, OrderProblem)
            assert problem.line >= 0
            assert len(str(problem).splitlines()) == 1


FUZZ = settings(max_examples=300, deadline=None, database=None)
WORDS = sorted(
    {word for octets in REAL for word in octets.decode().replace(":", " : ").split(" ") if word}
    | {"!!int", "&a", "*a", "<<", "~", "yes", "0o17", "%YAML", "---", "...", "|", ">-", "\t", "\n", "\n  - "}
)


@FUZZ
@given(st.binary(max_size=400))
def test_any_bytes(octets):
    assert_order_or_problems(octets)


@FUZZ
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_words_of_orders_in_any_sequence(words):
    assert_order_or_problems(" ".join(words).encode())


@FUZZ
@given(st.sampled_from(REAL), st.floats(0, 1), st.integers(0, 30), st.binary(max_size=12) | st.sampled_from(WORDS))
def test_any_order_with_a_stretch_of_it_replaced(octets, where, cut, put_in):
    start = int(where * len(octets))
    insert = put_in.encode() if isinstance(put_in, str) else put_in
    assert_order_or_problems(octets[:start] + insert + octets[start + cut :])


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.text(max_size=8)
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


@FUZZ
@given(st.sampled_from(REAL), st.data())
def test_any_order_with_any_value_in_place_of_another(octets, data):
    tree = yaml.safe_load(octets)
    inside = data.draw(st.sampled_from([tree, *tree["provisions"], tree["title"]]))
    inside[data.draw(st.sampled_from(sorted(inside)))] = data.draw(TREES)
    assert_order_or_problems(yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", "surrogatepass"))
