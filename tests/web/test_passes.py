"""/office/<office>/passes/: one pass and its standing, what is applied for about it again, a stack, a death."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from borderpass.domain.again import Again
from borderpass.domain.application import Event, State
from borderpass.domain.standing import StandingGround
from borderpass.domain.status import Status
from borderpass.services.change_status import change_status
from borderpass.services.close_application import close_application
from borderpass.store.keys import new_id
from borderpass.store.models import Application, FollowUp, IssuedPass, Receipt, SlipPrint, Stack, StatusChange
from tests.again import asked_for, days_before_the_end
from tests.cast import BOPHA, DARA, MALEE, MINISTRY, POIPET, PROVINCE, RITH, SEREI, VICHEA
from tests.installation import Installation, done, photo, settle_till, signed
from tests.web.conftest import ISSUED_AT, NOW, sign_in

HOME = f"/office/{POIPET}/passes/"


@pytest.fixture
def clerk(world: Installation) -> Client:
    return browser(BOPHA.name)


@pytest.fixture
def governor(world: Installation) -> Client:
    return browser(DARA.name)


@pytest.fixture
def other(world: Installation, sokhas: IssuedPass) -> IssuedPass:
    """Another pass of Poipet's."""
    return signed(world, 4, now=ISSUED_AT)


