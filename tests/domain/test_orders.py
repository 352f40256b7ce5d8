"""What do orders provide together: supersession, trials, overlaps and gaps?"""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest

from borderpass.domain import provisions as p
from borderpass.domain.local_time import end_of_day, start_of_day
from borderpass.domain.order_cases import shared_case
from borderpass.domain.orders import (
    DraftProvision,
    Evidence,
    Order,
    OrderProblem,
    compile_rulebook,
    find_conflicts,
    find_pieces,
)
from borderpass.domain.passes import PassKind
from borderpass.domain.provisions import Category, Ending, GateCase, Hours, Level, Purpose, Term
from borderpass.domain.rulebook import Rulebook
from borderpass.domain.trust import Names
from borderpass.domain.verdicts import Direction

NAMES = Names(km="បទបញ្ជា", en="Order", th="คำสั่ง")
ISSUED_AT = datetime(2026, 11, 22, 3, tzinfo=UTC)
ALL_WEEK = (1, 2, 3, 4, 5, 6, 7)
EVERYBODY = tuple(Category)
BOTH_WAYS = tuple(Direction)


def order(number, begins, *provisions, ends=None, trial=False, supersedes=()):
    """An order whose provisions are given as functions of their term, by position named p0, p1 ..."""
    begins_on = date.fromisoformat(begins)
    ends_on = date.fromisoformat(ends) if ends else None
    until_at = None if ends_on is None or trial else end_of_day(ends_on)
    drafts = tuple(
        DraftProvision(make(Term(f"{number}/p{place}", number, start_of_day(begins_on), until_at)), 10 + place)
        for place, make in enumerate(provisions)
    )
    return Order(
        number=number,
        title=NAMES,
        authority=NAMES,
        evidence=Evidence.ASSUMED,
        source="a test",
        signed_on=begins_on,
        in_force_on=begins_on,
        ends_on=ends_on,
        extended_automatically=trial,
        supersedes=tuple(supersedes),
        provisions=drafts,
        file_name=f"{number}.yaml",
        supersedes_lines=tuple(range(5, 5 + len(supersedes))),
    )


def fee(amount, purpose=Purpose.NEW):
    return lambda term: p.Fee(term, purpose, amount)


def narrowed(make, begins, ends):
    def build(term):
        return make(
            Term(
                term.provision_id,
                term.order_number,
                start_of_day(date.fromisoformat(begins)),
                end_of_day(date.fromisoformat(ends)),
            )
        )

    return build


def area(*places):
    return lambda term: p.Area(term, places)


def refund(ending, percent=100):
    return lambda term: p.Refund(term, ending, percent)


def stay(days, *kinds):
    return lambda term: p.Stay(term, kinds or (PassKind.TWO_YEAR,), days)


def delegation(level, *prefixes):
    return lambda term: p.Delegation(term, level, prefixes)


def case(*gates, ways=BOTH_WAYS, whom=EVERYBODY):
    return GateCase(gates, ways, whom)


def acceptance(*gates, kinds=(PassKind.TWO_YEAR,), land=("01",), **rest):
    return lambda term: p.Acceptance(term, case(*gates, **rest), kinds, land)


def opening(*gates, week=ALL_WEEK, opens=6, closes=22, **rest):
    return lambda term: p.Opening(term, case(*gates, **rest), Hours(week, opens * 60, closes * 60))


def closure(*gates, **rest):
    return lambda term: p.Closure(term, case(*gates, **rest))


def quota(*gates, opens=8, closes=10, limit=300, **rest):
    return lambda term: p.Quota(term, case(*gates, **rest), Hours(ALL_WEEK, opens * 60, closes * 60), limit)


def bulk(land, first, last):
    return lambda term: p.BulkExtension(
        term,
        (PassKind.TWO_YEAR,),
        land,
        end_of_day(date.fromisoformat(first)),
        end_of_day(date.fromisoformat(last) + timedelta(days=1)),
        end_of_day(date(2030, 1, 1)),
    )


def noon(day):
    return start_of_day(date.fromisoformat(day)) + timedelta(hours=12)


