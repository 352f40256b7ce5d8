"""Whatever comes back over the network, nothing is lost, nothing is doubled, and nobody waits for it at the gate."""

import json
import urllib.request

import pytest

from tests.e2e.hostile_proxy import Way

SCANS = "/api/v1/scans"
# A verdict on a busy machine; the network would take for ever.
SOON_MS = 2_500
BAD = [Way.REFUSE, Way.ERROR_500, Way.BAD_REQUEST_400, Way.GARBAGE, Way.HALF, Way.SWALLOW]


def test_whatever_the_server_answers_each_record_is_there_once_in_the_end(phone, proxy, travellers, ledger):
    for asked, way in enumerate(BAD, start=1):
        proxy.set(SCANS, way)
        phone.scan_many([one.text for one in travellers.some(2)])
        phone.call_network()
        proxy.wait_for(SCANS, asked)
    phone.expect_ready()
    phone.expect_waiting(4 * len(BAD))

    proxy.behave()
    phone.finish()
    ledger.hold(phone.device, scans=2 * len(BAD), actions=2 * len(BAD))


@pytest.mark.parametrize("way", [Way.HANG, Way.DRIP], ids=["silent", "a byte at a time"])
def test_nobody_at_the_gate_waits_for_a_slow_server(phone, proxy, travellers, ledger, way):
    proxy.set("/api/v1/", way)
    phone.scan(travellers.next().text)
    phone.expect_verdict("admit")
    phone.call_network()
    proxy.wait_for(SCANS, 1)
    before = phone.page.locator(".verdict .name.latin").inner_text()

    waited_ms = phone.page.evaluate("performance.now()")
    phone.scan(travellers.next().text)
    phone.expect_somebody_else(before)
    assert phone.page.evaluate("performance.now()") - waited_ms < SOON_MS

    proxy.behave()
    phone.finish()
    ledger.hold(phone.device, scans=2, actions=2)


def test_a_gate_where_the_server_hangs_while_a_phone_starts_is_at_work_at_once(phone, context, proxy, travellers):
    phone.wait_until_kept()
    proxy.set("/", Way.HANG)
    phone.page.reload()
    phone.expect_ready()
    phone.scan(travellers.next().text)
    phone.expect_verdict("admit")


def test_the_same_batches_sent_again_change_nothing(phone, proxy, travellers, ledger):
    phone.scan_many([one.text for one in travellers.some(2)])
    phone.finish()
    phone.scan_many([one.text for one in travellers.some(2)])
    phone.finish()
    kept = ledger.hold(phone.device, scans=4, actions=4)

    sent = [asked for asked in proxy.asked(SCANS) if asked.status == 200]
    assert len(sent) > 1
    for asked in [*sent, *reversed(sent)]:
        headers = {name: asked.headers[name] for name in ("Content-Type", "BorderPass-Device")}
        again = urllib.request.Request(proxy.address + SCANS, asked.body, headers)
        with urllib.request.urlopen(again, timeout=30) as answer:
            receipts = [one["receipt"] for one in json.load(answer)["acknowledgements"]]
        assert set(receipts) == {"already_recorded"}
    assert ledger.hold(phone.device, scans=4, actions=4) == kept
