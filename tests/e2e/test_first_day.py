"""A phone is enrolled, sees its first pass, and the server hears of it."""

import pytest
from playwright.sync_api import expect

from tests.cli.running import run_process
from tests.e2e.browser_storage import dump_stores
from tests.e2e.papers import Hold, held

USES_CAMERA = True


@pytest.fixture
def silence_ms():
    """As for officers."""
    return 5_000


def test_a_typed_code_enrols_and_silence_admits(home, new_phone, camera, land, ledger):
    phone = new_phone
    secret = {"BORDERPASS_KEY_PASSPHRASE_FILE": str(home / "passphrase"), "BORDERPASS_KEY_PASSPHRASE": ""}
    said = run_process("device", "code", "poipet", "1", "exit", home=home, **secret).done()
    phone.enrol(said.splitlines()[0])
    phone.expect_words("Poipet", "Lane 1", "Exit")

    camera.show(held((land.papers[0], Hold())))
    verdict = phone.expect_verdict("admit", "Admit", "Back by", "Valid until", "Admitted in")
    expect(verdict.locator(".face img")).to_be_visible()
    names = verdict.locator(".name").all_inner_texts()
    assert len(names) == 2
    assert all(names)
    camera.show_nothing()
    phone.finish()

    scan, action = ledger.hold(ledger.newest_device(), scans=1, actions=1)
    assert scan.pass_number == land.papers[0].stem
    assert (action.action, action.by_officer) == ("admit", False)
    kept = dump_stores(phone.page)
    assert "Poipet" in kept
    for trace in (*names, scan.pass_number, land.papers[0].with_suffix(".txt").read_text("ascii")[:40]):
        assert trace not in kept


def test_a_code_held_before_the_camera_enrols(new_phone, camera, office, ledger, travellers):
    phone = new_phone
    camera.show(held((f"BP-ENROL:{office.code(lane='7', direction='entry')}", Hold(8))))
    phone.expect_ready()
    camera.show_nothing()
    phone.expect_words("Lane 7", "Entry")

    phone.scan(travellers.next().text)
    phone.expect_verdict("admit")
    phone.finish()
    ledger.hold(ledger.newest_device(), scans=1, actions=1)