def book(orders, day="1900-01-01"):
    compiled = compile_rulebook(orders, noon(day), 7, ISSUED_AT)
    assert isinstance(compiled, Rulebook), compiled
    return compiled


def places_on(orders, day):
    """The areas in force on a day: areas have no standing question, so pieces can be seen alone."""
    return [place for one in book(orders).in_force(p.Area, noon(day)) for place in one.places]


def told(orders):
    return [(problem.file_name, problem.line, problem.message) for problem in find_conflicts(orders)]


# Dates


def test_an_order_begins_at_midnight_in_phnom_penh_and_its_last_day_still_counts():
    rulebook = book([order("A", "2025-06-07", area("x"), ends="2025-06-22")])
    term = rulebook.provisions[0].term
    assert term.from_at == datetime(2025, 6, 6, 17, tzinfo=UTC)
    assert term.until_at == datetime(2025, 6, 22, 17, tzinfo=UTC)
    assert (term.provision_id, term.order_number) == ("A/p0", "A")


def test_a_rulebook_holds_what_is_in_force_and_what_is_decided_for_later():
    orders = [
        order("A", "2025-01-01", area("past"), ends="2025-06-06"),
        order("B", "2025-06-07", area("now"), ends="2025-06-30"),
        order("C", "2025-07-01", area("later")),
    ]
    assert [one.places for one in book(orders, "2025-06-07").provisions] == [("now",), ("later",)]


def test_what_ends_at_the_very_instant_is_left_out():
    orders = [order("A", "2025-01-01", area("x"), ends="2025-06-06")]
    at = end_of_day(date(2025, 6, 6))
    assert compile_rulebook(orders, at, 1, ISSUED_AT).provisions == ()
    assert len(compile_rulebook(orders, at - timedelta(seconds=1), 1, ISSUED_AT).provisions) == 1


def test_serial_and_issue_are_those_given():
    assert (book([]).serial, book([]).issued_at, book([]).provisions) == (7, ISSUED_AT, ())


def test_the_rulebook_does_not_depend_on_the_order_of_orders():
    orders = [
        order("A", "2025-01-01", area("a"), fee(1)),
        order("B", "2025-02-01", area("b"), supersedes=["A/p0"], ends="2025-02-28"),
        order("C", "2025-03-10", opening("poipet"), acceptance("poipet")),
    ]
    books = {book(shuffled).provisions for shuffled in itertools.permutations(orders)}
    assert len(books) == 1


# Superseding


def test_a_superseding_order_takes_the_place_of_the_older_one_for_good():
    orders = [
        order("A", "2025-01-01", area("old")),
        order("B", "2025-06-07", area("new"), supersedes=["A"]),
    ]
    assert places_on(orders, "2025-06-06") == ["old"]
    assert places_on(orders, "2025-06-07") == ["new"]
    assert places_on(orders, "2035-01-01") == ["new"]


def test_when_a_temporary_order_ends_what_it_superseded_resumes():
    orders = [
        order("A", "2025-01-01", area("usual")),
        order("B", "2025-06-07", area("short"), ends="2025-06-30", supersedes=["A/p0"]),
    ]
    days = ("2025-06-06", "2025-06-07", "2025-06-30", "2025-07-01")
    assert [places_on(orders, day) for day in days] == [["usual"], ["short"], ["short"], ["usual"]]


def test_pieces_of_one_provision_keep_its_id():
    pieces = find_pieces(
        [
            order("A", "2025-01-01", area("usual")),
            order("B", "2025-06-07", area("short"), ends="2025-06-30", supersedes=["A/p0"]),
        ]
    )
    assert [piece.id for piece in pieces] == ["A/p0", "A/p0", "B/p0"]
    assert pieces[0].span[1] == pieces[2].span[0]
    assert pieces[1].span[0] == pieces[2].span[1]


