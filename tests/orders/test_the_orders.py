"""What was and is the law at the border? The orders that ship, asked as a lawyer would ask them."""

import unicodedata
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import yaml

from borderpass.domain import provisions as p
from borderpass.domain import terms
from borderpass.domain.local_time import PHNOM_PENH, start_of_day
from borderpass.domain.orders import compile_rulebook, find_conflicts
from borderpass.domain.passes import PassKind
from borderpass.domain.provisions import Category, Ending, Level, Purpose, falls_under
from borderpass.domain.rulebook import Rulebook
from borderpass.domain.verdicts import Direction
from borderpass.orders.read_orders import read_order, read_order_files
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.load_orders import load_orders
from borderpass.wire.rulebook import read_provision, write_provision

FOLDER = Path(__file__).parents[2] / "orders"
TODAY = "2026-11-22"
SEVEN = ("01", "02", "09", "13", "15", "22", "24")
GATES = tuple(load_gazetteer().checkpoints)
LOCAL_GATES = tuple(gate for gate in GATES if gate not in ("poipet", "stung_bot"))
POIPET_HOME, BATTAMBANG_HOME = "011003", "020301"

ORDER_THAT_ENDS_THE_DELEGATION = """
number: BP-2027-01
title: {km: បទបញ្ជា, en: Order, th: คำสั่ง}
authority: {km: រាជរដ្ឋាភិបាលកម្ពុជា, en: Royal Government of Cambodia, th: รัฐบาลกัมพูชา}
evidence: assumed
source: a test
signed_on: 2026-12-01
in_force_on: 2027-01-01
supersedes: [BP-2024-01]
provisions: []
"""


def at(day: str, clock: str = "12:00") -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), PHNOM_PENH)


def rulebook_on(day: str) -> Rulebook:
    compiled = compile_rulebook(load_orders(), at(day), 1, at(day))
    assert isinstance(compiled, Rulebook), compiled
    return compiled


ALL_TIME = rulebook_on("1990-01-01")


def is_open(gate, when, category=Category.ORDINARY, direction=Direction.EXIT):
    closures = ALL_TIME.in_force_at_gate(p.Closure, gate, when)
    if any(one.case.covers(gate, direction, category) for one in closures):
        return False
    local = when.astimezone(PHNOM_PENH)
    return any(
        one.case.covers(gate, direction, category)
        and one.hours.include(local.isoweekday(), local.hour * 60 + local.minute)
        for one in ALL_TIME.in_force_at_gate(p.Opening, gate, when)
    )


def accepting_orders(gate, home, when, kind=PassKind.TWO_YEAR):
    return [
        one.term.order_number
        for one in ALL_TIME.in_force_at_gate(p.Acceptance, gate, when)
        if kind in one.pass_kinds and falls_under(home, one.prefixes)
    ]


def stay_on(day):
    [stay] = [one for one in ALL_TIME.in_force(p.Stay, at(day)) if PassKind.TWO_YEAR in one.pass_kinds]
    return stay.days, stay.term.order_number


# The counter


@pytest.mark.parametrize("day", ["2016-01-01", "2022-05-01", "2024-01-01", "2025-06-24", TODAY, "2030-01-01"])
def test_a_new_pass_costs_20000_riel_and_is_good_for_two_years(day):
    assert terms.fee_for(ALL_TIME, Purpose.NEW, at(day)).amount_riel == 20_000
    validity = terms.validity_for(ALL_TIME, PassKind.TWO_YEAR, at(day))
    assert terms.last_day(validity, date(2026, 11, 22)) == date(2028, 11, 21)


def test_an_extension_costs_10000_riel_and_is_good_for_a_year():
    assert terms.fee_for(ALL_TIME, Purpose.EXTENSION, at(TODAY)).amount_riel == 10_000
    assert terms.validity_for(ALL_TIME, PassKind.EXTENSION, at(TODAY)).years == 1


def test_whoever_lost_a_pass_pays_the_full_fee_and_an_office_mistake_costs_nothing():
    assert terms.fee_for(ALL_TIME, Purpose.REPLACEMENT, at(TODAY)).amount_riel == 20_000
    assert terms.fee_for(ALL_TIME, Purpose.CORRECTION, at(TODAY)).amount_riel == 0


@pytest.mark.parametrize("purpose", Purpose)
def test_there_is_a_fee_for_every_purpose_today(purpose):
    assert terms.fee_for(ALL_TIME, purpose, at(TODAY)) is not None


