"""A phone fills up, is opened twice, and gets a newer version: nothing is lost, and it is said."""

import pytest

from tests.e2e.browser_storage import Room, fill_up
from tests.e2e.gate_phone import GatePhone
from tests.e2e.hostile_proxy import Way

WORKER = "/gate/sw.js"
SMALL, LARGE = 8_000_000, 80_000_000
FULL = "Nothing can be written down: the phone is full."


@pytest.fixture
def small_phone(context, proxy, enrol):
    """A phone at work that has room for the app and little more."""
    phone = GatePhone(context, proxy.address)
    phone.room = Room(phone.page, proxy.address)
    phone.room.limit(SMALL)
    enrol(phone.open().choose_english()).wait_until_kept()
    return phone


def test_a_full_phone_shows_its_own_trouble_and_no_verdict(small_phone, travellers, ledger):
    phone, one = small_phone, travellers.next()
    phone.scan(travellers.next().text)
    phone.expect_verdict("admit")
    phone.finish()

    fill_up(phone.page)
    phone.scan(one.text)
    phone.expect_words(FULL, "Let nobody cross.")
    phone.tap("Try again")
    phone.scan(one.text)
    phone.expect_words(FULL)

    phone.room.limit(LARGE)
    phone.tap("Try again")
    phone.scan(one.text)
    phone.expect_verdict("admit", one.name)
    phone.finish()
    ledger.hold(phone.device, scans=2, actions=2)


def test_an_action_that_did_not_fit_is_still_due_when_there_is_room(small_phone, travellers, ledger):
    phone, one = small_phone, travellers.next()
    phone.scan(one.text)
    phone.expect_verdict("admit")
    phone.tap("Turn back")
    fill_up(phone.page)
    phone.tap("The gate is closing")
    phone.expect_words(FULL)

    phone.room.limit(LARGE)
    phone.tap("Try again")
    phone.expect_verdict("admit", one.name)
    phone.tap("Admit")
    phone.finish()
    ledger.hold(phone.device, scans=1, actions=1)


def test_the_second_window_says_that_there_is_a_first(phone, context, travellers, ledger):
    second = GatePhone(context, phone.address).open()
    second.expect_words("This gate is open in another window.")
    second.scan(travellers.next().text)
    phone.scan(travellers.next().text)
    phone.expect_verdict("admit")
    phone.finish()

    phone.page.close()
    second.tap("Use it here")
    second.expect_ready()
    second.scan(travellers.next().text)
    second.expect_verdict("admit")
    second.finish()
    ledger.hold(phone.device, scans=2, actions=2)


def test_a_newer_version_waits_until_the_officer_takes_it_and_nothing_is_lost(phone, proxy, served, travellers, ledger):
    phone.wait_until_kept()
    phone.scan_many([travellers.next().text])
    phone.finish()
    proxy.set("/api/", Way.REFUSE)
    phone.scan_many([one.text for one in travellers.some(3)])
    phone.expect_ready()

    (first,) = proxy.asked(WORKER)[:1]
    assert first.status == 200
    proxy.replace(WORKER, served.file(WORKER) + b"\n// a newer version\n")
    phone.page.reload()
    phone.expect_words("A new version is ready")
    phone.expect_waiting(6)
    phone.tap("Update")
    phone.expect_words("nothing is lost")
    phone.tap("Later")
    phone.expect_ready()

    phone.tap("Update")
    with phone.page.expect_navigation():
        phone.tap("Take it now")
    phone.expect_ready()
    phone.expect_waiting(6)
    proxy.behave()
    phone.finish()
    ledger.hold(phone.device, scans=4, actions=4)