def test_superseding_one_provision_leaves_the_others_of_its_order():
    orders = [
        order("A", "2025-01-01", area("old"), fee(20_000)),
        order("B", "2025-06-07", area("new"), supersedes=["A/p0"]),
    ]
    rulebook = book(orders, "2025-07-01")
    assert [type(one) for one in rulebook.provisions] == [p.Fee, p.Area]
    assert places_on(orders, "2025-07-01") == ["new"]


def test_an_order_superseded_for_good_does_not_bring_back_what_it_had_replaced():
    orders = [
        order("A", "2025-01-01", area("usual")),
        order("B", "2025-06-07", area("short"), ends="2025-12-31", supersedes=["A"]),
        order("C", "2025-06-23", area("closed"), supersedes=["B"]),
    ]
    assert places_on(orders, "2025-06-22") == ["short"]
    assert places_on(orders, "2026-06-01") == ["closed"]


def test_an_order_may_only_end_another():
    orders = [order("A", "2025-01-01", area("x")), order("B", "2025-06-07", supersedes=["A"])]
    assert places_on(orders, "2025-06-06") == ["x"]
    assert places_on(orders, "2025-06-07") == []


def test_official_numbers_may_hold_slashes():
    orders = [
        order("123/24", "2025-01-01", area("old")),
        order("9/25 NS", "2025-06-07", area("new"), supersedes=["123/24"]),
        order("10/25", "2025-07-01", area("newer"), supersedes=["9/25 NS/p0"]),
    ]
    assert places_on(orders, "2025-06-08") == ["new"]
    assert places_on(orders, "2025-07-08") == ["newer"]


def test_a_provision_may_be_narrower_than_its_order():
    orders = [order("A", "2025-01-01", narrowed(area("x"), "2025-03-01", "2025-03-31"))]
    assert [places_on(orders, day) for day in ("2025-02-28", "2025-03-31", "2025-04-01")] == [[], ["x"], []]


def test_pieces_pass_over_what_a_target_does_not_name():
    [piece] = find_pieces([order("A", "2025-01-01", area("x"), supersedes=["X"])])
    assert piece.id == "A/p0"


def test_a_trial_extended_automatically_stays_in_force_past_its_last_day():
    orders = [order("A", "2024-01-01", area("x"), ends="2024-06-30", trial=True)]
    assert places_on(orders, "2024-07-01") == ["x"]
    assert places_on(orders, "2040-01-01") == ["x"]


def test_a_trial_ends_when_an_order_supersedes_it():
    orders = [
        order("A", "2024-01-01", area("x"), ends="2024-06-30", trial=True),
        order("B", "2027-01-01", supersedes=["A"]),
    ]
    assert places_on(orders, "2026-12-31") == ["x"]
    assert places_on(orders, "2027-01-01") == []


def test_a_trial_that_supersedes_does_so_for_as_long_as_it_is_extended():
    orders = [
        order("A", "2020-01-01", area("usual")),
        order("B", "2024-01-01", area("trial"), ends="2024-06-30", trial=True, supersedes=["A"]),
    ]
    assert places_on(orders, "2026-01-01") == ["trial"]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("X", "no such order"),
        ("A/p9", "no such order or provision"),
        ("A/", "no such order"),
        ("B", "the order itself"),
        ("B/p0", "the order itself"),
    ],
)
def test_superseding_what_cannot_be_is_a_problem(target, words):
    orders = [order("A", "2025-01-01", area("x")), order("B", "2025-02-01", area("y"), supersedes=["A", target])]
    [(file_name, line, message)] = told(orders)
    assert (file_name, line) == ("B.yaml", 6)
    assert words in message


def test_superseding_in_a_circle_is_a_problem_of_every_order_in_it():
    orders = [
        order("A", "2025-01-01", area("x"), supersedes=["C"]),
        order("B", "2025-02-01", area("y"), supersedes=["A/p0"]),
        order("C", "2025-03-01", area("z"), supersedes=["B"]),
        order("D", "2025-03-01", supersedes=["A"]),
    ]
    assert [file_name for file_name, _, message in told(orders) if "in turn" in message] == [
        "A.yaml",
        "B.yaml",
        "C.yaml",
    ]