@pytest.mark.parametrize("kind", PassKind)
def test_there_is_a_validity_for_every_kind_of_pass_today(kind):
    assert terms.validity_for(ALL_TIME, kind, at(TODAY)) is not None


def test_a_pass_is_made_within_five_days_and_two_in_practice():
    time_ = terms.processing_time(ALL_TIME, at(TODAY))
    assert (time_.law_days, time_.practice_days) == (5, 2)


def test_children_under_12_travel_along_four_at_most():
    rule = terms.companions_rule(ALL_TIME, at(TODAY))
    assert (rule.under_age_years, rule.at_most) == (12, 4)


def test_85_percent_stay_with_the_city_or_district():
    split = terms.split_for(ALL_TIME, at(TODAY))
    assert (split.district_percent, split.province_percent) == (85, 15)


@pytest.mark.parametrize("ending", Ending)
def test_who_gets_no_pass_gets_the_whole_fee_back(ending):
    refund = terms.refund_for(ALL_TIME, ending, at(TODAY))
    assert (refund.percent, refund.term.order_number) == (100, "BP-2016-04")


def test_residents_of_the_seven_border_provinces_and_nobody_else_may_hold_a_pass():
    provinces = [f"{number:02}" for number in range(1, 26)]
    assert [code for code in provinces if terms.is_eligible(ALL_TIME, code + "0101", at(TODAY))] == list(SEVEN)


# Who signs


def test_before_2024_only_the_province_signs():
    assert terms.may_sign(ALL_TIME, "0110", POIPET_HOME, at("2023-12-31", "23:59")) is None
    assert terms.may_sign(ALL_TIME, "0100", POIPET_HOME, at("2023-12-31", "23:59")).level is Level.PROVINCE


def test_from_2024_on_cities_and_districts_sign_too():
    assert terms.may_sign(ALL_TIME, "0110", POIPET_HOME, at("2024-01-01", "00:00")).level is Level.DISTRICT
    assert terms.may_sign(ALL_TIME, "0100", POIPET_HOME, at("2024-01-01", "00:00")).level is Level.PROVINCE


@pytest.mark.parametrize("day", ["2024-06-30", "2024-07-01", "2024-08-01", TODAY, "2035-01-01"])
def test_the_delegation_holds_after_the_last_day_of_its_trial(day):
    delegation = terms.may_sign(ALL_TIME, "0110", POIPET_HOME, at(day))
    assert delegation.term.order_number == "BP-2024-01"


def test_a_government_that_decides_otherwise_ends_the_delegation():
    ending = read_order(ORDER_THAT_ENDS_THE_DELEGATION, "2027-01-01-delegation-ends.yaml")
    book = compile_rulebook([*load_orders(), ending], at(TODAY), 1, at(TODAY))
    assert terms.may_sign(book, "0110", POIPET_HOME, at("2026-12-31")) is not None
    assert terms.may_sign(book, "0110", POIPET_HOME, at("2027-01-01")) is None
    assert terms.may_sign(book, "0100", POIPET_HOME, at("2027-01-01")) is not None


@pytest.mark.parametrize("district", load_gazetteer().children("01") + load_gazetteer().children("24"))
def test_every_city_and_district_of_a_border_province_signs_for_its_own(district):
    assert terms.may_sign(ALL_TIME, district.code, district.code + "01", at(TODAY)) is not None


# The stay


@pytest.mark.parametrize(
    ("day", "days", "order"),
    [
        ("2010-01-01", 7, "BP-1997-01"),
        ("2015-07-10", 7, "BP-1997-01"),
        ("2015-07-11", 7, "BP-2015-01"),
        ("2022-06-01", 3, "BP-2022-01"),
        ("2022-12-31", 3, "BP-2022-01"),
        ("2023-01-01", 7, "BP-2015-01"),
        ("2025-06-06", 14, "BP-2023-02"),
        ("2025-06-07", 7, "BP-2025-01"),
        (TODAY, 7, "BP-2025-01"),
    ],
)
def test_the_stay_was_3_days_in_2022_then_14_and_is_7_since_june_2025(day, days, order):
    assert stay_on(day) == (days, order)


def test_the_area_was_not_beyond_prachin_buri_before_2015():
    [before] = ALL_TIME.in_force(p.Area, at("2015-07-10"))
    [after] = ALL_TIME.in_force(p.Area, at(TODAY))
    assert "Prachin Buri" in before.places
    assert "Aranyaprathet (Sa Kaeo)" in after.places


