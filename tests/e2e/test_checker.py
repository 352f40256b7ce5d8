"""The other side checks a pass without an account, and leaves no trace of anybody."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browser_storage import dump_stores
from tests.e2e.hostile_proxy import Way
from tests.e2e.papers import Hold, held
from tests.e2e.wedge import type_code

USES_CAMERA = True


@pytest.fixture
def checker(context, proxy):
    """The page of /check/, as it opens."""
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(f"{proxy.address}/check/")
    return page


def test_a_pass_is_checked_in_thai_and_nothing_is_asked_or_kept_of_it(checker, camera, land, proxy, travellers):
    expect(checker.locator(".app")).to_have_attribute("lang", "th")
    begin = checker.locator(".page-foot .main")
    expect(begin).to_be_enabled()
    begin.click()
    expect(checker.locator("main.ready")).to_be_visible()
    proxy.forget()

    camera.show(held((land.papers[0], Hold())))
    expect(checker.locator("main.verdict.admit")).to_be_visible()
    expect(checker.locator(".verdict .face img")).to_be_visible()
    names = checker.locator(".verdict .name").all_inner_texts()
    assert len(names) == 2
    camera.show_nothing()
    checker.locator(".verdict-foot .main").click()
    one = travellers.next()
    type_code(checker, one.text)
    expect(checker.locator("main.verdict.admit .name.latin")).to_have_text(one.name)
    type_code(checker, "HTTPS://SHOP/MENU/TABLE-7")
    expect(checker.locator("main.verdict.refuse")).to_be_visible()
    expect(checker.locator(".holder")).to_have_count(0)

    data = [asked.path for asked in proxy.asked() if not asked.path.startswith("/check/")]
    assert data == []
    kept = dump_stores(checker)
    assert "/check/" in kept
    for trace in (*names, one.name, one.number, one.text[:40], land.papers[0].stem, "HTTPS://SHOP"):
        assert trace not in kept


def test_it_asks_for_the_root_and_the_bundle_and_for_nothing_else(checker, proxy):
    expect(checker.locator(".fingerprint")).to_be_visible()
    data = {asked.path for asked in proxy.asked() if not asked.path.startswith("/check/")}
    assert data == {"/api/v1/root-key", "/api/v1/bundle"}
    assert all("Cookie" not in asked.headers for asked in proxy.asked())


def test_a_server_in_trouble_at_the_first_look_is_asked_again(context, proxy):
    proxy.set("/api/v1/root-key", Way.ERROR_500)
    page = context.new_page()
    page.goto(f"{proxy.address}/check/")
    proxy.wait_for("/api/v1/root-key", 1)
    proxy.behave()
    expect(page.locator(".page-foot .main")).to_be_enabled(timeout=15_000)


def test_it_checks_without_a_network_once_it_was_opened(checker, context, served, travellers, proxy):
    expect(checker.locator(".page-foot .main")).to_be_enabled()
    checker.evaluate("navigator.serviceWorker.ready.then(() => true)")
    served.stop()
    context.set_offline(True)
    try:
        checker.reload()
        expect(checker.locator(".page-foot .main")).to_be_enabled()
        type_code(checker, travellers.next().text)
        expect(checker.locator("main.verdict.admit")).to_be_visible()
    finally:
        context.set_offline(False)
        served.start()


def test_a_revoked_pass_and_every_forgery_are_refused(checker, land):
    expect(checker.locator(".page-foot .main")).to_be_enabled()
    forgeries = [land.forged(path.stem) for path in sorted((land.demo.home / "refused").glob("*.txt"))]
    for text in [land.demo.revoked.read_text("ascii").strip(), *(one for one in forgeries if len(one) > 20)]:
        type_code(checker, text)
        expect(checker.locator("main.verdict.refuse")).to_be_visible()
        checker.locator(".verdict-foot .main").click()
        expect(checker.locator("main.ready")).to_be_visible()