def test_a_number_given_twice_is_a_problem_of_the_second_file():
    second = order("A", "2025-02-01")
    problems = find_conflicts([order("A", "2025-01-01"), second])
    assert [str(problem) for problem in problems] == [
        "A.yaml, line 1: order A is already in A.yaml; each order has one file"
    ]


def test_problems_come_back_in_place_of_a_rulebook():
    problems = compile_rulebook([order("A", "2025-01-01", supersedes=["X"])], ISSUED_AT, 1, ISSUED_AT)
    assert problems == [OrderProblem("A.yaml", 5, "supersedes X, but there is no such order or provision")]


# One voice for each case

OPEN_08_16 = opening("poipet", opens=8, closes=16)
MEETING = [
    (fee(1), fee(2), "new"),
    (lambda t: p.Validity(t, PassKind.TWO_YEAR, 2, 0), lambda t: p.Validity(t, PassKind.TWO_YEAR, 1, 0), "two_year"),
    (
        lambda t: p.ProcessingTime(t, 5, 2, p.DayCount.CALENDAR),
        lambda t: p.ProcessingTime(t, 4, 2, p.DayCount.CALENDAR),
        "processing_time",
    ),
    (delegation(Level.DISTRICT, "01", "02"), delegation(Level.DISTRICT, "0110"), "district, residents of 0110"),
    (lambda t: p.Eligibility(t, ("01",)), lambda t: p.Eligibility(t, ("01", "02")), "residents of 01"),
    (lambda t: p.Companions(t, 12, 4), lambda t: p.Companions(t, 10, 4), "companions"),
    (lambda t: p.RevenueSplit(t, 85, 15), lambda t: p.RevenueSplit(t, 80, 20), "revenue_split"),
    (refund(Ending.REFUSED), refund(Ending.REFUSED, 50), "refund for applications refused"),
    (stay(7, PassKind.TWO_YEAR), stay(3, PassKind.EXTENSION, PassKind.TWO_YEAR), "stay for two_year"),
    (area("x"), area("y"), "area"),
    (bulk(("01",), "2025-01-01", "2025-06-30"), bulk(("0110",), "2025-06-30", "2025-07-31"), "from 2025-06-30"),
    (closure("poipet"), closure("*"), "poipet"),
    (closure("*"), closure("*"), "every gate"),
    (quota("poipet"), quota("poipet", opens=9, closes=11), "09:00-10:00"),
]
APART = [
    (fee(1), fee(2, Purpose.EXTENSION)),
    (refund(Ending.REFUSED), refund(Ending.WITHDRAWN)),
    (delegation(Level.DISTRICT, "01"), delegation(Level.PROVINCE, "01")),
    (delegation(Level.DISTRICT, "0110"), delegation(Level.DISTRICT, "0111")),
    (stay(7, PassKind.TWO_YEAR), stay(3, PassKind.ONE_TIME)),
    (bulk(("01",), "2025-01-01", "2025-06-29"), bulk(("01",), "2025-06-30", "2025-07-31")),
    (closure("poipet"), closure("osmach")),
    (closure("poipet", ways=(Direction.EXIT,)), closure("poipet", ways=(Direction.ENTRY,))),
    (closure("poipet", whom=(Category.ORDINARY,)), closure("poipet", whom=(Category.STUDENT,))),
    (quota("poipet"), quota("poipet", opens=10, closes=12)),
    (fee(1), area("x")),
    (closure("poipet"), opening("poipet")),
]


@pytest.mark.parametrize(("one", "other", "words"), MEETING)
def test_two_provisions_that_speak_of_one_case_are_a_problem(one, other, words):
    orders = [order("A", "2025-01-01", one), order("B", "2025-06-07", other)]
    [(file_name, line, message)] = told(orders)
    assert (file_name, line) == ("B.yaml", 10)
    assert message.startswith("B/p0 and A/p0 (A.yaml, line 10) both provide the ")
    assert words in message
    assert "from 2025-06-07 on" in message
    assert told(orders[::-1]) == told(orders)


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_provisions_of_different_cases_are_fine(one, other):
    assert told([order("A", "2025-01-01", one), order("B", "2025-06-07", other)]) == []