# Poipet first, the local gates later


@pytest.mark.parametrize("province", SEVEN)
def test_poipet_takes_the_passes_of_all_seven_provinces(province):
    assert accepting_orders("poipet", province + "0101", at("2024-01-15")) == ["BP-2016-03"]
    assert accepting_orders("poipet", province + "0101", at(TODAY)) == ["BP-2025-04"]


def test_poipet_takes_no_pass_of_another_province():
    assert accepting_orders("poipet", "120101", at(TODAY)) == []


@pytest.mark.parametrize("gate", LOCAL_GATES)
def test_a_local_gate_takes_no_pass_before_its_order_and_the_same_pass_after(gate):
    assert accepting_orders(gate, POIPET_HOME, at("2024-09-30", "23:59")) == []
    assert accepting_orders(gate, POIPET_HOME, at("2024-10-01", "00:00")) == ["BP-2024-04"]


def test_stung_bot_takes_passes_from_the_day_it_opened():
    assert not is_open("stung_bot", at("2024-10-28"))
    assert accepting_orders("stung_bot", POIPET_HOME, at("2024-10-28")) == []
    assert is_open("stung_bot", at("2024-10-29"))
    assert accepting_orders("stung_bot", POIPET_HOME, at("2024-10-29")) == ["BP-2024-05"]


def test_choam_stays_open_longer_since_july_2024():
    assert not is_open("choam", at("2024-06-30", "20:00"))
    assert is_open("choam", at("2024-07-01", "21:59"))


# June 2025


def test_until_6_june_2025_poipet_is_open_from_6_to_22():
    hours = [clock for clock in range(24) if is_open("poipet", at("2025-06-06", f"{clock:02}:00"))]
    assert (hours[0], hours[-1]) == (6, 21)


@pytest.mark.parametrize("day", ["2025-06-07", "2025-06-10", "2025-06-22"])
def test_from_7_june_2025_poipet_opens_at_8_and_closes_at_16(day):
    assert not is_open("poipet", at(day, "07:59"))
    assert is_open("poipet", at(day, "08:00"))
    assert is_open("poipet", at(day, "15:59"))
    assert not is_open("poipet", at(day, "16:00"))


def test_from_7_june_2025_chong_chom_opens_on_three_days_from_8_to_15():
    week = [f"2025-06-{day:02}" for day in range(9, 16)]  # Monday 9 to Sunday 15 June
    assert [is_open("osmach", at(day, "14:59")) for day in week] == [True, False] * 2 + [True, False, False]
    assert not is_open("osmach", at("2025-06-09", "15:00"))


@pytest.mark.parametrize("day", ["2025-06-23", "2025-06-25"])
def test_then_poipet_is_closed_to_all_but_students_and_medical_cases(day):
    assert not is_open("poipet", at(day), Category.ORDINARY)
    assert is_open("poipet", at(day), Category.STUDENT)
    assert is_open("poipet", at(day), Category.MEDICAL)
    assert is_open("doung", at(day), Category.ORDINARY)


@pytest.mark.parametrize("day", ["2025-06-26", "2025-07-15", "2025-07-31"])
def test_in_the_quota_weeks_poipet_takes_only_passes_of_banteay_meanchey(day):
    assert accepting_orders("poipet", POIPET_HOME, at(day)) == ["BP-2025-03"]
    assert accepting_orders("poipet", BATTAMBANG_HOME, at(day)) == []
    assert accepting_orders("doung", BATTAMBANG_HOME, at(day)) == ["BP-2024-04"]


def test_in_the_quota_weeks_1000_a_day_cross_in_three_sessions():
    day = "2025-07-01"
    sessions = list(ALL_TIME.in_force_at_gate(p.Quota, "poipet", at(day)))
    assert sorted(one.limit for one in sessions) == [300, 300, 400]
    for minute in range(24 * 60):
        clock = f"{minute // 60:02}:{minute % 60:02}"
        running = [one for one in sessions if one.hours.include(at(day, clock).isoweekday(), minute)]
        assert len(running) == (1 if is_open("poipet", at(day, clock)) else 0), clock
    assert all(one.case.directions == (Direction.EXIT,) for one in sessions)


def test_in_the_quota_weeks_students_have_hours_of_their_own():
    hours = [clock for clock in range(24) if is_open("poipet", at("2025-07-01", f"{clock:02}:30"), Category.STUDENT)]
    assert hours == [6, 7, 17, 18]
    assert not is_open("poipet", at("2025-07-01", "06:30"), Category.ORDINARY)


