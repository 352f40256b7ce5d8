"""/gate-office/: the commander's pages. Devices, codes, revoking, cases, and who should be back; one gate only."""

import re
from datetime import timedelta
from typing import Any

import pytest
import zxingcpp
from django.test import Client
from PIL import Image, ImageDraw

from borderpass.domain.bundle import Bundle
from borderpass.domain.chain import CaseKind
from borderpass.domain.enrolment_code import digest_of_code
from borderpass.services.enrol_device import revoke_device
from borderpass.store.models import Case, Device, EnrolmentCode, GateSetting, IssuedPass, Whereabouts
from borderpass.web.gate.wording import CASES
from tests.cast import (
    BOPHA,
    COMMANDER,
    DARA,
    GATE,
    MINISTRY,
    OTHER_COMMANDER,
    OTHER_GATE,
    PROVINCE,
    RITH,
)
from tests.installation import Installation, done
from tests.phone import Phone
from tests.web.conftest import NOW, sign_in
from tests.web.forms import token

HOME = f"/gate-office/{GATE}/"
LOOKERS = ("malee", RITH.name)
FILLED = {"lane": "1", "direction": "exit", "note": "x", "admit_needs_tap": "yes"}


@pytest.fixture
def phone(world: Installation, bundle: Bundle) -> Phone:
    return Phone(world, bundle)


@pytest.fixture
def commander(client: Client, phone: Phone) -> Client:
    return sign_in(client, COMMANDER.name)


@pytest.fixture
def case(phone: Phone, sokhas: IssuedPass) -> Case:
    """Two exits in a row, and a record that is none: taken in."""
    phone.admit(str(sokhas.qr_text))
    phone.admit(str(sokhas.qr_text), NOW + timedelta(minutes=1))
    phone.put(b"<b>no record</b>")
    phone.send()
    return Case.objects.get(kind="impossible_sequence")