def test_provisions_of_different_kinds_share_no_case():
    term = Term("A/x", "A", ISSUED_AT)
    assert shared_case(closure("poipet")(term), opening("poipet")(term)) is None


@pytest.mark.parametrize(("one", "other", "words"), MEETING)
def test_superseding_settles_what_would_be_two_voices(one, other, words):
    assert told([order("A", "2025-01-01", one), order("B", "2025-06-07", other, supersedes=["A"])]) == []


def test_two_voices_at_different_times_are_fine_to_the_second():
    orders = [
        order("A", "2025-01-01", closure("poipet"), ends="2025-06-06"),
        order("B", "2025-06-07", closure("poipet")),
    ]
    assert told(orders) == []


def test_one_day_in_common_is_a_problem_and_is_named():
    orders = [
        order("A", "2025-01-01", closure("poipet"), ends="2025-06-07"),
        order("B", "2025-06-07", closure("poipet")),
    ]
    [(_, _, message)] = told(orders)
    assert "from 2025-06-07 to 2025-06-07" in message


def test_one_order_must_not_contradict_itself():
    [(file_name, line, _)] = told([order("A", "2025-01-01", fee(1), fee(2))])
    assert (file_name, line) == ("A.yaml", 11)


def test_two_pieces_of_one_provision_make_one_problem():
    orders = [
        order("A", "2025-01-01", area("usual")),
        order("B", "2025-06-07", area("short"), ends="2025-06-30", supersedes=["A"]),
        order("C", "2025-02-01", area("third")),
    ]
    assert [message.split(" both")[0] for _, _, message in told(orders)] == [
        "B/p0 and C/p0 (C.yaml, line 10)",
        "C/p0 and A/p0 (A.yaml, line 10)",
    ]


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        (opening("poipet", opens=15, closes=18), True),
        (opening("poipet", opens=16, closes=18), False),
        (opening("poipet", opens=6, closes=8), False),
        (opening("poipet", opens=15, closes=18, whom=(Category.STUDENT,)), True),
        (opening("osmach", opens=15, closes=18), False),
        (opening("*", opens=15, closes=18), True),
    ],
)
def test_hours_of_one_gate_may_stand_side_by_side_but_not_meet(other, meets):
    assert bool(told([order("A", "2025-01-01", OPEN_08_16, other)])) is meets


def test_hours_on_different_weekdays_do_not_meet():
    week, weekend = opening("malai", week=(1, 2, 3, 4, 5)), opening("malai", week=(6, 7), opens=7)
    assert told([order("A", "2025-01-01", week, weekend)]) == []


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        (acceptance("poipet", land=("0110",)), True),
        (acceptance("poipet", land=("02",)), False),
        (acceptance("poipet", kinds=(PassKind.ONE_TIME,)), False),
        (acceptance("poipet", "osmach", kinds=(PassKind.ONE_TIME, PassKind.TWO_YEAR)), True),
        (acceptance("osmach"), False),
        (acceptance("*"), True),
    ],
)
def test_acceptances_meet_in_gate_kind_and_land(other, meets):
    closed = closure("*")
    problems = told([order("A", "2025-01-01", closed, acceptance("poipet"), other)])
    assert bool(problems) is meets


# No silence


@pytest.mark.parametrize(
    ("provision", "question"),
    [
        (fee(1), "the fee for new"),
        (lambda t: p.Validity(t, PassKind.TWO_YEAR, 2, 0), "the validity of a two_year pass"),
        (lambda t: p.ProcessingTime(t, 5, 2, p.DayCount.CALENDAR), "the processing time"),
        (delegation(Level.DISTRICT, "01"), "who may sign"),
        (lambda t: p.Eligibility(t, ("01",)), "who may hold a pass"),
        (lambda t: p.Companions(t, 12, 4), "which children travel along"),
        (lambda t: p.RevenueSplit(t, 85, 15), "how fees are shared"),
        (refund(Ending.WITHDRAWN), "what is given back of the fee when an application is withdrawn"),
        (stay(7), "the stay on a two_year pass"),
    ],
)
def test_what_must_always_be_answered_may_not_end(provision, question):
    [(file_name, line, message)] = told([order("A", "2024-01-01", provision, ends="2024-06-30")])
    assert (file_name, line) == ("A.yaml", 10)
    assert message.startswith(question)
    assert "from 2024-07-01 on" in message


