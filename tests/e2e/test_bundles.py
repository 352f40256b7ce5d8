"""What a phone knows of keys, lists and rules: only newer, only true, and never the clock's fault on a traveller."""

import pytest

BUNDLE = "/api/v1/bundle"
DAY_S = 24 * 60 * 60


@pytest.fixture(autouse=True)
def fresh_bundle(office):
    """Whatever a test published, the next one begins with a bundle of now."""
    return office.publish()


def test_a_newer_bundle_arrives_while_the_phone_is_at_work(phone, office, proxy, fresh_bundle):
    assert phone.serial() == fresh_bundle
    newer = office.publish()
    phone.expect_serial(newer)

    proxy.forget()
    phone.call_network_on_and_on()
    proxy.wait_for(BUNDLE, 1)
    assert {asked.status for asked in proxy.asked(BUNDLE)} == {304}


def test_a_pass_revoked_and_reinstated_is_refused_and_admitted_without_a_reload(phone, office, travellers, ledger):
    one = travellers.next()
    office.change_status(one.number, "revoked")
    serial = phone.serial()
    phone.expect_serial(serial + 1)
    phone.scan(one.text)
    phone.expect_verdict("refuse", one.name, "revoked")
    phone.tap("Turn back")

    office.change_status(one.number, "valid")
    phone.expect_serial(serial + 2)
    # The same code within three seconds is the same scan.
    phone.shift_clock(3)
    phone.scan(one.text)
    phone.expect_verdict("admit", one.name)
    phone.finish()
    ledger.hold(phone.device, scans=2, actions=2)


def test_an_older_or_a_forged_bundle_is_not_taken(phone, proxy, ledger, office, fresh_bundle, travellers):
    old = ledger.bundle(fresh_bundle - 1)
    forged = bytearray(ledger.bundle(office.publish()))
    forged[len(forged) // 2] ^= 1
    for octets in (old, bytes(forged), b"", b"\x00" * 200):
        proxy.forget()
        proxy.replace(BUNDLE, octets)
        phone.call_network()
        proxy.wait_for("/api/v1/devices/me", 1)
        assert phone.serial() == fresh_bundle
    phone.scan(travellers.next().text)
    phone.expect_verdict("admit")
    phone.finish()
    ledger.hold(phone.device, scans=1, actions=1)


def test_what_the_phone_knows_ages_from_green_over_amber_to_red(phone, office, travellers, ledger):
    old = office.publish(days_ago=2)
    phone.expect_serial(old)
    phone.scan(travellers.next().text)
    phone.expect_verdict("admit", "Data is getting old")
    phone.expect_ready()

    expired = office.publish(days_ago=8)
    phone.expect_serial(expired)
    phone.scan(travellers.next().text)
    phone.expect_verdict("device", "Phone trouble", "It is the phone, not the traveller.", "Data has expired")
    phone.tap("Refer")
    phone.finish()
    records = ledger.hold(phone.device, scans=2, actions=2)
    assert [record.reasons for record in records if record.kind == "scan"] == ["BUNDLE_STALE", "BUNDLE_EXPIRED"]


def test_a_clock_set_back_a_day_is_the_phones_trouble(phone, travellers, ledger):
    phone.shift_clock(-DAY_S)
    phone.scan(travellers.next().text)
    phone.expect_verdict("device", "Phone trouble", "It is the phone, not the traveller.")
    phone.tap("Refer")
    phone.expect_ready()
    phone.expect_words("The clock of this phone is wrong")

    phone.shift_clock(DAY_S)
    phone.scan(travellers.next().text)
    phone.expect_verdict("admit")
    phone.finish()
    records = ledger.hold(phone.device, scans=2, actions=2)
    assert [record.reasons for record in records if record.kind == "scan"] == ["CLOCK_WRONG", ""]


def test_a_clock_set_ahead_beyond_the_data_refers(phone, travellers, ledger):
    phone.shift_clock(10 * DAY_S)
    phone.scan(travellers.next().text)
    phone.expect_verdict("device", "Data has expired")
    phone.tap("Refer")
    phone.finish()
    records = ledger.hold(phone.device, scans=1, actions=1, cases=("impossible_clock", "impossible_clock"))
    assert records[0].reasons == "BUNDLE_EXPIRED"
