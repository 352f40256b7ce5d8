"""/office/<office>/governor/: the queue, one application, one touch for many, the noes, deputies, and the province."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from borderpass.domain.application import Event, State
from borderpass.domain.local_time import local_day
from borderpass.services.add_office import add_office, add_office_keys
from borderpass.services.add_passkey import begin_registration, finish_registration
from borderpass.services.approve_application import approve_application
from borderpass.services.ask_passkey import Asked
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.name_deputy import name_deputy
from borderpass.services.run_job import run_waiting_jobs
from borderpass.services.sign_pass import sign_pass
from borderpass.services.verify_pass import Credential, authenticate
from borderpass.store.keys import new_id
from borderpass.store.models import (
    Application,
    ApplicationEvent,
    ApprovalBatch,
    Deputy,
    IssuedPass,
    Staff,
)
from borderpass.wire.passkeys import RelyingParty
from tests.authenticator import Authenticator
from tests.cast import (
    BOPHA,
    DARA,
    HALL,
    HALL_CLERK,
    HALL_GOVERNOR,
    MINISTRY,
    OTHER_PROVINCE,
    POIPET,
    PROVINCE,
    RITH,
    SEREI,
    VICHEA,
)
from tests.installation import PASSPHRASE, Installation, done, fresh, lodged, paid, signed
from tests.web.conftest import NOW, PASSWORD, sign_in

HOME = f"/office/{POIPET}/governor/"
HOST = "localhost"


@pytest.fixture(autouse=True)
def usable_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORDERPASS_KEY_PASSPHRASE", PASSPHRASE.decode())


@pytest.fixture
def browser(world: Installation) -> Client:
    """Dara's, at the site's own name: there are passkeys only under a name."""
    return open_browser(DARA.name)


@pytest.fixture
def phone(world: Installation) -> Authenticator:
    return give_passkey(DARA.name)


def open_browser(name: str) -> Client:
    return sign_in(Client(HTTP_HOST=HOST, HTTP_ACCEPT_LANGUAGE="en"), name)


def give_passkey(name: str) -> Authenticator:
    staff, made = Staff.objects.get(username=name), Authenticator()
    party = RelyingParty(HOST, f"http://{HOST}")
    begun = begin_registration(staff, PASSWORD, party, "203.0.113.7", NOW)
    assert isinstance(begun, Asked)
    done(finish_registration(staff, begun.challenge_id, made.create(begun.options), "phone", party, NOW))
    return made


def page(client: Client, path: str = HOME, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.content
    return text_of(response)


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", str(response.content.decode()))


def choose(client: Client, *applications: Application, office: str = POIPET, **more: str) -> Any:
    told = {"batch": str(new_id()), "application": [str(one.id) for one in applications], **more}
    return client.post(f"/office/{office}/governor/approvals/", told)


def touch(client: Client, phone: Authenticator, url: str, **more: str) -> Any:
    """Do what the page's script does: ask what is to be signed, touch, and send the form."""
    begun = client.post(f"{url}touch/", more)
    assert begun.status_code == 200, begun.content
    return client.post(f"{url}sign/", {**more, "credential": phone.get(begun.json()["options"])})


def named_deputy(first: int = 0, last: int = 0) -> Deputy:
    """Let Bopha stand in from so many days from today on."""
    days = (local_day(NOW) + timedelta(days=first), local_day(NOW) + timedelta(days=last))
    return done(name_deputy(POIPET, Staff.objects.get(username=BOPHA.name).id, *days, DARA, NOW))