@pytest.mark.parametrize("provision", [area("x"), closure("poipet"), opening("poipet"), quota("poipet")])
def test_what_need_not_be_answered_may_end(provision):
    assert told([order("A", "2024-01-01", provision, ends="2024-06-30")]) == []


def test_a_hole_between_two_orders_is_named_by_its_days():
    orders = [order("A", "2024-01-01", fee(1), ends="2024-06-30"), order("B", "2024-07-05", fee(2))]
    [(file_name, _, message)] = told(orders)
    assert file_name == "A.yaml"
    assert "the fee for new is not set from 2024-07-01 to 2024-07-04, once A/p0" in message


def test_a_hole_left_by_superseding_is_named_at_the_provision_superseded():
    orders = [
        order("A", "2024-01-01", stay(7, PassKind.TWO_YEAR, PassKind.ONE_TIME)),
        order("B", "2025-01-01", stay(3, PassKind.TWO_YEAR), supersedes=["A"]),
    ]
    [(file_name, line, message)] = told(orders)
    assert (file_name, line) == ("A.yaml", 10)
    assert message.startswith("the stay on a one_time pass is not set from 2025-01-01 on")


def test_orders_that_follow_one_another_without_a_break_leave_no_gap():
    orders = [
        order("A", "2024-01-01", fee(1), ends="2024-06-30"),
        order("B", "2024-07-01", fee(2), ends="2024-12-31"),
        order("C", "2025-01-01", fee(3)),
    ]
    assert told(orders) == []


def test_a_district_delegation_may_lapse_while_the_province_still_signs():
    orders = [
        order("A", "2020-01-01", delegation(Level.PROVINCE, "01")),
        order("B", "2024-01-01", delegation(Level.DISTRICT, "01"), ends="2024-06-30"),
    ]
    assert told(orders) == []


def test_a_gate_that_accepts_passes_needs_hours():
    [(file_name, line, message)] = told([order("A", "2025-01-01", acceptance("poipet"))])
    assert (file_name, line) == ("A.yaml", 10)
    assert "A/p0 accepts passes at poipet (everybody) from 2025-01-01 on" in message


def test_hours_must_cover_every_direction_category_and_day_of_an_acceptance():
    orders = [
        order("A", "2025-01-01", acceptance("poipet"), opening("poipet", whom=(Category.STUDENT,))),
        order("B", "2025-01-01", opening("poipet", ways=(Direction.EXIT,), whom=(Category.ORDINARY,))),
        order("C", "2025-02-01", opening("poipet", whom=(Category.MEDICAL,))),
    ]
    assert [message.split("poipet ")[1].split(", when")[0] for _, _, message in told(orders)] == [
        "(entry ordinary) from 2025-01-01 on",
        "(exit medical, entry medical) from 2025-01-01 to 2025-01-31",
    ]


def test_a_closure_is_an_answer_too():
    assert told([order("A", "2025-01-01", acceptance("poipet"), closure("poipet"))]) == []


def test_hours_of_every_gate_serve_each_gate_but_not_the_other_way_round():
    assert told([order("A", "2025-01-01", acceptance("poipet"), opening("*"))]) == []
    [(_, _, message)] = told([order("A", "2025-01-01", acceptance("*"), opening("poipet"))])
    assert "accepts passes at any gate" in message


def test_problems_are_sorted_by_file_and_line():
    orders = [
        order("B", "2025-01-01", acceptance("poipet"), fee(1)),
        order("A", "2025-01-01", fee(2), acceptance("osmach"), ends="2025-01-31"),
    ]
    places = [(file_name, line) for file_name, line, _ in told(orders)]
    assert places == sorted(places)
    assert len(places) == 3