@pytest.fixture
def near_the_end(sokhas: IssuedPass, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Ten days before Sokha's pass ends."""
    now = days_before_the_end(sokhas, 10)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    settle_till(POIPET, now)
    return now


def browser(name: str) -> Client:
    return sign_in(Client(HTTP_ACCEPT_LANGUAGE="en"), name)


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.content
    return text_of(response)


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", str(response.content.decode()))


def address(issued: IssuedPass, rest: str = "", office: str = POIPET) -> str:
    return f"/office/{office}/passes/{issued.number}/{rest}"


class TestFindingAPass:
    @pytest.mark.parametrize("form", ["{}", " {} ", "{} \n"])
    def test_by_its_number(self, form: str, clerk: Client, sokhas: IssuedPass) -> None:
        typed = form.format(sokhas.number.lower().replace("-", " "))
        assert clerk.post(HOME, {"q": typed}).url == address(sokhas)  # type: ignore[attr-defined]

    def test_by_its_code(self, clerk: Client, sokhas: IssuedPass) -> None:
        assert clerk.post(HOME, {"q": f"{sokhas.qr_text}\r\n"}).url == address(sokhas)  # type: ignore[attr-defined]

    def test_of_another_office_or_none_says_so(self, clerk: Client, neighbours: IssuedPass) -> None:
        for text in (neighbours.number, str(neighbours.qr_text), "nonsense", "0110-26-999999-0", "x" * 5_000):
            answer = clerk.post(HOME, {"q": text})
            assert answer.status_code == 422
            assert "There is no such pass at this office" in text_of(answer)

    def test_from_its_application(self, clerk: Client, sokhas: IssuedPass) -> None:
        found = clerk.get(f"/office/{POIPET}/applications/{sokhas.application_id}/pass/")
        assert found.url == address(sokhas)  # type: ignore[attr-defined]
        assert "The pass and its standing" in page(clerk, f"/office/{POIPET}/applications/{sokhas.application_id}/")


class TestThePage:
    def test_says_what_the_pass_says_and_how_it_stands(self, clerk: Client, sokhas: IssuedPass) -> None:
        text = page(clerk, address(sokhas))
        for words in ("SOK SOKHA", sokhas.number, "Two-year pass", "Good", "SOK CHENDA", "Valid until"):
            assert words in text
        assert "The governor suspends, revokes and reinstates passes." in text
        assert "/standing/" not in text

    def test_says_what_can_be_done_now_and_what_later(self, clerk: Client, sokhas: IssuedPass) -> None:
        text = page(clerk, address(sokhas))
        assert "/again/replacement/" in text
        assert "/again/correction/" in text
        assert "/again/renewal/" not in text
        assert re.search(r"Extend by a year</strong> <span class=\"hint\">From \d+ \w+ 2028 on", text)

    def test_lets_the_governor_change_its_standing_and_nobody_else(self, sokhas: IssuedPass) -> None:
        assert "Suspend it" in page(browser(DARA.name), address(sokhas))
        for reader in (PROVINCE, RITH):
            text = page(browser(reader.name), address(sokhas))
            assert "Suspend it" not in text
            assert "/again/" not in text

    def test_says_where_the_holder_is_to_those_only_who_may_know(
        self, sokha_left: None, sokhas: IssuedPass, clerk: Client, governor: Client
    ) -> None:
        assert "has not come back" in page(governor, address(sokhas))
        assert "has not come back" not in page(clerk, address(sokhas))

    def test_is_not_there_for_others(self, sokhas: IssuedPass) -> None:
        for name, status in ((VICHEA.name, 404), (MALEE.name, 403)):
            assert browser(name).get(address(sokhas)).status_code == status
        assert browser(VICHEA.name).get(address(sokhas, office=SEREI)).status_code == 404
        assert browser(MINISTRY.name).get(address(sokhas, office=SEREI)).status_code == 404
        assert "/sign-in/" in Client().get(address(sokhas)).url  # type: ignore[attr-defined]

    def test_shows_what_is_under_way(self, clerk: Client, sokhas: IssuedPass) -> None:
        application = asked_for(sokhas, Again.CORRECTION, NOW)
        assert application.reference in page(clerk, address(sokhas))


class TestStanding:
    def change(self, client: Client, issued: IssuedPass, **more: str) -> Any:
        return client.post(address(issued, "standing/"), {"to": "suspended", "ground": "inquiry", "words": "", **more})

    def test_is_changed_on_a_ground(self, governor: Client, sokhas: IssuedPass) -> None:
        assert self.change(governor, sokhas).url == address(sokhas)
        kept = StatusChange.objects.get()
        assert (kept.status, kept.code, kept.by) == (Status.SUSPENDED, "inquiry", "dara")
        text = page(governor, address(sokhas))
        assert "While something is being looked into" in text
        assert "Reinstate it" in text

    @pytest.mark.parametrize(
        "more", [{"ground": "other"}, {"ground": "superseded"}, {"ground": "x"}, {"to": "x"}, {"words": "x" * 301}]
    )
    def test_needs_a_ground_that_fits(self, more: dict[str, str], governor: Client, sokhas: IssuedPass) -> None:
        assert self.change(governor, sokhas, **more).status_code == 422
        assert not StatusChange.objects.exists()

    def test_that_somebody_changed_meanwhile_is_shown(self, governor: Client, sokhas: IssuedPass) -> None:
        self.change(governor, sokhas)
        answer = self.change(governor, sokhas)
        assert answer.status_code == 409
        assert "This is how it stands now" in text_of(answer)

    def test_is_the_governors(self, clerk: Client, sokhas: IssuedPass) -> None:
        assert self.change(clerk, sokhas).status_code == 403
        assert self.change(browser(VICHEA.name), sokhas).status_code == 404
        assert clerk.get(address(sokhas, "standing/")).status_code == 405
        assert not StatusChange.objects.exists()

    def test_comes_back_only_where_there_is_no_newer_pass(
        self, governor: Client, sokhas: IssuedPass, world: Installation
    ) -> None:
        done(change_status(sokhas.number, Status.REVOKED, "", DARA, ISSUED_AT, StandingGround.MISTAKE))
        signed(world, now=NOW)
        answer = self.change(governor, sokhas, to="valid", ground="cleared")
        assert answer.status_code == 409
        assert "another pass that is good" in text_of(answer)


class TestApplyingAgain:
    def ask(self, client: Client, issued: IssuedPass, again: str, **more: Any) -> Any:
        return client.post(address(issued, f"again/{again}/"), {"application_id": str(new_id()), **more})

    def test_extension_says_its_fee_and_leads_to_it(
        self, near_the_end: datetime, clerk: Client, sokhas: IssuedPass
    ) -> None:
        text = page(clerk, address(sokhas, "again/extension/"))
        assert "The fee is 10,000 riel, by order" in text
        assert "The number stays" in text
        taken_in = self.ask(clerk, sokhas, "extension", phone="012 345 678")
        application = Application.objects.get(purpose="extension")
        assert taken_in.url == f"/office/{POIPET}/applications/{application.id}/fee/"

    def test_renewal_takes_a_new_photo(self, near_the_end: datetime, clerk: Client, sokhas: IssuedPass) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile

        held = sokhas.application
        filled = {"document_number": held.document_number, "home_code": held.home_code, "occupation": "", "phone": ""}
        sent = SimpleUploadedFile("a.jpg", photo(), "image/jpeg")
        assert self.ask(clerk, sokhas, "renewal", photo=sent, **filled).status_code == 302
        application = FollowUp.objects.get().application
        assert (application.purpose, application.occupation) == ("new", "")
        assert "concerns" in application.history.get().detail

    def test_photo_that_is_none_is_refused_at_its_field(
        self, near_the_end: datetime, clerk: Client, sokhas: IssuedPass
    ) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile

        held = sokhas.application
        filled = {"document_number": held.document_number, "home_code": held.home_code}
        answer = self.ask(clerk, sokhas, "renewal", photo=SimpleUploadedFile("a.jpg", b"no picture"), **filled)
        assert answer.status_code == 422
        assert "This photo cannot be used" in text_of(answer)

    def test_replacement_revokes_at_once(self, clerk: Client, sokhas: IssuedPass) -> None:
        assert "The old pass is revoked at once" in page(clerk, address(sokhas, "again/replacement/"))
        assert self.ask(clerk, sokhas, "replacement", gone="stolen", police_report="12/26").status_code == 302
        assert StatusChange.objects.get().code == "stolen"

    def test_correction_goes_to_the_governor(self, clerk: Client, sokhas: IssuedPass) -> None:
        held = sokhas.application
        right = {
            "mistake": "the name is cut",
            "name_latin": "SOK SOKHAA",
            "name_khmer": held.name_khmer,
            "born_on": held.born_on.isoformat(),
            "sex": str(held.sex),
            "document_number": held.document_number,
        }
        taken_in = self.ask(clerk, sokhas, "correction", home_code=held.home_code, **right)
        application = FollowUp.objects.get().application
        assert taken_in.url == f"/office/{POIPET}/applications/{application.id}/"
        assert (application.state, application.name_latin) == (State.PAID, "SOK SOKHAA")

    def test_application_says_which_pass_it_is_about_and_what_is_different(
        self, clerk: Client, sokhas: IssuedPass
    ) -> None:
        application = asked_for(sokhas, Again.CORRECTION, NOW)
        text = page(clerk, f"/office/{POIPET}/applications/{application.id}/")
        for words in (sokhas.number, "a letter is missing", "SOK SOKHAA", "Correct a mistake on it"):
            assert words in text

    @pytest.mark.parametrize(
        ("again", "filled"),
        [
            ("replacement", {}),
            ("replacement", {"gone": "burnt", "police_report": "1"}),
            ("correction", {"mistake": ""}),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_is_done(
        self, again: str, filled: dict[str, str], clerk: Client, sokhas: IssuedPass
    ) -> None:
        answer = self.ask(clerk, sokhas, again, **filled)
        assert answer.status_code == 422
        assert "Please check these" in text_of(answer)
        assert not FollowUp.objects.exists()
        assert not StatusChange.objects.exists()

    def test_what_is_too_early_says_from_when_on(self, clerk: Client, sokhas: IssuedPass) -> None:
        assert "From " in page(clerk, address(sokhas, "again/renewal/"), 409)
        assert self.ask(clerk, sokhas, "extension").status_code == 409

    def test_is_the_clerks(self, governor: Client, sokhas: IssuedPass) -> None:
        assert self.ask(governor, sokhas, "replacement", gone="lost", police_report="1").status_code == 403
        assert self.ask(browser(VICHEA.name), sokhas, "replacement").status_code == 404
        assert governor.put(address(sokhas, "again/replacement/")).status_code == 405
        assert browser(BOPHA.name).get(address(sokhas, "again/sale/")).status_code == 404


class TestStack:
    def bring(self, client: Client, texts: str, **more: str) -> Any:
        told = {"stack_id": str(new_id()), "agent_name": "Chan Agent", "agent_phone": "012 999 888"}
        return client.post(f"{HOME}stack/", told | {"texts": texts} | more)

    def test_is_scanned_summed_and_paid_at_once(
        self, other: IssuedPass, near_the_end: datetime, clerk: Client, sokhas: IssuedPass
    ) -> None:
        taken_in = self.bring(clerk, f"{sokhas.qr_text}\r\n{other.number}\r\n{sokhas.qr_text}\r\n\r\n")
        stack = Stack.objects.get()
        assert taken_in.url == f"{HOME}stack/{stack.id}/"
        assert (stack.agent_name, stack.agent_phone, stack.lines.count()) == ("Chan Agent", "012 999 888", 2)
        text = page(clerk, taken_in.url)
        assert "To pay: 20,000 riel for 2 passes" in text
        assert clerk.post(f"{taken_in.url}fees/", {"amount_riel": "20000"}).status_code == 302
        assert Receipt.objects.filter(application__follow_up__stack=stack).count() == 2
        assert "All is paid." in page(clerk, taken_in.url)

    def test_line_that_is_wrong_stays_with_its_reason_and_holds_up_no_other(
        self, near_the_end: datetime, clerk: Client, sokhas: IssuedPass, neighbours: IssuedPass
    ) -> None:
        answer = self.bring(clerk, f"{sokhas.number}\n{neighbours.number}\nnonsense")
        assert answer.status_code == 422
        text = text_of(answer)
        assert "1 pass was taken in." in text
        assert text.count("There is no such pass at this office.") == 2
        assert f"{neighbours.number} nonsense</textarea>" in text
        assert FollowUp.objects.get().old_pass == sokhas

    def test_what_is_not_possible_yet_says_when(self, clerk: Client, sokhas: IssuedPass) -> None:
        assert re.search(r"From \d+ \w+ 2028 on", text_of(self.bring(clerk, sokhas.number)))

    def test_sent_twice_is_once(self, near_the_end: datetime, clerk: Client, sokhas: IssuedPass) -> None:
        same = str(new_id())
        for _ in range(2):
            assert self.bring(clerk, sokhas.number, stack_id=same).status_code == 302
        assert FollowUp.objects.count() == 1

    @pytest.mark.parametrize(
        "more", [{"agent_name": ""}, {"agent_phone": " "}, {"texts": "\n"}, {"texts": "x\n" * 201}]
    )
    def test_needs_an_agent_and_passes(self, more: dict[str, str], clerk: Client, sokhas: IssuedPass) -> None:
        assert self.bring(clerk, **({"texts": sokhas.number} | more)).status_code == 422
        assert not Stack.objects.exists()

    def test_page_asks_no_more_of_the_database_for_more_lines(
        self, other: IssuedPass, near_the_end: datetime, clerk: Client, sokhas: IssuedPass
    ) -> None:
        asked = []
        for texts in (sokhas.number, f"{sokhas.number}\n{other.number}"):
            url = self.bring(clerk, texts, stack_id="01930000-0000-7000-8000-0000000000aa").url
            page(clerk, url)
            with CaptureQueriesContext(connection) as queries:
                page(clerk, url)
            asked.append(len(queries))
        assert asked[0] == asked[1]

    def test_line_that_was_withdrawn_is_in_no_sum(
        self, other: IssuedPass, near_the_end: datetime, clerk: Client, sokhas: IssuedPass
    ) -> None:
        url = self.bring(clerk, f"{sokhas.number}\n{other.number}").url
        line = FollowUp.objects.get(old_pass=other).application
        done(close_application(line.id, Event.WITHDRAW, "the agent takes it back", BOPHA, near_the_end))
        text = page(clerk, url)
        assert "To pay: 10,000 riel for 1 pass" in text
        assert '<td class="number">10,000</td><td colspan="2">' in text

    def test_another_sum_takes_nothing(self, near_the_end: datetime, clerk: Client, sokhas: IssuedPass) -> None:
        url = self.bring(clerk, sokhas.number).url
        for amount in ("9999", "", "x"):
            assert clerk.post(f"{url}fees/", {"amount_riel": amount}).status_code == 409
        assert not Receipt.objects.filter(application__purpose="extension").exists()

    def test_receipts_are_one_paper(self, near_the_end: datetime, clerk: Client, sokhas: IssuedPass) -> None:
        url = self.bring(clerk, sokhas.number).url
        assert clerk.post(f"{url}receipts/").status_code == 404
        clerk.post(f"{url}fees/", {"amount_riel": "10000"})
        for _ in range(2):
            paper = clerk.post(f"{url}receipts/", {"print_id": "01930000-0000-7000-8000-0000000000ff"})
            assert paper.content.startswith(b"%PDF-")
        assert SlipPrint.objects.count() == 1

    def test_is_the_clerks(self, governor: Client, sokhas: IssuedPass) -> None:
        assert governor.get(f"{HOME}stack/").status_code == 403
        assert self.bring(governor, sokhas.number).status_code == 403
        assert browser(VICHEA.name).get(f"{HOME}stack/").status_code == 404


class TestDeath:
    def test_revokes_withdraws_and_says_so(self, governor: Client, sokhas: IssuedPass) -> None:
        assert "condolences" in page(governor, address(sokhas, "death/"))
        application = asked_for(sokhas, Again.CORRECTION, NOW)
        assert governor.post(address(sokhas, "death/"), {"words": "certificate 7"}).url == address(sokhas)  # type: ignore[attr-defined]
        assert (StatusChange.objects.get().code, Application.objects.get(id=application.id).state) == (
            "death",
            State.WITHDRAWN,
        )
        assert "The holder has died" in page(governor, address(sokhas))

    def test_needs_to_be_known_by_something(self, governor: Client, sokhas: IssuedPass) -> None:
        assert governor.post(address(sokhas, "death/"), {"words": " "}).status_code == 422
        assert not StatusChange.objects.exists()

    def test_is_the_governors(self, clerk: Client, sokhas: IssuedPass) -> None:
        assert clerk.get(address(sokhas, "death/")).status_code == 403
        assert clerk.post(address(sokhas, "death/"), {"words": "x"}).status_code == 403
        assert browser(VICHEA.name).post(address(sokhas, "death/"), {"words": "x"}).status_code == 404
        assert not StatusChange.objects.exists()