class TestTheQueue:
    def test_has_the_oldest_first_with_both_clocks(self, browser: Client) -> None:
        paid(1, NOW - timedelta(days=1))
        paid(2, NOW - timedelta(days=20))
        text = page(browser)
        assert text.index("RESIDENT C OF") < text.index("RESIDENT B OF")
        assert "of the two of practice" in text
        assert "of the five of the law" in text
        assert 'class="due law"' in text

    def test_says_what_is_unusual_or_that_nothing_is(self, browser: Client) -> None:
        paid(1)
        assert "No copy of a document lies with it." in page(browser)

    def test_that_is_empty_says_so(self, browser: Client) -> None:
        assert "Nothing waits for the governor." in page(browser)

    def test_is_read_by_a_clerk_who_cannot_choose(self, world: Installation) -> None:
        paid(1)
        text = page(open_browser(BOPHA.name))
        assert "RESIDENT B OF" in text
        assert 'name="application"' not in text
        assert choose(open_browser(BOPHA.name), paid(2)).status_code == 403

    def test_grows_slowly_in_queries(self, browser: Client, django_assert_max_num_queries: Any) -> None:
        for number in range(1, 9):
            paid(number)
        with django_assert_max_num_queries(45):
            page(browser)


class TestApprovingMany:
    def test_one_touch_and_it_says_how_many(self, browser: Client, phone: Authenticator) -> None:
        chosen = choose(browser, paid(1), paid(2))
        assert chosen.status_code == 302
        text = page(browser, chosen.url)
        assert "Approve and sign 2 applications" in text
        assert 'data-passkey="get"' in text
        assert touch(browser, phone, chosen.url).url == chosen.url
        assert 'hx-trigger="every 1s"' in page(browser, chosen.url)
        run_waiting_jobs(lambda: NOW)
        text = page(browser, chosen.url)
        assert "2 approved and signed" in text
        assert "hx-trigger" not in text
        assert IssuedPass.objects.filter(application__name_latin__startswith="RESIDENT", office=POIPET).count() == 2

    def test_what_could_not_be_done_is_told_with_why(self, browser: Client, phone: Authenticator) -> None:
        one, other = paid(1), paid(2)
        url = choose(browser, one, other).url
        touch(browser, phone, url)
        Application.objects.filter(id=other.id).update(name_latin="SOMEBODY ELSE")
        run_waiting_jobs(lambda: NOW)
        text = page(browser, url)
        assert "1 approved and signed, 1 not approved" in text
        assert "It was changed after you looked at it." in text
        assert "It was changed after you looked at it." in page(browser, f"/office/{POIPET}/jobs/{batch_of(url)}/")

    def test_what_cannot_be_approved_is_told_before(self, browser: Client, phone: Authenticator) -> None:
        text = page(browser, choose(browser, paid(1), lodged(2)).url)
        assert "These cannot be approved now" in text
        assert "The fee has not been paid." in text

    def test_all_that_wait_at_once(self, browser: Client, phone: Authenticator) -> None:
        paid(1), paid(2), lodged(3)
        assert "Approve and sign 2 applications" in page(browser, choose(browser, all="1").url)

    @pytest.mark.parametrize("told", [{}, {"batch": "x"}, {"application": ["x"]}])
    def test_nothing_or_nonsense_chosen(self, browser: Client, told: dict[str, Any]) -> None:
        paid(1)
        usual = {"batch": str(new_id()), "application": []}
        response = browser.post(f"{HOME}approvals/", {**usual, **told})
        assert response.status_code == 422
        assert 'role="alert"' in text_of(response)

    def test_a_double_click_is_one(self, browser: Client, phone: Authenticator) -> None:
        url = choose(browser, paid(1)).url
        begun = browser.post(f"{url}touch/").json()["options"]
        answers = [browser.post(f"{url}sign/", {"credential": phone.get(begun)}) for _ in range(2)]
        assert [one.status_code for one in answers] == [302, 302]
        assert ApprovalBatch.objects.count() == 1

    @pytest.mark.parametrize("credential", ["", "{}", "nonsense"])
    def test_without_a_touch_nothing_is_approved(self, browser: Client, phone: Authenticator, credential: str) -> None:
        url = choose(browser, paid(1)).url
        response = browser.post(f"{url}sign/", {"credential": credential})
        assert response.status_code == 422
        assert "The passkey was not accepted." in text_of(response)
        assert not ApplicationEvent.objects.filter(event=Event.APPROVE, at=NOW).exists()

    def test_the_list_says_who_approved_what(self, browser: Client, phone: Authenticator) -> None:
        assert "Nothing was approved here yet." in page(browser, f"{HOME}approvals/")
        touch(browser, phone, choose(browser, paid(1)).url)
        run_waiting_jobs(lambda: NOW)
        text = page(open_browser(RITH.name), f"{HOME}approvals/")
        assert "1 approved and signed" in text
        assert "signed with a passkey" in text

    def test_outcome_stops_the_polling_when_it_is_over(self, browser: Client, phone: Authenticator) -> None:
        url = choose(browser, paid(1)).url
        assert browser.get(f"{url}outcome/").status_code == 404
        touch(browser, phone, url)
        assert browser.get(f"{url}outcome/").status_code == 200
        run_waiting_jobs(lambda: NOW)
        assert browser.get(f"{url}outcome/").status_code == 286

    def test_another_governors_batch_is_not_there_to_sign(self, browser: Client, phone: Authenticator) -> None:
        url = choose(browser, paid(1)).url
        second = Staff.objects.add("dara-2", PASSWORD, DARA.role, POIPET)
        other = open_browser(second.username)
        assert "data-passkey" not in page(other, url)
        for path in ("touch/", "sign/"):
            assert other.post(f"{url}{path}", {"credential": "{}"}).status_code == 404

    def test_old_proposals_are_not_signed(self, browser: Client, phone: Authenticator) -> None:
        url = choose(browser, paid(1)).url
        ApprovalBatch.objects.update(proposed_at=NOW - timedelta(minutes=31))
        response = browser.post(f"{url}touch/")
        assert (response.status_code, "half an hour" in response.json()["problem"]) == (422, True)