def test_from_august_2025_on_there_is_no_quota_and_the_usual_hours_are_back():
    assert list(ALL_TIME.in_force(p.Quota, at("2025-08-01", "00:00"))) == []
    assert is_open("poipet", at("2025-08-01", "21:59"))
    assert accepting_orders("poipet", BATTAMBANG_HOME, at("2025-08-01", "00:00")) == ["BP-2025-04"]


# Today

USUAL_HOURS = {
    "poipet": ("06:00", "21:59"),
    "osmach": ("06:00", "21:59"),
    "choam": ("07:00", "21:59"),
    "doung": ("06:00", "21:59"),
    "prum": ("06:00", "21:59"),
    "cham_yeam": ("06:00", "21:59"),
    "phnom_dei": ("06:00", "19:59"),
    "boeng_trakuon": ("07:00", "19:59"),
    "malai": ("07:00", "19:59"),
}


@pytest.mark.parametrize("gate", GATES)
def test_every_gate_has_hours_and_takes_all_seven_provinces_today(gate):
    week = [start_of_day(date(2026, 11, 22) + timedelta(days=day)) + timedelta(hours=12) for day in range(7)]
    for category in Category:
        for direction in Direction:
            assert any(is_open(gate, noon, category, direction) for noon in week)
    for province in SEVEN:
        for kind in (PassKind.TWO_YEAR, PassKind.EXTENSION, PassKind.ONE_TIME):
            assert len(accepting_orders(gate, province + "0101", at(TODAY), kind)) == 1
    assert accepting_orders(gate, POIPET_HOME, at(TODAY), PassKind.SPECIMEN) == []


@pytest.mark.parametrize("gate", GATES)
def test_the_usual_hours_today(gate):
    opens, last_minute = USUAL_HOURS.get(gate, ("07:00", "16:59"))
    day = "2026-11-25" if gate == "thma_da" else "2026-11-24"  # a Wednesday, or a Tuesday
    for clock in (opens, last_minute):
        assert is_open(gate, at(day, clock))
        beyond = at(day, clock) + timedelta(minutes=-1 if clock == opens else 1)
        assert not is_open(gate, beyond)


def test_an_ses_opens_on_two_days_and_thma_da_on_three():
    week = [f"2026-11-{day}" for day in range(23, 30)]  # Monday to Sunday
    assert [is_open("an_ses", at(day)) for day in week].count(True) == 2
    assert [is_open("thma_da", at(day)) for day in week].count(True) == 3


def test_the_rulebook_of_today_holds_no_history():
    assert {one.term.order_number for one in rulebook_on(TODAY).provisions} == {
        "BP-2011-01",
        "BP-2015-01",
        "BP-2016-01",
        "BP-2016-02",
        "BP-2016-04",
        "BP-2023-01",
        "BP-2024-01",
        "BP-2024-02",
        "BP-2024-03",
        "BP-2024-04",
        "BP-2024-05",
        "BP-2025-01",
        "BP-2025-04",
    }


@pytest.mark.parametrize("day", ["1990-01-01", TODAY])
def test_every_provision_goes_over_the_wire_and_comes_back(day):
    for provision in rulebook_on(day).provisions:
        assert read_provision(write_provision(provision)) == provision


# The files


@pytest.mark.parametrize("order", load_orders(), ids=lambda order: order.number)
def test_every_order_says_in_its_source_that_the_number_is_ours(order):
    assert order.number.startswith("BP-")
    assert f"{order.number} is our own reference" in order.source
    assert all(unicodedata.is_normalized("NFC", text) for text in (*order.title, *order.authority))


@pytest.mark.parametrize("order", load_orders(), ids=lambda order: order.number)
def test_every_file_is_named_by_the_day_its_order_begins(order):
    assert order.file_name.startswith(f"orders/{order.in_force_on}-")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_other_yaml_readers_take_the_codes_as_text_too(path):
    for provision in yaml.safe_load(path.read_text(encoding="utf-8"))["provisions"]:
        assert all(isinstance(code, str) for code in provision.get("residents_of", []))


def test_the_files_of_the_repository_are_those_that_ship():
    read = read_order_files(sorted(FOLDER.glob("*.yaml")))
    assert [order.number for order in read] == [order.number for order in load_orders()]
    assert find_conflicts(read) == []
