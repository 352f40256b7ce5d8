"""What would an order have changed? Only the rules are exchanged; nothing is kept of the question."""

from datetime import date

import pytest

from borderpass.domain.orders import Order
from borderpass.orders.read_orders import read_order
from borderpass.services.load_bundle import load_bundle
from borderpass.services.load_orders import OrdersRefused
from borderpass.services.simulate_orders import simulate_orders
from borderpass.store.models import PublishedBundle
from tests.cases.clock import local
from tests.cast import BOPHA, MALEE, NEXT_CLERK, OTHER_COMMANDER, RITH
from tests.draft_orders import ORDER
from tests.installation import Installation, row_counts, signed
from tests.phone import Phone


def draft(text: str = ORDER) -> Order:
    order = read_order(text.format(number="BP-2026-91", day="2026-11-23"), "draft.yaml")
    assert isinstance(order, Order), order
    return order


@pytest.fixture
def phone(installation: Installation) -> Phone:
    """Three scans on Monday: at 9, within the draft's hours, at 11 and 12, outside them; one on Tuesday at 11."""
    text = str(signed(installation, now=local("2026-11-20 09:00:00")).qr_text)
    phone = Phone(installation, installation.publish(local("2026-11-22 22:00:00")))
    for at in ("2026-11-23 09:00:00", "2026-11-23 11:00:00", "2026-11-23 12:00:00", "2026-11-24 11:00:00"):
        phone.scan(text, local(at))
    phone.scan("NOT A PASS", local("2026-11-23 11:00:00"))
    phone.send(now=local("2026-11-24 12:00:00"))
    return phone


def test_changes_are_counted_by_what_they_were_and_what_they_would_be(phone: Phone) -> None:
    simulation = simulate_orders([draft()], RITH, phone.installation.root_pem)
    assert (simulation.scans, simulation.left_out) == (5, 0)
    assert simulation.changes == {
        ("ADMIT", "REFUSE OUTSIDE_HOURS"): 2,
        ("ADMIT BUNDLE_STALE", "REFUSE OUTSIDE_HOURS BUNDLE_STALE"): 1,
    }


def test_days_limit_what_is_replayed(phone: Phone) -> None:
    monday = date(2026, 11, 23)
    day = simulate_orders([draft()], RITH, phone.installation.root_pem, monday, monday)
    assert day.scans == 4


def test_without_a_draft_nothing_changes(phone: Phone) -> None:
    assert simulate_orders([], RITH, phone.installation.root_pem).changes == {}


def test_nothing_is_kept_and_the_law_stays_what_it_is(phone: Phone) -> None:
    before = row_counts()
    simulate_orders([draft()], RITH, phone.installation.root_pem)
    assert row_counts() == before
    assert load_bundle(1, phone.installation.root_pem) is phone.bundle


def test_draft_that_contradicts_the_law_is_refused(phone: Phone) -> None:
    unsound = draft(ORDER.replace("supersedes: [BP-2025-04/poipet-hours]\n", ""))
    with pytest.raises(OrdersRefused, match="poipet-hours"):
        simulate_orders([unsound], RITH, phone.installation.root_pem)


def test_scan_whose_bundle_is_not_kept_is_left_out(phone: Phone) -> None:
    PublishedBundle.objects.all().delete()
    simulation = simulate_orders([draft()], RITH, phone.installation.root_pem)
    assert (simulation.scans, simulation.left_out, simulation.changes) == (0, 5, {})


def test_everybody_replays_what_they_may_see(phone: Phone) -> None:
    root = phone.installation.root_pem
    seen = {actor.name: simulate_orders([], actor, root).scans for actor in (RITH, MALEE, OTHER_COMMANDER)}
    assert seen == {"rith": 5, "malee": 5, "commander of malai": 0}
    assert simulate_orders([], BOPHA, root).scans == 4, "the scans of her office's passes"
    assert simulate_orders([], NEXT_CLERK, root).scans == 0
