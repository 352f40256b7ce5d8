"""Is every fee shared once, when it is earned, with whom the order says?"""

from datetime import timedelta
from typing import Any

import pytest

from borderpass.domain.application import Event
from borderpass.services import share_fees as module
from borderpass.services.add_office import add_office, add_office_keys
from borderpass.services.approve_application import approve_application
from borderpass.services.close_application import close_application
from borderpass.services.count import find_imbalances
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.lodge_application import lodge_application
from borderpass.services.share_fees import share_fees
from borderpass.services.take_fee import take_fee
from borderpass.store.models import Application, LedgerEntry
from tests.cast import BOPHA, DARA, HALL, HALL_CLERK, HALL_GOVERNOR, MINISTRY, POIPET, SEREI
from tests.installation import (
    FEE_RIEL,
    NOW,
    Installation,
    approved,
    done,
    form,
    handed_over,
    paid,
    photo,
    row_counts,
    signed,
)
from tests.money import closed, held

pytestmark = pytest.mark.usefixtures("installation")
SHARED = {"drawer": 20_000, "district": -17_000, "province": -3_000}


@pytest.mark.parametrize("make", [signed, handed_over])
def test_what_was_approved_is_shared_85_to_15(installation: Installation, make: Any) -> None:
    make(installation)
    assert share_fees(NOW) == 1
    assert held() == SHARED
    assert find_imbalances() == []


def test_it_is_shared_once() -> None:
    approved()
    assert share_fees(NOW) == 1
    before = row_counts()
    assert share_fees(NOW) == 0
    assert row_counts() == before


def test_what_the_governor_has_not_approved_is_not_shared() -> None:
    paid(1)
    returned = paid(2)
    done(close_application(returned.id, Event.RETURN, "another photo", DARA, NOW))
    assert share_fees(NOW) == 0
    assert held() == {"drawer": 40_000, "unearned": -40_000}


def test_the_close_of_a_day_shares_what_was_earned() -> None:
    approved(1)
    paid(2)
    closed()
    assert held() == {"drawer": 40_000, "unearned": -20_000, "district": -17_000, "province": -3_000}
    assert find_imbalances() == []


def test_each_offices_fees_are_its_own() -> None:
    approved(1)
    approved(2, office=SEREI)
    assert share_fees(NOW, POIPET) == 1
    assert held(SEREI) == {"drawer": 20_000, "unearned": -20_000}
    assert share_fees(NOW) == 1
    assert held(SEREI) == SHARED


def test_shares_name_the_district_and_the_province() -> None:
    approved()
    share_fees(NOW)
    shares = LedgerEntry.objects.filter(kind="share").values_list("credit", "place", "amount_riel")
    assert set(shares) == {("district", POIPET, 17_000), ("province", "01", 3_000)}


def test_the_hall_shares_with_the_district_where_the_applicant_lives(installation: Installation) -> None:
    done(add_office(HALL, load_gazetteer(), MINISTRY, NOW))
    done(add_office_keys(HALL, installation.keystore, MINISTRY, NOW))
    one = form(1, office_code=HALL, home_code="01060201")
    application = done(lodge_application(one, photo(), HALL_CLERK, NOW))
    assert isinstance(application, Application)
    done(take_fee(application.id, FEE_RIEL, HALL_CLERK, NOW))
    done(approve_application(application.id, HALL_GOVERNOR, NOW))
    share_fees(NOW)
    shares = LedgerEntry.objects.filter(kind="share", office_id=HALL).values_list("credit", "place")
    assert set(shares) == {("district", "0106"), ("province", "01")}


def test_before_an_order_shares_fees_they_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    approved()
    monkeypatch.setattr(module, "split_for", lambda _rulebook, _at: None)
    assert share_fees(NOW) == 0
    assert held() == {"drawer": 20_000, "unearned": -20_000}
    assert find_imbalances() == []


def test_a_run_that_was_cut_short_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        approved(number)
    monkeypatch.setattr(module, "_AT_ONCE", 1)
    shared, original = [], module.post_shares

    def break_down(*arguments: Any) -> None:
        if len(shared) == 2:
            raise OSError("the power is gone")
        shared.append(original(*arguments))

    monkeypatch.setattr(module, "post_shares", break_down)
    with pytest.raises(OSError, match="power"):
        share_fees(NOW)
    monkeypatch.setattr(module, "post_shares", original)
    assert share_fees(NOW + timedelta(minutes=1)) == 1
    assert find_imbalances() == []
    assert held() == {"drawer": 60_000, "district": -51_000, "province": -9_000}


def test_bopha_took_it_and_nobody_shares_by_hand() -> None:
    approved()
    share_fees(NOW)
    assert set(LedgerEntry.objects.values_list("kind", "by")) == {("fee", BOPHA.name), ("share", "system")}
