"""Every screen can be read out, seen and worked with keys alone."""

import pytest
from playwright.sync_api import expect

from tests.cli.running import ROOT
from tests.e2e.gate_phone import GatePhone
from tests.e2e.wedge import type_code

AXE = ROOT / "scanner" / "node_modules" / "axe-core" / "axe.min.js"
SHOP = "HTTPS://SHOP/MENU/TABLE-7"
_AUDIT = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const say = ({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ""}`;
  return grave.map(({ id, nodes }) => `${id}: ${nodes.map(say).join(" | ")}`);
}"""

_FOCUSED = "() => [document.activeElement.innerText.trim(), getComputedStyle(document.activeElement).outlineStyle]"


def audit(page, screen):
    """Return what is wrong on a screen, seriously or worse, as axe finds it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    return [f"{screen}: {fault}" for fault in page.evaluate(_AUDIT)]


@pytest.fixture
def silence_ms():
    """Long enough to look at an admission."""
    return 60_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_of_the_gate_shuts_anybody_out(context, proxy, office, travellers, scheme):
    phone = GatePhone(context, proxy.address)
    phone.page.emulate_media(color_scheme=scheme)
    phone.open()
    expect(phone.button("English")).to_be_visible()
    faults = audit(phone.page, "language")
    phone.choose_english()
    expect(phone.button("Type the code instead")).to_be_visible()
    faults += audit(phone.page, "enrol")
    phone.enrol(office.code())
    faults += audit(phone.page, "ready")
    for name, screen in (("Type the number", "number"), ("Last five", "recents"), ("Menu", "menu")):
        phone.tap(name)
        expect(phone.button("Back")).to_be_visible()
        faults += audit(phone.page, screen)
        phone.tap("Back")
    one = travellers.next()
    phone.scan(one.text)
    phone.expect_verdict("admit")
    faults += audit(phone.page, "admit")
    phone.tap("Turn back")
    phone.expect_words("Why turn back?")
    faults += audit(phone.page, "ground")
    phone.tap("Cancel")
    phone.tap("Admit")
    phone.expect_ready()
    phone.shift_clock(4)
    phone.scan(one.text)
    phone.expect_verdict("refer")
    faults += audit(phone.page, "refer")
    phone.tap("Refer")
    phone.expect_ready()
    phone.scan(SHOP)
    phone.expect_verdict("refuse")
    faults += audit(phone.page, "refuse")
    phone.tap("Turn back")
    phone.expect_ready()
    phone.shift_clock(-24 * 60 * 60)
    phone.scan(travellers.next().text)
    phone.expect_verdict("device")
    faults += audit(phone.page, "device")
    phone.tap("Refer")
    phone.expect_ready()
    phone.tap("Last five")
    faults += audit(phone.page, "recents with scans")
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_of_the_checker_shuts_anybody_out(context, proxy, travellers, scheme):
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{proxy.address}/check/")
    expect(page.locator(".page-foot .main")).to_be_enabled()
    faults = audit(page, "intro")
    for text, tone in ((travellers.next().text, "admit"), (SHOP, "refuse")):
        type_code(page, text)
        expect(page.locator(f"main.verdict.{tone}")).to_be_visible()
        faults += audit(page, tone)
    assert faults == []


def press(page, name):
    """Go on with Tab to what has a name, see that it can be seen to have the focus, and press Enter."""
    for _ in range(30):
        page.keyboard.press("Tab")
        label, outline = page.evaluate(_FOCUSED)
        if label == name:
            assert outline != "none", f"nothing shows that {name} has the focus"
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"no key leads to {name}")


def test_keys_alone_enrol_act_and_read_the_menu(context, proxy, office, ledger, travellers):
    phone = GatePhone(context, proxy.address).open()
    expect(phone.button("English")).to_be_visible()
    press(phone.page, "English")
    expect(phone.button("Type the code instead")).to_be_visible()
    press(phone.page, "Type the code instead")
    phone.page.keyboard.type(office.code().replace("-", "").lower())
    press(phone.page, "Enrol")
    phone.expect_ready()
    press(phone.page, "Menu")
    phone.expect_words("Last contact")
    press(phone.page, "Back")
    phone.expect_ready()

    phone.scan(SHOP)
    phone.expect_verdict("refuse")
    press(phone.page, "Admit")
    phone.expect_words("Why admit?")
    press(phone.page, "Medical emergency")
    phone.finish()
    _, action = ledger.hold(ledger.newest_device(), scans=1, actions=1)
    assert (action.action, action.ground) == ("admit", "Medical emergency")
