"""Without a network everything goes on, whatever is closed or killed, and later the server has each record once."""

from contextlib import ExitStack, contextmanager, suppress

import pytest
from playwright.sync_api import Error

from tests.e2e.chromium import kill, launch_kept, shorten_silence
from tests.e2e.gate_phone import GatePhone
from tests.e2e.hostile_proxy import Way


class KeptBrowser:
    """A browser in a folder of its own, in which everything is still there when it is started again."""

    def __init__(self, start, folder, address):
        self._start, self._folder, self._address = start, folder, address
        self._running = ExitStack()

    def start(self):
        """Start it; gives its phone, which shows nothing yet."""
        context = self._start(self._folder)
        self._running.callback(self._close, context)
        return GatePhone(context, self._address, context.pages[0])

    def stop(self):
        """Close it."""
        self._running.close()

    def kill(self):
        """End it as a phone ends whose battery is taken out."""
        kill(self._folder)
        self.stop()

    @staticmethod
    def _close(context):
        with suppress(Error):
            context.close()


@pytest.fixture
def kept(playwright, camera, outside, proxy, silence_ms, tmp_path):
    """A browser that can be closed or killed and started again with all it has."""

    def start(folder):
        context = launch_kept(playwright, folder, camera.path, outside)
        outside.watch(context, proxy.address)
        shorten_silence(context, silence_ms)
        return context

    proxy.behave()
    proxy.forget()
    browser = KeptBrowser(start, tmp_path / "browser", proxy.address)
    yield browser
    proxy.behave()
    browser.stop()
    assert outside.asked == []


@contextmanager
def nobody_answers(context, served):
    """Flight mode, and no server either."""
    served.stop()
    context.set_offline(True)
    try:
        yield
    finally:
        served.start()
        context.set_offline(False)


def test_twenty_more_are_scanned_offline_and_the_server_counts_twenty_one(phone, context, travellers, ledger):
    phone.scan(travellers.next().text)
    phone.expect_verdict("admit")
    phone.finish()
    ledger.hold(phone.device, scans=1, actions=1)

    context.set_offline(True)
    assert phone.scan_many([one.text for one in travellers.some(20)]) == ["admit"] * 20
    phone.expect_ready()
    phone.expect_waiting(40)
    context.set_offline(False)
    phone.finish()
    ledger.hold(phone.device, scans=21, actions=21)


def test_two_hundred_are_scanned_by_a_phone_that_was_started_in_flight_mode(kept, enrol, served, travellers, ledger):
    phone = enrol(kept.start().open().choose_english())
    device = phone.device
    phone.wait_until_kept()
    kept.stop()

    people = [one.text for one in travellers.some(30)]
    shops = [f"HTTPS://SHOP/ITEM/{number:06}" for number in range(140)]
    phone = kept.start()
    with nobody_answers(phone.context, served):
        phone.open().expect_ready()
        tones = phone.scan_many([*people, *shops, *people])
        phone.expect_ready()
        phone.expect_waiting(400)
    phone.finish()

    assert tones == ["admit"] * 30 + ["refuse"] * 140 + ["refer"] * 30
    records = ledger.hold(device, scans=200, actions=200)
    assert [record.kind for record in records] == ["scan", "action"] * 200


def test_a_page_closed_before_anything_was_sent_loses_nothing(phone, context, travellers, ledger):
    phone.wait_until_kept()
    context.set_offline(True)
    phone.scan(travellers.next().text)
    phone.expect_verdict("admit")
    phone.page.close()

    context.set_offline(False)
    again = GatePhone(context, phone.address).open()
    again.finish()
    scan, action = ledger.hold(phone.device, scans=1, actions=1)
    assert (scan.kind, action.action, action.by_officer) == ("scan", "admit", False)


def test_a_browser_killed_at_a_verdict_shows_it_again(kept, enrol, travellers, ledger):
    phone = enrol(kept.start().open().choose_english())
    phone.scan_many([one.text for one in travellers.some(2)])
    phone.scan("HTTPS://SHOP/ITEM/000001")
    phone.expect_verdict("refuse")
    kept.kill()

    again = kept.start().open()
    again.expect_verdict("refuse")
    again.tap("Turn back")
    again.finish()
    ledger.hold(phone.device, scans=3, actions=3)


def test_a_browser_killed_in_the_middle_of_a_sync_has_everything_acknowledged_later(
    kept, enrol, travellers, ledger, proxy
):
    phone = enrol(kept.start().open().choose_english())
    phone.wait_until_kept()
    proxy.set("/api/v1/scans", Way.HANG)
    phone.scan_many([one.text for one in travellers.some(3)])
    phone.call_network()
    proxy.wait_for("/api/v1/scans", 1)
    kept.kill()
    proxy.behave()
    already = len(ledger.records(phone.device))
    assert already > 0

    again = kept.start().open()
    again.finish()
    ledger.hold(phone.device, scans=3, actions=3)