def page(client: Client, path: str = HOME, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.content
    return str(response.content.decode())


def post(client: Client, path: str, **fields: str) -> Any:
    return client.post(path, {"csrfmiddlewaretoken": token(client), **fields})


def forms(phone: Phone, case: Case) -> list[str]:
    """Return the addresses that change something."""
    own = (f"devices/{phone.device.id}/revoke/", f"cases/{case.id}/")
    return [f"{HOME}{path}" for path in ("code/", "setting/", *own)]


class TestWhoMayLook:
    def test_who_is_not_signed_in_goes_to_sign_in_and_comes_back(self, client: Client, world: Installation) -> None:
        for path in ("/gate-office/", HOME, f"{HOME}cases/"):
            response = client.get(path)
            assert (response.status_code, response.headers["Location"]) == (302, f"/sign-in/?next={path}")

    @pytest.mark.parametrize("username", [COMMANDER.name, *LOOKERS, MINISTRY.name])
    def test_the_gates_people_the_auditor_and_the_ministry_look(
        self, client: Client, phone: Phone, username: str
    ) -> None:
        assert "lane 1" in page(sign_in(client, username))

    @pytest.mark.parametrize("actor", [BOPHA, DARA, PROVINCE], ids=lambda actor: actor.name)
    def test_offices_and_the_province_may_not(self, client: Client, phone: Phone, actor: Any) -> None:
        for path in ("/gate-office/", HOME, f"{HOME}cases/"):
            assert sign_in(client, actor.name).get(path).status_code == 403
        assert post(client, f"{HOME}setting/", **FILLED).status_code == 403

    def test_another_gate_is_as_unknown_as_none(self, client: Client, phone: Phone, case: Case) -> None:
        sign_in(client, OTHER_COMMANDER.name)
        for path in (HOME, f"{HOME}cases/", f"{HOME}devices/{phone.device.id}/revoke/", "/gate-office/atlantis/"):
            assert client.get(path).status_code == 404
        for path in forms(phone, case):
            assert post(client, path, **FILLED).status_code == 404
        assert Device.objects.get().revoked_at is None
        assert not GateSetting.objects.exists()

    def test_another_gates_device_and_case_are_not_found_under_ones_own_gate(
        self, client: Client, phone: Phone, case: Case
    ) -> None:
        sign_in(client, OTHER_COMMANDER.name)
        own = f"/gate-office/{OTHER_GATE}/"
        assert client.get(f"{own}devices/{phone.device.id}/revoke/").status_code == 404
        assert post(client, f"{own}cases/{case.id}/", note="x").status_code == 404
        assert "lane 1" not in page(client, own)

    @pytest.mark.parametrize("username", LOOKERS)
    def test_who_only_looks_finds_no_button_and_may_not_press_one(
        self, client: Client, phone: Phone, case: Case, username: str
    ) -> None:
        sign_in(client, username)
        assert "<form method" not in page(client) + page(client, f"{HOME}cases/")
        for path in forms(phone, case):
            assert post(client, path, **FILLED).status_code == 403
        assert not EnrolmentCode.objects.exists()
        assert not GateSetting.objects.exists()

    def test_one_goes_to_ones_own_gate_and_the_ministry_chooses(self, client: Client, world: Installation) -> None:
        assert sign_in(client, COMMANDER.name).get("/gate-office/").headers["Location"] == HOME
        assert f'href="{HOME}"' in page(sign_in(client, MINISTRY.name), "/gate-office/")

    def test_the_front_page_leads_there(self, commander: Client) -> None:
        assert 'href="/gate-office/"' in page(commander, "/")

    def test_other_methods_are_not_allowed(self, commander: Client, phone: Phone, case: Case) -> None:
        for path in (f"{HOME}code/", f"{HOME}setting/", f"{HOME}cases/{case.id}/"):
            assert commander.get(path).status_code == 405
        for path in ("/gate-office/", HOME, f"{HOME}cases/"):
            assert post(commander, path).status_code == 405

    def test_a_form_that_is_not_ours_is_refused(self, commander: Client, phone: Phone, case: Case) -> None:
        for path in forms(phone, case):
            assert commander.post(path, FILLED).status_code == 403
        assert Device.objects.get().revoked_at is None
        assert not GateSetting.objects.exists()


class TestTheGate:
    def test_a_device_is_listed_with_what_it_has_done(self, commander: Client, case: Case) -> None:
        html = page(commander)
        row = next(row for row in html.split("<tr") if "lane 1" in row)
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row)
        assert cells[:5] == ["Leaving Cambodia", "23 November 2026", "just now", "4", "2"]
        assert f'href="{HOME}cases/">Open cases: 2' in html
        assert "<dt>Across now</dt><dd>1</dd>" in html

    def test_a_gate_without_devices_says_so(self, client: Client, world: Installation) -> None:
        html = page(sign_in(client, OTHER_COMMANDER.name), f"/gate-office/{OTHER_GATE}/")
        assert "No phone is enrolled here yet." in html
        assert "There are no open cases." in html

    def test_who_should_be_back_is_listed(self, commander: Client, phone: Phone, sokhas: IssuedPass) -> None:
        phone.admit(str(sokhas.qr_text))
        phone.send()
        assert "Who should be back" not in page(commander)
        Whereabouts.objects.update(back_by=NOW.date() - timedelta(days=2))
        html = page(commander)
        assert "Who should be back" in html
        assert sokhas.number in html
        assert "2 days" in html

    @pytest.mark.parametrize(("language", "word"), [("km", "ឧបករណ៍របស់ច្រកនេះ"), ("th", "อุปกรณ์ของด่านนี้")])
    def test_it_speaks_khmer_and_thai(self, phone: Phone, case: Case, language: str, word: str) -> None:
        client = sign_in(Client(HTTP_ACCEPT_LANGUAGE=language), COMMANDER.name)
        html = page(client)
        assert f'lang="{language}"' in html
        assert word in html
        for shown in (html, page(client, f"{HOME}cases/"), page(client, f"{HOME}devices/{phone.device.id}/revoke/")):
            assert not re.search(r"Revoke|Open cases|Phone|Lane<|Admit|Since", shown)