def batch_of(url: str) -> UUID:
    return UUID(url.rstrip("/").split("/")[-1])


class TestWithoutAPasskey:
    def test_the_way_to_one_is_shown(self, browser: Client) -> None:
        text = page(browser, choose(browser, paid(1)).url)
        assert 'href="/account/"' in text
        assert "data-passkey" not in text

    def test_under_a_bare_address_it_says_why_there_is_none(self, world: Installation) -> None:
        client = sign_in(Client(HTTP_HOST="127.0.0.1", HTTP_ACCEPT_LANGUAGE="en"), DARA.name)
        url = choose(client, paid(1)).url
        assert "passkeys need this site under its name and over TLS" in page(client, url)
        assert client.post(f"{url}touch/").status_code == 422

    def test_the_password_is_no_way_unless_it_is_allowed(self, browser: Client) -> None:
        url = choose(browser, paid(1)).url
        assert browser.post(f"{url}sign/", {"password": PASSWORD}).status_code == 422

    def test_where_it_is_allowed_the_password_approves(self, browser: Client, settings: Any) -> None:
        settings.APPROVE_BY_PASSWORD = True
        url = choose(browser, paid(1)).url
        assert 'name="password"' in page(browser, url)
        wrong = browser.post(f"{url}sign/", {"password": "wrong"})
        assert (wrong.status_code, "This is not your password." in text_of(wrong)) == (422, True)
        assert browser.post(f"{url}sign/", {"password": PASSWORD}).status_code == 302
        run_waiting_jobs(lambda: NOW)
        assert "1 approved and signed" in page(browser, url)
        for _ in range(5):
            locked = browser.post(f"{choose(browser, paid(2)).url}sign/", {"password": "wrong"})
        assert locked.status_code == 429


