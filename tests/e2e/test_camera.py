"""What a camera sees of a pass is read however it is held, and each pass is one scan."""

import pytest
from playwright.sync_api import expect

from tests.e2e.papers import Hold, badly_lit, blurred, empty_scene, held, in_one_frame, noisy

USES_CAMERA = True

SMALLEST = 2.5
SHOP = "HTTPS://SHOP/MENU/TABLE-7"


def seen_as(phone, camera, scene, before):
    """Show a scene until somebody else is on the screen; return who."""
    camera.show(scene)
    name = phone.expect_somebody_else(before)
    phone.expect_verdict("admit")
    camera.show_nothing()
    return name


def test_each_pass_is_read_however_it_is_held(phone, camera, land, travellers, ledger):
    people = travellers.some(3)
    papers = [*land.papers[:5], *(one.text for one in people)]
    scenes = [
        held((papers[0], Hold(4, 7))),
        held((papers[1], Hold(3.2, 30))),
        held((papers[2], Hold(4, 90))),
        held((papers[3], Hold(4, 180))),
        blurred(held((papers[4], Hold(4.5))), 1.5),
        badly_lit(held((papers[5], Hold(4, -5)))),
        held((papers[6], Hold(SMALLEST, middle=(0.6, 0.45)))),
        noisy(blurred(held((papers[7], Hold(3.5, 12))), 0.8), 18),
    ]
    name = ""
    for scene in scenes:
        name = seen_as(phone, camera, scene, name)
    phone.finish()

    records = ledger.hold(phone.device, scans=len(scenes), actions=len(scenes))
    numbers = [record.pass_number for record in records if record.kind == "scan"]
    assert numbers == [*(paper.stem for paper in papers[:5]), *(one.number for one in people)]


def test_two_passes_in_view_are_two_scans_and_no_more(phone, camera, travellers, ledger):
    one, other = travellers.some(2)
    camera.show(in_one_frame([one.text, other.text], 3.2))
    phone.expect_verdict("admit")
    first = phone.page.locator(".verdict .name.latin").inner_text()
    phone.expect_somebody_else(first)
    # Both stay in view until silence has admitted the second one: nothing is read a second time meanwhile.
    phone.expect_ready()
    camera.show_nothing()
    phone.finish()

    records = ledger.hold(phone.device, scans=2, actions=2)
    assert {record.pass_number for record in records if record.kind == "scan"} == {one.number, other.number}


def test_a_foreign_code_is_refused_and_shows_nobody(phone, camera, ledger):
    camera.show(held((SHOP, Hold(8))))
    verdict = phone.expect_verdict("refuse", "Refuse", "Nothing on this pass can be believed")
    expect(verdict.locator(".holder")).to_have_count(0)
    camera.show_nothing()
    phone.tap("Turn back")
    phone.finish()

    scan, action = ledger.hold(phone.device, scans=1, actions=1)
    assert (scan.reasons, action.action, action.by_officer) == ("NOT_A_PASS", "turn_back", True)


@pytest.mark.parametrize("scene", [empty_scene(), noisy(empty_scene(), 25)], ids=["desk", "desk in the dusk"])
def test_where_nobody_stands_nothing_is_read(phone, camera, scene):
    camera.show(scene)
    read = "performance.getEntriesByName('decoded').length"
    # Half a second of pictures: time enough for five of them.
    phone.page.wait_for_timeout(500)
    phone.expect_ready()
    assert phone.page.evaluate(read) == 0
    assert phone.records_kept() == 0