class TestCodes:
    def test_a_code_is_shown_once_as_text_and_as_a_qr_code(self, commander: Client) -> None:
        response = post(commander, f"{HOME}code/", lane="3", direction="entry")
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
        html = response.content.decode()
        code = re.findall(r'class="code">([0-9A-Z-]{19})<', html)[0]
        kept = EnrolmentCode.objects.get()
        assert (kept.digest, kept.lane, kept.direction) == (digest_of_code(code), "3", "entry")
        assert read_symbol(html) == [f"BP-ENROL:{code}"]
        assert "09:10:00" in html
        assert code not in page(commander)

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"lane": "", "direction": "exit"}, "Name the lane in 1 to 20"),
            ({"lane": "<b>", "direction": "exit"}, "Name the lane in 1 to 20"),
            ({"lane": "x" * 21, "direction": "exit"}, "Name the lane in 1 to 20"),
            ({"lane": "1", "direction": "sideways"}, "Choose the direction."),
            ({"lane": "1"}, "Choose the direction."),
            ({}, "Choose the direction."),
        ],
    )
    def test_what_is_wrong_is_said_at_the_form_and_nothing_is_made(
        self, commander: Client, fields: dict[str, str], words: str
    ) -> None:
        response = post(commander, f"{HOME}code/", **fields)
        assert response.status_code == 422
        assert words in response.content.decode()
        assert "<b>" not in response.content.decode()
        assert not EnrolmentCode.objects.exists()

    def test_the_phones_address_is_whole_and_leads_there(self, commander: Client, settings: Any) -> None:
        html = post(commander, f"{HOME}code/", lane="3", direction="entry").content.decode()
        assert '<a href="/gate/">http://testserver/gate/</a>' in html
        settings.SECURE = True
        html = post(commander, f"{HOME}code/", lane="3", direction="entry").content.decode()
        assert '<a href="/gate/">https://testserver/gate/</a>' in html


class TestWhetherAdmittingNeedsATap:
    def test_it_is_ordered_and_taken_back_and_the_page_says_by_whom(self, commander: Client) -> None:
        assert "recorded without a tap" in page(commander)
        for value, words in (("yes", "The officer taps to admit"), ("no", "recorded without a tap")):
            assert f'name="admit_needs_tap" value="{value}"' in page(commander)
            response = post(commander, f"{HOME}setting/", admit_needs_tap=value)
            assert (response.status_code, response.headers["Location"]) == (302, HOME)
            html = page(commander)
            assert words in html
            assert f"Since 23 November 2026, 09:00:00, {COMMANDER.name}" in html
        assert list(GateSetting.objects.order_by("id").values_list("admit_needs_tap", flat=True)) == [True, False]

    @pytest.mark.parametrize("username", LOOKERS)
    def test_who_only_looks_sees_it(self, commander: Client, username: str) -> None:
        post(commander, f"{HOME}setting/", admit_needs_tap="yes")
        assert "The officer taps to admit" in page(sign_in(Client(HTTP_ACCEPT_LANGUAGE="en"), username))

    def test_the_ministry_may_order_it_too(self, client: Client, phone: Phone) -> None:
        assert post(sign_in(client, MINISTRY.name), f"{HOME}setting/", admit_needs_tap="yes").status_code == 302
        assert GateSetting.objects.get().set_by == MINISTRY.name

    @pytest.mark.parametrize("fields", [{}, {"admit_needs_tap": ""}, {"admit_needs_tap": "maybe"}], ids=str)
    def test_what_is_neither_yes_nor_no_is_said_and_nothing_changes(
        self, commander: Client, fields: dict[str, str]
    ) -> None:
        response = post(commander, f"{HOME}setting/", **fields)
        assert response.status_code == 422
        assert "Choose whether admitting needs a tap." in response.content.decode()
        assert not GateSetting.objects.exists()