class TestOneApplication:
    def test_shows_all_on_one_screen(self, browser: Client, phone: Authenticator) -> None:
        text = page(browser, f"/office/{POIPET}/applications/{paid(1).id}/decide/")
        for said in (
            "The address lies in this office&#x27;s area; it signs by order BP-2024-01.",
            "Paid 20,000 riel as the order says",
            "Holds no other pass that is good.",
            "Approve and sign",
            "Return it to be mended",
            "Refuse it",
        ):
            assert said in text, said

    def test_is_approved_with_a_touch(self, browser: Client, phone: Authenticator) -> None:
        application = paid(1)
        text = page(browser, f"/office/{POIPET}/applications/{application.id}/decide/")
        found = re.search(r'data-begin="([^"]+)touch/"', text)
        assert found
        done_ = touch(browser, phone, found[1], application=str(application.id))
        assert done_.url == found[1]
        run_waiting_jobs(lambda: NOW)
        assert "1 approved and signed" in page(browser, found[1])
        assert "How it was approved" in page(browser, f"/office/{POIPET}/applications/{application.id}/decide/")

    def test_what_cannot_be_approved_says_why_instead_of_a_challenge(
        self, browser: Client, phone: Authenticator
    ) -> None:
        response = browser.post(f"{HOME}approvals/{new_id()}/touch/", {"application": str(lodged(1).id)})
        assert (response.status_code, response.json()) == (422, {"problem": "The fee has not been paid."})

    @pytest.mark.parametrize(
        ("path", "ground", "state", "code"),
        [
            ("return", "photo_poor", State.RETURNED, "photo_poor"),
            ("refuse", "document_forged", State.REFUSED, "document_forged"),
        ],
    )
    def test_is_returned_or_refused_with_a_ground(
        self, browser: Client, path: str, ground: str, state: State, code: str
    ) -> None:
        application = paid(1)
        url = f"/office/{POIPET}/applications/{application.id}/"
        assert browser.post(f"{url}{path}/", {"ground": ground, "words": ""}).url == HOME
        assert fresh(application).state == state
        event = ApplicationEvent.objects.get(application=application, event=path)
        assert event.detail == {"ground": code}
        assert code.split("_", maxsplit=1)[0] in page(browser, url).lower()

    @pytest.mark.parametrize("path", ["return", "refuse"])
    @pytest.mark.parametrize(
        "told", [{}, {"ground": "nonsense"}, {"ground": "other"}, {"ground": "other", "words": " "}]
    )
    def test_needs_a_ground_and_words_for_another(self, browser: Client, path: str, told: dict[str, str]) -> None:
        application = paid(1)
        response = browser.post(f"/office/{POIPET}/applications/{application.id}/{path}/", told)
        assert response.status_code == 422
        assert "Choose a ground" in text_of(response)
        assert fresh(application).state == State.PAID

    def test_what_was_typed_stays(self, browser: Client) -> None:
        told = {"ground": "nonsense", "words": "the left half is dark"}
        response = browser.post(f"/office/{POIPET}/applications/{paid(1).id}/return/", told)
        assert "the left half is dark" in text_of(response)

    def test_paid_is_not_refused_as_unpaid_and_unpaid_is(self, browser: Client) -> None:
        is_paid, unpaid = paid(1), lodged(2)
        url = f"/office/{POIPET}/applications/{{}}/refuse/"
        assert browser.post(url.format(is_paid.id), {"ground": "unpaid"}).status_code == 422
        assert browser.post(url.format(unpaid.id), {"ground": "unpaid"}).status_code == 302

    @pytest.mark.parametrize("path", ["return", "refuse"])
    def test_is_not_a_clerks_to_return_or_refuse(self, world: Installation, path: str) -> None:
        application = paid(1)
        client = open_browser(BOPHA.name)
        url = f"/office/{POIPET}/applications/{application.id}/"
        assert client.post(f"{url}{path}/", {"ground": "other", "words": "x"}).status_code == 403
        assert client.get(f"{url}{path}/").status_code == 405
        assert "Refuse it" not in page(client, f"{url}decide/")


