"""/office/: the day's work, its queues, finding, and one application on one page."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from borderpass.domain.actors import Act
from borderpass.domain.application import Event, State
from borderpass.domain.application_form import DocumentKind
from borderpass.domain.passes import Companion, Sex
from borderpass.domain.provisions import Purpose
from borderpass.domain.queues import Queue
from borderpass.services.close_application import close_application
from borderpass.services.search_office import Hint
from borderpass.store.models import Application, IssuedPass, Office, Portrait, Staff
from borderpass.web.office import parts
from borderpass.web.office.desk import application as page_of_one
from borderpass.web.office.desk import queues as queues_of_desk
from borderpass.web.office.desk import search as search_of_desk
from borderpass.web.office.desk import wording
from borderpass.web.office.part import MenuEntry, NewLine, NewWork, NextStep, Section
from tests.cast import BOPHA, DARA, MALEE, MINISTRY, POIPET, PROVINCE, RITH, SEREI, VICHEA
from tests.installation import Installation, approved, done, lodged, paid, printed
from tests.web.conftest import NOW, sign_in
from tests.web.test_sign_in import token

HOME = f"/office/{POIPET}/"
READERS = (BOPHA, DARA, PROVINCE, MINISTRY, RITH)


@pytest.fixture
def clerk(client: Client, world: Installation) -> Client:
    return sign_in(client, BOPHA.name)


def html_of(client: Client, path: str = HOME, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    assert "no-store" in response.headers["Cache-Control"]
    return response.content.decode()


def counts(html: str) -> dict[str, int]:
    """Return the queues on the left with their counts."""
    found = re.findall(r'/queues/([a-z-]+)/"[^>]*><span>[^<]*</span> <span class="how-many[^"]*">(\d+)<', html)
    return {name: int(count) for name, count in found}


def page_of(application_id: Any, office: str = POIPET) -> str:
    return f"/office/{office}/applications/{application_id}/"


class TestWhichOffice:
    def test_a_clerk_and_a_governor_come_to_their_own(self, client: Client, world: Installation) -> None:
        for actor in (BOPHA, DARA):
            response = sign_in(client, actor.name).get("/office/")
            assert (response.status_code, response.headers["Location"]) == (302, HOME)

    @pytest.mark.parametrize("actor", [PROVINCE, MINISTRY, RITH])
    def test_who_reads_several_chooses(self, client: Client, world: Installation, actor: Any) -> None:
        html = html_of(sign_in(client, actor.name), "/office/")
        assert f'href="{HOME}"' in html
        assert f'href="/office/{SEREI}/"' in html

    def test_a_gate_has_none(self, client: Client, world: Installation) -> None:
        assert sign_in(client, MALEE.name).get("/office/").status_code == 403

    @pytest.mark.parametrize("actor", READERS)
    def test_whoever_reads_it_sees_its_name_and_their_own(
        self, client: Client, world: Installation, actor: Any
    ) -> None:
        html = html_of(sign_in(client, actor.name))
        assert Office.objects.get(code=POIPET).name_en in html
        assert actor.name.title() in html

    def test_only_those_methods_that_it_answers(self, clerk: Client) -> None:
        assert clerk.post(HOME, headers={"X-CSRFToken": "x"}).status_code in (403, 405)
        response = Client().post(HOME)
        assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")
        assert clerk.head(HOME).status_code == 200

    def test_a_fragment_leads_its_page_to_the_sign_in_page(self, client: Client, world: Installation) -> None:
        sent = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{HOME}queues/late/?page=2"}
        response = client.get(f"{HOME}queues/late/", headers=sent)
        assert response.status_code == 204
        assert response.headers["HX-Redirect"] == f"/sign-in/?next={HOME}queues/late/%3Fpage%3D2"
        response = client.get(HOME, headers={"HX-Request": "true", "HX-Current-URL": "http://elsewhere.example/x"})
        assert response.headers["HX-Redirect"] == "/sign-in/?next=/"


class TestTheDay:
    def test_every_queue_is_counted(self, clerk: Client, world: Installation) -> None:
        lodged(11), paid(12), paid(13), printed(world, 14)
        returned = paid(15)
        done(close_application(returned.id, Event.RETURN, "the family book is missing", DARA, NOW))
        approved(16)
        expected = {"to-pay": 1, "for-the-governor": 3, "to-print": 1, "to-hand-over": 1, "returned": 1}
        assert counts(html_of(clerk)) == {"new": 0, **expected, "late": 0}

    def test_another_offices_are_not_counted(self, clerk: Client, world: Installation) -> None:
        before = counts(html_of(clerk))
        lodged(8, office=SEREI)
        assert counts(html_of(clerk)) == before

    def test_late_is_what_the_office_has_had_for_longer_than_it_is_held_to(
        self, clerk: Client, world: Installation
    ) -> None:
        for days in (0, 2, 3, 6):
            paid(20 + days, now=NOW - timedelta(days=days))
        lodged(40, now=NOW - timedelta(days=30))
        html = html_of(clerk)
        assert counts(html)["late"] == 2
        assert "1 day late" in html
        assert "4 days late" in html
        assert "past the day of the law" in html

    def test_what_is_late_comes_first_and_the_oldest_of_it(self, clerk: Client, world: Installation) -> None:
        younger, older = paid(21, now=NOW - timedelta(days=3)), paid(22, now=NOW - timedelta(days=9))
        html = html_of(clerk)
        late = html[html.index('id="queue-late"') : html.index('id="queue-for-the-governor"')]
        assert late.index(older.reference) < late.index(younger.reference)

    def test_each_line_says_what_comes_next_and_by_when(self, clerk: Client, world: Installation) -> None:
        paid(21)
        html = html_of(clerk)
        assert "The governor looks at it and decides." in html
        assert "2 days left" in html
        assert "Wednesday 25 November 2026" in html

    def test_at_first_there_is_nothing(self, clerk: Client, world: Installation) -> None:
        Application.objects.update(state=State.WITHDRAWN)
        assert "Nothing waits here." in html_of(clerk)


class TestAQueue:
    @pytest.mark.parametrize("queue", Queue)
    def test_each_has_its_page(self, clerk: Client, queue: Queue) -> None:
        html = html_of(clerk, f"{HOME}queues/{queue}/")
        assert str(queues_of_desk.MEANINGS[queue]) in html.replace("&#x27;", "'")

    def test_another_word_is_none(self, clerk: Client) -> None:
        assert clerk.get(f"{HOME}queues/lost/").status_code == 404

    def test_it_is_listed_a_page_at_a_time_oldest_first(
        self, clerk: Client, world: Installation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("borderpass.web.office.desk.views.PAGE_LINES", 2)
        rows = [lodged(30 + at, now=NOW - timedelta(minutes=at)).reference for at in range(5)]
        path = f"{HOME}queues/to-pay/"
        shown = [[one for one in rows if one in html_of(clerk, f"{path}?page={page}")] for page in (1, 2, 3)]
        assert shown == [rows[3:], rows[1:3], rows[:1]]
        assert 'rel="next" href="?page=2"' in html_of(clerk, path)
        assert html_of(clerk, f"{path}?page=99").count("/applications/") == 1
        assert html_of(clerk, f"{path}?page=x").count("/applications/") == 2

    def test_what_is_new_comes_from_the_packages_oldest_first(
        self, clerk: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def lines(reference: str, minutes: int) -> NewWork:
            line = NewLine(reference, "សុខ", "SOK", NOW - timedelta(minutes=minutes), "/there/")
            return NewWork(lambda here: 1, lambda here, start, stop: [line][start:stop])

        work = (lines("YOUNG", 5), lines("OLD", 50))
        monkeypatch.setattr(queues_of_desk, "NEW_WORK", work)
        html = html_of(clerk, f"{HOME}queues/new/")
        assert counts(html)["new"] == 2
        assert html.index("OLD") < html.index("YOUNG")
        assert 'href="/there/"' in html


class TestFinding:
    def search(self, client: Client, text: str) -> Any:
        return client.post(f"{HOME}search/", {"csrfmiddlewaretoken": token(client, HOME), "q": text})

    def test_a_name_stands_in_the_address_so_that_the_page_can_be_loaded_again(self, clerk: Client) -> None:
        response = self.search(clerk, " sokha ")
        assert (response.status_code, response.headers["Location"]) == (302, f"{HOME}search/?q=sokha")
        html = html_of(clerk, response.headers["Location"])
        assert "SOK SOKHA" in html
        assert 'name="q" type="search"' in html
        assert 'value="sokha"' in html

    def test_what_a_scanner_reads_off_a_pass_stands_in_no_address(self, clerk: Client, sokhas: IssuedPass) -> None:
        response = self.search(clerk, str(sokhas.qr_text))
        assert (response.status_code, response.headers["Location"]) == (302, page_of(sokhas.application_id))

    @pytest.mark.parametrize("by", ["reference", "number"])
    def test_a_number_leads_to_the_page(self, clerk: Client, sokhas: IssuedPass, by: str) -> None:
        text = {"reference": sokhas.application.reference, "number": sokhas.number}[by]
        response = clerk.get(f"{HOME}search/", {"q": text})
        assert (response.status_code, response.headers["Location"]) == (302, page_of(sokhas.application_id))

    def test_what_was_made_at_home_leads_to_where_it_is_taken_in(self, clerk: Client) -> None:
        from borderpass.domain.pass_number import check_character

        reference = f"P0110-26-000012-{check_character('P011026000012')}"
        response = clerk.get(f"{HOME}search/", {"q": reference})
        assert response.headers["Location"] == f"{HOME}new/?reference={reference}"

    def test_another_offices_is_not_found_and_the_office_is_named(self, clerk: Client, neighbours: IssuedPass) -> None:
        for text in (neighbours.number, neighbours.application.reference):
            html = html_of(clerk, f"{HOME}search/?q={text}")
            assert "belongs to another office: " in html
            assert "Serei Saophoan" in html
            assert neighbours.application.name_latin not in html

    def test_a_forged_code_is_told_beside_what_it_pretends_to_be(self, clerk: Client, sokhas: IssuedPass) -> None:
        IssuedPass.objects.filter(id=sokhas.id).update(qr_text="X" + str(sokhas.qr_text))
        response = self.search(clerk, str(sokhas.qr_text))
        assert response.status_code == 200
        assert "with another signature" in response.content.decode()
        assert page_of(sokhas.application_id) in response.content.decode()

    def test_nothing_found_and_nothing_asked_are_told(self, clerk: Client) -> None:
        assert "Nothing in this office fits." in html_of(clerk, f"{HOME}search/?q=nobody")
        assert "Type a name" in html_of(clerk, f"{HOME}search/?q=")
        assert "Type a name" in html_of(clerk, f"{HOME}search/")

    @pytest.mark.parametrize("text", ["<b>", "x" * 6000, "\x00", "%s" * 50, "\u202e"])
    def test_whatever_is_typed_is_answered(self, clerk: Client, text: str) -> None:
        assert self.search(clerk, text).status_code in (200, 302)
        html = html_of(clerk, f"{HOME}search/?" + "q=%00")
        assert "<b>" not in html

    def test_many_are_listed_a_page_at_a_time(self, clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("borderpass.web.office.desk.views.PAGE_LINES", 2)
        for at in range(3):
            lodged(50 + at, name_latin=f"KEO {'ABC'[at]}")
        assert 'href="?page=2&amp;q=keo"' in html_of(clerk, f"{HOME}search/?q=keo")

    def test_a_form_that_is_not_ours_finds_nothing(self, clerk: Client) -> None:
        assert clerk.post(f"{HOME}search/", {"q": "sokha"}).status_code == 403

    def test_every_hint_has_its_words(self) -> None:
        assert set(search_of_desk._HINTS) | {Hint.OTHER_OFFICE} == set(Hint)


class TestOneApplication:
    def test_everything_of_the_paper_form_stands_on_it_in_its_order(self, clerk: Client, world: Installation) -> None:
        child = Companion("KEO CHENDA", date(2019, 5, 4), Sex.FEMALE)
        one = paid(60, name_latin="KEO SOPHAL", name_khmer="កែវ សុផល", companions=(child,), home_code="01100101")
        html = html_of(clerk, page_of(one.id))
        in_order = ["កែវ សុផល", "KEO SOPHAL", "02/01/1990 (36 years)", one.phone, "Paoy Paet", one.document_number]
        in_order += ["KEO CHENDA", "04/05/2019 (7 years)", "20,000", "R0110-26-", "Fee paid", "Taken in"]
        main = html[html.index('id="holder-title"') :]
        places = [main.index(one) for one in in_order]
        assert places == sorted(places)

    def test_it_says_what_comes_next_and_by_when_by_both_clocks(self, clerk: Client, world: Installation) -> None:
        one = paid(60, now=NOW - timedelta(days=1))
        html = html_of(clerk, page_of(one.id))
        assert "Paid, waiting for the governor" in html
        assert "The governor looks at it and decides." in html
        assert "Tuesday 24 November 2026" in html
        assert "Friday 27 November 2026" in html
        assert "1 day left" in html
        assert "4 days left" in html

    def test_no_clock_runs_while_the_applicant_has_to_do_something(self, clerk: Client, world: Installation) -> None:
        html = html_of(clerk, page_of(lodged(60, now=NOW - timedelta(days=9)).id))
        assert "The applicant pays the fee." in html
        assert "late" not in html[html.index("<main") :]

    def test_the_address_is_said_in_khmer_down_to_the_village(self, world: Installation) -> None:
        client = sign_in(Client(HTTP_ACCEPT_LANGUAGE="km"), BOPHA.name)
        html = html_of(client, page_of(lodged(60, home_code="01100101").id))
        address = re.findall(r'class="lives-at">(.*?)</p>', html, re.S)[0]
        assert re.findall(r"<span>([^<]*)</span>", address)[0].startswith("ភូមិ")
        assert [word for word in ("ភូមិ", "សង្កាត់", "ក្រុងប៉ោយប៉ែត", "ខេត្តបន្ទាយមានជ័យ") if word not in address] == []

    def test_the_history_says_who_when_and_why(self, clerk: Client, world: Installation) -> None:
        one = paid(60)
        done(close_application(one.id, Event.RETURN, "<i>the family book</i>", DARA, NOW + timedelta(minutes=3)))
        html = html_of(clerk, page_of(one.id))
        history = html[html.index('class="history"') :]
        assert "Returned" in history
        assert "23 November 2026, 09:03" in history
        assert "Dara <span" in history
        assert "Governor" in history
        assert "&lt;i&gt;the family book&lt;/i&gt;" in history
        assert history.index("Returned") < history.index("Fee paid") < history.index("Taken in")

    def test_the_pass_stands_on_it_once_it_is_signed(self, clerk: Client, sokhas: IssuedPass) -> None:
        html = html_of(clerk, page_of(sokhas.application_id))
        assert sokhas.number in html
        assert "The pass is printed." in html
        one = approved(61)
        assert "The pass is being signed." in html_of(clerk, page_of(one.id))

    def test_one_without_a_photo_says_so(self, clerk: Client, world: Installation) -> None:
        one = lodged(60)
        Portrait.objects.filter(application=one).delete()
        assert "There is no photo." in html_of(clerk, page_of(one.id))
        assert clerk.get(f"{page_of(one.id)}photo/").status_code == 404

    @pytest.mark.parametrize("actor", READERS)
    def test_whoever_reads_the_office_reads_it(self, client: Client, sokhas: IssuedPass, actor: Any) -> None:
        html_of(sign_in(client, actor.name), page_of(sokhas.application_id))

    def test_that_of_another_office_is_not_there_even_for_who_reads_both(
        self, client: Client, neighbours: IssuedPass
    ) -> None:
        for actor in (BOPHA, PROVINCE, MINISTRY):
            assert sign_in(client, actor.name).get(page_of(neighbours.application_id)).status_code == 404
        html_of(sign_in(client, PROVINCE.name), page_of(neighbours.application_id, SEREI))
        assert sign_in(client, VICHEA.name).get(page_of(neighbours.application_id)).status_code == 404


class TestThePhoto:
    @pytest.mark.parametrize("actor", READERS)
    def test_whoever_reads_the_office_sees_it_and_no_browser_keeps_it(
        self, client: Client, sokhas: IssuedPass, actor: Any
    ) -> None:
        response = sign_in(client, actor.name).get(f"{page_of(sokhas.application_id)}photo/")
        if not actor.may(Act.READ_PHOTO):
            assert response.status_code == 403
            return
        assert response.content[:2] == b"\xff\xd8"
        assert response.headers["Content-Type"] == "image/jpeg"
        assert {"no-store", "private"} <= set(re.split(r",\s*", response.headers["Cache-Control"]))

    def test_nobody_without_a_session(self, client: Client, sokhas: IssuedPass) -> None:
        assert client.get(f"{page_of(sokhas.application_id)}photo/").status_code == 302


class TestWhatPackagesAdd:
    @pytest.fixture
    def step(self, monkeypatch: pytest.MonkeyPatch) -> None:
        steps = (
            NextStep(frozenset({State.PAID}), Act.TAKE_FEE, "Do this", "office_photo"),
            NextStep(frozenset({State.PAID}), Act.READ_OFFICE, "Or that", "office_application"),
            NextStep(frozenset({State.PAID}), Act.APPROVE, "Only the governor", "office_photo"),
            NextStep(frozenset({State.PAID}), Act.TAKE_FEE, "Never", "office_photo", lambda application: False),
            NextStep(frozenset({State.LODGED}), Act.TAKE_FEE, "Too late", "office_photo"),
        )
        monkeypatch.setattr(page_of_one, "NEXT_STEPS", steps)

    def test_the_first_step_that_fits_is_the_main_one(self, clerk: Client, step: None) -> None:
        one = paid(60)
        html = html_of(clerk, page_of(one.id))
        assert f'<a class="main" href="{page_of(one.id)}photo/" accesskey="n">Do this' in html
        assert f'<a class="quiet" href="{page_of(one.id)}">Or that</a>' in html
        for left_out in ("Only the governor", "Never", "Too late"):
            assert left_out not in html

    def test_another_role_has_another_main_step(self, client: Client, world: Installation, step: None) -> None:
        html = html_of(sign_in(client, DARA.name), page_of(paid(60).id))
        assert re.search(r'class="main"[^>]*>Or that', html)
        assert "Only the governor" in html

    def test_a_place_stands_in_the_menu_of_whoever_may_go_there(
        self, clerk: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        menu = (MenuEntry("The till", "office_jobs", Act.TAKE_FEE), MenuEntry("Signing", "office_jobs", Act.APPROVE))
        monkeypatch.setattr("borderpass.web.office.page.MENU", menu)
        assert "The till" in html_of(clerk)
        assert "Signing" not in html_of(clerk)

    def test_a_section_stands_on_the_page_where_there_is_something_to_show(
        self, clerk: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one = paid(60)
        sections = (
            Section("office/desk/lines.html", lambda here, application: {"x": application.reference}),
            Section("there is no such template", lambda here, application: None),
        )
        monkeypatch.setattr(page_of_one, "SECTIONS", sections)
        assert '<table class="wide lines">' in html_of(clerk, page_of(one.id))

    def test_all_that_they_add_can_be_shown(self, client: Client, world: Installation) -> None:
        one = lodged(60)
        for state in State:
            Application.objects.filter(id=one.id).update(state=state)
            for actor in (BOPHA, DARA, RITH):
                html_of(sign_in(client, actor.name), page_of(one.id))
        assert len(set(parts.MENU)) == len(parts.MENU)


def test_everything_that_can_be_said_has_words() -> None:
    with translation.override("en"):
        for table, kinds in (
            (wording.STATES, State),
            (wording.NEXT, State),
            (wording.EVENTS, Event),
            (wording.PURPOSES, Purpose),
            (wording.DOCUMENTS, DocumentKind),
            (wording.SEXES, Sex),
            (queues_of_desk.TITLES, Queue),
            (queues_of_desk.MEANINGS, Queue),
        ):
            assert set(table) == set(kinds)  # type: ignore[call-overload]


def test_a_member_of_staff_without_a_name_is_called_by_the_user_name(clerk: Client, sokhas: IssuedPass) -> None:
    Staff.objects.update(full_name="")
    assert "bopha <span" in html_of(clerk, page_of(sokhas.application_id))