class TestRevoking:
    def test_it_asks_once_more_then_holds(self, commander: Client, phone: Phone) -> None:
        path = f"{HOME}devices/{phone.device.id}/revoke/"
        assert "Revoke this phone?" in page(commander, path)
        assert Device.objects.get().revoked_at is None
        response = post(commander, path)
        assert (response.status_code, response.headers["Location"]) == (302, HOME)
        assert Device.objects.get().revoked_at == NOW
        assert "Revoked: 23 November 2026" in page(commander)

    def test_a_phone_that_is_revoked_already_is_left_as_it_is(self, commander: Client, phone: Phone) -> None:
        done(revoke_device(phone.device, COMMANDER, NOW - timedelta(hours=1)))
        path = f"{HOME}devices/{phone.device.id}/revoke/"
        assert "Revoke the phone" not in page(commander, path)
        post(commander, path)
        assert Device.objects.get().revoked_at == NOW - timedelta(hours=1)


class TestCases:
    def test_each_says_what_it_is_and_what_is_known(self, commander: Client, case: Case, sokhas: IssuedPass) -> None:
        html = page(commander, f"{HOME}cases/")
        assert "Twice the same way" in html
        assert "Unreadable record" in html
        assert sokhas.number in html
        assert "<dt>The phone said</dt><dd>Admit</dd>" in html
        assert "no record</b>" not in html

    def test_a_resolved_case_is_gone_from_the_list_and_kept(self, commander: Client, case: Case) -> None:
        response = post(commander, f"{HOME}cases/{case.id}/", note="a mother and her bag")
        assert (response.status_code, response.headers["Location"]) == (302, f"{HOME}cases/")
        case.refresh_from_db()
        assert (case.resolved_by, case.resolved_at, case.note) == (COMMANDER.name, NOW, "a mother and her bag")
        assert "Twice the same way" not in page(commander, f"{HOME}cases/")

    def test_resolving_it_again_changes_nothing(self, commander: Client, case: Case) -> None:
        post(commander, f"{HOME}cases/{case.id}/", note="found")
        assert post(commander, f"{HOME}cases/{case.id}/", note="again").status_code == 302
        case.refresh_from_db()
        assert case.note == "found"

    @pytest.mark.parametrize("note", ["", "   ", "x" * 301])
    def test_a_note_is_needed(self, commander: Client, case: Case, note: str) -> None:
        response = post(commander, f"{HOME}cases/{case.id}/", note=note)
        assert response.status_code == 422
        assert "Say in 1 to 300 characters what you found." in response.content.decode()
        case.refresh_from_db()
        assert case.resolved_at is None

    def test_of_very_many_the_first_hundred_are_shown(self, commander: Client, phone: Phone) -> None:
        Case.objects.bulk_create(
            [Case(kind="gap", device=phone.device, detail=f"{at}", opened_at=NOW) for at in range(103)]
        )
        html = page(commander, f"{HOME}cases/")
        assert html.count("Records are missing") == 100
        assert "Further open cases: 3" in html

    def test_every_kind_of_case_has_its_words(self) -> None:
        assert set(CASES) == set(CaseKind)


def read_symbol(html: str) -> list[str]:
    """Draw the one SVG of modules on a page, and read it as a phone would."""
    svg = re.findall(r'<div class="symbol".*?>(<svg.*?</svg>)', html, re.S)[0]
    left, top, side, _ = map(int, re.findall(r'viewBox="([-\d ]+)"', svg)[0].split())
    picture = Image.new("L", (side * 8, side * 8), 255)
    draw = ImageDraw.Draw(picture)
    for x, y, right in re.findall(r"M(-?\d+) (-?\d+)H(-?\d+)v1", svg):
        box = [(int(x) - left) * 8, (int(y) - top) * 8, (int(right) - left) * 8 - 1, (int(y) - top + 1) * 8 - 1]
        draw.rectangle(box, fill=0)
    return [code.text for code in zxingcpp.read_barcodes(picture)]