class TestDeputies:
    def test_the_governor_names_one_who_then_approves(self, browser: Client, phone: Authenticator) -> None:
        bopha = Staff.objects.get(username=BOPHA.name)
        today = local_day(NOW).isoformat()
        told = {"staff": str(bopha.id), "from_on": today, "until_on": today}
        assert browser.post(f"{HOME}deputies/", told).url == f"{HOME}deputies/"
        assert "stands in today" in page(browser, f"{HOME}deputies/")
        assert "Bopha stands in for the governor today." in page(browser)
        taken_in_by_another = application_of_another_clerk()
        deputy, key = open_browser(BOPHA.name), give_passkey(BOPHA.name)
        url = choose(deputy, taken_in_by_another).url
        assert "as deputy of the governor" in page(deputy, url)
        touch(deputy, key, url)
        run_waiting_jobs(lambda: NOW)
        assert "1 approved and signed" in page(deputy, url)
        event = ApplicationEvent.objects.get(application=taken_in_by_another, event=Event.APPROVE)
        assert (event.by, event.role) == ("bopha", "clerk")
        assert ApprovalBatch.objects.get(id=batch_of(url)).capacity == "deputy"

    def test_own_work_is_left_to_the_governor(self, world: Installation) -> None:
        named_deputy()
        deputy, mine = open_browser(BOPHA.name), paid(1)
        assert "the governor decides on it" in page(deputy, choose(deputy, mine).url)
        response = deputy.post(f"/office/{POIPET}/applications/{mine.id}/refuse/", {"ground": "live_pass"})
        assert response.status_code == 422

    @pytest.mark.parametrize(("first", "last"), [(1, 3)])
    def test_the_day_before_nothing(self, world: Installation, first: int, last: int) -> None:
        named_deputy(first, last)
        assert choose(open_browser(BOPHA.name), paid(1)).status_code == 403

    def test_the_day_after_and_once_ended_nothing(self, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        one = named_deputy()
        client, application = open_browser(BOPHA.name), application_of_another_clerk()
        assert choose(client, application).status_code == 302
        assert browser.post(f"{HOME}deputies/{one.id}/end/").status_code == 302
        assert choose(client, application).status_code == 403
        named_deputy(0, 1)
        assert choose(client, application).status_code == 302
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=2))
        assert choose(open_browser(BOPHA.name), application).status_code == 403

    def test_at_another_office_nothing(self, world: Installation) -> None:
        named_deputy()
        assert choose(open_browser(BOPHA.name), paid(2, office=SEREI), office=SEREI).status_code == 404

    def test_what_is_wrong_with_the_form_is_told(self, browser: Client) -> None:
        bopha, today = str(Staff.objects.get(username=BOPHA.name).id), local_day(NOW)
        yesterday, next_year = (today - timedelta(days=1)).isoformat(), (today + timedelta(days=300)).isoformat()
        good = {"staff": bopha, "from_on": today.isoformat(), "until_on": today.isoformat()}
        for told in (
            {},
            {"staff": str(new_id())},
            {"staff": "x"},
            {"from_on": "x"},
            {"from_on": yesterday},
            {"until_on": yesterday},
            {"until_on": next_year},
        ):
            answer = browser.post(f"{HOME}deputies/", {**good, **told} if told else {})
            assert answer.status_code == 422, told
        assert not Deputy.objects.exists()

    def test_two_do_not_stand_in_on_one_day_and_naming_again_is_once(self, browser: Client) -> None:
        one = named_deputy(0, 5)
        assert named_deputy(0, 5).id == one.id
        Staff.objects.add("kunthea", PASSWORD, BOPHA.role, POIPET)
        other, day = Staff.objects.get(username="kunthea"), local_day(NOW).isoformat()
        answer = browser.post(f"{HOME}deputies/", {"staff": str(other.id), "from_on": day, "until_on": day})
        assert (answer.status_code, Deputy.objects.count()) == (422, 1)

    @pytest.mark.parametrize("name", [BOPHA.name, PROVINCE.name, RITH.name])
    def test_nobody_else_names_or_ends(self, world: Installation, name: str) -> None:
        one, client = named_deputy(), open_browser(name)
        assert "Name a deputy" not in page(client, f"{HOME}deputies/")
        assert client.post(f"{HOME}deputies/", {}).status_code == 403
        assert client.post(f"{HOME}deputies/{one.id}/end/").status_code == 403


def application_of_another_clerk() -> Application:
    """Return a paid application that Bopha had nothing to do with."""
    application = paid(5)
    ApplicationEvent.objects.filter(application=application).update(by="kunthea")
    return application


