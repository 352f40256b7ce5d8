"""What do the orders in force say at the counter?"""

from datetime import UTC, date, datetime

import pytest

from borderpass.domain import provisions as p
from borderpass.domain import terms
from borderpass.domain.passes import PassKind
from borderpass.domain.provisions import DayCount, Ending, Level, Purpose, Term
from borderpass.domain.rulebook import Rulebook

FROM_AT = datetime(2023, 12, 31, 17, tzinfo=UTC)
TRIAL_AT = datetime(2024, 6, 30, 17, tzinfo=UTC)
AT = datetime(2024, 3, 1, 5, tzinfo=UTC)
LATER_AT = datetime(2024, 7, 1, 5, tzinfo=UTC)


def term(name, until_at=None):
    return Term(f"A/{name}", "A", FROM_AT, until_at)


BOOK = Rulebook(
    1,
    FROM_AT,
    (
        p.Fee(term("old", TRIAL_AT), Purpose.NEW, 15_000),
        p.Fee(Term("B/new", "B", TRIAL_AT), Purpose.NEW, 20_000),
        p.Fee(term("longer"), Purpose.EXTENSION, 10_000),
        p.Validity(term("two"), PassKind.TWO_YEAR, 2, 0),
        p.Validity(term("once"), PassKind.ONE_TIME, 0, 7),
        p.ProcessingTime(term("time"), 5, 2, DayCount.CALENDAR),
        p.Delegation(term("hall"), Level.PROVINCE, ("01", "02")),
        p.Delegation(term("trial", TRIAL_AT), Level.DISTRICT, ("01", "0203")),
        p.Eligibility(term("who"), ("01", "0203")),
        p.Companions(term("children"), 12, 4),
        p.RevenueSplit(term("shares"), 85, 15),
        p.Refund(term("back"), Ending.REFUSED, 50),
    ),
)
EMPTY = Rulebook(1, FROM_AT, ())


def test_the_fee_is_that_of_the_purpose_in_force_that_day():
    assert terms.fee_for(BOOK, Purpose.NEW, AT).amount_riel == 15_000
    assert terms.fee_for(BOOK, Purpose.NEW, TRIAL_AT).amount_riel == 20_000
    assert terms.fee_for(BOOK, Purpose.NEW, TRIAL_AT).term.order_number == "B"
    assert terms.fee_for(BOOK, Purpose.EXTENSION, AT).amount_riel == 10_000


def test_what_no_order_sets_is_none():
    assert terms.fee_for(BOOK, Purpose.REPLACEMENT, AT) is None
    assert terms.fee_for(BOOK, Purpose.NEW, datetime(2023, 12, 31, 16, 59, 59, tzinfo=UTC)) is None
    assert terms.validity_for(EMPTY, PassKind.TWO_YEAR, AT) is None
    assert terms.processing_time(EMPTY, AT) is None
    assert terms.companions_rule(EMPTY, AT) is None
    assert terms.split_for(EMPTY, AT) is None
    assert terms.refund_for(EMPTY, Ending.REFUSED, AT) is None
    assert terms.refund_for(BOOK, Ending.WITHDRAWN, AT) is None
    assert terms.may_sign(EMPTY, "0110", "011003", AT) is None
    assert not terms.is_eligible(EMPTY, "011003", AT)


def test_the_other_terms_of_the_counter():
    assert terms.validity_for(BOOK, PassKind.ONE_TIME, AT).days == 7
    assert terms.processing_time(BOOK, AT).law_days == 5
    assert terms.companions_rule(BOOK, AT).under_age_years == 12
    split = terms.split_for(BOOK, AT)
    assert (split.district_percent, split.province_percent) == (85, 15)
    assert terms.refund_for(BOOK, Ending.REFUSED, AT).percent == 50


@pytest.mark.parametrize(
    ("years", "days", "first", "last"),
    [
        (2, 0, "2026-11-22", "2028-11-21"),
        (1, 0, "2027-01-01", "2027-12-31"),
        (2, 0, "2026-03-01", "2028-02-29"),
        (2, 0, "2027-03-01", "2029-02-28"),
        (2, 0, "2024-02-29", "2026-02-28"),
        (4, 0, "2024-02-29", "2028-02-28"),
        (0, 7, "2026-11-22", "2026-11-28"),
        (0, 1, "2026-11-22", "2026-11-22"),
        (1, 30, "2026-11-22", "2027-12-21"),
    ],
)
def test_the_last_day_of_a_pass(years, days, first, last):
    validity = p.Validity(term("v"), PassKind.TWO_YEAR, years, days)
    assert terms.last_day(validity, date.fromisoformat(first)) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("office", "home", "provision_id"),
    [
        ("0110", "011003", "A/trial"),
        ("0110", "0110", "A/trial"),
        ("0203", "020301", "A/trial"),
        ("0100", "011003", "A/hall"),
        ("0200", "0204", "A/hall"),
    ],
)
def test_a_governor_signs_for_the_residents_of_the_own_land(office, home, provision_id):
    assert terms.may_sign(BOOK, office, home, AT).term.provision_id == provision_id


@pytest.mark.parametrize(
    ("office", "home"),
    [
        ("0110", "011103"),
        ("0110", "01"),
        ("0100", "020301"),
        ("0204", "020401"),
        ("0900", "090101"),
        ("0000", "011003"),
        ("01", "011003"),
        ("011003", "011003"),
        ("", "011003"),
        ("๐๑๑๐", "๐๑๑๐"),
        ("0110", ""),
    ],
)
def test_nobody_signs_for_the_next_district_or_without_a_delegation(office, home):
    assert terms.may_sign(BOOK, office, home, AT) is None


def test_when_the_districts_delegation_ends_the_hall_still_signs():
    assert terms.may_sign(BOOK, "0110", "011003", LATER_AT) is None
    assert terms.may_sign(BOOK, "0100", "011003", LATER_AT) is not None


def test_residents_of_the_land_named_are_eligible():
    assert terms.is_eligible(BOOK, "011003", AT)
    assert terms.is_eligible(BOOK, "020301", AT)
    assert not terms.is_eligible(BOOK, "0204", AT)
    assert not terms.is_eligible(BOOK, "", AT)
