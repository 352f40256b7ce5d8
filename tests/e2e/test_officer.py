"""What an officer decides, corrects, types and is told."""

from playwright.sync_api import expect

from tests.cli.running import run_process
from tests.e2e.browser_storage import ADMIT_NEEDS_TAP, ask_signed
from tests.e2e.hostile_proxy import Way

SHOP = "HTTPS://SHOP/MENU/TABLE-7"


def with_hyphens(device):
    return "-".join((device[:8], device[8:12], device[12:16], device[16:20], device[20:]))


def test_a_refusal_waits_for_a_tap_and_going_against_it_takes_a_ground(phone, travellers, ledger):
    phone.scan(SHOP)
    phone.expect_verdict("refuse", "Refuse")
    phone.scan(travellers.next().text)
    phone.expect_verdict("refuse", "Decide on this one first")

    phone.tap("Admit")
    phone.expect_words("Why admit?")
    phone.tap("Cancel")
    phone.expect_verdict("refuse")
    phone.tap("Admit")
    phone.page.get_by_label("Another ground, in your words").fill("ឪពុក: father of the child")
    phone.tap("Give this ground")
    phone.finish()

    scan, action = ledger.hold(phone.device, scans=1, actions=1)
    assert scan.reasons == "NOT_A_PASS"
    assert (action.action, action.by_officer, action.ground) == ("admit", True, "ឪពុក: father of the child")


def test_a_ground_that_is_being_chosen_stops_the_clock(phone, travellers, ledger):
    phone.scan(travellers.next().text)
    phone.expect_verdict("admit", "Admitted in")
    phone.tap("Turn back")
    phone.expect_words("Why turn back?")
    phone.tap("Cancel")
    expect(phone.expect_verdict("admit").locator(".silence")).to_have_count(0)
    phone.tap("Turn back")
    phone.tap("The gate is closing")
    phone.finish()

    _, action = ledger.hold(phone.device, scans=1, actions=1)
    assert (action.action, action.by_officer, action.ground) == ("turn_back", True, "The gate is closing")


def test_a_mistake_is_corrected_within_two_minutes(phone, travellers, ledger):
    one = travellers.next()
    phone.scan_many([one.text, travellers.next().text])
    phone.expect_ready()
    phone.tap("Last five")
    mistaken = phone.page.locator(".recents li").nth(1)
    expect(mistaken).to_contain_text("Admitted (")
    mistaken.get_by_role("button", name="Refer").click()
    phone.tap("Touched the wrong button")
    expect(phone.page.locator(".recents li").nth(1)).to_contain_text("Referred")
    phone.tap("Back")
    phone.finish()

    records = ledger.hold(phone.device, scans=2, actions=3)
    assert records[0].pass_number == one.number
    last = records[-1]
    assert (last.action, last.by_officer, last.ground) == ("refer", True, "Touched the wrong button")

    # Two minutes later nothing can be corrected any more.
    phone.shift_clock(121)
    phone.tap("Last five")
    expect(phone.page.locator(".recents li")).to_have_count(2)
    expect(phone.page.locator(".corrections")).to_have_count(0)


def test_where_the_commander_wants_it_an_admission_needs_a_tap(phone, office, travellers, ledger):
    office.set_tap(True)
    try:
        phone.keep_calling(ADMIT_NEEDS_TAP, "silence admits nobody here")
        phone.scan(travellers.next().text)
        expect(phone.expect_verdict("admit").locator(".silence")).to_have_count(0)
        phone.tap("Admit")
        phone.finish()
    finally:
        office.set_tap(False)
    _, action = ledger.hold(phone.device, scans=1, actions=1)
    assert action.by_officer


def test_a_number_is_checked_while_typed_and_looked_up_unverified(phone, travellers, ledger):
    one = travellers.next()
    wrong = one.number[:-1] + ("0" if one.number[-1] != "0" else "1")
    phone.tap("Type the number")
    field = phone.page.locator("#number")
    field.press_sequentially(one.number.replace("-", "")[:-1].lower())
    phone.expect_words("1 character is missing")
    field.fill(wrong)
    phone.expect_words("A character is wrong. Compare it with the pass.")
    expect(phone.button("Look it up")).to_be_disabled()

    field.fill(one.number)
    phone.tap("Look it up")
    phone.expect_words("Not verified", one.name, "Valid in the register", one.number)
    expect(phone.page.locator(".unverified .face img")).to_be_visible()
    for action in ("Admit", "Refer"):
        expect(phone.button(action)).to_have_count(0)
    phone.tap("Back")
    phone.expect_ready()
    assert ledger.records(phone.device) == []


def test_offline_a_number_cannot_be_looked_up_and_it_says_so(phone, context, travellers):
    context.set_offline(True)
    phone.tap("Type the number")
    phone.page.locator("#number").fill(travellers.next().number)
    phone.tap("Look it up")
    phone.expect_words("No answer. A number can be looked up only with a network.")


def test_a_revoked_phone_stands_still_and_gives_nothing_away(phone, context, proxy, home, travellers, ledger):
    one = travellers.next()
    phone.wait_until_kept()
    context.set_offline(True)
    phone.scan(one.text)
    phone.expect_verdict("admit")
    phone.expect_ready()
    device = with_hyphens(phone.device)
    run_process("device", "revoke", device, home=home).done()

    context.set_offline(False)
    phone.call_network()
    phone.expect_words("This phone was revoked", "2 records are kept on it.")
    phone.scan(travellers.next().text)
    phone.page.reload()
    phone.expect_words("This phone was revoked", "2 records are kept on it.")
    assert ledger.records(phone.device) == []
    assert phone.records_kept() == 2
    asked = f"/api/v1/passes/{one.number}"
    assert ask_signed(phone.page, device, asked) == (403, "DEVICE_REVOKED")
    assert ask_signed(phone.page, device, f"{asked}/photo") == (403, "DEVICE_REVOKED")


def test_a_wrong_enrolment_code_is_told_so(new_phone):
    new_phone.type_enrolment("0000-0000-0000-0000")
    new_phone.expect_words("There is no such code.")


def test_an_enrolment_whose_answer_was_lost_is_asked_for_again(new_phone, office, proxy, ledger, travellers):
    phone, code = new_phone, office.code()
    for way, words in ((Way.ERROR_500, "The server is in trouble."), (Way.SWALLOW, "No answer.")):
        proxy.set("/api/v1/devices/enrol", way)
        phone.type_enrolment(code)
        phone.expect_words(words)
    made = ledger.newest_device()

    proxy.behave()
    phone.tap("Enrol")
    phone.expect_ready()
    assert ledger.newest_device() == made
    phone.scan_many([travellers.next().text])
    phone.finish()
    ledger.hold(made, scans=1, actions=1)