class TestTheProvince:
    @pytest.fixture
    def hall(self, world: Installation) -> Client:
        """The browser of the governor at the provincial hall, which has its key."""
        done(add_office(HALL, load_gazetteer(), MINISTRY, NOW))
        done(add_office_keys(HALL, world.keystore, MINISTRY, NOW))
        Staff.objects.add(HALL_GOVERNOR.name, PASSWORD, HALL_GOVERNOR.role, HALL)
        return open_browser(HALL_GOVERNOR.name)

    def test_officer_sees_the_queues_of_all_offices_and_decides_nothing(self, world: Installation) -> None:
        application = paid(1)
        client = open_browser(PROVINCE.name)
        text = page(client)
        assert "The offices of the province" in text
        assert "RESIDENT B OF" in text
        assert choose(client, application).status_code == 403
        refused = client.post(f"/office/{POIPET}/applications/{application.id}/refuse/", {"ground": "live_pass"})
        assert refused.status_code == 403
        page(open_browser(OTHER_PROVINCE.name), HOME, 404)

    def test_governor_of_the_hall_approves_with_the_halls_key(self, hall: Client) -> None:
        key, application = give_passkey(HALL_GOVERNOR.name), paid(1)
        url = choose(hall, application).url
        text = page(hall, url)
        assert "for the province" in text
        assert "The passes are signed with the key of" in text
        touch(hall, key, url)
        run_waiting_jobs(lambda: NOW)
        assert "1 approved and signed" in page(hall, url)
        issued = IssuedPass.objects.get(application=application)
        assert (issued.office_id, issued.number[:4]) == (HALL, HALL)
        event = ApplicationEvent.objects.get(application=application, event=Event.APPROVE)
        assert (event.detail["signing_office"], event.detail["order"]) == (HALL, "BP-2016-01")

    def test_hall_refuses_and_returns_for_a_district(self, hall: Client) -> None:
        one, other = paid(1), paid(2)
        url = f"/office/{POIPET}/applications/{{}}/{{}}/"
        assert hall.post(url.format(one.id, "refuse"), {"ground": "document_forged"}).status_code == 302
        assert hall.post(url.format(other.id, "return"), {"ground": "photo_poor"}).status_code == 302

    def test_where_no_order_lets_provinces_sign_the_hall_decides_nothing(
        self, hall: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("borderpass.services.find_authority.may_sign", lambda *_: None)
        application = paid(1)
        assert "No order in force lets this office sign" in page(hall, choose(hall, application).url)
        url = f"/office/{POIPET}/applications/{application.id}/refuse/"
        assert hall.post(url, {"ground": "live_pass"}).status_code == 422

    def test_hall_has_no_business_in_another_province_or_at_the_counter_or_with_staff(self, hall: Client) -> None:
        page(hall, "/office/0212/governor/", 404)
        assert hall.post(f"{HOME}deputies/", {}).status_code == 403

    def test_clerk_of_the_hall_and_a_districts_governor_see_no_other_office(self, hall: Client) -> None:
        Staff.objects.add(HALL_CLERK.name, PASSWORD, HALL_CLERK.role, HALL)
        page(open_browser(HALL_CLERK.name), HOME, 404)
        page(open_browser(VICHEA.name), HOME, 404)


def test_pass_that_the_hall_signed_is_genuine_at_a_gate(world: Installation) -> None:
    done(add_office(HALL, load_gazetteer(), MINISTRY, NOW))
    done(add_office_keys(HALL, world.keystore, MINISTRY, NOW))
    application = paid(1)
    done(approve_application(application.id, HALL_GOVERNOR, NOW))
    issued = done(sign_pass(application.id, world.keystore, NOW))
    read = authenticate(str(issued.qr_text), world.publish(NOW))
    assert isinstance(read, Credential)
    assert (read.pass_.issuer, read.pass_.number) == (issued.office.issuer, issued.number)


def test_what_was_printed_shows_how_it_was_approved_by_the_operator(browser: Client, world: Installation) -> None:
    issued = signed(world, 4)
    text = page(browser, f"/office/{POIPET}/applications/{issued.application_id}/decide/")
    assert issued.number in text
    assert "Approve and sign" not in text
